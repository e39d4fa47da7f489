import { and, eq, ne, sql } from 'drizzle-orm'
import type { EligibilityState } from '../../registration/index.ts'
import { splitScope } from '../../registration/scope.ts'
import { type OpenDatabase, sqlState, type Transaction, UNIQUE_VIOLATION } from './database.ts'
import { migrate } from './migrate.ts'
import { clients, replays } from './schema.ts'
import { hotStatements, onceOf } from './statements.ts'
import { sweep } from './sweep.ts'

/** A registered application or agent. */
export interface ClientRecord {
  readonly clientId: string
  readonly kind: 'app' | 'agent'
  readonly owner: string
  readonly origin: 'api' | 'portal'
  readonly clientName: string
  readonly clientLegalId: string | null
  readonly sealThumbprint: string
  readonly seal: string
  readonly metadata: Record<string, unknown>
  readonly version: number
  readonly createdAt: Date
  readonly updatedAt: Date
  /** Null while a criterion of eligibility is open: then nothing is promised. */
  readonly activeFrom: Date | null
  readonly eligibility: EligibilityState
  /** Of a CA that is not loaded yet: when it may be. */
  readonly estimatedAt: Date | null
}

/** An access token as it is kept. */
export interface TokenRecord {
  /** SHA-256 of the token, base64url. */
  readonly hash: string
  readonly thumbprint: string
  readonly environment: string
  readonly scope: string
  readonly issuedAt: Date
  readonly expiresAt: Date
}

/** A signature that counts once. */
export interface SignedOnce {
  readonly sealThumbprint: string
  /** SHA-256 of what was signed, base64url. */
  readonly signed: string
  readonly until: Date
}

/** Why a change was not made. Whatever it was, the signature is used up. */
export type Conflict =
  | 'replayed'
  | 'seal-taken'
  | 'legal-id-taken'
  | 'name-taken'
  | 'scope-of-agent'
  | 'changed-meanwhile'

/** What became of a change. */
export type Outcome =
  | { readonly done: true }
  | {
      readonly done: false
      readonly conflict: Conflict
      /** The client of the same owner that is in the way: whoever lost the answer to a registration finds it here. */
      readonly ownClientId?: string | undefined
    }

/** What is to be held against other rows beside the unique indexes. */
export interface Constraints {
  /** A client_name belongs to one organisation. */
  readonly uniqueNames: boolean
}

/** What a request with a client_id in its path names. */
export interface CallQuestion {
  /** SHA-256 of the token, base64url. */
  readonly tokenHash: string
  readonly clientId: string
  /** Whoever calls, by the QWAC. */
  readonly owner: string
}

/** What was found of it. */
export interface FoundCall {
  readonly token: TokenRecord | undefined
  /** Undefined where there is none, and where it is another's: nobody can tell the two apart. Without token none is looked for. */
  readonly client: ClientRecord | undefined
}

/** Where registrations, tokens and used signatures are kept. Servers that share one agree. */
export interface RegistrationStore {
  addToken(token: TokenRecord): Promise<void>
  findToken(hash: string): Promise<TokenRecord | undefined>
  /** A token and the client of a path, in one query. */
  findCall(asked: CallQuestion): Promise<FoundCall>
  /** True where the signature is new. */
  remember(once: SignedOnce): Promise<boolean>
  create(client: ClientRecord, once: SignedOnce, constraints: Constraints): Promise<Outcome>
  /** Replaces the row that has the version before. */
  replace(client: ClientRecord, once: SignedOnce, constraints: Constraints): Promise<Outcome>
  /** Removes the row that has this version, and keeps nothing of it. */
  remove(client: ClientRecord, once: SignedOnce): Promise<Outcome>
  /** Clients of which a criterion of eligibility is open, those that wait longest first; a thousand at most. */
  waiting(): Promise<readonly ClientRecord[]>
  /** Keeps what was decided of a client that waits, in the place of the version before. False where it was changed meanwhile. */
  settle(client: ClientRecord): Promise<boolean>
  /** Forgets what has ended a day ago: some of it at a time, so that requests are answered meanwhile. */
  sweep(at: Date): Promise<void>
  /** Rejects where the database does not answer. */
  ping(): Promise<void>
  close(): Promise<void>
}

/** A store over a database, once its schema is up. */
export async function storeOver(opened: OpenDatabase): Promise<RegistrationStore> {
  const { database, close } = opened
  await migrate({ transaction: opened.upgrade ?? opened.transaction })
  const hot = hotStatements(opened)
  let sweeping: Promise<void> | undefined
  let isClosing = false
  return {
    ...hot,
    create: (client, once, constraints) =>
      change(opened, once, async (tx) => {
        const taken = await takenByOthers(tx, client, constraints)
        if (taken !== undefined) return taken
        const added = await tx.insert(clients).values(client).onConflictDoNothing().returning({ id: clients.clientId })
        return added.length === 1 ? done : conflictOf(tx, client)
      }),
    replace: (client, once, constraints) =>
      change(opened, once, async (tx) => {
        const taken = await takenByOthers(tx, client, constraints)
        if (taken !== undefined) return taken
        try {
          // A savepoint of its own: a conflict undoes the change and leaves the signature used up.
          const changed = await tx.transaction((inner) =>
            inner
              .update(clients)
              .set(client)
              .where(sameRow(client, client.version - 1))
              .returning({ id: clients.clientId }),
          )
          return changed.length === 1 ? done : refused('changed-meanwhile')
        } catch (error) {
          if (sqlState(error) === UNIQUE_VIOLATION) return conflictOf(tx, client)
          throw error
        }
      }),
    remove: (client, once) =>
      change(opened, once, async (tx) => {
        const removed = await tx
          .delete(clients)
          .where(sameRow(client, client.version))
          .returning({ id: clients.clientId })
        return removed.length === 1 ? done : refused('changed-meanwhile')
      }),
    waiting: () =>
      database.select().from(clients).where(ne(clients.eligibility, 'met')).orderBy(clients.updatedAt).limit(1000),
    async settle(client) {
      const { version, updatedAt, activeFrom, eligibility, estimatedAt } = client
      const settled = await database
        .update(clients)
        .set({ version, updatedAt, activeFrom, eligibility, estimatedAt })
        .where(and(sameRow(client, version - 1), ne(clients.eligibility, 'met')))
        .returning({ id: clients.clientId })
      return settled.length === 1
    },
    sweep(at) {
      sweeping ??= sweep(opened, at, () => isClosing).finally(() => {
        sweeping = undefined
      })
      return sweeping
    },
    async ping() {
      await database.execute(sql`select 1`)
    },
    async close() {
      isClosing = true
      await sweeping?.catch(() => undefined)
      await close()
    },
  }
}

/** One transaction: the signature is used up and the change made, or neither. */
function change(
  { transaction }: OpenDatabase,
  once: SignedOnce,
  make: (tx: Transaction) => Promise<Outcome>,
): Promise<Outcome> {
  return transaction(async (tx) => ((await remember(tx, once)) ? make(tx) : refused('replayed')))
}

async function remember(tx: Transaction, { sealThumbprint, signed, until }: SignedOnce): Promise<boolean> {
  const row = { once: onceOf(sealThumbprint, signed), until }
  const added = await tx.insert(replays).values(row).onConflictDoNothing().returning({ once: replays.once })
  return added.length === 1
}

function sameRow({ clientId, owner }: ClientRecord, version: number) {
  return and(eq(clients.clientId, clientId), eq(clients.owner, owner), eq(clients.version, version))
}

const done: Outcome = { done: true }

function refused(conflict: Conflict, ownClientId?: string): Outcome {
  return { done: false, conflict, ownClientId }
}

/** The index that a row met: an application's is that of its seal, an agent's that of its id. */
async function conflictOf(
  tx: Transaction,
  { kind, owner, sealThumbprint, clientLegalId }: ClientRecord,
): Promise<Outcome> {
  const sameKey =
    kind === 'app' ? eq(clients.sealThumbprint, sealThumbprint) : eq(clients.clientLegalId, clientLegalId ?? '')
  const own = await tx
    .select({ id: clients.clientId })
    .from(clients)
    .where(and(eq(clients.owner, owner), eq(clients.kind, kind), sameKey))
    .limit(1)
  return refused(kind === 'app' ? 'seal-taken' : 'legal-id-taken', own[0]?.id)
}

/** What no index can say of a row beside others. */
async function takenByOthers(
  tx: Transaction,
  client: ClientRecord,
  { uniqueNames }: Constraints,
): Promise<Outcome | undefined> {
  if (client.kind === 'agent') {
    if (await isAgentOfAnother(tx, client)) return refused('legal-id-taken')
    if (await isBeyondItsTpp(tx, client)) return refused('scope-of-agent')
  }
  if (!uniqueNames) return undefined
  const found = await tx
    .select({ id: clients.clientId })
    .from(clients)
    .where(and(ne(clients.owner, client.owner), eq(clients.clientName, client.clientName)))
    .limit(1)
  return found.length > 0 ? refused('name-taken') : undefined
}

/** True where the id of an agent says, by `AGT` and an identifier, that it is one of another TPP that is known here. */
async function isAgentOfAnother(tx: Transaction, { owner, clientLegalId }: ClientRecord): Promise<boolean> {
  if (clientLegalId === null || clientLegalId.startsWith(`AGT${owner.slice(3)}`)) return false
  const prefix = sql`starts_with(${clientLegalId}, 'AGT' || substr(${clients.owner}, 4))`
  const found = await tx
    .select({ id: clients.clientId })
    .from(clients)
    .where(and(ne(clients.owner, owner), prefix))
    .limit(1)
  return found.length > 0
}

/** True where an agent wants a scope that no application of its TPP has. A TPP without one is held to its certificate. */
async function isBeyondItsTpp(tx: Transaction, { owner, metadata }: ClientRecord): Promise<boolean> {
  const apps = await tx
    .select({ scope: sql<string>`${clients.metadata} ->> 'scope'` })
    .from(clients)
    .where(and(eq(clients.owner, owner), eq(clients.kind, 'app')))
  if (apps.length === 0) return false
  const granted = new Set(apps.flatMap(({ scope }) => splitScope(scope)))
  return !splitScope(String(metadata.scope)).every((scope) => granted.has(scope))
}
