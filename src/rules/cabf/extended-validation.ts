import { ORGANIZATION_IDENTIFIER } from '../../eidas/attributes.ts'
import type { NameAttribute } from '../../x509/name.ts'
import { extensionPlace, extensionsPlace, identifierPlace, namePlace } from '../places.ts'
import type { CertificateRule, CertificateSubject } from '../subject.ts'
import { followsEv } from '../web-regime.ts'
import { evClause } from './citation.ts'

/** EVG 7.1.4.2: each of these, by one of its identifiers. */
const demanded: readonly (readonly [name: string, oids: readonly string[]])[] = [
  ['organizationName', ['2.5.4.10']],
  ['businessCategory', ['2.5.4.15']],
  ['jurisdictionCountryName', ['1.3.6.1.4.1.311.60.2.1.3']],
  ['serialNumber', ['2.5.4.5']],
  ['countryName', ['2.5.4.6']],
  ['localityName or stateOrProvinceName', ['2.5.4.7', '2.5.4.8']],
]

const fields: CertificateRule = {
  id: 'cabf.ev-subject',
  requirement: 'EVG:7.1.4.2-fields',
  citation: evClause('7.1.4.2'),
  modal: 'shall',
  grounding: 'C',
  title: 'the subject of an EV certificate says who it is, where it is registered and under which number',
  why: 'without them browsers do not take the certificate for an EV one, and nobody can look the provider up',
  mend: 'have the certificate issued with the missing attribute',
  applies: followsEv,
  check: ({ certificate }, report) => {
    const { attributes } = certificate.subject
    for (const [name, oids] of demanded) {
      if (attributes.some(({ oid }) => oids.includes(oid))) continue
      report(namePlace(certificate, 'subject'), { message: `the subject has no ${name}`, expected: oids.join(' or ') })
    }
  },
}

/** Attribute of a subject that has exactly one. */
function identifierOf({ certificate }: CertificateSubject): NameAttribute | undefined {
  const [attribute, second] = certificate.subject.all(ORGANIZATION_IDENTIFIER)
  return second === undefined ? attribute : undefined
}

function namesIdentifier(subject: CertificateSubject): boolean {
  return followsEv(subject) && identifierOf(subject) !== undefined
}

function hasBoth(subject: CertificateSubject): boolean {
  return namesIdentifier(subject) && subject.extensions.cabfOrganizationIdentifier?.decoded !== undefined
}

/** EVG 7.1.4.2.8: scheme, country, subdivision of an NTR, reference. */
const evForm = /^(NTR|VAT|PSD)([A-Z]{2})(?:\+([A-Z0-9]{1,3}))?-(.+)$/s

const scheme: CertificateRule = {
  id: 'cabf.ev-identifier',
  requirement: 'EVG:7.1.4.2.8-orgid',
  citation: evClause('7.1.4.2.8'),
  modal: 'shall',
  grounding: 'B',
  title: 'organizationIdentifier of an EV certificate is of the scheme NTR, VAT or PSD',
  why: 'EV certificates know no other register: browsers distrust who issues them',
  mend: 'have the certificate issued with the PSD identifier of the provider',
  effective: { from: '2019-05-21' },
  applies: namesIdentifier,
  check: (subject, report) => {
    const text = identifierOf(subject)?.text as string
    if (evForm.test(text)) return
    report(identifierPlace(subject.certificate), { actual: text, expected: 'such as PSDFR-ACPR-12345' })
  },
}

const extensionSince = { from: '2020-01-31' } as const

const present: CertificateRule = {
  id: 'cabf.ev-identifier-extension',
  requirement: 'EVG:7.1.2.2-cabforgid-present',
  citation: evClause('7.1.2.2'),
  modal: 'shall',
  grounding: 'B',
  title: 'an EV certificate with organizationIdentifier has the extension cabfOrganizationIdentifier',
  why: 'software of browsers reads the identifier from the extension, not from the subject',
  mend: 'have the certificate issued with the extension 2.23.140.3.1',
  effective: extensionSince,
  applies: namesIdentifier,
  check: ({ certificate, extensions }, report) => {
    if (extensions.cabfOrganizationIdentifier !== undefined) return
    report(extensionsPlace(certificate), {
      message: 'there is no cabfOrganizationIdentifier',
      expected: '2.23.140.3.1',
    })
  },
}

const match: CertificateRule = {
  id: 'cabf.ev-identifier-match',
  requirement: 'EVG:7.1.2.2-cabforgid-match',
  citation: evClause('7.1.2.2'),
  modal: 'shall',
  grounding: 'B',
  title: 'cabfOrganizationIdentifier says the same as organizationIdentifier of the subject',
  why: 'of two identifiers in one certificate two banks may take different ones',
  mend: 'have both made from one value: of PSDFR-ACPR-12345 the reference is ACPR-12345',
  effective: extensionSince,
  applies: hasBoth,
  check: (subject, report) => {
    const extension = subject.extensions.cabfOrganizationIdentifier
    const value = extension?.decoded
    if (extension === undefined || value === undefined) return
    const { registrationSchemeIdentifier, registrationCountry, registrationStateOrProvince: state } = value
    const joined = state === undefined ? '' : `+${state}`
    const actual = `${registrationSchemeIdentifier}${registrationCountry}${joined}-${value.registrationReference}`
    const expected = identifierOf(subject)?.text as string
    if (actual !== expected) report(extensionPlace(extension), { actual, expected })
  },
}

const noState: CertificateRule = {
  id: 'cabf.ev-identifier-state',
  requirement: 'EVG:7.1.2.2-psd-nostate',
  citation: evClause('7.1.2.2'),
  modal: 'shall',
  grounding: 'B',
  title: 'cabfOrganizationIdentifier of the scheme PSD or VAT has no state or province',
  why: 'these registers are of a country: with a state the identifier is that of nobody',
  mend: 'have the certificate issued without registrationStateOrProvince',
  effective: extensionSince,
  applies: (subject) => followsEv(subject) && subject.extensions.cabfOrganizationIdentifier?.decoded !== undefined,
  check: ({ extensions }, report) => {
    const extension = extensions.cabfOrganizationIdentifier
    const { registrationSchemeIdentifier: scheme, registrationStateOrProvince: state } = extension?.decoded ?? {}
    if (extension === undefined || state === undefined || (scheme !== 'PSD' && scheme !== 'VAT')) return
    report(extensionPlace(extension), { message: `the scheme ${scheme} has no state or province`, actual: state })
  },
}

/** EV Guidelines for what QEVCP-w pulls in. */
export const extendedValidationRules: readonly CertificateRule[] = [fields, scheme, present, match, noState]
