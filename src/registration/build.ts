import { defaultCrypto } from '#crypto'
import { Psd2Error } from '../core/errors.ts'
import type { CryptoProvider } from '../crypto/provider.ts'
import { buildJwks } from '../jose/build.ts'
import { certificateSubject } from '../rules/subject.ts'
import { Certificate, parseCertificate } from '../x509/certificate.ts'
import {
  type CheckRegistrationOptions,
  checkRegistration,
  type RegistrationFinding,
  verifyRegistration,
} from './check.ts'
import { agentIdStem } from './client-legal-id.ts'
import { requireMoment, requireOptions } from './options.ts'
import { scopes as allScopes, formatScope, type Scope, scopeRoles } from './scope.ts'
import type { Registration, RegistrationContact, RegistrationOperation } from './types.ts'

/** An agent of the TPP: its whole identifier, or the serial number behind that of the TPP. */
export type AgentOption = { readonly legalId: string } | { readonly serial: string }

/** What {@link buildRegistration} builds from. */
export interface BuildRegistrationOptions
  extends Pick<CheckRegistrationOptions, 'policy' | 'environment' | 'registered' | 'accept'> {
  readonly qsealc: Certificate | Uint8Array
  /** Held against the QSealC and the scopes; it does not go into the body. */
  readonly qwac?: Certificate | Uint8Array
  readonly redirectUris: readonly string[]
  /** The name that users are shown. */
  readonly softwareId: string
  readonly contact: RegistrationContact
  readonly at: Date
  /** Default: `create`. */
  readonly operation?: RegistrationOperation
  /** Default: every scope whose role both certificates name. */
  readonly scopes?: readonly Scope[]
  /** Legal name of the TPP. Default: organizationName of the QSealC. */
  readonly clientName?: string
  /** Default: `1.0`. */
  readonly softwareVersion?: string
  readonly agent?: AgentOption
  /** For an update: that of the path, repeated in the body. */
  readonly clientId?: string
  /** Default: the serial number of the QSealC, in decimal. */
  readonly kid?: string
  readonly crypto?: CryptoProvider
}

/** A registration that passed its own check. */
export interface BuiltRegistration {
  /** The octets to send. */
  readonly body: Uint8Array
  readonly registration: Registration
  /** What is to be said of it and refuses nothing. */
  readonly findings: readonly RegistrationFinding[]
}

const names = [
  'qsealc',
  'qwac',
  'redirectUris',
  'softwareId',
  'contact',
  'at',
  'operation',
  'scopes',
  'clientName',
  'softwareVersion',
  'agent',
  'clientId',
  'kid',
  'crypto',
  'policy',
  'environment',
  'registered',
  'accept',
]

/**
 * Writes the body of POST or PUT /register from the certificates and a few fields, and holds it to the same rules as what
 * is received: what it gives passes under the policy that was asked.
 *
 * @throws Psd2Error whose code is the id of the rule that the body would break; `JWK_...` where the bank would refuse the
 * certificate; the codes of `parseCertificate`
 * @throws TypeError where an option is unknown or not of its type
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises'
 * import { buildRegistration } from 'psd2-toolkit/registration'
 *
 * const { body } = await buildRegistration({
 *   qsealc: await readFile('qsealc.der'),
 *   redirectUris: ['https://tpp.example/callback'],
 *   softwareId: 'Example App',
 *   contact: { contact_name: 'API team', email: 'api@tpp.example', phone_number: '+33 1 23 45 67 89' },
 *   at: new Date(),
 * })
 * console.log(new TextDecoder().decode(body))
 * ```
 */
export async function buildRegistration(options: BuildRegistrationOptions): Promise<BuiltRegistration> {
  requireOptions(options, names, 'buildRegistration')
  requireMoment(options.at)
  const { at, operation = 'create', crypto = defaultCrypto, agent, qwac } = options
  const qsealc = options.qsealc instanceof Certificate ? options.qsealc : parseCertificate(options.qsealc)
  const registration = await registrationOf(options, qsealc, crypto)
  const body = new TextEncoder().encode(JSON.stringify(registration))
  const check: CheckRegistrationOptions = {
    operation,
    at,
    crypto,
    agent: agent !== undefined,
    ...pick(options, ['policy', 'environment', 'registered', 'accept']),
    ...(qwac === undefined ? {} : { qwac }),
  }
  await verifyRegistration(body, check)
  return { body, registration, findings: (await checkRegistration(body, check)).findings }
}

async function registrationOf(
  options: BuildRegistrationOptions,
  qsealc: Certificate,
  crypto: CryptoProvider,
): Promise<Registration> {
  const { redirectUris, softwareId, contact, softwareVersion = '1.0', agent, clientId, kid } = options
  const seal = certificateSubject(qsealc)
  const identifier = seal.attributes.organizationIdentifier?.value ?? ''
  const { keys } = await buildJwks(qsealc, { crypto, ...(kid === undefined ? {} : { kid }) })
  return {
    redirect_uris: [...redirectUris],
    token_endpoint_auth_method: 'tls_client_auth',
    grant_types: ['client_credentials'],
    response_types: ['code'],
    client_name: options.clientName ?? qsealc.subject.all('2.5.4.10')[0]?.text ?? '',
    scope: formatScope(options.scopes ?? grantedScopes(options)),
    contact: { ...contact },
    provider_legal_id: identifier,
    ...(agent === undefined ? {} : { client_legal_id: agentId(agent, identifier) }),
    jwks: { keys: keys as unknown as Registration['jwks']['keys'] },
    software_id: softwareId,
    software_version: softwareVersion,
    ...(clientId === undefined ? {} : { client_id: clientId }),
  }
}

/** The scopes whose role every given certificate names. */
function grantedScopes({ qsealc, qwac }: Pick<BuildRegistrationOptions, 'qsealc' | 'qwac'>): readonly Scope[] {
  const given = qwac === undefined ? [qsealc] : [qsealc, qwac]
  const roles = given.map((one) => {
    const certificate = one instanceof Certificate ? one : parseCertificate(one, { mode: 'tolerant' })
    return certificateSubject(certificate).attributes.roles.map(({ role }) => role)
  })
  const granted = allScopes.filter((scope) => roles.every((list) => list.includes(scopeRoles[scope])))
  if (granted.length > 0) return granted
  throw new Psd2Error('registration.scope-role', 'the certificates name no role in common that grants a scope', {
    path: '/scope',
    citation: { document: 'ETSI TS 119 495', clause: '5.2.2' },
    mend: 'have certificates issued with the roles that the authority granted: psd2 inspect shows those that they have',
  })
}

function agentId(agent: AgentOption, identifier: string): string {
  return 'legalId' in agent ? agent.legalId : agentIdStem(identifier) + agent.serial
}

function pick<Value extends object, Name extends keyof Value>(
  value: Value,
  wanted: readonly Name[],
): Pick<Value, Name> {
  const entries = wanted.filter((name) => value[name] !== undefined).map((name) => [name, value[name]])
  return Object.fromEntries(entries) as Pick<Value, Name>
}
