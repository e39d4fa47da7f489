import { bpceVectors } from './bpce.ts'
import { cabfVectors } from './cabf.ts'
import { cryptoVectors } from './crypto.ts'
import { en3194121Vectors } from './en319412-1.ts'
import { en3194122Vectors } from './en319412-2.ts'
import { en3194123Vectors, en3194124Vectors } from './en319412-3-4.ts'
import { en3194125Vectors } from './en319412-5.ts'
import { issuerVectors } from './issuer.ts'
import { practiceVectors } from './practice.ts'
import { rfc3279Vectors } from './rfc3279.ts'
import { rfc5280Vectors } from './rfc5280.ts'
import { ts119312Vectors } from './ts119312.ts'
import { ts119495Vectors } from './ts119495.ts'
import type { RuleVector } from './vector.ts'

/**
 * Vectors of rules by folder of the rules: each is a file `vectors/rules/<folder>.json`. A table lists certificates by what
 * they change of an ordinary one; `npm run vectors` mints them and writes what the audit finds, to be judged before it is
 * committed. The vectors of `vectors/certificates` count for every rule too, under profile `auto`.
 */
export const ruleVectors: Readonly<Record<string, readonly RuleVector[]>> = {
  rfc5280: rfc5280Vectors,
  ts119495: ts119495Vectors,
  ts119312: ts119312Vectors,
  rfc3279: rfc3279Vectors,
  cabf: cabfVectors,
  crypto: cryptoVectors,
  practice: practiceVectors,
  issuer: issuerVectors,
  bpce: bpceVectors,
  'en319412-1': en3194121Vectors,
  'en319412-2': en3194122Vectors,
  'en319412-3': en3194123Vectors,
  'en319412-4': en3194124Vectors,
  'en319412-5': en3194125Vectors,
}
