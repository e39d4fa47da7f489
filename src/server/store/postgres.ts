import type { CustomTypesConfig, Pool } from 'pg'
import type { Logger } from '../logger.ts'
import { needPackage } from '../need-package.ts'
import { type OpenDatabase, sqlState, type TextRow } from './database.ts'

/** How to reach a PostgreSQL. */
export interface PostgresLocation {
  readonly url: string
  readonly log?: Logger
  /** At most. Default 10. */
  readonly connections?: number
}

/** Values stay as they were written. */
const asText = { getTypeParser: () => (value: string) => value } as unknown as CustomTypesConfig

/** PostgreSQL as a database of the store. */
export async function postgresDatabase({ url, log, connections = 10 }: PostgresLocation): Promise<OpenDatabase> {
  if (typeof url !== 'string' || !/^postgres(?:ql)?:\/\//.test(url)) {
    // What stands there may hold a password.
    throw new TypeError('the address of the database begins with postgres://')
  }
  const { default: pg } = await needPackage('pg', () => import('pg'))
  const { drizzle } = await needPackage('drizzle-orm', () => import('drizzle-orm/node-postgres'))
  const pool: Pool = new pg.Pool({
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
    prepare: (name, text) => async (values) => {
      const { rows } = await pool.query<TextRow & unknown[]>({
        name,
        text,
        values: [...values],
        rowMode: 'array',
        types: asText,
      })
      return rows
    },
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
    async upgrade(run) {
      // A connection without the limits of the others: it may have to wait for another server that does the same.
      const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 })
      client.on('error', ended)
      await client.connect()
      try {
        return await drizzle(client).transaction(run)
      } finally {
        await client.end()
      }
    },
    close: () => pool.end(),
  }
}
