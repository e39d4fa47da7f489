import { identifierPlace, namePlace, publicKeyPlace, signaturePlace, statementsPlace } from '../places.ts'
import type { CertificateRule } from '../subject.ts'
import { psd2Of, rolesPlace } from '../ts119495/parts.ts'
import { bpceClause } from './citation.ts'

const RSASSA_PSS = '1.2.840.113549.1.1.10'
const RSA = '1.2.840.113549.1.1.1'
const PSP_AI = '0.4.0.19495.1.3'

const common = { modal: 'bank', grounding: 'A' } as const

const kind: CertificateRule = {
  ...common,
  id: 'bpce.kind',
  requirement: 'BPCE:pair-kinds',
  citation: bpceClause('Eligibility'),
  title: 'the certificate is a QWAC or a QSealC',
  why: 'the bank takes a QWAC for TLS and a QSealC for signatures, and nothing else',
  mend: 'use the qualified certificates of the provider',
  check: ({ certificate, kind: actual, kindReason }, report) => {
    if (actual === 'QWAC' || actual === 'QSealC') return
    report(statementsPlace(certificate), { message: `the certificate is neither: ${kindReason}`, actual })
  },
}

const pssSignature: CertificateRule = {
  ...common,
  id: 'bpce.pss-signature',
  requirement: 'BPCE:pss-cert',
  citation: bpceClause('Limits'),
  title: 'the certificate is not signed with RSASSA-PSS',
  why: 'the gateway of the bank refuses it, sound as it is',
  mend: 'ask the QTSP for a certificate signed with sha256WithRSAEncryption',
  check: ({ certificate }, report) => {
    const { oid } = certificate.signatureAlgorithm
    if (oid === RSASSA_PSS) report(signaturePlace(certificate), { message: 'signed with RSASSA-PSS', actual: oid })
  },
}

const pssIssuer: CertificateRule = {
  ...common,
  severity: 'warning',
  id: 'bpce.pss-issuer',
  requirement: 'BPCE:pss-cert',
  citation: bpceClause('Limits'),
  title: 'the certificate of the issuer is not signed with RSASSA-PSS',
  why: 'the page speaks of certificates that are signed so, and does not say whether it means those of authorities',
  mend: 'ask the bank before you order certificates of this authority',
  needs: ['issuer'],
  check: ({ certificate }, report, { issuer }) => {
    if (issuer?.signatureAlgorithm.oid !== RSASSA_PSS) return
    report(namePlace(certificate, 'issuer'), { message: 'the issuer is signed with RSASSA-PSS', actual: RSASSA_PSS })
  },
}

const pssKey: CertificateRule = {
  ...common,
  id: 'bpce.pss-key',
  requirement: 'BPCE:pss-key',
  citation: bpceClause('Limits'),
  title: 'the key of the seal is not bound to RSASSA-PSS',
  why: 'signatures with RS256 cannot be made with such a key',
  mend: 'make a key with the identifier rsaEncryption and have it certified',
  applies: ({ type }) => type === 'QSealC',
  check: ({ certificate }, report) => {
    const { oid } = certificate.publicKey.algorithm
    if (oid === RSASSA_PSS)
      report(publicKeyPlace(certificate), { message: 'the key is bound to RSASSA-PSS', actual: oid })
  },
}

const rsaKey: CertificateRule = {
  ...common,
  id: 'bpce.rsa-key',
  requirement: 'BPCE:rs256-key',
  citation: bpceClause('jwks.keys'),
  title: 'the key of the seal is an RSA key',
  why: 'the bank takes kty RSA and alg RS256 only: a seal with another key cannot be registered',
  mend: 'have a seal issued for an RSA key of 3072 bits',
  applies: ({ type }) => type === 'QSealC',
  check: ({ certificate }, report) => {
    const { oid, name } = certificate.publicKey.algorithm
    if (oid === RSA) return
    report(publicKeyPlace(certificate), {
      message: 'RS256 needs another key',
      actual: name ?? oid,
      expected: 'rsaEncryption',
    })
  },
}

const identifierForm: CertificateRule = {
  ...common,
  id: 'bpce.identifier-form',
  requirement: 'BPCE:orgid-form',
  citation: bpceClause('Eligibility'),
  title: 'organizationIdentifier has the PSD form, in graphic ASCII',
  why: 'the bank registers the provider under it: VAT and register numbers, look-alike letters and spaces will not do',
  mend: 'have the certificate issued with country, authority and number, such as PSDFR-ACPR-12345',
  check: ({ certificate, attributes }, report) => {
    const identifier = attributes.organizationIdentifier
    if (identifier?.scheme === 'PSD' && identifier.problem === undefined) return
    report(identifierPlace(certificate), {
      message: identifier === null ? 'there is no single organizationIdentifier' : 'no PSD identifier in good form',
      ...(identifier === null ? {} : { actual: `${identifier.value} (${identifier.problem ?? identifier.scheme})` }),
      expected: 'PSD, two letters, hyphen, two to eight capital letters, hyphen, number',
    })
  },
}

const accountInformation: CertificateRule = {
  ...common,
  id: 'bpce.role-aisp',
  requirement: 'BPCE:scope-aisp',
  citation: bpceClause('Eligibility'),
  title: 'the provider has the role PSP_AI',
  why: 'without it the bank lets nobody use the API at all',
  mend: 'have the certificate issued with the role, where the authority granted it',
  check: (subject, report) => {
    const { certificate, psd2Statement } = subject
    if (psd2Statement === undefined) {
      report(statementsPlace(certificate), { message: 'there is no PSD2 statement that can be read' })
      return
    }
    const { roles } = psd2Of(subject)
    if (roles.some(({ oid }) => oid === PSP_AI)) return
    const actual = roles.map(({ role, oid }) => role ?? oid).join(' ') || 'none'
    report(rolesPlace(subject), { message: 'PSP_AI is not among the roles', actual, expected: PSP_AI })
  },
}

const noPrivateKey: CertificateRule = {
  ...common,
  id: 'bpce.public-only',
  requirement: 'BPCE:public-only',
  citation: bpceClause('Eligibility'),
  title: 'no private key lies beside the certificate',
  why: 'the bank wants public keys only: a private key that was sent is lost and must be replaced',
  mend: 'keep the key in a file of its own; where it was sent, revoke the certificate and make a new key',
  needs: ['privateKeyBeside'],
  check: (_, report, { privateKeyBeside }) => {
    if (privateKeyBeside !== true) return
    report({ path: '', offset: 0, length: 0 }, { message: 'a private key lies beside the certificate' })
  },
}

/** What the bank asks of each certificate. */
export const certificateRules: readonly CertificateRule[] = [
  kind,
  pssSignature,
  pssIssuer,
  pssKey,
  rsaKey,
  identifierForm,
  accountInformation,
  noPrivateKey,
]
