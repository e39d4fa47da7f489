import { getTableName, inArray, lte } from 'drizzle-orm'
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core'
import type { OpenDatabase } from './database.ts'
import { replays, tokens } from './schema.ts'

/** Rows that are removed at once. A certificate that ends leaves millions behind: no statement may run as long as that. */
const batch = 1000

/**
 * Milliseconds for which what has ended is kept. The clock of another server may be behind: there a certificate lasts longer, and
 * its signatures must stay used up. A token that has ended is told from one that never was.
 */
const grace = 86_400_000

/** A table whose rows end. */
interface Ending {
  readonly table: PgTable
  readonly key: PgColumn
  readonly end: PgColumn
}

const endings: readonly Ending[] = [
  { table: tokens, key: tokens.hash, end: tokens.expiresAt },
  { table: replays, key: replays.once, end: replays.until },
]

/** Removes the tokens and used signatures that have ended. Servers that do it at once share the work. */
export async function sweep(opened: OpenDatabase, at: Date, isOver: () => boolean): Promise<void> {
  const ended = new Date(at.getTime() - grace)
  const emptied: string[] = []
  for (const ending of endings) {
    let removed = 0
    for (let last = batch; last === batch && !isOver(); removed += last) last = await removeSome(opened, ending, ended)
    if (removed > 0) emptied.push(getTableName(ending.table))
  }
  if (!isOver()) await opened.tidy?.(emptied)
}

/** @returns how many there were, up to a batch */
async function removeSome({ database }: OpenDatabase, { table, key, end }: Ending, ended: Date): Promise<number> {
  const some = database
    .select({ key })
    .from(table)
    .where(lte(end, ended))
    .limit(batch)
    .for('update', { skipLocked: true })
  return (await database.delete(table).where(inArray(key, some)).returning({ key })).length
}
