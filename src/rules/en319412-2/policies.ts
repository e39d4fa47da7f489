import { isEtsi, isForPersons, isWeb } from '../applies.ts'
import { extensionsPlace, placeOfExtension } from '../places.ts'
import { contradictingPolicies, isQualifiedPolicy } from '../qualified-policies.ts'
import type { CertificateRule } from '../subject.ts'
import { en3194122Clause } from './citation.ts'

/** EN 319 412-2 GEN-4.3.3-2. */
export const policiesPresent: CertificateRule = {
  id: 'en319412-2.policies-present',
  requirement: 'EN319412-2:GEN-4.3.3-2-cp-present',
  citation: en3194122Clause('GEN-4.3.3-2'),
  modal: 'shall',
  grounding: 'A',
  title: 'certificatePolicies is there and names a policy',
  breach: 'no policy is named',
  why: 'nothing says by which rules the certificate was issued: a bank cannot accept it as qualified',
  mend: 'have the certificate issued with the policy of the QTSP and QCP-l, QEVCP-w or QNCP-w',
  applies: isEtsi,
  check: ({ certificate, extensions, policies }, report) => {
    const { certificatePolicies } = extensions
    if (policies.size > 0 || (certificatePolicies !== undefined && certificatePolicies.decoded === undefined)) return
    report(placeOfExtension(certificate, 'certificatePolicies'))
  },
}

/** EN 319 412-2 QCS-5.1-1. For web sites, EN 319 412-4 says it. */
export const statementsPresent: CertificateRule = {
  id: 'en319412-2.statements-present',
  requirement: 'EN319412-2:QCS-5.1-1-qcs',
  citation: en3194122Clause('QCS-5.1-1'),
  modal: 'shall',
  grounding: 'A',
  title: 'a qualified certificate has qcStatements',
  breach: 'qcStatements is missing',
  why: 'the certificate does not call itself qualified: PSD2 wants qualified certificates',
  mend: 'have the certificate issued with qcStatements',
  applies: (subject) => subject.qualified && !isWeb(subject),
  check: ({ certificate, extensions }, report) => {
    if (extensions.qcStatements === undefined) report(extensionsPlace(certificate))
  },
}

/** EN 319 412-2 QCS-5.2-1. For web sites, EN 319 412-4 says it. */
export const policyRecommended: CertificateRule = {
  id: 'en319412-2.policy-recommended',
  requirement: 'EN319412-2:QCS-5.2-1-policy',
  citation: en3194122Clause('QCS-5.2-1'),
  modal: 'should',
  grounding: 'A',
  title: 'a qualified certificate names a policy of EN 319 411-2, such as QCP-l or QCP-l-qscd',
  breach: 'no policy of EN 319 411-2 is named',
  why: 'software that knows only the European policies cannot tell how the certificate was issued',
  mend: 'have the certificate issued with QCP-l, or QCP-l-qscd where the key is in a qualified device',
  applies: (subject) => subject.qualified && !isWeb(subject),
  check: (subject, report) => {
    if (!isQualifiedPolicy(subject.policies)) report(placeOfExtension(subject.certificate, 'certificatePolicies'))
  },
}

/** EN 319 412-2 QCS-5.2-2. For web sites, EN 319 412-4 says it. */
export const policyConsistent: CertificateRule = {
  id: 'en319412-2.policy-consistent',
  requirement: 'EN319412-2:QCS-5.2-2-policy-consistent',
  citation: en3194122Clause('QCS-5.2-2'),
  modal: 'shall',
  grounding: 'A',
  title: 'policies of EN 319 411-2 agree with QcType, and there is one of them',
  why: 'one bank goes by the policy, another by QcType: they take the certificate for different kinds',
  mend: 'have the certificate issued with the policy of its kind: QCP-l or QCP-l-qscd for a seal',
  applies: isForPersons,
  check: contradictingPolicies,
}
