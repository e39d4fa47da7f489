import { rfc5280Vectors } from './rfc5280.ts'
import type { RuleVector } from './vector.ts'

/**
 * Vectors of rules by folder of the rules: each is a file `vectors/rules/<folder>.json`. A table lists certificates by what
 * they change of an ordinary one; `npm run vectors` mints them and writes what the audit finds, to be judged before it is
 * committed. The vectors of `vectors/certificates` count for every rule too, under profile `auto`.
 */
export const ruleVectors: Readonly<Record<string, readonly RuleVector[]>> = {
  rfc5280: rfc5280Vectors,
}
