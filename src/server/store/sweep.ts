import { inArray, lte } from 'drizzle-orm'
import type { OpenDatabase } from './database.ts'
import { replays, tokens } from './schema.ts'

/** Rows that are removed at once. A certificate that ends leaves millions behind: no statement may run as long as that. */
const batch = 1000

/**
 * Milliseconds for which what has ended is kept. The clock of another server may be behind: there a certificate lasts longer, and
 * its signatures must stay used up. A token that has ended is told from one that never was.
 */
const grace = 86_400_000

/** Removes the tokens and used signatures that have ended. Servers that do it at once share the work. */
export async function sweep({ database, tidy }: OpenDatabase, at: Date, isOver: () => boolean): Promise<void> {
  const ended = new Date(at.getTime() - grace)
  const tables = {
    tokens: () =>
      database
        .delete(tokens)
        .where(
          inArray(
            tokens.hash,
            database
              .select({ key: tokens.hash })
              .from(tokens)
              .where(lte(tokens.expiresAt, ended))
              .limit(batch)
              .for('update', { skipLocked: true }),
          ),
        )
        .returning({ key: tokens.hash }),
    replays: () =>
      database
        .delete(replays)
        .where(
          inArray(
            replays.once,
            database
              .select({ key: replays.once })
              .from(replays)
              .where(lte(replays.until, ended))
              .limit(batch)
              .for('update', { skipLocked: true }),
          ),
        )
        .returning({ key: replays.once }),
  }
  const emptied: string[] = []
  for (const [table, removeSome] of Object.entries(tables)) {
    let removed = 0
    for (let last = batch; last === batch && !isOver(); removed += last) last = (await removeSome()).length
    if (removed > 0) emptied.push(table)
  }
  if (!isOver()) await tidy?.(emptied)
}
