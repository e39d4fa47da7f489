import type { Citation } from './citation.ts'

/** How grave a finding is, gravest first. */
export const severities = ['fatal', 'error', 'warning', 'notice', 'info'] as const

export type Severity = (typeof severities)[number]

/**
 * How a rule is grounded: A in the text of the clause or of the bank's document, B in what public linters quote of it,
 * C in general knowledge.
 */
export type Grounding = 'A' | 'B' | 'C'

/** One breach of one rule. */
export interface Finding {
  /** Stable id of the rule. */
  readonly rule: string
  readonly severity: Severity
  /** What is wrong, for people. May quote the certificate: untrusted text. */
  readonly message: string
  readonly citation: Citation
  readonly grounding: Grounding
  /** Where: dotted field names with list indexes, or a JSON Pointer. */
  readonly path: string
  /** Octet offset from the start of the DER, or of the input. */
  readonly offset: number
  /** Octets that the finding is about; 0 where something is absent. */
  readonly length: number
  /** What was met. Untrusted text. */
  readonly actual?: string
  readonly expected?: string
  /** How to put it right. */
  readonly mend: string
  /** Why the finding was accepted, where a baseline says so. It counts for no verdict. */
  readonly accepted?: string
}

/** What became of one rule. */
export type RuleStatus = 'pass' | 'finding' | 'not-applicable' | 'not-effective' | 'not-checked'

/** A rule that could not be decided, and the outside facts that it waits for. */
export interface NotChecked {
  readonly rule: string
  readonly needs: readonly string[]
}

/** How many rules ended how, and how many findings there are of each severity. */
export interface AuditCounts {
  readonly rules: Readonly<Record<RuleStatus, number>>
  readonly findings: Readonly<Record<Severity, number>>
}

/** What was decided of the issuer, the lists and the register; `not-checked` where nobody gave them. */
export type TrustVerdict = 'not-checked' | 'trusted' | 'untrusted' | 'indeterminate'

/** The audit of one certificate, one pair or one request. */
export interface AuditReport {
  /** Where the input came from. */
  readonly source: string
  /** Place of the certificate in its source, from 0. */
  readonly index: number
  /** Line or JSON Pointer in the source; empty where the source is the certificate. */
  readonly place: string
  /** Lower-case hexadecimal, over the DER; empty where there is none. */
  readonly sha256: string
  readonly kind: string
  readonly kindReason: string
  readonly profile: string
  /** `unreadable`: even tolerant reading refused; `fail`: a finding at or above `error`. */
  readonly verdict: 'pass' | 'fail' | 'unreadable'
  readonly trust: TrustVerdict
  readonly notChecked: readonly NotChecked[]
  readonly counts: AuditCounts
  readonly findings: readonly Finding[]
  /** Status of every rule of the profile, in the order of the profile. */
  readonly outcomes: readonly RuleStatus[]
  /** What a reader of the report wants to see of the certificate; undefined where it is unreadable. Untrusted text. */
  readonly about?: AuditSubject
  /** Where else the very same certificate was met. It is audited once. */
  readonly duplicates?: readonly AuditPlace[]
  /** Of a pair: its certificates. Paths of findings begin with the member; `sha256` and `about` are those of no one. */
  readonly members?: readonly AuditMember[]
}

/** One certificate of a pair. */
export interface AuditMember extends AuditPlace {
  readonly member: 'qwac' | 'qsealc'
  readonly sha256: string
  readonly kind: string
  readonly kindReason: string
  readonly about?: AuditSubject
}

/** Where an input came from. */
export interface AuditPlace {
  readonly source: string
  readonly index: number
  readonly place: string
}

/** Who and what a report is about. */
export interface AuditSubject {
  readonly subject: string
  readonly issuer: string
  readonly serialNumber: string
  readonly organizationIdentifier: string | null
  readonly roles: readonly string[]
  readonly notBefore: string
  readonly notAfter: string
  readonly signatureAlgorithm: string
  readonly publicKey: string
}
