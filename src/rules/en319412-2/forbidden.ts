import { oidName } from '../../core/oids.ts'
import { isEtsi, isEtsiWith, mustBeAbsent } from '../applies.ts'
import type { FoundExtensions } from '../lookup.ts'
import { extensionPlace } from '../places.ts'
import type { CertificateRule } from '../subject.ts'
import { en3194122Clause } from './citation.ts'

function forbiddenRule(
  slug: string,
  requirement: string,
  clause: string,
  name: keyof FoundExtensions,
): CertificateRule {
  return {
    id: `en319412-2.${slug}`,
    requirement,
    citation: en3194122Clause(clause),
    modal: 'shall',
    grounding: 'A',
    title: `${name} is not in a leaf certificate`,
    why: 'the extension is for authorities: here it says that something went wrong when the certificate was issued',
    mend: `have the certificate issued without ${name}`,
    applies: isEtsi,
    check: mustBeAbsent(name),
  }
}

/** Extensions that are for authorities alone. */
export const forbidden: readonly CertificateRule[] = [
  forbiddenRule('policy-mappings', 'EN319412-2:GEN-4.3.4-1-pm', 'GEN-4.3.4-1', 'policyMappings'),
  forbiddenRule('policy-constraints', 'EN319412-2:GEN-4.3.9-1-pc', 'GEN-4.3.9-1', 'policyConstraints'),
  forbiddenRule('inhibit-any-policy', 'EN319412-2:GEN-4.3.12-1-iap', 'GEN-4.3.12-1', 'inhibitAnyPolicy'),
]

/** Attributes that belong into the subject: EN 319 412-2 4.2.4, EN 319 412-3 4.2.1. */
const identification: ReadonlySet<string> = new Set([
  '2.5.4.3',
  '2.5.4.4',
  '2.5.4.5',
  '2.5.4.6',
  '2.5.4.10',
  '2.5.4.42',
  '2.5.4.65',
  '2.5.4.97',
])

/** EN 319 412-2 GEN-4.3.7-1. */
export const directoryAttributes: CertificateRule = {
  id: 'en319412-2.directory-attributes',
  requirement: 'EN319412-2:GEN-4.3.7-1-sda',
  citation: en3194122Clause('GEN-4.3.7-1'),
  modal: 'shall',
  grounding: 'A',
  title: 'subjectDirectoryAttributes holds no attribute that identifies the subject',
  breach: 'subjectDirectoryAttributes identifies the subject',
  why: 'nobody looks for an identifier there: a second one could contradict the subject unseen',
  mend: 'have the certificate issued with the attribute in the subject',
  applies: isEtsiWith('subjectDirectoryAttributes'),
  check: ({ extensions: { subjectDirectoryAttributes } }, report) => {
    for (const oid of subjectDirectoryAttributes?.decoded ?? []) {
      if (subjectDirectoryAttributes === undefined || !identification.has(oid)) continue
      report(extensionPlace(subjectDirectoryAttributes), { actual: oidName(oid) ?? oid })
    }
  },
}
