import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Psd2Error } from '../../core/errors.ts'
import { needPackage } from '../need-package.ts'
import type { OpenDatabase } from './database.ts'
import { lockFolder } from './lock.ts'
import { pgliteDatabase } from './pglite.ts'
import { type PostgresLocation, postgresDatabase } from './postgres.ts'
import { type RegistrationStore, storeOver } from './store.ts'

/** Where a store is: in a folder of its own, or in a PostgreSQL that servers share. */
export type StoreLocation = { readonly folder: string } | PostgresLocation

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
  const opened = 'folder' in location ? await openFolder(location.folder) : await postgresDatabase(location)
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
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const unlock = await lockFolder(folder)
  try {
    const opened = await pgliteDatabase(await PGlite.create(join(folder, 'pg')))
    const close = async (): Promise<void> => {
      await opened.close()
      await unlock()
    }
    return { ...opened, close }
  } catch (cause) {
    await unlock()
    if (cause instanceof Psd2Error) throw cause
    throw new Psd2Error('STORE_UNREADABLE', `the data folder cannot be opened: ${folder}`, { path: folder, cause })
  }
}
