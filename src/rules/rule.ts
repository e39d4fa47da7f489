import type { Grounding, Severity } from '../core/audit-report.ts'
import type { Citation } from '../core/citation.ts'
import type { Deviation } from '../core/codes.ts'
import type { FactName, Facts, RequestFact } from './facts.ts'

/** The modal verb of the clause; `bank` is a bank's own demand, `advice` is practice without a clause. */
export type Modal = 'shall' | 'should' | 'may' | 'bank' | 'advice'

/** How grave a breach is, by modal verb. A profile may raise or lower it, with a citation of its own. */
export const severityOf: Readonly<Record<Modal, Severity>> = {
  shall: 'error',
  bank: 'error',
  should: 'warning',
  may: 'notice',
  advice: 'notice',
}

/** Where in the input: every record of the readers that knows its place will do. */
export interface Place {
  readonly path: string
  readonly offset: number
  /** Octets; 0 where something is absent. */
  readonly length: number
}

/** What a rule says of one breach. */
export interface Breach {
  /** What is wrong, as a sentence without a full stop. Default: `breach` of the rule. */
  readonly message?: string
  readonly actual?: string
  readonly expected?: string
  /** How to put this breach right, where more is known than the rule's own `mend`. */
  readonly mend?: string
}

/** Takes the breaches that a rule finds: as many as there are, each with its place. */
export type Report = (place: Place, breach?: Breach) => void

/**
 * A requirement as data: who demands it, of what, since when, and how it is decided. Rules read records that were parsed
 * before; they never parse, never wait and have no state.
 */
export interface Rule<Subject> {
  /** Stable: folder, dot, slug. No clause number and no severity, since both change. */
  readonly id: string
  /** Row of the requirements table. */
  readonly requirement: string
  readonly citation: Citation
  readonly modal: Modal
  readonly grounding: Grounding
  /** Where what decides is less certain than the clause, such as a list that ages. Default: by the modal verb. */
  readonly severity?: Severity
  /** What must hold, as a sentence without a full stop. */
  readonly title: string
  /** What is wrong where it does not hold, as a sentence without a full stop. Default: `title`, denied. */
  readonly breach?: string
  /** Why it matters to the one who reads the report. */
  readonly why: string
  /** How to put it right. */
  readonly mend: string
  /** Days (ISO 8601, UTC) from which and before which the requirement holds for what was issued then. */
  readonly effective?: { readonly from?: string; readonly until?: string }
  /** Outside facts without which the rule cannot be decided. */
  readonly needs?: readonly FactName[]
  /** The member of the request that the rule compares: a request without it leaves the rule not checked. */
  readonly member?: keyof RequestFact
  /** False where the rule has nothing to say about the subject. Default: it always applies. */
  readonly applies?: (subject: Subject) => boolean
  /** Codes of the readers that are breaches of this rule. */
  readonly codes?: readonly string[]
  /** False leaves a deviation of one of the codes to the rule that it is about. Default: all are taken. */
  readonly takes?: (deviation: Deviation, subject: Subject) => boolean
  /** Finds the breaches that no reader reports. */
  readonly check?: (subject: Subject, report: Report, facts: Facts) => void
}
