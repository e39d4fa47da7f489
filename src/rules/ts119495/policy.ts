import { placeOfExtension } from '../places.ts'
import type { CertificateRule, CertificateSubject } from '../subject.ts'
import { ts119495Clause } from './citation.ts'
import { editions } from './editions.ts'
import { isPsp } from './parts.ts'

const QCP_W_PSD2 = '0.4.0.19495.3.1'
const QC_TYPE_WEB = '0.4.0.1862.1.6.3'
const sealPolicies = ['0.4.0.194112.1.1', '0.4.0.194112.1.3']

function hasPsd2Policy({ policies }: CertificateSubject): boolean {
  return policies.has(QCP_W_PSD2)
}

const beside: CertificateRule = {
  id: 'ts119495.web-policy-beside',
  requirement: 'TS119495:OVR-6.1-3-policy',
  citation: ts119495Clause('OVR-6.1-3'),
  modal: 'may',
  grounding: 'B',
  title: 'QCP-w-psd2 stands beside the policy of a qualified web certificate',
  why: 'QCP-w-psd2 says nothing about the web part: who relies on that looks for QEVCP-w or QNCP-w',
  mend: 'have the certificate issued with QEVCP-w, QNCP-w or QNCP-w-gen as well',
  applies: (subject) => subject.type === 'QWAC' && hasPsd2Policy(subject),
  check: ({ certificate, policies }, report) => {
    const general = certificate.validity.notBefore.getTime() >= Date.parse(editions['1.8.1'])
    const fitting = ['0.4.0.194112.1.4', '0.4.0.194112.1.5', ...(general ? ['0.4.0.194112.1.6'] : [])]
    if (fitting.some((policy) => policies.has(policy))) return
    const message = 'QCP-w-psd2 stands without the policy of a qualified web certificate'
    report(placeOfExtension(certificate, 'certificatePolicies'), { message, expected: fitting.join(' or ') })
  },
}

const webOnly: CertificateRule = {
  id: 'ts119495.web-policy-for-psd2-web',
  requirement: 'TS119495:OVR-6.1-3-not-seal',
  citation: ts119495Clause('OVR-6.1-3'),
  modal: 'shall',
  grounding: 'B',
  title: 'QCP-w-psd2 is in PSD2 certificates for web sites alone',
  why: 'a seal that says it is for web sites may be taken for the TLS certificate of the provider',
  mend: 'have the certificate issued without 0.4.0.19495.3.1',
  applies: hasPsd2Policy,
  check: ({ certificate, statements, type }, report) => {
    const purposes = statements?.all('QcType').flatMap(({ decoded }) => decoded ?? []) ?? []
    const notWeb = type === 'QSealC' || (purposes.length > 0 && !purposes.includes(QC_TYPE_WEB))
    if (!notWeb && statements?.has('PSD2') === true) return
    report(placeOfExtension(certificate, 'certificatePolicies'), {
      message: notWeb
        ? 'QCP-w-psd2 is in a certificate that is not for web sites'
        : 'QCP-w-psd2 without PSD2 statement',
      actual: QCP_W_PSD2,
    })
  },
}

const sealPolicy: CertificateRule = {
  id: 'ts119495.seal-policy',
  requirement: 'TS119495:OVR-6.1-seal-policy',
  citation: ts119495Clause('OVR-6.1'),
  modal: 'should',
  grounding: 'C',
  title: 'a PSD2 seal certificate has the policy QCP-l or QCP-l-qscd',
  why: 'there is no PSD2 policy for seals: these two say under which rules the seal was issued',
  mend: 'have the certificate issued with 0.4.0.194112.1.1, or 0.4.0.194112.1.3 where the key is in a QSCD',
  applies: (subject) => subject.type === 'QSealC' && isPsp(subject),
  check: ({ certificate, policies }, report) => {
    if (sealPolicies.some((policy) => policies.has(policy))) return
    const message = 'neither QCP-l nor QCP-l-qscd is among the policies'
    const actual = [...policies].join(' ') || 'none'
    report(placeOfExtension(certificate, 'certificatePolicies'), {
      message,
      actual,
      expected: sealPolicies.join(' or '),
    })
  },
}

/** TS 119 495 clause 6.1. */
export const policyRules: readonly CertificateRule[] = [beside, webOnly, sealPolicy]
