/** A row of the requirements table that is no rule, and why. */
export interface NotRule {
  readonly requirement: string
  readonly reason: string
}

/** Rows that only allow something, or that no certificate can show. The coverage table lists them beside the rules. */
export const notRules: readonly NotRule[] = []
