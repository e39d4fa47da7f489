import { namePlace, validityPlace } from '../places.ts'
import type { CertificateRule } from '../subject.ts'

/** What the trusted lists say of the issuer when it issued, and of a service for that kind of certificate. */
const granted = {
  requirement: 'CA:tl-service',
  citation: { document: 'ETSI TS 119 612', clause: '5.5' },
  grounding: 'C',
  why: 'only a granted service issues qualified certificates; a certificate can claim anything of itself',
  mend: 'have the certificate issued by an authority that stands as CA/QC, granted, in the trusted list of its country',
  needs: ['serviceAtIssuance'],
} as const

const service: CertificateRule = {
  ...granted,
  id: 'issuer.granted-service',
  modal: 'shall',
  title: 'the issuer was a granted CA/QC service for this kind of certificate when it issued',
  check: ({ certificate }, report, { serviceAtIssuance: fact }) => {
    if (fact?.verdict !== 'not-granted') return
    report(namePlace(certificate, 'issuer'), { message: 'the service was not granted', actual: fact.evidence })
  },
}

const serviceKnown: CertificateRule = {
  ...granted,
  id: 'issuer.known-service',
  modal: 'shall',
  severity: 'warning',
  title: 'the trusted lists know the issuer',
  check: ({ certificate }, report, { serviceAtIssuance: fact }) => {
    if (fact?.verdict !== 'unknown') return
    report(namePlace(certificate, 'issuer'), { message: 'no trusted list has the issuer', actual: fact.evidence })
  },
}

const path = {
  requirement: 'TRUST:path',
  citation: { document: 'RFC 5280', clause: '6.1' },
  grounding: 'A',
  modal: 'shall',
  why: 'who cannot build a path to an anchor does not know who issued the certificate',
  needs: ['path'],
} as const

const pathValid: CertificateRule = {
  ...path,
  id: 'issuer.path',
  title: 'there is a valid path to an anchor that was given',
  mend: 'the finding says what the path breaks: mend that, or use another anchor',
  check: ({ certificate }, report, { path: fact }) => {
    if (fact?.verdict !== 'invalid') return
    const { code = 'invalid', message = 'the path is not valid' } = fact
    report(namePlace(certificate, 'issuer'), { message, actual: code })
  },
}

const pathKnown: CertificateRule = {
  ...path,
  id: 'issuer.path-known',
  severity: 'warning',
  title: 'the issuer leads to an anchor that was given',
  mend: 'give the certificates between this one and the anchor',
  check: ({ certificate }, report, { path: fact }) => {
    if (fact?.verdict !== 'issuer-unknown') return
    report(namePlace(certificate, 'issuer'), { message: 'no anchor and no intermediate is the issuer' })
  },
}

const revocation = {
  requirement: 'TRUST:revocation',
  citation: { document: 'RFC 5280', clause: '6.3' },
  grounding: 'A',
  modal: 'shall',
  why: 'a key that was lost or stolen is known by nothing else',
  needs: ['revocation'],
} as const

const notRevoked: CertificateRule = {
  ...revocation,
  id: 'issuer.not-revoked',
  title: 'the certificate is not revoked',
  mend: 'have a new certificate issued, for a new key',
  check: ({ certificate }, report, { revocation: fact }) => {
    if (fact?.verdict !== 'revoked') return
    report(validityPlace(certificate), { message: 'the certificate is revoked', actual: fact.evidence })
  },
}

const revocationKnown: CertificateRule = {
  ...revocation,
  id: 'issuer.revocation-known',
  severity: 'warning',
  title: 'CRL or OCSP say that the certificate is good',
  mend: 'give a current CRL or OCSP answer of the issuer',
  check: ({ certificate }, report, { revocation: fact }) => {
    if (fact?.verdict !== 'unknown') return
    report(validityPlace(certificate), { message: 'nothing says that the certificate is good', actual: fact.evidence })
  },
}

/** Rules on what others say of the certificate: the facts come from outside. */
export const trustRules: readonly CertificateRule[] = [
  service,
  serviceKnown,
  pathValid,
  pathKnown,
  notRevoked,
  revocationKnown,
]
