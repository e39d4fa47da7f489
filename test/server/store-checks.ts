import { expect } from 'vitest'
import type { RegistrationStore } from '../../src/server/index.ts'
import type { OpenDatabase } from '../../src/server/store/database.ts'
import { migrate } from '../../src/server/store/migrate.ts'
import { migrations } from '../../src/server/store/migrations.ts'

const owner = 'PSDFR-ACPR-12345'
const at = new Date('2026-05-01T10:00:00Z')
const until = new Date('2027-05-01T10:00:00Z')
const metadata = { software_id: 'Made by an old version', scope: 'aisp' }
const used = { sealThumbprint: 'S'.repeat(43), signed: 'd'.repeat(43), until }

/** Makes what the first version of the schema held: a client, a token, a signature that is used up. */
export async function makeOldStore(
  { transaction }: Pick<OpenDatabase, 'transaction'>,
  run: (sql: string) => Promise<unknown>,
): Promise<void> {
  await migrate({ transaction }, migrations.slice(0, 1))
  const [from, to] = [at.toISOString(), until.toISOString()]
  await run(
    `insert into clients values ('${owner}-OLD', 'app', '${owner}', 'api', 'Example TPP', null, '${used.sealThumbprint}',
     'MIIB', '${JSON.stringify(metadata)}', 3, '${from}', '${from}', '${from}')`,
  )
  await run(`insert into tokens values ('hash', 'thumbprint', 'sandbox', 'manageRegistration', '${from}', '${to}')`)
  await run(`insert into replays values ('${used.sealThumbprint}', '${used.signed}', '${to}')`)
}

/** Holds a store over it to what it held. */
export async function expectOldContent(store: RegistrationStore): Promise<void> {
  const question = { tokenHash: 'hash', clientId: `${owner}-OLD`, owner }
  expect(await store.findCall(question)).toEqual({
    token: {
      hash: 'hash',
      thumbprint: 'thumbprint',
      environment: 'sandbox',
      scope: 'manageRegistration',
      issuedAt: at,
      expiresAt: until,
    },
    client: {
      clientId: `${owner}-OLD`,
      kind: 'app',
      owner,
      origin: 'api',
      clientName: 'Example TPP',
      clientLegalId: null,
      sealThumbprint: used.sealThumbprint,
      seal: 'MIIB',
      metadata,
      version: 3,
      createdAt: at,
      updatedAt: at,
      activeFrom: at,
      eligibility: 'met',
      estimatedAt: null,
    },
  })
  expect(await store.findCall({ ...question, owner: 'PSDFR-ACPR-99999' })).toMatchObject({ client: undefined })
  expect(await store.findCall({ ...question, tokenHash: 'other' })).toEqual({ token: undefined, client: undefined })
  expect(await store.remember(used)).toBe(false)
  expect(await store.remember({ ...used, signed: 'e'.repeat(43) })).toBe(true)
  expect(await store.remember({ ...used, sealThumbprint: 'T'.repeat(43) })).toBe(true)
}

/** Holds a store to what is forgotten, and when: many rows at once, and none that counts still. */
export async function expectSweep(store: RegistrationStore, count: (table: string) => Promise<number>): Promise<void> {
  const [before, now, after] = [10, 12, 14].map((hour) => new Date(`2026-06-01T${hour}:00:00Z`)) as [Date, Date, Date]
  const token = { thumbprint: 'Q', environment: 'live', scope: 's', issuedAt: at }
  for (const [name, until] of Object.entries({ before, now, after })) {
    await store.addToken({ ...token, hash: name, expiresAt: until })
    await store.remember({ sealThumbprint: 'S', signed: name, until })
  }
  const many = Array.from({ length: 2300 }, (_, i) => ({ sealThumbprint: 'S', signed: String(i), until: before }))
  for (const once of many) await store.remember(once)
  // For a day what has ended is kept: another server's clock may be behind.
  const aDayOn = (moment: Date): Date => new Date(moment.getTime() + 86_400_000)
  await store.sweep(new Date(aDayOn(before).getTime() - 1))
  expect([await count('tokens'), await count('replays')]).toEqual([3, 2303])
  await Promise.all([store.sweep(aDayOn(now)), store.sweep(aDayOn(now))])
  expect([await count('tokens'), await count('replays')]).toEqual([1, 1])
  expect(await store.findToken('after')).toMatchObject({ hash: 'after' })
  expect(await store.remember({ sealThumbprint: 'S', signed: 'after', until: after })).toBe(false)
}
