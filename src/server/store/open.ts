import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Psd2Error } from '../../core/errors.ts'
import type { Logger } from '../logger.ts'
import { needPackage } from '../need-package.ts'
import { type OpenDatabase, sqlState } from './database.ts'
import { lockFolder } from './lock.ts'
import { type RegistrationStore, storeOver } from './store.ts'

/** Where a store is: in a folder of its own, or in a PostgreSQL that servers share. */
export type StoreLocation =
  | { readonly folder: string }
  | { readonly url: string; readonly log?: Logger; readonly connections?: number }

/**
 * Opens a store and brings its schema up. A folder is opened by one process at a time; PostgreSQL by as many as you like.
 *
 * @throws Psd2Error `STORE_LOCKED` where another process has the folder open, `STORE_UNREADABLE` where it cannot be opened,
 * `PACKAGE_MISSING` where an optional package is not installed
 * @throws TypeError where the location is none
 *
 * @example
 * ```ts
 * import { openStore } from 'psd2-toolkit/server'
 *
 * const store = await openStore({ folder: './data/store' })
 * await store.close()
 * ```
 */
export async function openStore(location: StoreLocation): Promise<RegistrationStore> {
  for (const name in location) {
    if (!['folder', 'url', 'log', 'connections'].includes(name))
      throw new TypeError(`unknown option '${name}' of openStore`)
  }
  const opened = 'folder' in location ? await openFolder(location.folder) : await openPostgres(location)
  try {
    return await storeOver(opened)
  } catch (error) {
    await opened.close()
    throw error
  }
}

async function openFolder(folder: string): Promise<OpenDatabase> {
  if (typeof folder !== 'string' || folder === '') throw new TypeError('folder is a path')
  const { PGlite } = await needPackage('@electric-sql/pglite', () => import('@electric-sql/pglite'))
  const { drizzle } = await needPackage('drizzle-orm', () => import('drizzle-orm/pglite'))
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const unlock = await lockFolder(folder)
  try {
    const client = await PGlite.create(join(folder, 'pg'))
    const close = async (): Promise<void> => {
      await client.close()
      await unlock()
    }
    const database = drizzle(client)
    return { database, transaction: (run) => database.transaction(run), close }
  } catch (cause) {
    await unlock()
    throw new Psd2Error('STORE_UNREADABLE', `the data folder cannot be opened: ${folder}`, { path: folder, cause })
  }
}

async function openPostgres({
  url,
  log,
  connections = 10,
}: Extract<StoreLocation, { url: string }>): Promise<OpenDatabase> {
  if (typeof url !== 'string' || !/^postgres(?:ql)?:\/\//.test(url)) {
    // What stands there may hold a password.
    throw new TypeError('the address of the database begins with postgres://')
  }
  const { default: pg } = await needPackage('pg', () => import('pg'))
  const { drizzle } = await needPackage('drizzle-orm', () => import('drizzle-orm/node-postgres'))
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 5000,
    statement_timeout: 10_000,
    query_timeout: 15_000,
    idle_in_transaction_session_timeout: 15_000,
  })
  // An error event that nobody listens to ends the process: of a connection that is idle, and of one that is in use.
  const ended = (error: Error): void =>
    log?.warn({ code: (error as { code?: string }).code }, 'a connection to the database ended')
  pool.on('error', ended)
  pool.on('connect', (client) => client.on('error', ended))
  return {
    database: drizzle(pool),
    async transaction(run) {
      const client = await pool.connect()
      let isBroken = false
      try {
        return await drizzle(client).transaction(run)
      } catch (error) {
        // What the database itself refused has a state, and was rolled back; else nobody knows what the connection is in.
        isBroken = sqlState(error) === undefined
        throw error
      } finally {
        client.release(isBroken)
      }
    },
    close: () => pool.end(),
  }
}
