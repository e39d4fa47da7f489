import type { Rule } from '../rule.ts'
import type { CertificateSubject } from '../subject.ts'

/** The two certificates of a provider, as the rules see them. */
export interface PairSubject {
  readonly qwac: CertificateSubject
  readonly qsealc: CertificateSubject
  /** Whose key the private key is; undefined where none was given. */
  readonly keyOf?: 'qwac' | 'qsealc' | 'both' | 'neither' | 'unreadable'
  /** For which certificate the private key was given. */
  readonly keyFor?: 'qwac' | 'qsealc'
}

/** A requirement on a pair. */
export type PairRule = Rule<PairSubject>
