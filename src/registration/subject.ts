import type { JsonObject, JsonValue } from '../core/json.ts'
import type { CryptoProvider } from '../crypto/provider.ts'
import { Findings, type JwkFinding } from '../jose/findings.ts'
import { checkSet } from '../jose/set.ts'
import { readX5c } from '../jose/x5c.ts'
import { type CertificateSubject, certificateSubject } from '../rules/subject.ts'
import type { Certificate } from '../x509/certificate.ts'
import { isAgentId } from './client-legal-id.ts'
import { type RedirectEnvironment, type RedirectProblem, redirectProblem } from './redirect/problem.ts'
import { splitBlankScope, splitScope } from './scope.ts'
import { type TextFinding, textFindings } from './texts.ts'
import type { RegistrationOperation } from './types.ts'

/** A registration as the rules see it: read once, everything that several rules ask for at hand. */
export interface RegistrationSubject {
  readonly operation: RegistrationOperation
  readonly environment: RedirectEnvironment
  readonly body: JsonObject
  /** The caller says that an agent is registered, or client_legal_id says so. */
  readonly agent: boolean
  /** The caller says that an agent is registered. */
  readonly declaredAgent: boolean
  /** What is wrong with each redirect URI; of what is no text, undefined. */
  readonly redirects: readonly (RedirectProblem | undefined)[]
  /** Names and texts anywhere in the body that no registration has. */
  readonly texts: readonly TextFinding[]
  /** Elements of `scope`, whatever they are; empty where it is no text. */
  readonly scopes: readonly string[]
  /** `scope` is separated by blanks, as RFC 7591 has it and the page has not. */
  readonly blankScope: boolean
  /** Everything that reading `jwks` found. */
  readonly jwk: readonly JwkFinding[]
  /** The certificate of x5c, where one could be read. */
  readonly seal: CertificateSubject | undefined
  readonly qwac: CertificateSubject | undefined
  /** The moment of the check. */
  readonly at: Date
}

/** What is known of a registration before its body is read. */
export interface SubjectInput {
  readonly operation: RegistrationOperation
  readonly environment: RedirectEnvironment
  readonly agent: boolean
  readonly qwac: Certificate | undefined
  readonly at: Date
  readonly crypto: CryptoProvider
}

/** Reads what the rules ask for. */
export async function registrationSubject(body: JsonObject, input: SubjectInput): Promise<RegistrationSubject> {
  const { operation, environment, agent, qwac, at, crypto } = input
  const clientLegalId = body.client_legal_id
  const { scope } = body
  const blanks = typeof scope === 'string' ? splitBlankScope(scope) : undefined
  const certificate = sealOf(body.jwks)
  return {
    operation,
    environment,
    body,
    declaredAgent: agent,
    agent: agent || (typeof clientLegalId === 'string' && isAgentId(clientLegalId)),
    redirects: redirectsOf(body.redirect_uris, environment),
    texts: textFindings(body),
    scopes: blanks ?? (typeof scope === 'string' ? splitScope(scope).slice(0, mostScopes) : []),
    blankScope: blanks !== undefined,
    jwk: await readJwks(body.jwks, at, crypto),
    seal: certificate === undefined ? undefined : certificateSubject(certificate),
    qwac: qwac === undefined ? undefined : certificateSubject(qwac),
    at,
  }
}

/** There are three scopes; an attacker could send thousands. */
const mostScopes = 32

/** Redirect URIs that are looked at; more are a mistake or an attack, and a rule says so. */
export const mostRedirects = 64

function redirectsOf(
  uris: JsonValue | undefined,
  environment: RedirectEnvironment,
): readonly (RedirectProblem | undefined)[] {
  if (!Array.isArray(uris)) return []
  return uris
    .slice(0, mostRedirects)
    .map((uri: JsonValue) => (typeof uri === 'string' ? redirectProblem(uri, environment) : undefined))
}

/** Findings with JSON Pointers into the whole body. That `jwks` is absent is said by its own rule. */
async function readJwks(jwks: JsonValue | undefined, at: Date, crypto: CryptoProvider): Promise<readonly JwkFinding[]> {
  if (jwks === undefined || jwks === null) return []
  const findings = new Findings([])
  await checkSet(jwks, '/jwks', at, crypto, findings)
  return findings.toData()
}

/** The certificate of the first key, where there is one to read: what is wrong with it is among the findings of jwks. */
function sealOf(jwks: JsonValue | undefined): Certificate | undefined {
  const keys = memberOf(jwks, 'keys')
  const x5c = memberOf(Array.isArray(keys) ? keys[0] : undefined, 'x5c')
  return x5c === undefined ? undefined : readX5c(x5c, '', new Findings([]))
}

function memberOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  return (value as JsonObject)[name]
}
