import type { RuleStatus } from '../../../src/core/audit-report.ts'

/** A status that no vector shows of a rule, and why. */
export interface WithoutVector {
  readonly rule: string
  readonly status: RuleStatus
  readonly reason: string
}

/** Rules without a vector for something that they could come to. The test fails where one of these has a vector. */
export const withoutVector: readonly WithoutVector[] = []
