import type { Severity } from '../core/audit-report.ts'
import type { Citation } from '../core/citation.ts'
import { type RuleSet, ruleSet } from '../rules/engine.ts'
import type { RuleOverride } from '../rules/profile.ts'
import { registrationRules } from './rules/all.ts'
import { PAGE, type RegistrationRule } from './rules/rule.ts'
import type { RegistrationSubject } from './subject.ts'
import type { RegistrationOperation } from './types.ts'

export type PolicyName = 'seed' | 'observed' | 'rfc'

/** How the contradictions of the page are resolved: severities of rules, and what a server answers. */
export interface RegistrationPolicy {
  readonly name: PolicyName
  readonly title: string
  /** By rule id. A rule that is not here has the severity of its modal verb. */
  readonly overrides: Readonly<Record<string, RuleOverride>>
  /** What a server of this policy answers. A client takes 200 and 201 for both, whatever the policy. */
  readonly answers: {
    readonly create: 200 | 201
    readonly update: 200 | 201
    /** A token that is missing, expired or of somebody else: 400 as the page has it, or 401 with WWW-Authenticate. */
    readonly tokenFault: 400 | 401
  }
}

const seen: Citation = { document: 'requests that the bank is known to accept', clause: 'POST /register, 2022' }

function override(severity: Severity | 'off', citation: Citation): RuleOverride {
  return { severity, citation }
}

function rfc(number: number, clause: string): Citation {
  return { document: `RFC ${number}`, clause }
}

const pageTable: Citation = { document: PAGE, clause: 'POST /register, HTTP Body' }

/** What the RFCs want and this bank does not. */
const notOfThePage: Readonly<Record<string, RuleOverride>> = {
  'registration.response-type-grant': override('off', pageTable),
  'registration.tls-client-auth-subject': override('off', pageTable),
  'registration.scope-rfc': override('off', pageTable),
  'registration.client-id-absent': override('off', pageTable),
}

export const registrationPolicies: Readonly<Record<PolicyName, RegistrationPolicy>> = Object.freeze({
  seed: {
    name: 'seed',
    title: 'the text of the page, to the letter',
    overrides: notOfThePage,
    answers: { create: 201, update: 201, tokenFault: 400 },
  },
  observed: {
    name: 'observed',
    title: 'what the bank is known to accept and to answer',
    overrides: {
      ...notOfThePage,
      'registration.software-version': override('notice', seen),
      'registration.grant-types-other': override('notice', seen),
      'registration.types-case': override('notice', seen),
      'registration.jwk-keys-ops': override('warning', seen),
      'registration.role-aisp': override('warning', { document: PAGE, clause: 'POST /register, HTTP Body, scope' }),
    },
    answers: { create: 200, update: 200, tokenFault: 400 },
  },
  rfc: {
    name: 'rfc',
    title: 'the RFCs, where the page contradicts them or itself',
    overrides: {
      'registration.software-version': override('notice', rfc(7591, '2')),
      'registration.grant-types-other': override('notice', rfc(7591, '2.1')),
      'registration.role-aisp': override('warning', { document: PAGE, clause: 'POST /register, HTTP Body, scope' }),
      'registration.scope-separator': override('notice', rfc(7591, '2')),
      'registration.jwks-uri': override('error', rfc(7591, '2')),
      'registration.client-id-absent': override('error', rfc(7592, '2.2')),
      'registration.jwk-key-absent': override('error', rfc(7518, '6.3.1')),
      'registration.response-type-grant': override('warning', rfc(7591, '2.1')),
      'registration.tls-client-auth-subject': override('warning', rfc(8705, '2.1.2')),
    },
    answers: { create: 201, update: 200, tokenFault: 401 },
  },
})

/** The policy of a name. Throws `TypeError` where there is none. */
export function policyOf(name: PolicyName): RegistrationPolicy {
  if (typeof name === 'string' && Object.hasOwn(registrationPolicies, name)) return registrationPolicies[name]
  throw new TypeError(`unknown policy '${String(name)}'; there are: ${Object.keys(registrationPolicies).join(', ')}`)
}

/** Rules of an operation, as that operation cites them. */
function citedBy(operation: RegistrationOperation): readonly RegistrationRule[] {
  return registrationRules
    .filter(({ operations }) => operations.includes(operation))
    .map((rule) => (operation === 'update' && rule.onUpdate !== undefined ? { ...rule, ...rule.onUpdate } : rule))
}

const rules: Readonly<Record<RegistrationOperation, readonly RegistrationRule[]>> = {
  create: citedBy('create'),
  update: citedBy('update'),
}

export function rulesFor(operation: RegistrationOperation): readonly RegistrationRule[] {
  return rules[operation]
}

type Prepared = Readonly<Record<RegistrationOperation, RuleSet<RegistrationSubject>>>

/** Every policy made ready once: a server checks many bodies by few of them. */
const prepared: ReadonlyMap<RegistrationPolicy, Prepared> = new Map(
  Object.values(registrationPolicies).map((policy) => [
    policy,
    { create: prepare(policy, 'create', []), update: prepare(policy, 'update', []) },
  ]),
)

/** What nobody may wave through: octets that read in two ways, and keys that must never leave. */
const neverAccepted: ReadonlySet<string> = new Set(
  ['json', 'json-twice', 'json-limits', 'jwk-private', 'private-key-text'].map((slug) => `registration.${slug}`),
)

/** The rules of an operation with the severities of a policy; those that the caller accepts are notices. */
export function policyRules(
  policy: RegistrationPolicy,
  operation: RegistrationOperation,
  accept: readonly string[],
): RuleSet<RegistrationSubject> {
  const ready = accept.length === 0 ? prepared.get(policy)?.[operation] : undefined
  return ready ?? prepare(policy, operation, accept)
}

function prepare(
  { overrides }: RegistrationPolicy,
  operation: RegistrationOperation,
  accept: readonly string[],
): RuleSet<RegistrationSubject> {
  const severities = new Map<string, Severity>()
  for (const [id, { severity }] of Object.entries(overrides)) if (severity !== 'off') severities.set(id, severity)
  for (const id of accept) {
    if (!registrationRules.some((rule) => rule.id === id)) throw new TypeError(`no rule is called '${String(id)}'`)
    if (neverAccepted.has(id)) throw new TypeError(`'${id}' cannot be accepted`)
    severities.set(id, 'notice')
  }
  const chosen = rules[operation].filter(({ id }) => overrides[id]?.severity !== 'off')
  return ruleSet(chosen, severities)
}
