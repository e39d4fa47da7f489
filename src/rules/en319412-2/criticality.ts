import { type Applies, isCommon, isEtsiWith, mustNotBeCritical } from '../applies.ts'
import type { FoundExtensions } from '../lookup.ts'
import type { Modal } from '../rule.ts'
import type { CertificateRule, CertificateSubject } from '../subject.ts'
import { en3194122Clause } from './citation.ts'

/**
 * What RFC 5280 and EN 319 412-2 let be critical in a leaf: keyUsage, basicConstraints and what is forbidden anyway. Those
 * of which a clause of its own speaks are left to its rule.
 */
const permitted: ReadonlySet<string> = new Set([
  '2.5.29.15',
  '2.5.29.19',
  '2.5.29.30',
  '2.5.29.33',
  '2.5.29.36',
  '2.5.29.54',
  // Of these, clauses of their own speak.
  '2.5.29.17',
  '2.5.29.18',
  '2.5.29.31',
  '2.5.29.32',
  '2.5.29.37',
  '1.3.6.1.5.5.7.1.3',
])

/** EN 319 412-2 GEN-4.1-2. */
export const criticality: CertificateRule = {
  id: 'en319412-2.criticality',
  requirement: 'EN319412-2:GEN-4.1-2-criticality',
  citation: en3194122Clause('GEN-4.1-2'),
  modal: 'shall',
  grounding: 'A',
  title: 'an extension is critical only where RFC 5280 or EN 319 412-2 permits it',
  breach: 'an extension is critical that must not be',
  why: 'a system must refuse a certificate with a critical extension that it does not know: a bank would',
  mend: 'have the certificate issued with the extension not critical',
  applies: isCommon,
  codes: ['X509_EXTENSION_CRITICAL_UNKNOWN'],
  check: ({ certificate }, report) => {
    for (const extension of certificate.extensions) {
      // What nobody knows was recorded by the reader, and what has no name is not known.
      if (!extension.critical || permitted.has(extension.oid) || extension.name === extension.oid) continue
      const { path, offset, length } = extension
      report({ path, offset, length }, { actual: extension.name })
    }
  },
}

const TIME_STAMPING = '1.3.6.1.5.5.7.3.8'

/** RFC 3161 2.3 wants the purpose of a time-stamping unit alone, and critical. */
function isNoTimeStampingUnit({ etsi, extensions: { extKeyUsage } }: CertificateSubject): boolean {
  if (!etsi || extKeyUsage === undefined) return false
  return extKeyUsage.decoded?.length !== 1 || extKeyUsage.decoded[0] !== TIME_STAMPING
}

function notCriticalRule(
  slug: string,
  requirement: string,
  clause: string,
  name: keyof FoundExtensions,
  why: string,
  modal: Modal = 'shall',
  applies: Applies = isEtsiWith(name),
): CertificateRule {
  return {
    id: `en319412-2.${slug}`,
    requirement,
    citation: en3194122Clause(clause),
    modal,
    grounding: 'A',
    title: `${name} is not critical`,
    breach: `${name} is critical`,
    why,
    mend: `have the certificate issued with ${name} not critical`,
    applies,
    check: mustNotBeCritical(name),
  }
}

/** Clauses that forbid one extension to be critical. */
export const notCritical: readonly CertificateRule[] = [
  notCriticalRule(
    'policies-critical',
    'EN319412-2:GEN-4.3.3-1-cp-critical',
    'GEN-4.3.3-1',
    'certificatePolicies',
    'software that knows none of the policies must refuse the certificate',
    'should',
  ),
  notCriticalRule(
    'alternative-name-critical',
    'EN319412-2:GEN-4.3.5-1-san-critical',
    'GEN-4.3.5-1',
    'subjectAltName',
    'software that does not know a form of name in it must refuse the certificate',
  ),
  notCriticalRule(
    'issuer-alternative-name-critical',
    'EN319412-2:GEN-4.3.6-1-ian-critical',
    'GEN-4.3.6-1',
    'issuerAltName',
    'hardly any software knows the extension, and must then refuse the certificate',
  ),
  notCriticalRule(
    'extended-key-usage-critical',
    'EN319412-2:GEN-4.3.10-1-eku-critical',
    'GEN-4.3.10-1',
    'extKeyUsage',
    'software that knows another purpose than those listed must refuse the certificate',
    'shall',
    isNoTimeStampingUnit,
  ),
  notCriticalRule(
    'crl-critical',
    'EN319412-2:GEN-4.3.11-5-crl-critical',
    'GEN-4.3.11-5',
    'cRLDistributionPoints',
    'software that asks OCSP and knows no CRL must refuse the certificate',
  ),
]
