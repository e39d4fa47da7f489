import { type JsonObject, type JsonValue, parseJson } from '../core/json.ts'
import type { CryptoProvider } from '../crypto/provider.ts'
import { psd2Attributes } from '../eidas/index.ts'
import { checkJwks } from '../jose/index.ts'
import { isAgentId } from '../registration/client-legal-id.ts'
import { redirectProblem } from '../registration/redirect/problem.ts'
import { isScope, scopeRoles, splitScope } from '../registration/scope.ts'
import type { RegistrationOperation } from '../registration/types.ts'
import type { Certificate } from '../x509/index.ts'
import type { Environment } from './deps.ts'
import type { PolicyName } from './policy.ts'
import type { Complaint } from './refusal.ts'

/** What a body says, once the rules have nothing against it. */
export interface CheckedRegistration {
  readonly kind: 'app' | 'agent'
  /** Members as they are to be kept and answered. */
  readonly metadata: Record<string, unknown>
  readonly clientName: string
  readonly clientLegalId: string | null
  readonly providerLegalId: string
  /** client_id of the body, where it has one. */
  readonly clientId: string | undefined
  readonly seal: Certificate
  readonly sealThumbprint: string
}

/** What the rules say of a body. */
export interface BodyCheck {
  /** What is wrong; nothing may be registered while there is anything. */
  readonly complaints: readonly Complaint[]
  /** The QSealC of the body, where it can be read: the signature is verified against it. */
  readonly seal: Certificate | undefined
  readonly registration: CheckedRegistration | undefined
}

/** What the rules are asked. */
export interface CheckContext {
  readonly operation: RegistrationOperation
  readonly policy: PolicyName
  readonly environment: Environment
  readonly at: Date
  readonly crypto: CryptoProvider
}

const limits = { size: 1 << 20, depth: 12 }
const texts = ['client_name', 'provider_legal_id', 'software_id'] as const

/**
 * Holds a body to the rules of registration.
 *
 * @throws Psd2Error `JSON_...`, `LIMIT_JSON_...`
 */
export async function checkRegistrationBody(body: Uint8Array, context: CheckContext): Promise<BodyCheck> {
  const value = parseJson(body, limits)
  if (!isObject(value)) {
    const complaints = [complaint('REGISTRATION_FORM', '', 'the body is no object')]
    return { complaints, seal: undefined, registration: undefined }
  }
  const complaints: Complaint[] = []
  const add = (pointer: string, says: string, error?: string): void => {
    complaints.push({ ...complaint('REGISTRATION_MEMBER', pointer, says), ...(error === undefined ? {} : { error }) })
  }
  for (const name of texts) if (!isText(value[name])) add(`/${name}`, 'a text is wanted')
  if (context.operation === 'create' && context.policy === 'seed' && !isText(value.software_version)) {
    add('/software_version', 'a text is wanted')
  }
  if (value.token_endpoint_auth_method !== 'tls_client_auth')
    add('/token_endpoint_auth_method', 'tls_client_auth is wanted')
  if (!isList(value.grant_types, ['client_credentials'])) add('/grant_types', 'client_credentials is wanted')
  if (!isList(value.response_types, ['code'])) add('/response_types', 'code is wanted')
  const contact = value.contact
  if (!isObject(contact) || !['contact_name', 'email', 'phone_number'].every((name) => isText(contact[name]))) {
    add('/contact', 'contact_name, email and phone_number are wanted')
  }
  const uris = value.redirect_uris
  if (!Array.isArray(uris) || uris.length === 0 || uris.length > 100)
    add('/redirect_uris', 'a list of addresses is wanted')
  else if (uris.some((uri) => typeof uri !== 'string' || redirectProblem(uri, context.environment) !== undefined)) {
    add('/redirect_uris', 'an address cannot be registered', 'invalid_redirect_uri')
  }
  const legalId = value.client_legal_id
  if (legalId !== undefined && legalId !== null && !isText(legalId)) add('/client_legal_id', 'a text is wanted')
  const { findings, verified } = await checkJwks(asPlain(value.jwks), { at: context.at, crypto: context.crypto })
  for (const { severity, code, path, mend } of findings) {
    if (severity === 'error') complaints.push({ code, pointer: `/jwks${path}`, says: 'the key is refused', mend })
  }
  if (verified === undefined) return { complaints, seal: undefined, registration: undefined }
  const scopes = typeof value.scope === 'string' ? splitScope(value.scope) : []
  const roles = psd2Attributes(verified.certificate).roles.map(({ role }) => role)
  const isGranted = scopes.every((scope) => isScope(scope) && roles.includes(scopeRoles[scope]))
  if (scopes.length === 0 || new Set(scopes).size !== scopes.length || !isGranted) {
    add('/scope', 'aisp, pisp, cbpii as the roles of the certificate grant them, separated by commas')
  }
  const seal = verified.certificate
  if (complaints.length > 0) return { complaints, seal, registration: undefined }
  const kind = typeof legalId === 'string' && isAgentId(legalId) ? 'agent' : 'app'
  const registration: CheckedRegistration = {
    kind,
    metadata: metadataOf(value, verified.jwk),
    clientName: value.client_name as string,
    clientLegalId: typeof legalId === 'string' ? legalId : null,
    providerLegalId: value.provider_legal_id as string,
    clientId: typeof value.client_id === 'string' ? value.client_id : undefined,
    seal,
    sealThumbprint: verified.jwk['x5t#S256'] as string,
  }
  return { complaints, seal, registration }
}

const kept = [
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

function metadataOf(value: JsonObject, jwk: object): Record<string, unknown> {
  const members = kept.flatMap((name) => (value[name] === undefined ? [] : [[name, value[name]] as const]))
  return { ...Object.fromEntries(members), jwks: { keys: [jwk] } }
}

function complaint(code: string, pointer: string, says: string): Complaint {
  return { code, pointer, says, mend: undefined }
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isText(value: JsonValue | undefined): value is string {
  return typeof value === 'string' && value.trim() !== '' && value.length <= 2048
}

function isList(value: JsonValue | undefined, wanted: readonly string[]): boolean {
  return Array.isArray(value) && value.length === wanted.length && wanted.every((item, i) => value[i] === item)
}

function asPlain(value: JsonValue | undefined): object {
  return JSON.parse(JSON.stringify(value ?? {})) as object
}
