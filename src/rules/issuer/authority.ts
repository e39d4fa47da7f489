import type { Certificate } from '../../x509/certificate.ts'
import { extensionsPlace, namePlace, placeOfExtension } from '../places.ts'
import type { CertificateRule, CertificateSubject } from '../subject.ts'

const common = {
  requirement: 'CA:bc',
  citation: { document: 'RFC 5280', clause: '4.2.1.9, 4.2.1.3' },
  modal: 'shall',
  grounding: 'C',
  why: 'path validation refuses every certificate under an authority that is none',
  mend: 'use the certificate of the authority; it has a critical basicConstraints with cA and keyUsage keyCertSign',
} as const

/** What keeps a certificate from issuing others, each with the extension that it is about. */
function problemsOf(certificate: Certificate): ['basicConstraints' | 'keyUsage', string][] {
  const constraints = certificate.extension('basicConstraints')
  const usage = certificate.extension('keyUsage')
  const problems: ['basicConstraints' | 'keyUsage', string][] = []
  if (constraints?.decoded?.cA !== true) problems.push(['basicConstraints', 'basicConstraints does not say cA'])
  else if (!constraints.critical) problems.push(['basicConstraints', 'basicConstraints is not critical'])
  if (usage?.decoded?.has('keyCertSign') !== true) problems.push(['keyUsage', 'keyUsage has no keyCertSign'])
  return problems
}

/** RFC 5280 4.2.1.9, of the certificate that is audited. */
const ownAuthority: CertificateRule = {
  ...common,
  id: 'issuer.own-authority',
  title: 'a CA certificate has a critical basicConstraints with cA, and keyUsage keyCertSign',
  applies: isAuthority,
  check: ({ certificate }, report) => {
    for (const [extension, message] of problemsOf(certificate)) {
      report(placeOfExtension(certificate, extension), { message })
    }
  },
}

/** The same, of the issuer that was given. */
const authority: CertificateRule = {
  ...common,
  id: 'issuer.authority',
  title: 'the issuer has a critical basicConstraints with cA, and keyUsage keyCertSign',
  needs: ['issuer'],
  check: ({ certificate }, report, { issuer }) => {
    if (issuer === undefined) return
    for (const [, problem] of problemsOf(issuer)) {
      report(namePlace(certificate, 'issuer'), { message: `of the issuer: ${problem}`, actual: String(issuer.subject) })
    }
  },
}

function isAuthority({ type }: CertificateSubject): boolean {
  return type === 'CA'
}

/** RFC 5280 4.2.1.2: what the key identifiers of its leaves point to. */
const ownKeyIdentifier: CertificateRule = {
  id: 'issuer.own-key-identifier',
  requirement: 'CA:aki-ski',
  citation: { document: 'RFC 5280', clause: '4.2.1.2' },
  modal: 'shall',
  grounding: 'C',
  title: 'a CA certificate has subjectKeyIdentifier',
  why: 'where an authority has several certificates, readers find the right one by it',
  mend: 'use a certificate of the authority with subjectKeyIdentifier',
  applies: isAuthority,
  check: ({ certificate }, report) => {
    if (certificate.extension('subjectKeyIdentifier') !== undefined) return
    report(extensionsPlace(certificate), { message: 'there is no subjectKeyIdentifier' })
  },
}

export const authorityRules: readonly CertificateRule[] = [ownAuthority, ownKeyIdentifier, authority]
