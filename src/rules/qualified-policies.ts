import type { Place, Report } from './rule.ts'
import type { CertificateSubject } from './subject.ts'

const esign = '0.4.0.1862.1.6.1'
const eseal = '0.4.0.1862.1.6.2'
const web = '0.4.0.1862.1.6.3'

/** Policies of EN 319 411-2 5.3, each with the purpose that QcType has beside it. */
export const purposeOfPolicy: ReadonlyMap<string, string> = new Map([
  ['0.4.0.194112.1.0', esign],
  ['0.4.0.194112.1.1', eseal],
  ['0.4.0.194112.1.2', esign],
  ['0.4.0.194112.1.3', eseal],
  ['0.4.0.194112.1.4', web],
  ['0.4.0.194112.1.5', web],
  ['0.4.0.194112.1.6', web],
])

const PSD2_POLICY = '0.4.0.19495.3.1'

/** True where a policy of EN 319 411-2 is there. */
export function isQualifiedPolicy(policies: ReadonlySet<string>): boolean {
  for (const policy of policies) if (purposeOfPolicy.has(policy)) return true
  return false
}

function policyPlace({ extensions: { certificatePolicies } }: CertificateSubject, index: number): Place {
  const { path = '', offset = 0, length = 0 } = certificatePolicies ?? {}
  return { path: `${path}.certificatePolicies[${index}]`, offset, length }
}

/** Says which policies contradict QcType, and which are more than one of EN 319 411-2. */
export function contradictingPolicies(subject: CertificateSubject, report: Report): void {
  const purposes = subject.statements?.only('QcType')
  let first: string | undefined
  for (const [index, { oid }] of (subject.extensions.certificatePolicies?.decoded ?? []).entries()) {
    const purpose = oid === PSD2_POLICY ? web : purposeOfPolicy.get(oid)
    if (purpose === undefined) continue
    if (purposes !== undefined && purposes.length > 0 && !purposes.includes(purpose)) {
      report(policyPlace(subject, index), {
        message: 'the policy is for another purpose than QcType',
        actual: `${oid} and ${purposes.join(', ')}`,
        expected: purpose,
      })
    }
    if (oid === PSD2_POLICY) continue
    if (first !== undefined && first !== oid) {
      report(policyPlace(subject, index), {
        message: 'there are two policies of EN 319 411-2',
        actual: `${oid} beside ${first}`,
      })
    }
    first ??= oid
  }
}
