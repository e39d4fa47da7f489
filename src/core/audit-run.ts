import type { AuditPlace, AuditReport, Grounding, RuleStatus, Severity } from './audit-report.ts'
import type { Citation } from './citation.ts'

/** What a reader of a report wants to know of a rule. */
export interface RuleInfo {
  readonly id: string
  /** Row of the requirements table. */
  readonly requirement: string
  readonly citation: Citation
  readonly modal: string
  readonly grounding: Grounding
  /** As the profile has it. */
  readonly severity: Severity
  readonly title: string
  readonly why: string
  readonly mend: string
  /** Outside facts without which the rule is not checked. */
  readonly needs: readonly string[]
}

/** What all reports of one run have in common. */
export interface AuditRun {
  readonly tool: { readonly name: string; readonly version: string }
  /** The moment for which the audit is made, ISO 8601. */
  readonly at: string
  readonly profile: { readonly name: string; readonly title: string }
  /** Rules of the profile, in the order of `outcomes`. */
  readonly rules: readonly RuleInfo[]
}

/** How the base64 of a PEM block lies in its file. */
export interface PemLines {
  /** Line of the first base64 characters, from 1. */
  readonly first: number
  /** Characters of every line but the last. */
  readonly width: number
}

/** What some formats show beside the report. It never goes into JSON. */
export interface AuditEvidence {
  /** Octets that were audited; offsets of findings count in them. */
  readonly der?: Uint8Array
  /** Where these octets stand in a PEM file. */
  readonly lines?: PemLines
}

/** A report with what it is about. */
export interface AuditEntry {
  /** Place among the reports of the run, from 1. */
  readonly number: number
  readonly report: AuditReport
  readonly evidence: AuditEvidence
}

/** What was broken how often. */
export interface RuleTally {
  severity: Severity
  certificates: number
  findings: number
}

/** Sums over many reports. Sums of parts add up to the sum of the whole. */
export interface AuditTally {
  reports: number
  /** Inputs that were the same certificate as an earlier one. */
  duplicates: number
  verdicts: Record<AuditReport['verdict'], number>
  findings: Record<Severity, number>
  /** Findings that a baseline accepts; they are in no other sum. */
  accepted: number
  outcomes: Record<RuleStatus, number>
  /** By id of the rule. */
  rules: Record<string, RuleTally>
  kinds: Record<string, number>
  signatureAlgorithms: Record<string, number>
  publicKeys: Record<string, number>
  /** By month (`2026-01`) of notAfter; `earlier` and `later` beyond five years from the moment of the audit. */
  expiry: Record<string, number>
  /** Of those that could be read: expired, or not valid yet, at the moment of the audit. */
  expired: number
  early: number
  /** Reports in which a rule waits for an outside fact, by the fact. */
  needs: Record<string, number>
}

/** Something that was accepted beforehand, with its reason. */
export interface BaselineEntry {
  /** Id of the rule. */
  readonly rule: string
  readonly reason: string
  /** Only in this certificate: lower-case hexadecimal. */
  readonly sha256?: string
  /** Only in certificates of this issuer, as reports write it. */
  readonly issuer?: string
  /** Only at this path. */
  readonly path?: string
  /** Day until which it is accepted, the day included. */
  readonly until?: string
}

/** An entry of a baseline that matched nothing, and why. */
export interface UnusedEntry {
  readonly entry: BaselineEntry
  readonly because: 'unused' | 'expired'
}

/** What is known when the last report is written. */
export interface AuditClosing {
  readonly tally: AuditTally
  /** False where the run was interrupted: the reports are those that were done. */
  readonly complete: boolean
  readonly unusedBaseline: readonly UnusedEntry[]
}

/** For messages: the place of an input. */
export function placeText({ source, index, place }: AuditPlace): string {
  if (place !== '') return `${source} (${place})`
  return index === 0 ? source : `${source} (${index})`
}
