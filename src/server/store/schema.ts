import { sql } from 'drizzle-orm'
import { index, integer, json, pgTable, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core'

import type { EligibilityState } from '../../registration/index.ts'

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** Applications and agents. A row is there from the 201 to the 204: nothing is kept of what was removed. */
export const clients = pgTable(
  'clients',
  {
    clientId: text('client_id').primaryKey(),
    kind: text('kind').$type<'app' | 'agent'>().notNull(),
    /** organizationIdentifier of the TPP: whoever shows a QWAC with it owns the row. */
    owner: text('owner').notNull(),
    /** `portal`: enrolled by hand, out of reach of this API. */
    origin: text('origin').$type<'api' | 'portal'>().notNull(),
    clientName: text('client_name').notNull(),
    clientLegalId: text('client_legal_id'),
    /** x5t#S256 of the QSealC, and its DER in base64. */
    sealThumbprint: text('seal_thumbprint').notNull(),
    seal: text('seal').notNull(),
    /** What was registered, in the order in which it was sent. */
    metadata: json('metadata').$type<Record<string, unknown>>().notNull(),
    /** Counts changes: a change is of the row that its sender's signature was verified against. */
    version: integer('version').notNull(),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
    /** Null while a criterion of eligibility is open. */
    activeFrom: moment('active_from'),
    eligibility: text('eligibility').$type<EligibilityState>().notNull(),
    /** What the bank expects of a CA that is to be loaded first. */
    estimatedAt: moment('estimated_at'),
  },
  (table) => [
    // One application a certificate set; the agents of a TPP share its certificate.
    uniqueIndex('clients_one_app_a_seal').on(table.sealThumbprint).where(sql`kind = 'app'`),
    uniqueIndex('clients_one_agent_an_id').on(table.clientLegalId).where(sql`kind = 'agent'`),
    index('clients_by_owner').on(table.owner),
    index('clients_by_name').on(table.clientName),
    index('clients_waiting').on(table.updatedAt).where(sql`eligibility <> 'met'`),
  ],
)

/** Access tokens: the hash alone, so that whoever reads the store can use none. */
export const tokens = pgTable(
  'tokens',
  {
    hash: text('hash').primaryKey(),
    /** x5t#S256 of the QWAC that asked for it. */
    thumbprint: text('thumbprint').notNull(),
    environment: text('environment').notNull(),
    scope: text('scope').notNull(),
    issuedAt: moment('issued_at').notNull(),
    expiresAt: moment('expires_at').notNull(),
  },
  (table) => [index('tokens_by_end').on(table.expiresAt)],
)

/** What was signed before, by whom: kept until the certificate ends, after which nothing of it is taken. */
export const replays = pgTable(
  'replays',
  {
    /** The first 128 bits of a hash over both. Two that met would refuse a request, never let one pass. */
    once: uuid('once').primaryKey(),
    until: moment('until').notNull(),
  },
  (table) => [index('replays_by_end').on(table.until)],
)
