import { isWeb } from '../applies.ts'
import { extensionsPlace, placeOfExtension } from '../places.ts'
import { contradictingPolicies, isQualifiedPolicy } from '../qualified-policies.ts'
import type { CertificateRule } from '../subject.ts'
import { en3194124Clause } from './citation.ts'

/** EN 319 412-4 QCS-4.2-1. */
export const statementsPresent: CertificateRule = {
  id: 'en319412-4.statements-present',
  requirement: 'EN319412-4:QCS-4.2-1',
  citation: en3194124Clause('QCS-4.2-1'),
  modal: 'shall',
  grounding: 'A',
  title: 'a QWAC has qcStatements',
  breach: 'qcStatements is missing',
  why: 'the certificate does not call itself qualified: PSD2 wants qualified certificates',
  mend: 'have the certificate issued with qcStatements',
  applies: (subject) => isWeb(subject) && subject.qualified,
  check: ({ certificate, extensions }, report) => {
    if (extensions.qcStatements === undefined) report(extensionsPlace(certificate))
  },
}

/** EN 319 412-4 QCS-4.3-1. */
export const policyRecommended: CertificateRule = {
  id: 'en319412-4.policy-recommended',
  requirement: 'EN319412-4:QCS-4.3-1',
  citation: en3194124Clause('QCS-4.3-1'),
  modal: 'should',
  grounding: 'A',
  title: 'a QWAC names a policy of EN 319 411-2: QEVCP-w, QNCP-w or QNCP-w-gen',
  breach: 'no policy of EN 319 411-2 is named',
  why: 'software that knows only the European policies cannot tell how the certificate was issued',
  mend: 'have the certificate issued with the policy of its kind',
  applies: (subject) => isWeb(subject) && subject.qualified,
  check: (subject, report) => {
    if (!isQualifiedPolicy(subject.policies)) report(placeOfExtension(subject.certificate, 'certificatePolicies'))
  },
}

/** EN 319 412-4 QCS-4.3-1. */
export const policyConsistent: CertificateRule = {
  id: 'en319412-4.policy-consistent',
  requirement: 'EN319412-4:QCS-4.3-1',
  citation: en3194124Clause('QCS-4.3-1'),
  modal: 'shall',
  grounding: 'A',
  title: 'policies of EN 319 411-2 agree with QcType, and there is one of them',
  why: 'one bank goes by the policy, another by QcType: they take the certificate for different kinds',
  mend: 'have the certificate issued with the policy of its kind: QEVCP-w, QNCP-w or QNCP-w-gen',
  applies: isWeb,
  check: contradictingPolicies,
}
