import type { CryptoProvider } from '../crypto/provider.ts'
import { x5tS256 } from '../jose/index.ts'
import type { PolicyName, RegistrationOperation } from '../registration/index.ts'
import { checkRegistration, type RegistrationFinding, registrationRules } from '../registration/index.ts'
import type { Scope } from '../registration/scope.ts'
import type { Certificate } from '../x509/index.ts'
import type { Environment } from './deps.ts'
import type { Complaint } from './refusal.ts'

/** What a body says, once the rules have nothing against it. */
export interface SoundRegistration {
  readonly kind: 'app' | 'agent'
  /** Members as they are to be kept and answered. */
  readonly metadata: Record<string, unknown>
  readonly clientName: string
  readonly clientLegalId: string | null
  readonly providerLegalId: string
  readonly scopes: readonly Scope[]
  readonly seal: Certificate
  readonly sealThumbprint: string
}

/** What the rules say of a body. */
export interface BodyCheck {
  /** What is wrong; nothing may be registered while there is anything. */
  readonly complaints: readonly Complaint[]
  /** The QSealC of the body, where it can be read: the signature is verified against it. */
  readonly seal: Certificate | undefined
  readonly registration: SoundRegistration | undefined
}

/** What the rules are asked. */
export interface CheckContext {
  readonly operation: RegistrationOperation
  readonly policy: PolicyName
  readonly environment: Environment
  readonly qwac: Certificate
  /** What is registered now, for an update. */
  readonly registered: { readonly clientId: string; readonly providerLegalId: string } | undefined
  readonly at: Date
  readonly crypto: CryptoProvider
}

/** What is kept: what the page calls "not used" is not. */
const keptMembers = [
  'redirect_uris',
  'token_endpoint_auth_method',
  'grant_types',
  'response_types',
  'client_name',
  'scope',
  'contact',
  'provider_legal_id',
  'client_legal_id',
  'software_id',
  'software_version',
] as const
const keptOfKey = ['kty', 'use', 'alg', 'key_ops', 'kid', 'n', 'e', 'x5c', 'x5t#S256'] as const
const keptOfContact = ['contact_name', 'email', 'phone_number'] as const

/** Names that may stand in an answer as a place: those of the page. Anything else in a pointer the sender has chosen. */
const known: ReadonlySet<string> = new Set([
  ...keptMembers,
  ...keptOfKey,
  ...keptOfContact,
  'jwks',
  'keys',
  'client_id',
])

/** Holds a body to the rules of registration, the same that the client holds it to before it sends. */
export async function checkRegistrationBody(body: Uint8Array, context: CheckContext): Promise<BodyCheck> {
  const { registered, ...options } = context
  const { findings, verdict, checked, certificate } = await checkRegistration(body, {
    ...options,
    ...(registered === undefined ? {} : { registered }),
  })
  const complaints = findings
    .filter(({ severity }) => severity === 'fatal' || severity === 'error')
    .map((finding) => complaintOf(finding, verdict === 'unreadable'))
  if (checked === undefined) return { complaints, seal: certificate, registration: undefined }
  const { registration, agent, providerLegalId, clientLegalId = null, scopes, certificate: seal } = checked
  return {
    complaints,
    seal,
    registration: {
      kind: agent ? 'agent' : 'app',
      metadata: {
        ...pick(registration, keptMembers),
        contact: pick(registration.contact, keptOfContact),
        jwks: { keys: registration.jwks.keys.map((key) => pick(key, keptOfKey)) },
      },
      clientName: registration.client_name,
      clientLegalId,
      providerLegalId,
      scopes,
      seal,
      sealThumbprint: await x5tS256(seal.bytes, { crypto: context.crypto }),
    },
  }
}

const rules = new Map(registrationRules.map((rule) => [rule.id, rule]))

/** A finding in the fixed words of its rule: its own message may repeat what was sent. */
function complaintOf({ rule: id, requirement, path }: RegistrationFinding, isUnreadable: boolean): Complaint {
  const rule = rules.get(id)
  return {
    code: id,
    pointer: isKnownPlace(path) ? path : undefined,
    says: `${requirement} wants that ${rule?.title ?? 'the rule is kept'}`,
    mend: rule?.mend,
    error: errorOf(id, isUnreadable),
  }
}

/** RFC 7591 3.2.2. */
function errorOf(rule: string, isUnreadable: boolean): string {
  if (isUnreadable) return 'invalid_request'
  return rule.startsWith('registration.redirect') ? 'invalid_redirect_uri' : 'invalid_client_metadata'
}

function isKnownPlace(pointer: string): boolean {
  const steps = pointer.split('/').slice(1)
  return steps.every((step) => known.has(step) || /^[0-9]{1,4}$/.test(step))
}

function pick<Source extends object, Name extends keyof Source & string>(
  source: Source,
  names: readonly Name[],
): Partial<Record<Name, unknown>> {
  const held = names.filter((name) => Object.hasOwn(source, name) && source[name] !== null)
  return Object.fromEntries(held.map((name) => [name, source[name]])) as Partial<Record<Name, unknown>>
}
