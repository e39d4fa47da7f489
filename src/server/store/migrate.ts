import { sql } from 'drizzle-orm'
import type { OpenDatabase } from './database.ts'
import { type Migration, migrations } from './migrations.ts'

/** Any number that nothing else locks: servers that start together bring the schema up one after the other. */
const lockNumber = 7_359_002

/**
 * Brings the schema up, in one transaction: it is whole or as before.
 *
 * @throws Error where the store was made by a newer version, which this one would not understand
 */
export async function migrate(
  { transaction }: Pick<OpenDatabase, 'transaction'>,
  steps: readonly Migration[] = migrations,
): Promise<void> {
  await transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${lockNumber})`)
    await tx.execute(sql`create table if not exists schema_steps (id text primary key)`)
    const { rows } = (await tx.execute(sql`select id from schema_steps`)) as unknown as { rows: { id: string }[] }
    const done = new Set(rows.map(({ id }) => id))
    const unknown = [...done].filter((id) => !steps.some((step) => step.id === id))
    if (unknown.length > 0) throw new Error(`the store has steps of a newer version: ${unknown.join(', ')}`)
    for (const { id, statements } of steps) {
      if (done.has(id)) continue
      for (const statement of statements) await tx.execute(sql.raw(statement))
      await tx.execute(sql`insert into schema_steps (id) values (${id})`)
    }
  })
}
