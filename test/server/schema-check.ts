import { getTableConfig } from 'drizzle-orm/pg-core'
import { expect } from 'vitest'
import { clients, replays, tokens } from '../../src/server/store/schema.ts'

type Query = (sql: string) => Promise<Record<string, unknown>[]>

/** Holds what the steps of the schema made to what the code says: columns, types, nullability, keys, indexes. */
export async function expectSchema(query: Query): Promise<void> {
  for (const table of [clients, tokens, replays]) {
    const { name, columns, indexes, primaryKeys } = getTableConfig(table)
    const wanted = columns.map((column) => ({
      column_name: column.name,
      data_type: column.getSQLType(),
      is_nullable: column.notNull ? 'NO' : 'YES',
    }))
    const found = await query(
      `select column_name, data_type, is_nullable from information_schema.columns
       where table_name = '${name}' order by ordinal_position`,
    )
    expect(found).toEqual(wanted)
    const indexed = indexes.map(({ config }) => ({
      name: config.name,
      unique: config.unique,
      partial: config.where !== undefined,
    }))
    const made = await query(
      `select c.relname as name, i.indisunique as unique, i.indpred is not null as partial
       from pg_index i join pg_class c on c.oid = i.indexrelid
       where i.indrelid = '${name}'::regclass and not i.indisprimary`,
    )
    const byName = (a: { name?: unknown }, b: { name?: unknown }): number =>
      String(a.name).localeCompare(String(b.name))
    expect([...made].sort(byName)).toEqual([...indexed].sort(byName))
    const keyOf = primaryKeys[0]?.columns ?? columns.filter(({ primary }) => primary)
    const key = await query(
      `select a.attname as name from pg_index i
       join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
       where i.indrelid = '${name}'::regclass and i.indisprimary order by a.attnum`,
    )
    expect(key).toEqual(keyOf.map((column) => ({ name: column.name })))
  }
}
