import type { SignatureAlgorithmName } from '../crypto/algorithms.ts'
import type { DigestAlgorithm } from '../http/digest/algorithms.ts'
import type { DigestField } from '../http/digest/fields.ts'
import type { CavageQuirks, DialectName, SignaturePolicy } from '../http/index.ts'
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
  /** The drafts: `algorithm` as the bank wants it written; it must be one of the quirk `algorithmAliases`. */
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

const optional: readonly (keyof SigningProfile)[] = ['quirks', 'carrier', 'algorithmName', 'fingerprintRequired', 'label']

/** Checks a profile of the caller. An unknown or missing member is a `TypeError`: nothing may mean "accept all". */
export function readProfile(profile: SigningProfile): SigningProfile {
  if (typeof profile !== 'object' || profile === null) throw new TypeError('a profile is a name or an object')
  for (const name in profile) {
    if (!(members as readonly string[]).includes(name)) throw new TypeError(`unknown member '${name}' of the profile`)
  }
  for (const name of members) {
    if (profile[name] === undefined && !optional.includes(name)) throw new TypeError(`the profile lacks '${name}'`)
  }
  if (profile.algorithms.length === 0) throw new TypeError('the profile has no algorithm')
  if (profile.keyReferences.length === 0) throw new TypeError('the profile takes no key reference')
  return profile
}
