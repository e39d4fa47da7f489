import { defaultCrypto } from '#crypto'
import type { Finding, NotChecked, RuleStatus, Severity } from '../core/audit-report.ts'
import { severities } from '../core/audit-report.ts'
import { toHex } from '../core/bytes.ts'
import { Psd2Error } from '../core/errors.ts'
import { isJsonObject, type JsonLimits, type JsonObject, parseJson } from '../core/json.ts'
import type { CryptoProvider } from '../crypto/provider.ts'
import { runRules } from '../rules/engine.ts'
import type { Facts, RegisteredFact } from '../rules/facts.ts'
import { Certificate, parseCertificate } from '../x509/certificate.ts'
import { requireMoment, requireOptions } from './options.ts'
import { type PolicyName, policyOf, policyRules, rulesFor } from './policies.ts'
import type { RedirectEnvironment } from './redirect/problem.ts'
import { at as placeAt } from './rules/rule.ts'
import { isScope, type Scope } from './scope.ts'
import { type RegistrationSubject, registrationSubject } from './subject.ts'
import type { Registration, RegistrationOperation } from './types.ts'

/** How {@link checkRegistration} checks. */
export interface CheckRegistrationOptions {
  readonly operation: RegistrationOperation
  /** The moment for which it is checked. */
  readonly at: Date
  /** Default: `seed`, the strictest. */
  readonly policy?: PolicyName
  /** Where redirect URIs lead: the sandbox takes the own machine too. Default: `live`. */
  readonly environment?: RedirectEnvironment
  /** The certificate of the TLS connection. Without it, rules about it count as not checked. */
  readonly qwac?: Certificate | Uint8Array
  /** The registration is meant to be that of an agent. */
  readonly agent?: boolean
  /** What is registered now, for an update. */
  readonly registered?: RegisteredFact
  /** What is known of the QSealC from outside: path, register, certificates of other sets. */
  readonly facts?: Pick<Facts, 'path' | 'register' | 'otherSets'>
  /** Ids of rules whose breaches shall be notices: of what the bank would refuse, and you send nevertheless. */
  readonly accept?: readonly string[]
  readonly crypto?: CryptoProvider
}

/** A breach, with the row of the requirements table. */
export interface RegistrationFinding extends Finding {
  readonly requirement: string
}

/** What was checked and found sound. Only what stands here may be relied on. */
export interface CheckedRegistration {
  readonly operation: RegistrationOperation
  readonly agent: boolean
  readonly scopes: readonly Scope[]
  readonly providerLegalId: string
  readonly clientLegalId: string | undefined
  /** The QSealC of x5c, read strictly. That a qualified issuer stands behind it is not shown here. */
  readonly certificate: Certificate
  /** The members of the page as they were sent; null counts as absent, unknown members are left out. */
  readonly registration: Registration
}

/** Everything that is to be said of the body of a registration. */
export interface RegistrationCheck {
  readonly operation: RegistrationOperation
  readonly policy: PolicyName
  /** ISO 8601. */
  readonly at: string
  /** `unreadable`: no JSON object; `fail`: a finding at or above `error`. */
  readonly verdict: 'pass' | 'fail' | 'unreadable'
  /** The gravest first. */
  readonly findings: readonly RegistrationFinding[]
  readonly notChecked: readonly NotChecked[]
  /** Status of every rule of the policy. */
  readonly outcomes: Readonly<Record<string, RuleStatus>>
  /** Undefined unless the verdict is `pass` and what was accepted leaves an identifier and a certificate. */
  readonly checked: CheckedRegistration | undefined
  /** The certificate of x5c wherever it could be read, whatever the verdict. Untrusted. */
  readonly certificate: Certificate | undefined
}

const names = ['operation', 'at', 'policy', 'environment', 'qwac', 'agent', 'registered', 'facts', 'accept', 'crypto']

/** A registration has a few KiB, most of them its certificate. */
const limits: JsonLimits = { size: 1 << 16, depth: 16 }

/**
 * Checks the body of POST or PUT /register by every rule of the page that the message, its certificate and the time can
 * decide (BPCE PSD2 Registration API). The same rules serve the client before it sends and the server that receives.
 * Nothing of the body is fetched or run; findings repeat no key, no name and no address.
 *
 * @param body - octets as they are sent or were received: no member may occur twice
 * @returns findings and a verdict; never throws on input
 * @throws TypeError where an argument or an option is wrong
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises'
 * import { checkRegistration } from 'psd2-toolkit/registration'
 *
 * const body = await readFile('registration.json')
 * const { verdict, findings } = await checkRegistration(body, { operation: 'create', policy: 'seed', at: new Date() })
 * console.log(verdict)
 * for (const { severity, requirement, rule, path, mend } of findings) console.log(severity, requirement, rule, path, mend)
 * ```
 */
export async function checkRegistration(
  body: Uint8Array,
  options: CheckRegistrationOptions,
): Promise<RegistrationCheck> {
  const { operation, at, policy, environment, accept, crypto, registered, agent } = readOptions(body, options)
  const set = policyRules(policy, operation, accept)
  const requirements = new Map(rulesFor(operation).map(({ id, requirement }) => [id, requirement]))
  const head = { operation, policy: policy.name, at: at.toISOString() }
  const qwac = options.qwac === undefined ? undefined : certificateOf(options.qwac)
  let object: JsonObject
  try {
    object = readObject(body)
  } catch (error) {
    if (!(error instanceof Psd2Error)) throw error
    const ids = set.rules.map(({ rule: { id } }) => id)
    return { ...head, ...unreadable(error, operation, requirements, ids) }
  }
  const subject = await registrationSubject(object, { operation, environment, agent, qwac, at, crypto })
  const facts: Facts = {
    ...options.facts,
    at,
    ...(qwac === undefined ? {} : { qwac }),
    ...(registered === undefined ? {} : { registered }),
    ...(subject.seal === undefined ? {} : { sha256: await sha256(subject.seal.certificate, crypto) }),
  }
  const run = runRules(set, { subject, facts, issued: at.getTime(), deviations: [] })
  const findings = sorted(run.findings.map((finding) => withRequirement(finding, requirements)))
  const failed = findings.some(({ severity }) => severity === 'fatal' || severity === 'error')
  return {
    ...head,
    verdict: failed ? 'fail' : 'pass',
    findings,
    notChecked: run.notChecked,
    outcomes: Object.fromEntries(set.rules.map(({ rule }, i) => [rule.id, run.outcomes[i] as RuleStatus])),
    checked: failed ? undefined : concluded(subject),
    certificate: subject.seal?.certificate,
  }
}

/**
 * Like {@link checkRegistration}, but gives what was checked or throws the first error.
 *
 * @throws Psd2Error whose code is the id of the rule that is broken, with JSON Pointer, clause and mend
 * @throws TypeError where an argument or an option is wrong
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises'
 * import { verifyRegistration } from 'psd2-toolkit/registration'
 *
 * const body = await readFile('registration.json')
 * const { scopes, certificate } = await verifyRegistration(body, { operation: 'create', at: new Date() })
 * console.log(scopes, String(certificate.subject))
 * ```
 */
export async function verifyRegistration(
  body: Uint8Array,
  options: CheckRegistrationOptions,
): Promise<CheckedRegistration> {
  const { checked, findings } = await checkRegistration(body, options)
  if (checked !== undefined) return checked
  const [first] = findings
  if (first === undefined) throw new Error('a registration without findings was not concluded')
  if (first.severity !== 'fatal' && first.severity !== 'error') {
    throw new TypeError('what is accepted leaves no identifier or no certificate: checkRegistration tells the rest')
  }
  const { rule, message, path, offset, citation, mend } = first
  throw new Psd2Error(rule, message, { path, offset, citation, mend })
}

interface ReadOptions {
  readonly operation: RegistrationOperation
  readonly at: Date
  readonly policy: ReturnType<typeof policyOf>
  readonly environment: RedirectEnvironment
  readonly agent: boolean
  readonly registered: RegisteredFact | undefined
  readonly accept: readonly string[]
  readonly crypto: CryptoProvider
}

function readOptions(body: Uint8Array, options: CheckRegistrationOptions): ReadOptions {
  if (!(body instanceof Uint8Array)) {
    throw new TypeError('the body is a Uint8Array: in an object nobody sees whether a member stood there twice')
  }
  requireOptions(options, names, 'checkRegistration')
  requireMoment(options.at)
  const { operation, at, policy = 'seed', environment = 'live', agent = false, accept = [] } = options
  const { registered, facts, crypto = defaultCrypto } = options
  if (operation !== 'create' && operation !== 'update') throw new TypeError('operation is create or update')
  if (environment !== 'live' && environment !== 'sandbox') throw new TypeError('environment is live or sandbox')
  if (typeof agent !== 'boolean') throw new TypeError('agent is true or false')
  if (!Array.isArray(accept)) throw new TypeError('accept is an array of rule ids')
  if (facts !== undefined) requireOptions(facts, ['path', 'register', 'otherSets'], 'facts')
  if (registered !== undefined) {
    if (operation === 'create') throw new TypeError('registered is for an update')
    requireOptions(registered, ['clientId', 'providerLegalId'], 'registered')
  }
  return { operation, at, policy: policyOf(policy), environment, agent, registered, accept, crypto }
}

function certificateOf(given: Certificate | Uint8Array): Certificate {
  if (given instanceof Certificate) return given
  if (given instanceof Uint8Array) return parseCertificate(given, { mode: 'tolerant' })
  throw new TypeError('qwac is a Certificate, or its DER as a Uint8Array')
}

function readObject(body: Uint8Array): JsonObject {
  const value = parseJson(body, limits)
  if (isJsonObject(value)) return value
  throw new Psd2Error('REGISTRATION_TYPE', 'the body is no JSON object', {
    path: '',
    mend: 'send an object with the members of the page',
  })
}

async function sha256(certificate: Certificate, crypto: CryptoProvider): Promise<string> {
  return toHex(await crypto.digest('sha-256', certificate.bytes))
}

function withRequirement(finding: Finding, requirements: ReadonlyMap<string, string>): RegistrationFinding {
  return { ...finding, requirement: requirements.get(finding.rule) ?? '' }
}

const rank: Readonly<Record<Severity, number>> = Object.fromEntries(
  severities.map((severity, index) => [severity, index]),
) as Record<Severity, number>

function sorted(findings: readonly RegistrationFinding[]): readonly RegistrationFinding[] {
  return [...findings].sort((a, b) => rank[a.severity] - rank[b.severity])
}

/** The report on octets that are no JSON object: the reader's refusal, and that nothing else was looked at. */
function unreadable(
  error: Psd2Error,
  operation: RegistrationOperation,
  requirements: ReadonlyMap<string, string>,
  ids: readonly string[],
): Omit<RegistrationCheck, 'operation' | 'policy' | 'at'> {
  const rule = rulesFor(operation).find(({ codes = [] }) => codes.includes(error.code))
  if (rule === undefined) throw error
  const { code, message, path = '', offset = 0, mend = rule.mend } = error
  const finding: Finding = {
    rule: rule.id,
    severity: 'fatal',
    message: `${message} (${code})`,
    citation: rule.citation,
    grounding: rule.grounding,
    ...placeAt(path, offset),
    mend,
  }
  return {
    verdict: 'unreadable',
    findings: [withRequirement(finding, requirements)],
    notChecked: ids.filter((id) => id !== rule.id).map((id) => ({ rule: id, needs: ['readable'] })),
    outcomes: Object.fromEntries(ids.map((id) => [id, id === rule.id ? 'finding' : 'not-checked'])),
    checked: undefined,
    certificate: undefined,
  }
}

/** Members of the page, in its order. */
const members = [
  'redirect_uris',
  'software_statement',
  'token_endpoint_auth_method',
  'grant_types',
  'response_types',
  'client_name',
  'client_uri',
  'logo_uri',
  'scope',
  'contact',
  'tos_uri',
  'policy_uri',
  'jwks_uri',
  'provider_legal_id',
  'client_legal_id',
  'logo',
  'jwks',
  'software_id',
  'software_version',
] as const satisfies readonly (keyof Registration)[]

function concluded(subject: RegistrationSubject): CheckedRegistration | undefined {
  const { operation, agent, scopes, body, seal } = subject
  const providerLegalId = body.provider_legal_id
  if (seal === undefined || typeof providerLegalId !== 'string') return undefined
  const present = members.filter((name) => body[name] !== undefined && body[name] !== null)
  const clientLegalId = body.client_legal_id
  return {
    operation,
    agent,
    scopes: scopes.filter(isScope),
    providerLegalId,
    clientLegalId: typeof clientLegalId === 'string' ? clientLegalId : undefined,
    certificate: seal.certificate,
    // The rules have shown that every required member is there and of its type.
    registration: Object.fromEntries(present.map((name) => [name, body[name]])) as unknown as Registration,
  }
}
