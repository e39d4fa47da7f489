import type { RuleStatus } from '../../../src/core/audit-report.ts'
import type { ExtensionContent } from '../../../src/issuance/extensions.ts'
import type { LeafOptions } from '../../../src/issuance/index.ts'
import type { LeafPlan } from '../../../src/issuance/leaf-plan.ts'
import type { Facts } from '../../../src/rules/facts.ts'
import type { VectorKey } from '../../mint.ts'

/** The fields of a certificate as they are to be written, open to change before it is signed. */
export interface CertificateParts {
  /** `[0] EXPLICIT INTEGER`; empty for v1. */
  version: Uint8Array
  serialNumber: Uint8Array
  /** AlgorithmIdentifier in tbsCertificate. The signature itself is always made with RSA and SHA-256. */
  signature: Uint8Array
  /** AlgorithmIdentifier beside the signature; undefined repeats the one inside. */
  outerSignature?: Uint8Array
  issuer: Uint8Array
  validity: Uint8Array
  subject: Uint8Array
  publicKey: Uint8Array
  /** What stands between public key and extensions: unique identifiers. */
  uniqueIds: Uint8Array[]
  extensions: ExtensionContent[]
  /** Whole Extensions, written after the others as they are. */
  rawExtensions: Uint8Array[]
}

/** Facts of a vector as JSON has them: certificates by the id of their vector. */
export interface VectorFacts extends Omit<Facts, 'at' | 'issuer' | 'previous' | 'otherSets' | 'sha256'> {
  readonly issuer?: string
  readonly previous?: string
  readonly otherSets?: readonly string[]
  /** What is made of the certificate itself: the members of its JWK, or its place in another set. */
  readonly itself?: readonly ('x5c' | 'x5t' | 'otherSets')[]
}

/** One certificate that shows what becomes of one rule. */
export interface RuleVector {
  /** Unique among all vectors of rules. */
  readonly id: string
  /** What is particular about it, in a sentence. */
  readonly says: string
  /** The rule that it is about, and what becomes of that rule. */
  readonly rule: string
  readonly status: RuleStatus
  /** Default `QSealC`. */
  readonly kind?: 'QWAC' | 'QSealC'
  /** Default: `leaf-p-256`. */
  readonly key?: VectorKey
  readonly options?: LeafOptions
  /** Changes what the certificate is to say. */
  readonly change?: (plan: LeafPlan) => void
  /** Changes how it is written, before it is signed. */
  readonly edit?: (parts: CertificateParts) => void
  /** Changes the signed octets. */
  readonly patch?: (der: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>
  /** Default `auto`. */
  readonly profile?: string
  /** Default: the day after issuance, as ISO 8601. */
  readonly at?: string
  readonly facts?: VectorFacts
}

type More = Omit<RuleVector, 'id' | 'says' | 'rule' | 'status'>

/** A certificate that breaks the rule. */
export function breaks(rule: string, slug: string, says: string, more: More): RuleVector {
  return { id: `${rule}-${slug}`, says, rule, status: 'finding', ...more }
}

/** A certificate that keeps the rule, where an ordinary one would not be to the point. */
export function keeps(rule: string, slug: string, says: string, more: More): RuleVector {
  return { id: `${rule}-${slug}`, says, rule, status: 'pass', ...more }
}

/** A certificate of which the rule does not speak. */
export function concernsNot(rule: string, slug: string, says: string, more: More): RuleVector {
  return { id: `${rule}-${slug}`, says, rule, status: 'not-applicable', ...more }
}

/** A certificate from a day on which the rule did not hold. */
export function holdsNotThen(rule: string, slug: string, says: string, more: More): RuleVector {
  return { id: `${rule}-${slug}`, says, rule, status: 'not-effective', ...more }
}
