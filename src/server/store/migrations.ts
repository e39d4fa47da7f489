/** A step of the schema. It is never changed once it was released: a change is a further step. */
export interface Migration {
  readonly id: string
  readonly statements: readonly string[]
}

/** A test holds what these make to what `schema.ts` says. */
export const migrations: readonly Migration[] = [
  {
    id: '0001-clients-tokens-replays',
    statements: [
      `create table clients (
        client_id text primary key,
        kind text not null check (kind in ('app', 'agent')),
        owner text not null,
        origin text not null check (origin in ('api', 'portal')),
        client_name text not null,
        client_legal_id text,
        seal_thumbprint text not null,
        seal text not null,
        metadata json not null,
        version integer not null,
        created_at timestamp with time zone not null,
        updated_at timestamp with time zone not null,
        active_from timestamp with time zone
      )`,
      `create unique index clients_one_app_a_seal on clients (seal_thumbprint) where kind = 'app'`,
      `create unique index clients_one_agent_an_id on clients (client_legal_id) where kind = 'agent'`,
      'create index clients_by_owner on clients (owner)',
      'create index clients_by_name on clients (client_name)',
      `create table tokens (
        hash text primary key,
        thumbprint text not null,
        environment text not null,
        scope text not null,
        issued_at timestamp with time zone not null,
        expires_at timestamp with time zone not null
      )`,
      'create index tokens_by_end on tokens (expires_at)',
      `create table replays (
        seal_thumbprint text not null,
        signed text not null,
        until timestamp with time zone not null,
        primary key (seal_thumbprint, signed)
      )`,
      'create index replays_by_end on replays (until)',
    ],
  },
  {
    // 100 octets for each request that is remembered, where there were 280; and a client is read without a second look-up.
    id: '0002-short-replays',
    statements: [
      'create table replays_next (once uuid primary key, until timestamp with time zone not null)',
      `insert into replays_next (once, until)
        select substr(encode(sha256(convert_to(seal_thumbprint || ' ' || signed, 'UTF8')), 'hex'), 1, 32)::uuid, until
        from replays`,
      'drop table replays',
      'alter table replays_next rename to replays',
      'alter index replays_next_pkey rename to replays_pkey',
      'create index replays_by_end on replays (until)',
      'alter table clients alter column seal set storage main, alter column metadata set storage main',
    ],
  },
  {
    id: '0003-eligibility',
    statements: [
      `alter table clients
        add column eligibility text not null default 'met'
          check (eligibility in ('met', 'pending_eligibility', 'ca_unknown')),
        add column estimated_at timestamp with time zone`,
      'alter table clients alter column eligibility drop default',
      `create index clients_waiting on clients (updated_at) where eligibility <> 'met'`,
    ],
  },
]
