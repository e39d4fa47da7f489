import { isCountry } from './countries.ts'

/** Registration schemes of ETSI EN 319 412-1 5.1.4; `national` is a scheme of two letters and a colon. */
export type IdentifierScheme = 'PSD' | 'VAT' | 'NTR' | 'LEI' | 'national'

/** What is wrong with an organizationIdentifier; undefined where nothing is. */
export type IdentifierProblem =
  | 'characters'
  | 'scheme'
  | 'country-form'
  | 'country-unknown'
  | 'hyphen-missing'
  | 'authority-form'
  | 'reference-empty'
  | 'reference-form'

/** organizationIdentifier (X.520 2.5.4.97) in the grammar of ETSI EN 319 412-1 5.1.4 and TS 119 495 5.2.1. */
export interface OrganizationIdentifier {
  /** As the certificate has it. */
  readonly value: string
  readonly scheme: IdentifierScheme | null
  /** Letters before the first hyphen and after the scheme; null where there are not two. */
  readonly country: string | null
  /** Of a PSD identifier: short code of the competent authority. */
  readonly authority: string | null
  /** What follows: authorization number, VAT number, register number, LEI. */
  readonly number: string | null
  /** Country and authority as nCAId writes them, for example `FR-ACPR`. */
  readonly ncaId: string | null
  readonly problem: IdentifierProblem | undefined
}

/** Graphic ASCII and space. Anything else can look like it and be another: homoglyphs, other hyphens, invisible characters. */
const asciiText = /^[\x20-\x7e]*$/
/** Characters that cannot stand in a path, a header or a distinguished name without escaping. */
const unsafe = /["'\\<>/%?#&;,\s]/

/** What nearly every certificate has; everything else is taken apart to say what is wrong with it. */
const usual = /^PSD[A-Z]{2}-[A-Z]{2,8}-[A-Za-z0-9._:-]{1,64}$/

/** The longest number that any authority could mean. */
const longestNumber = 256

/** Countries beside ISO 3166-1: Northern Ireland and Greece for VAT, the LEI's own, and the Union. */
const extraCountries: Readonly<Record<IdentifierScheme, readonly string[]>> = {
  PSD: [],
  VAT: ['EL', 'XI', 'EU'],
  NTR: ['EU'],
  LEI: ['XG'],
  national: ['EU'],
}

/**
 * Reads an organizationIdentifier. Splits at the first two hyphens only: an authorization number may have hyphens and an
 * institution type with a colon of its own. Nothing is trimmed, folded or normalised.
 *
 * @param value - the attribute's text
 * @returns the parts that could be told apart, and the first problem; never throws
 *
 * @example
 * ```ts
 * import { parseOrganizationIdentifier } from 'psd2-toolkit/eidas'
 *
 * const identifier = parseOrganizationIdentifier('PSDFR-ACPR-12345')
 * console.log(identifier.authority, identifier.number, identifier.ncaId) // ACPR 12345 FR-ACPR
 * ```
 */
export function parseOrganizationIdentifier(value: string): OrganizationIdentifier {
  return parseUsual(value) ?? parseParts(value)
}

/** `PSDFR-ACPR-12345`; undefined where it is anything else. */
function parseUsual(value: string): OrganizationIdentifier | undefined {
  if (!usual.test(value)) return undefined
  const country = value.slice(3, 5)
  if (!isCountry(country)) return undefined
  const second = value.indexOf('-', 6)
  const ncaId = value.slice(3, second)
  return {
    value,
    scheme: 'PSD',
    country,
    authority: value.slice(6, second),
    number: value.slice(second + 1),
    ncaId,
    problem: undefined,
  }
}

function parseParts(value: string): OrganizationIdentifier {
  const national = /^[A-Z]{2}:/.test(value)
  const prefix = value.slice(0, 3)
  const scheme: IdentifierScheme | null = national
    ? 'national'
    : prefix === 'PSD' || prefix === 'VAT' || prefix === 'NTR' || prefix === 'LEI'
      ? prefix
      : null
  const first = value.indexOf('-')
  // The EV Guidelines add the subdivision of a register behind its country: NTRDE+BY.
  const subdivision = scheme === 'NTR' ? (/^.{5}(\+[A-Z0-9]{1,3})-/.exec(value)?.[1]?.length ?? 0) : 0
  const country = scheme !== null && first === 5 + subdivision ? value.slice(3, 5) : null
  const second = scheme === 'PSD' && first >= 0 ? value.indexOf('-', first + 1) : -1
  const authority = second < 0 ? null : value.slice(first + 1, second)
  const last = scheme === 'PSD' ? second : first
  const number = scheme === null || last < 0 ? null : value.slice(last + 1)
  const ncaId = country === null || authority === null ? null : `${country}-${authority}`
  const problem = firstProblem(value, scheme, first, country, authority, number)
  return { value, scheme, country, authority, number, ncaId, problem }
}

function firstProblem(
  value: string,
  scheme: IdentifierScheme | null,
  firstHyphen: number,
  country: string | null,
  authority: string | null,
  number: string | null,
): IdentifierProblem | undefined {
  if (!asciiText.test(value)) return 'characters'
  if (scheme === null) return 'scheme'
  if (firstHyphen < 0) return 'hyphen-missing'
  if (country === null || !/^[A-Z]{2}$/.test(country)) return 'country-form'
  if (!isCountry(country) && !extraCountries[scheme].includes(country)) return 'country-unknown'
  if (scheme === 'PSD') {
    if (authority === null) return 'hyphen-missing'
    if (!/^[A-Z]{2,8}$/.test(authority)) return 'authority-form'
  }
  if (number === null || number === '') return 'reference-empty'
  if (number.length > longestNumber || unsafe.test(number)) return 'reference-form'
  if (scheme === 'LEI' && !isLei(number)) return 'reference-form'
  return undefined
}

/** ISO 17442: 18 letters or digits and two check digits, which make the whole 1 modulo 97 (ISO 7064). */
function isLei(text: string): boolean {
  if (!/^[0-9A-Z]{18}[0-9]{2}$/.test(text)) return false
  let remainder = 0
  for (const character of text) {
    const value = Number.parseInt(character, 36)
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97
  }
  return remainder === 1
}
