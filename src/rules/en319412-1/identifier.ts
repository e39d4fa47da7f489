import { isCountry } from '../../eidas/countries.ts'
import type { NameAttribute } from '../../x509/name.ts'
import type { Applies } from '../applies.ts'
import { attributePlace } from '../places.ts'
import type { Breach } from '../rule.ts'
import type { CertificateRule, CertificateSubject } from '../subject.ts'
import { en3194121Clause, semanticsId } from './citation.ts'

function claims(id: string): Applies {
  return ({ subjectName, semantics }) =>
    subjectName.organizationIdentifier.length > 0 &&
    semantics.some(({ decoded }) => decoded?.semanticsIdentifier === id)
}

/** An identifier to be read in the grammar of 5.1.4: SemanticsId-Legal says so. */
const claimsLegal = claims(semanticsId.legal)
const claimsEidasLegal = claims(semanticsId.eidasLegal)

type Check = NonNullable<CertificateRule['check']>

/** Says of every organizationIdentifier of the subject what `judge` finds wrong with it. */
function each(judge: (text: string, subject: CertificateSubject) => Breach | undefined): Check {
  return (subject, report) => {
    for (const attribute of subject.subjectName.organizationIdentifier as readonly NameAttribute[]) {
      const breach = judge(attribute.text, subject)
      if (breach !== undefined) report(attributePlace(subject.certificate, 'subject', attribute), breach)
    }
  }
}

const threeLetters = /^[A-Z]{3}[A-Z]{2}(?:\+[A-Z0-9]{1,3})?-./s
const national = /^[A-Z]{2}:[A-Z]{2}-./s
const schemes: ReadonlySet<string> = new Set(['VAT', 'NTR', 'PSD', 'LEI'])

/** True for two letters and a colon. */
export function isNationalScheme(text: string): boolean {
  return text.charCodeAt(2) === 0x3a && isLetter(text.charCodeAt(0)) && isLetter(text.charCodeAt(1))
}

function isLetter(code: number): boolean {
  return code >= 0x41 && code <= 0x5a
}

/** EN 319 412-1 LEG-5.1.4-02. */
export const identifierFormat: CertificateRule = {
  id: 'en319412-1.identifier-format',
  requirement: 'EN319412-1:LEG-5.1.4-02-format',
  citation: en3194121Clause('LEG-5.1.4-02'),
  modal: 'shall',
  grounding: 'B',
  title: 'organizationIdentifier is a scheme, two letters of a country, a hyphen and a reference',
  breach: 'organizationIdentifier is not a scheme, a country, a hyphen and a reference',
  why: 'a bank takes the identifier apart at these places: here it finds no country or no number',
  mend: 'have the certificate issued with an identifier such as PSDFR-ACPR-12345, in ASCII',
  applies: claimsLegal,
  check: each((text) =>
    threeLetters.test(text) || national.test(text) ? undefined : { actual: text, expected: 'PSDFR-...' },
  ),
}

/** EN 319 412-1 LEG-5.1.4-03. */
export const identifierScheme: CertificateRule = {
  id: 'en319412-1.identifier-scheme',
  requirement: 'EN319412-1:LEG-5.1.4-03-scheme',
  citation: en3194121Clause('LEG-5.1.4-03'),
  modal: 'shall',
  grounding: 'B',
  title: 'the scheme of organizationIdentifier is VAT, NTR, PSD, LEI, or two letters and a colon',
  breach: 'the scheme of organizationIdentifier is unknown',
  why: 'no register belongs to another scheme: the number cannot be looked up anywhere',
  mend: 'have the certificate issued with one of the schemes; PSD is that of authorized payment service providers',
  applies: claimsLegal,
  check: each((text) => {
    if (!threeLetters.test(text) || schemes.has(text.slice(0, 3))) return undefined
    return { actual: text.slice(0, 3), expected: 'VAT, NTR, PSD, LEI or XX:' }
  }),
}

/** Countries beside ISO 3166-1: the Union everywhere, and those of single schemes. */
const extra: Readonly<Record<string, readonly string[] | undefined>> = {
  VAT: ['EU', 'EL', 'XI'],
  LEI: ['EU', 'XG'],
}
const union: readonly string[] = ['EU']

/** EN 319 412-1 LEG-5.1.4-03. */
export const identifierCountry: CertificateRule = {
  id: 'en319412-1.identifier-country',
  requirement: 'EN319412-1:LEG-5.1.4-03-country',
  citation: en3194121Clause('LEG-5.1.4-03'),
  modal: 'shall',
  grounding: 'B',
  title: 'the country of organizationIdentifier is an assigned code of ISO 3166-1',
  breach: 'the country of organizationIdentifier is not assigned',
  why: 'the register that issued the number cannot be told',
  mend: 'have the certificate issued with the country of the register; Greece is EL and Northern Ireland XI in VAT alone',
  applies: claimsLegal,
  check: each((text) => {
    const country = text.slice(3, 5)
    if (!threeLetters.test(text) && !national.test(text)) return undefined
    if (isCountry(country) || (extra[text.slice(0, 3)] ?? union).includes(country)) return undefined
    return { actual: country }
  }),
}

/** EN 319 412-1 5.1.4: NTRDE+BY is of the CA/Browser Forum. */
export const identifierSubdivision: CertificateRule = {
  id: 'en319412-1.identifier-subdivision',
  requirement: 'EN319412-1:LEG-5.1.4-stateprov',
  citation: en3194121Clause('LEG-5.1.4-03'),
  modal: 'shall',
  grounding: 'B',
  title: 'a subdivision of the country, as in NTRDE+BY, stands in identifiers of trade registers alone',
  breach: 'organizationIdentifier has a subdivision, though it is of no trade register',
  why: 'only trade registers are kept by parts of a country: in another scheme a bank cannot read the identifier',
  mend: 'have the certificate issued without the subdivision',
  applies: claimsLegal,
  check: each((text) => {
    if (text[5] !== '+' || text.startsWith('NTR')) return undefined
    const end = text.indexOf('-')
    return { actual: text.slice(0, end < 0 ? 9 : end) }
  }),
}

/** EN 319 412-1 LEG-5.1.4-03 item 4, ISO 17442. */
export const identifierLei: CertificateRule = {
  id: 'en319412-1.identifier-lei',
  requirement: 'EN319412-1:LEG-5.1.4-03-lei',
  citation: en3194121Clause('LEG-5.1.4-03'),
  modal: 'shall',
  grounding: 'B',
  title: 'a legal entity identifier has the country XG, 20 letters and digits, and right check digits',
  breach: 'organizationIdentifier is no legal entity identifier',
  why: 'a wrong identifier names nobody, or somebody else',
  mend: 'have the certificate issued with LEIXG- and the identifier as the GLEIF index has it',
  applies: (subject) =>
    claimsLegal(subject) && subject.subjectName.organizationIdentifier.some(({ text }) => text.startsWith('LEI')),
  check: each((text) => {
    if (!text.startsWith('LEI')) return undefined
    if (text.startsWith('LEIXG-') && isLei(text.slice(6))) return undefined
    return { actual: text, expected: 'LEIXG- and an identifier of ISO 17442' }
  }),
}

/** 18 letters or digits and two check digits, which make the whole 1 modulo 97 (ISO 7064). */
function isLei(text: string): boolean {
  if (text.length !== 20 || !/^[0-9A-Z]{18}[0-9]{2}$/.test(text)) return false
  let remainder = 0
  for (const character of text) {
    const value = Number.parseInt(character, 36)
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97
  }
  return remainder === 1
}

/** EN 319 412-1 LEG-5.1.4-03. */
export const identifierAuthority: CertificateRule = {
  id: 'en319412-1.identifier-authority-country',
  requirement: 'EN319412-1:LEG-5.1.4-03-psd',
  citation: en3194121Clause('LEG-5.1.4-03'),
  modal: 'shall',
  grounding: 'B',
  title: 'the country of a PSD identifier is that of the authority in nCAId',
  breach: 'the country of the PSD identifier is not that of nCAId',
  why: 'a bank looks the PSP up in the register of that country: under another country there is another PSP, or none',
  mend: 'have the certificate issued with the country of the authority, wherever the PSP is established',
  applies: ({ attributes: { organizationIdentifier, ncaId } }) =>
    organizationIdentifier?.scheme === 'PSD' &&
    organizationIdentifier.country !== null &&
    ncaId !== null &&
    isNcaId(ncaId),
  check: (subject, report) => {
    const { organizationIdentifier, ncaId } = subject.attributes
    const expected = ncaId?.slice(0, 2)
    if (organizationIdentifier?.country === expected) return
    const [attribute] = subject.subjectName.organizationIdentifier
    if (attribute === undefined) return
    report(attributePlace(subject.certificate, 'subject', attribute), {
      actual: organizationIdentifier?.country ?? '',
      expected: expected ?? '',
    })
  },
}

/** Two letters and a hyphen: enough to know the country. */
function isNcaId(text: string): boolean {
  return text.charCodeAt(2) === 0x2d && isLetter(text.charCodeAt(0)) && isLetter(text.charCodeAt(1))
}

const whiteSpace = /\s/

/** EN 319 412-1 LEG-5.1.6-03. */
export const eidasSpace: CertificateRule = {
  id: 'en319412-1.eidas-space',
  requirement: 'EN319412-1:LEG-5.1.6-03-eidas-space',
  citation: en3194121Clause('LEG-5.1.6-03'),
  modal: 'shall',
  grounding: 'B',
  title: 'an identifier under SemanticsId-eIDASLegal has no white space',
  breach: 'organizationIdentifier has white space',
  why: 'eIDAS nodes compare the identifier as it stands: with a space it is another',
  mend: 'have the certificate issued without white space in organizationIdentifier',
  applies: claimsEidasLegal,
  check: each((text) => (whiteSpace.test(text) ? { actual: text } : undefined)),
}

/** EN 319 412-1 LEG-5.1.6-03. */
export const eidasLength: CertificateRule = {
  id: 'en319412-1.eidas-length',
  requirement: 'EN319412-1:LEG-5.1.6-03-eidas-len',
  citation: en3194121Clause('LEG-5.1.6-03'),
  modal: 'shall',
  grounding: 'B',
  title: 'an identifier under SemanticsId-eIDASLegal has at most 256 characters',
  breach: 'organizationIdentifier has more than 256 characters',
  why: 'eIDAS nodes store no longer ones',
  mend: 'have the certificate issued with the identifier that the country gave',
  applies: claimsEidasLegal,
  check: each((text) =>
    text.length > 256 ? { actual: `${Array.from(text).length} characters`, expected: 'at most 256' } : undefined,
  ),
}
