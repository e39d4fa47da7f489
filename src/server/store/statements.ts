import { createHash } from 'node:crypto'
import { and, eq, fillPlaceholders, getTableColumns, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { OpenDatabase, TextRow } from './database.ts'
import { clients, replays, tokens } from './schema.ts'
import type { ClientRecord, RegistrationStore, TokenRecord } from './store.ts'

const tokenColumns = getTableColumns(tokens)
const clientColumns = getTableColumns(clients)
const tokenWidth = Object.keys(tokenColumns).length
const readToken = readerOf<TokenRecord>(tokenColumns)
const readClient = readerOf<ClientRecord>(clientColumns)

/** What every request asks of the store: written by the schema, parsed by the database once. */
export function hotStatements(
  opened: OpenDatabase,
): Pick<RegistrationStore, 'addToken' | 'findToken' | 'findCall' | 'remember'> {
  const { database } = opened
  const asked = (name: string) => sql.placeholder(name)
  const addToken = prepared(opened, 'psd2_add_token', database.insert(tokens).values(placeholders(tokenColumns)))
  const tokenByHash = prepared(
    opened,
    'psd2_token',
    database
      .select(tokenColumns)
      .from(tokens)
      .where(eq(tokens.hash, asked('tokenHash'))),
  )
  const callByToken = prepared(
    opened,
    'psd2_call',
    database
      .select({ token: tokenColumns, client: clientColumns })
      .from(tokens)
      .leftJoin(clients, and(eq(clients.clientId, asked('clientId')), eq(clients.owner, asked('owner'))))
      .where(eq(tokens.hash, asked('tokenHash'))),
  )
  const addReplay = prepared(
    opened,
    'psd2_remember',
    database
      .insert(replays)
      .values({ once: asked('once'), until: asked('until') })
      .onConflictDoNothing()
      .returning({ once: replays.once }),
  )
  return {
    async addToken(token) {
      await addToken({ ...token })
    },
    async findToken(tokenHash) {
      const [row] = await tokenByHash({ tokenHash })
      return readToken(row)
    },
    async findCall(question) {
      const [row] = await callByToken({ ...question })
      return {
        token: readToken(row),
        client: readClient(row?.slice(tokenWidth)),
      }
    },
    async remember({ sealThumbprint, signed, until }) {
      return (await addReplay({ once: onceOf(sealThumbprint, signed), until })).length === 1
    },
  }
}

/** One name for what was signed and by whom, short enough to be kept for every request of years. */
export function onceOf(sealThumbprint: string, signed: string): string {
  const hex = createHash('sha256').update(`${sealThumbprint} ${signed}`).digest('hex')
  return hex.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

function placeholders<Columns extends Record<string, PgColumn>>(columns: Columns) {
  const names = Object.keys(columns) as (keyof Columns & string)[]
  return Object.fromEntries(names.map((name) => [name, sql.placeholder(name)])) as {
    [Name in keyof Columns]: ReturnType<typeof sql.placeholder>
  }
}

type Values = Readonly<Record<string, string | Date>>

function prepared(
  { prepare }: OpenDatabase,
  name: string,
  query: { toSQL(): { sql: string; params: unknown[] } },
): (values: Values) => Promise<readonly TextRow[]> {
  const { sql: text, params } = query.toSQL()
  const run = prepare(name, text)
  return (values) => run(fillPlaceholders(params, values).map(String))
}

/** Reads a record from a row; undefined where there is none, or the first column, the key, is null. */
function readerOf<Row>(columns: Readonly<Record<string, PgColumn>>): (row: TextRow | undefined) => Row | undefined {
  const members = Object.entries(columns)
  return (row) => {
    if (row === undefined || typeof row[0] !== 'string') return undefined
    const record: Record<string, unknown> = {}
    members.forEach(([name, column], index) => {
      const value = row[index] ?? null
      record[name] = value === null ? null : column.mapFromDriverValue(value)
    })
    return record as Row
  }
}
