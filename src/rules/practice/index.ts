import { extensionPlace, identifierPlace, placeOfExtension, validityPlace } from '../places.ts'
import type { CertificateRule } from '../subject.ts'
import { isPsp } from '../ts119495/parts.ts'

const SERVER_AUTH = '1.3.6.1.5.5.7.3.1'
const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2'
const ANY = '2.5.29.37.0'

const clientAuth: CertificateRule = {
  id: 'practice.client-auth',
  requirement: 'PSD2:eku-client',
  citation: { document: 'practice', clause: 'mutual TLS with banks' },
  modal: 'advice',
  grounding: 'C',
  title: 'the QWAC of a payment service provider has clientAuth',
  why: 'a provider calls banks as TLS client: many of their gateways refuse a certificate without clientAuth',
  mend: 'have the certificate issued with clientAuth; an authority for browsers may no longer do that, one for QNCP-w-gen does',
  applies: (subject) => subject.type === 'QWAC' && isPsp(subject),
  check: ({ certificate, extensions }, report) => {
    const purposes = extensions.extKeyUsage?.decoded
    if (purposes?.includes(CLIENT_AUTH) === true) return
    report(placeOfExtension(certificate, 'extKeyUsage'), {
      message: purposes === undefined ? 'there is no extKeyUsage' : 'extKeyUsage has no clientAuth',
      expected: CLIENT_AUTH,
    })
  },
}

const sealPurposes: CertificateRule = {
  id: 'practice.seal-purposes',
  requirement: 'PRACTICE:seal-purposes',
  citation: { document: 'practice', clause: 'keys of seals and of TLS' },
  modal: 'advice',
  severity: 'warning',
  grounding: 'C',
  title: 'extKeyUsage of a seal does not make it a TLS certificate',
  why: 'a seal needs no extKeyUsage; one for TLS servers or for anything lets the seal key stand in for the QWAC',
  mend: 'have the seal issued without extKeyUsage',
  applies: ({ type, extensions }) => type === 'QSealC' && extensions.extKeyUsage !== undefined,
  check: ({ extensions }, report) => {
    const extension = extensions.extKeyUsage
    for (const purpose of extension?.decoded ?? []) {
      if (extension === undefined || (purpose !== SERVER_AUTH && purpose !== ANY)) continue
      const message = purpose === ANY ? 'extKeyUsage allows everything' : 'extKeyUsage has serverAuth'
      report(extensionPlace(extension), { message, actual: purpose })
    }
  },
}

/** Ten years and the leap days in them. */
const longestValidity = (10 * 365 + 3) * 86_400_000

const validity: CertificateRule = {
  id: 'practice.validity',
  requirement: 'PRACTICE:validity',
  citation: { document: 'practice', clause: 'validity of leaf certificates' },
  modal: 'advice',
  severity: 'warning',
  grounding: 'C',
  title: 'a leaf is valid for ten years at most',
  why: 'no QTSP issues such leaves: this is a test certificate, or a forgery',
  mend: 'have a certificate issued by a QTSP',
  applies: ({ etsi }) => etsi,
  check: ({ certificate }, report) => {
    const { notBefore, notAfter } = certificate.validity
    const span = notAfter.getTime() - notBefore.getTime()
    if (span <= longestValidity) return
    report(validityPlace(certificate), { actual: `${Math.floor(span / 86_400_000)} days` })
  },
}

const identifierCharacters: CertificateRule = {
  id: 'practice.identifier-characters',
  requirement: 'PRACTICE:identifier-characters',
  citation: { document: 'practice', clause: 'identifiers in paths and names' },
  modal: 'advice',
  severity: 'warning',
  grounding: 'C',
  title: 'the number of organizationIdentifier can stand in a path, a header and a name without escaping',
  why: 'banks put the identifier into addresses and key identifiers: a separator in it reaches another provider, or none',
  mend: 'nothing, where the authority gave the number so; else have the certificate issued with the number alone',
  applies: ({ attributes }) => attributes.organizationIdentifier?.scheme === 'PSD',
  check: ({ certificate, attributes: { organizationIdentifier } }, report) => {
    if (organizationIdentifier?.problem !== 'reference-form') return
    report(identifierPlace(certificate), { actual: organizationIdentifier.value })
  },
}

const keyUsage: CertificateRule = {
  id: 'practice.key-usage',
  requirement: 'PRACTICE:key-usage',
  citation: { document: 'practice', clause: 'uses of keys' },
  modal: 'advice',
  grounding: 'C',
  title: 'the QWAC of a payment service provider says what its key is for',
  why: 'without keyUsage the key may be used for everything: some gateways of banks refuse the certificate',
  mend: 'have the certificate issued with keyUsage digitalSignature',
  applies: (subject) => subject.type === 'QWAC' && isPsp(subject),
  check: ({ certificate, extensions }, report) => {
    if (extensions.keyUsage === undefined) report(placeOfExtension(certificate, 'keyUsage'))
  },
}

/** What no document demands and banks ask for all the same. */
export const practice: readonly CertificateRule[] = [clientAuth, keyUsage, sealPurposes, validity, identifierCharacters]
