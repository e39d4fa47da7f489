import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type AnyJwk, seal } from '../../jose/make/material.ts'

/** A body that may be anything: vectors are made to be wrong. */
export type AnyBody = Record<string, unknown>

/** A finding that is expected, an error where nothing else is said. */
export type Expected = readonly [slug: string, path: string, severity?: string]

/** What is known beside the body. */
export interface Context {
  readonly environment?: 'live' | 'sandbox'
  readonly agent?: boolean
  /** Name of a certificate of the vectors; null for no connection. Default: `qwac`. */
  readonly qwac?: string | null
  readonly registered?: { readonly clientId: string; readonly providerLegalId: string }
  readonly accept?: readonly string[]
  readonly path?: 'valid' | 'invalid' | 'issuer-unknown'
  readonly register?: 'match' | 'no-match' | 'indeterminate'
  /** The QSealC belongs to another set. */
  readonly otherSet?: boolean
}

/** The body of a registration and the whole outcome of checking it. */
export interface RegistrationVector {
  readonly id: string
  /** Row of the attack catalogue, or `control`. */
  readonly family: string
  readonly says: string
  readonly operation: 'create' | 'update'
  readonly policy: 'seed' | 'observed' | 'rfc'
  readonly at: string
  readonly text: string | Uint8Array
  readonly context: Context
  /** Every finding, the gravest first. */
  readonly findings: readonly Expected[]
}

export const at = '2026-06-01T08:00:00Z'
const name = 'Test PSP (for test only)'

/** The sound key, with some members changed; undefined takes a member away. */
export function keyOf(certificate: string, members: AnyJwk = {}): AnyJwk {
  return { ...seal(certificate).jwk, ...members }
}

/** A sound body around a QSealC of the vectors. */
export function bodyWith(certificate: string, members: AnyBody = {}): AnyBody {
  return {
    redirect_uris: ['https://tpp.example/callback'],
    token_endpoint_auth_method: 'tls_client_auth',
    grant_types: ['client_credentials'],
    response_types: ['code'],
    client_name: name,
    scope: 'aisp,pisp',
    contact: { contact_name: 'API team', email: 'api@tpp.example', phone_number: '+33 1 23 45 67 89' },
    provider_legal_id: 'PSDFR-ACPR-12345',
    jwks: { keys: [keyOf(certificate)] },
    software_id: 'Example App',
    software_version: '1.0',
    ...members,
  }
}

/** Sound on an update too: every required member, and the client_id of the path. */
export const registered = { clientId: '1PSDFR-ACPR-12345-0-RWMH', providerLegalId: 'PSDFR-ACPR-12345' } as const

interface Settings {
  readonly operation?: RegistrationVector['operation']
  readonly policy?: RegistrationVector['policy']
  readonly at?: string
  readonly context?: Context
  readonly certificate?: string
}

/** A vector over octets of its own. */
export function raw(
  id: string,
  family: string,
  says: string,
  text: string | Uint8Array,
  findings: readonly Expected[],
  settings: Settings = {},
): RegistrationVector {
  const { operation = 'create', policy = 'seed', context = {} } = settings
  return { id, family, says, operation, policy, at: settings.at ?? at, text, context, findings }
}

/** A vector that changes some members of a sound body. */
export function changed(
  id: string,
  family: string,
  says: string,
  members: AnyBody,
  findings: readonly Expected[] = [],
  settings: Settings = {},
): RegistrationVector {
  const text = `${JSON.stringify(bodyWith(settings.certificate ?? 'qsealc', members), undefined, 1)}\n`
  return raw(id, family, says, text, findings, settings)
}

/** A vector that changes some members of the one key. */
export function keyed(
  id: string,
  family: string,
  says: string,
  members: AnyJwk,
  findings: readonly Expected[] = [],
  settings: Settings = {},
): RegistrationVector {
  const jwks = { keys: [keyOf(settings.certificate ?? 'qsealc', members)] }
  return changed(id, family, says, { jwks }, findings, settings)
}

/** The DER of a certificate of the vectors. */
export function derOf(certificate: string): Buffer {
  return new X509Certificate(readFileSync(new URL(`../../certificates/${certificate}.pem`, import.meta.url))).raw
}

/** A vector for each redirect URI. */
export function redirects(rows: readonly (readonly [id: string, uri: string, slug: string])[]): RegistrationVector[] {
  return rows.map(([id, uri, slug]) =>
    changed(`redirect-${id}`, 'REG-12', `A redirect URI: ${id}.`, { redirect_uris: [uri] }, [
      [slug, '/redirect_uris/0'],
    ]),
  )
}
