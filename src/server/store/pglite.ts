import type { PGlite } from '@electric-sql/pglite'
import { concatBytes } from '../../core/bytes.ts'
import { needPackage } from '../need-package.ts'
import type { OpenDatabase, Prepared } from './database.ts'

/** PGlite as a database of the store. It is one connection: what runs on it runs alone. */
export async function pgliteDatabase(client: PGlite): Promise<OpenDatabase> {
  const { Mutex, protocol } = await needPackage('@electric-sql/pglite', () => import('@electric-sql/pglite'))
  const { drizzle } = await needPackage('drizzle-orm', () => import('drizzle-orm/pglite'))
  const { serialize } = protocol
  const database = drizzle(client)
  // A plan is kept until the next vacuum: one that reads a whole table, while it is small, must not be.
  await client.query('set enable_seqscan = off')
  // PGlite keeps single queries out of a transaction, but not the messages by which a prepared statement is run.
  const alone = new Mutex()
  const send = (...messages: readonly Uint8Array[]) => client.execProtocolStream(concatBytes(...messages))

  function prepare(name: string, text: string): Prepared {
    let isParsed = false
    const run = async (values: readonly string[]) => {
      if (!isParsed) await send(serialize.close({ type: 'S', name }), serialize.parse({ name, text }), serialize.sync())
      isParsed = true
      return send(serialize.bind({ statement: name, values: [...values] }), serialize.execute({}), serialize.sync())
    }
    return async (values) => {
      await client.waitReady
      const answers = await alone.runExclusive(() => client.runExclusive(() => run(values)))
      return answers.flatMap((answer) =>
        'fields' in answer && answer.name === 'dataRow' ? [answer.fields as string[]] : [],
      )
    }
  }

  return {
    database,
    prepare,
    transaction: (run) => alone.runExclusive(() => database.transaction(run)),
    async tidy(emptied) {
      for (const table of emptied) await client.query(`vacuum ${table}`)
      // Else its log grows with every change for as long as it is open, and is read from the beginning after a crash.
      await client.query('checkpoint')
    },
    close: () => client.close(),
  }
}
