import type { RuleStatus } from '../../../src/core/audit-report.ts'
import { type AuditInput, type AuditOutcome, auditVector, outcomeIn } from './outcome.ts'
import type { RuleVector } from './vector.ts'

/** Where the files are. */
export const rulesFolder = new URL('../', import.meta.url)

/** A vector as its file has it. */
export interface RuleVectorEntry extends AuditInput, AuditOutcome {
  readonly id: string
  readonly says: string
  readonly rule: string
  readonly status: RuleStatus
  /** Base64. */
  readonly der: string
}

/** The outcome of a vector of `vectors/certificates`, as `certificates.json` has it. */
export interface CertificateOutcome extends AuditOutcome {
  readonly id: string
}

/** The entry of a vector, with what the audit finds now. */
export async function entryOf(
  { id, says, rule, status, profile, at, facts }: RuleVector,
  der: Uint8Array,
): Promise<RuleVectorEntry> {
  const input = definedOnly({ profile, at, facts })
  const outcome = outcomeIn(await auditVector(der, input))
  return { id, says, rule, status, ...input, ...outcome, der: Buffer.from(der).toString('base64') }
}

function definedOnly({ profile, at, facts }: { [Name in keyof AuditInput]: AuditInput[Name] | undefined }): AuditInput {
  return {
    ...(profile === undefined ? {} : { profile }),
    ...(at === undefined ? {} : { at }),
    ...(facts === undefined ? {} : { facts }),
  }
}
