import { algorithmNamed, type SignatureAlgorithmName } from '../crypto/algorithms.ts'
import type { DigestAlgorithm } from '../http/digest/algorithms.ts'
import type { DigestField } from '../http/digest/fields.ts'
import {
  type CavageQuirks,
  type DialectName,
  type PreparedPolicy,
  preparePolicy,
  type SignaturePolicy,
} from '../http/index.ts'
import type { KeyReferenceForm } from './key-reference.ts'

/** How a profile is known: text of the bank read, inferred from working code, or from memory. */
export type ProfileGrounding = 'read' | 'inferred' | 'remembered'

/** What is covered when signing, in this order. A header is taken where the message has it, or where it must be there. */
export interface ComponentsOfMessage {
  /** Requests and responses with a body. */
  readonly withBody: readonly string[]
  readonly withoutBody: readonly string[]
  /** Further headers that are covered where they are present: names, or beginnings with `*`. */
  readonly whenPresent?: readonly string[]
}

/** What the certificate behind a signature must be. */
export interface CertificatePolicy {
  /** The resolver must answer with a certificate: a key alone says nothing of who holds it. */
  readonly required: boolean
  /** Header that carries it; it must be the one that the key reference names. */
  readonly header?: string
  /** It must be a QSealC by QcType or policy. */
  readonly qsealc: boolean
  /** RSASSA-PSS in its signature or key is taken. */
  readonly allowPss: boolean
}

/**
 * How a bank wants messages signed: one choice for each layer, as data. A caller may give one of its own; what it has no
 * member for cannot be asked of it.
 */
export interface SigningProfile {
  readonly name: string
  /** Where it comes from. */
  readonly source: string
  readonly grounding: ProfileGrounding
  readonly dialect: DialectName
  readonly quirks?: CavageQuirks
  readonly carrier?: 'signature' | 'authorization'
  /** Of a key that makes several, the first is used for signing. */
  readonly algorithms: readonly SignatureAlgorithmName[]
  /** The drafts: `algorithm` as the bank wants it written, a name of the quirk `algorithmAliases`. */
  readonly algorithmName?: string
  readonly digest: {
    readonly field: DigestField
    readonly algorithm: DigestAlgorithm
    /** Whether a request without a body is sent with the digest of no octets. */
    readonly ofEmptyBody: boolean
  }
  readonly components: ComponentsOfMessage
  /** x-request-id must be there. */
  readonly requestId: boolean
  /** Forms of key reference that are taken. */
  readonly keyReferences: readonly KeyReferenceForm[]
  /** An address must end in the fingerprint of the certificate, which is compared. Default false: it is a hint. */
  readonly fingerprintRequired?: boolean
  readonly certificate: CertificatePolicy
  /** Everything that a verifier wants of the signature itself. */
  readonly policy: SignaturePolicy
  /** RFC 9421 only. */
  readonly label?: string
}

const members: readonly (keyof SigningProfile)[] = [
  'name',
  'source',
  'grounding',
  'dialect',
  'quirks',
  'carrier',
  'algorithms',
  'algorithmName',
  'digest',
  'components',
  'requestId',
  'keyReferences',
  'fingerprintRequired',
  'certificate',
  'policy',
  'label',
]

const optional: readonly (keyof SigningProfile)[] = [
  'quirks',
  'carrier',
  'algorithmName',
  'fingerprintRequired',
  'label',
]

/** Members of the parts of a profile; true where one must be there. */
const parts: Readonly<Record<'certificate' | 'components' | 'digest', Readonly<Record<string, boolean>>>> = {
  certificate: { required: true, header: false, qsealc: true, allowPss: true },
  components: { withBody: true, withoutBody: true, whenPresent: false },
  digest: { field: true, algorithm: true, ofEmptyBody: true },
}

const dialects: readonly DialectName[] = ['cavage-10', 'cavage-12', 'rfc9421', 'jades-http', 'obie-jws', 'obie-jws-raw']
const forms: readonly KeyReferenceForm[] = ['url', 'issuer-serial', 'serial', 'identifier']

/** What a verifier wants of either kind of message. */
interface Policies {
  readonly requests: PreparedPolicy
  readonly responses: PreparedPolicy
}

/** Where a profile that was read has its policies, ready for every message. Not enumerable: a changed copy has none. */
const policies = Symbol('policies')

interface ReadProfile extends SigningProfile {
  readonly [policies]: Policies
}

/**
 * Checks a profile of the caller and copies it, so that nobody changes it later; what it gave once it takes as it is. An
 * unknown or missing member is a `TypeError`: nothing may mean "accept all".
 */
export function readProfile(profile: SigningProfile): SigningProfile {
  if (isRead(profile)) return profile
  // The copy is what is checked: a member that is inherited is no member.
  const own = copyOf(profile)
  check(own)
  const { policy } = own
  const value = { requests: preparePolicy(policy), responses: preparePolicy(policyOfResponse(policy)) }
  return Object.freeze(Object.defineProperty(own, policies, { value }))
}

function isRead(profile: SigningProfile): boolean {
  return typeof profile === 'object' && profile !== null && Object.hasOwn(profile, policies)
}

/** The policies of a profile that `readProfile` gave. */
export function policiesOf(profile: SigningProfile): Policies {
  return (profile as ReadProfile)[policies]
}

/** What every answer can have: its status, its body, and what it takes from its request. */
const ofAnswers = /^@(?:status|body)$|;req(?:;|$)/

/** What a policy asks of an answer: headers where it has them, and everything that an answer can have. */
function policyOfResponse(policy: SignaturePolicy): SignaturePolicy {
  const required = policy.required.filter((name) => ofAnswers.test(name))
  const headers = policy.required.filter((name) => /^[a-z]/.test(name) && !ofAnswers.test(name))
  return { ...policy, required, headers: [], whenPresent: [...(policy.whenPresent ?? []), ...headers] }
}

function check(profile: SigningProfile): void {
  if (typeof profile !== 'object' || profile === null) throw new TypeError('a profile is a name or an object')
  for (const name in profile) {
    if (!(members as readonly string[]).includes(name)) throw new TypeError(`unknown member '${name}' of the profile`)
  }
  for (const name of members) {
    if (profile[name] === undefined && !optional.includes(name)) throw new TypeError(`the profile lacks '${name}'`)
  }
  for (const part of ['certificate', 'components', 'digest'] as const) readPart(part, profile[part])
  for (const name of ['required', 'qsealc', 'allowPss'] as const) {
    if (typeof profile.certificate[name] !== 'boolean') throw new TypeError(`certificate.${name} is true or false`)
  }
  if (!dialects.includes(profile.dialect)) throw new TypeError(`unknown dialect '${profile.dialect}'`)
  if (profile.carrier !== undefined && !['signature', 'authorization'].includes(profile.carrier)) {
    throw new TypeError(`unknown carrier '${profile.carrier}'`)
  }
  requireNames('algorithms', profile.algorithms, (name) => algorithmNamed(name) !== undefined)
  preparePolicy(profile.policy)
  requireNames('keyReferences', profile.keyReferences, (form) => (forms as readonly string[]).includes(form))
}

function readPart(part: keyof typeof parts, value: object): void {
  if (typeof value !== 'object' || value === null) throw new TypeError(`${part} of the profile is an object`)
  for (const name in value) {
    if (!Object.hasOwn(parts[part], name)) throw new TypeError(`unknown member '${name}' of ${part}`)
  }
  for (const [name, needed] of Object.entries(parts[part])) {
    if (needed && (value as Record<string, unknown>)[name] === undefined) throw new TypeError(`${part} lacks '${name}'`)
  }
}

function requireNames(what: string, list: readonly string[], isKnown: (name: string) => boolean): void {
  if (!Array.isArray(list) || list.length === 0)
    throw new TypeError(`${what} of the profile is a list that is not empty`)
  for (const name of list) if (!isKnown(name)) throw new TypeError(`unknown name '${name}' in ${what} of the profile`)
}

/** The same data, whose parts nobody can change. */
function copyOf<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((part) => Object.freeze(copyOf(part))) as Value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, Object.freeze(copyOf(part))])) as Value
}
