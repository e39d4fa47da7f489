import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'

/** What PGlite and PostgreSQL are to the store: the same SQL. */
export type Database = PgDatabase<PgQueryResultHKT>

/** A database inside a transaction. */
export type Transaction = Parameters<Parameters<Database['transaction']>[0]>[0]

/** A row as PostgreSQL writes it. */
export type TextRow = readonly (string | null)[]

/** A statement that the database has parsed once; it runs by itself, never within somebody's transaction. */
export type Prepared = (values: readonly string[]) => Promise<readonly TextRow[]>

/** A database that was opened, and how it is closed. */
export interface OpenDatabase {
  readonly database: Database
  /** All of it or nothing. Whatever fails, the connection is given back, or ended where nobody can tell its state. */
  transaction<Result>(run: (tx: Transaction) => Promise<Result>): Promise<Result>
  /** The same for a change of the schema, which takes as long as it takes. Default: `transaction`. */
  upgrade?<Result>(run: (tx: Transaction) => Promise<Result>): Promise<Result>
  /** For what every request asks: what an ORM and a planner do anew each time costs more than the answer. */
  prepare(name: string, text: string): Prepared
  /** What a database does by itself and PGlite, which has no process for it, is told to do: room of removed rows, its log. */
  tidy?(emptied: readonly string[]): Promise<void>
  close(): Promise<void>
}

/** SQLSTATE of an error of either driver; drizzle keeps the driver's error as its cause. */
export function sqlState(error: unknown): string | undefined {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    const { code } = at as { code?: unknown }
    if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return code
  }
  return undefined
}

export const UNIQUE_VIOLATION = '23505'
