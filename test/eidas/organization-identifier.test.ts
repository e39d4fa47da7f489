import { describe, expect, it } from 'vitest'
import { isCountry } from '../../src/eidas/countries.ts'
import { type IdentifierProblem, parseOrganizationIdentifier } from '../../src/eidas/organization-identifier.ts'

/** A value with scheme, country, authority and number. */
type Good = readonly [value: string, scheme: string, country: string, authority: string | null, number: string]

describe('parseOrganizationIdentifier', () => {
  it.each<Good>([
    ['PSDFR-ACPR-12345', 'PSD', 'FR', 'ACPR', '12345'],
    ['PSDDE-BAFIN-125314', 'PSD', 'DE', 'BAFIN', '125314'],
    ['PSDEE-FI-1', 'PSD', 'EE', 'FI', '1'],
    ['PSDPL-ABCDEFGH-1', 'PSD', 'PL', 'ABCDEFGH', '1'],
    // Only the first two hyphens divide; the number may have some, and an institution type with a colon.
    ['PSDES-BDE-3DFD-2-1', 'PSD', 'ES', 'BDE', '3DFD-2-1'],
    ['PSDFI-FINFSA-1234567-8', 'PSD', 'FI', 'FINFSA', '1234567-8'],
    ['PSDFR-ACPR-CI:12345', 'PSD', 'FR', 'ACPR', 'CI:12345'],
    ['PSDFR-ACPR--', 'PSD', 'FR', 'ACPR', '-'],
    ['PSDGB-FCA-unknown0015800001HQQrZAAX', 'PSD', 'GB', 'FCA', 'unknown0015800001HQQrZAAX'],
    [`PSDFR-ACPR-${'1'.repeat(256)}`, 'PSD', 'FR', 'ACPR', '1'.repeat(256)],
    ['VATDE-123456789', 'VAT', 'DE', null, '123456789'],
    ['VATEL-123456789', 'VAT', 'EL', null, '123456789'],
    ['VATXI-123456789', 'VAT', 'XI', null, '123456789'],
    ['VATHU-10197879-4-44', 'VAT', 'HU', null, '10197879-4-44'],
    ['NTRGB-12345678', 'NTR', 'GB', null, '12345678'],
    ['NTRDE-HRB 74346', 'NTR', 'DE', null, 'HRB 74346'],
    ['NTRDE+BY-HRB1', 'NTR', 'DE', null, 'HRB1'],
    ['NTRUS+123-A-B', 'NTR', 'US', null, 'A-B'],
    ['LEIXG-529900T8BM49AURSDO55', 'LEI', 'XG', null, '529900T8BM49AURSDO55'],
    ['LEIFR-969500T3MBS4SQAMHJ98', 'LEI', 'FR', null, '969500T3MBS4SQAMHJ98'],
    ['EI:SE-5567971433', 'national', 'SE', null, '5567971433'],
    ['BN:EU-12', 'national', 'EU', null, '12'],
  ])('reads %s', (value, scheme, country, authority, number) => {
    const ncaId = authority === null ? null : `${country}-${authority}`
    const { problem, ...parts } = parseOrganizationIdentifier(value)
    expect(parts).toEqual({ value, scheme, country, authority, number, ncaId })
    // A space is in real register numbers, but has no place in a path.
    expect(problem).toBe(value.includes(' ') ? 'reference-form' : undefined)
  })

  it.each<[string, string, IdentifierProblem]>([
    ['nothing', '', 'scheme'],
    ['a bare number', '12345987', 'scheme'],
    ['nCAId in its place', 'GR-BOG-800000005', 'scheme'],
    ['an unknown scheme', 'PASFR-12345', 'scheme'],
    ['scheme letters in lower case', 'psdfr-acpr-12345', 'scheme'],
    ['one of the letters in lower case', 'PsDFR-ACPR-12345', 'scheme'],
    ['a space before', ' PSDFR-ACPR-12345', 'scheme'],
    ['NUL and more behind it', 'PSDFR-ACPR-12345\0-evil', 'characters'],
    ['a line feed behind it', 'PSDFR-ACPR-12345\n', 'characters'],
    ['DEL', 'PSDFR-ACPR-1\x7f', 'characters'],
    ['Cyrillic А', 'PSDFR-\u0410CPR-12345', 'characters'],
    ['Greek Ρ', 'PSDFR-AC\u03a1R-12345', 'characters'],
    ['fullwidth A', 'PSDFR-\uff21CPR-12345', 'characters'],
    ['fullwidth hyphen', 'PSDFR\uff0dACPR-12345', 'characters'],
    ['U+2010', 'PSDFR\u2010ACPR\u201012345', 'characters'],
    ['U+2011', 'PSDFR-ACPR\u201112345', 'characters'],
    ['U+2212', 'PSDFR\u2212ACPR-12345', 'characters'],
    ['a soft hyphen', 'PSDFR-AC\u00adPR-12345', 'characters'],
    ['a zero-width space', 'PSDFR-ACPR-\u200b12345', 'characters'],
    ['a right-to-left override', 'PSDFR-ACPR-\u202e54321', 'characters'],
    ['a combining mark', 'PSDFR-ACPR\u0301-12345', 'characters'],
    ['a byte order mark', '\ufeffPSDFR-ACPR-12345', 'characters'],
    ['other digits', 'PSDFR-ACPR-\u0661', 'characters'],
    ['no hyphen', 'PSDFRACPR12345', 'hyphen-missing'],
    ['one hyphen', 'PSDFR-ACPR12345', 'hyphen-missing'],
    ['no number and no hyphen before it', 'PSDFR-ACPR', 'hyphen-missing'],
    ['a country in lower case', 'PSDfr-ACPR-12345', 'country-form'],
    ['a country of three letters', 'PSDFIN-FINFSA-1234567-8', 'country-form'],
    ['no country', 'PSD-ACPR-12345', 'country-form'],
    ['a country with a digit', 'PSDF1-ACPR-12345', 'country-form'],
    ['a state behind the country', 'VATUS+PA-1111111111111', 'country-form'],
    ['a subdivision of four', 'NTRUS+ABCD-1', 'country-form'],
    ['an empty subdivision', 'NTRUS+-1', 'country-form'],
    ['a subdivision of a PSD identifier', 'PSDDE+BY-BAFIN-1', 'country-form'],
    ['a space in the country', 'PSDF -ACPR-1', 'country-form'],
    ['XX', 'PSDXX-ACPR-12345', 'country-unknown'],
    ['UK', 'PSDUK-FCA-12345', 'country-unknown'],
    ['EL', 'PSDEL-BOG-12345', 'country-unknown'],
    ['EU for a national authority', 'PSDEU-EBA-1', 'country-unknown'],
    ['XG outside LEI', 'VATXG-1', 'country-unknown'],
    ['an authority of one letter', 'PSDFR-A-12345', 'authority-form'],
    ['an authority of nine letters', 'PSDFR-ABCDEFGHI-12345', 'authority-form'],
    ['an authority in lower case', 'PSDFR-acpr-12345', 'authority-form'],
    ['an authority with a digit', 'PSDFR-ACP1-12345', 'authority-form'],
    ['an empty authority', 'PSDFR--12345', 'authority-form'],
    ['a space in the authority', 'PSDFR-ACPR -12345', 'authority-form'],
    ['an empty number', 'PSDFR-ACPR-', 'reference-empty'],
    ['an empty VAT number', 'VATFR-', 'reference-empty'],
    ['a number of 257 characters', `PSDFR-ACPR-${'1'.repeat(257)}`, 'reference-form'],
    ['a slash', 'PSDFR-ACPR-12/45', 'reference-form'],
    ['a backslash', 'PSDFR-ACPR-12\\45', 'reference-form'],
    ['a quote', 'PSDFR-ACPR-12"45', 'reference-form'],
    ['an apostrophe', "PSDFR-ACPR-12'45", 'reference-form'],
    ['a comma', 'PSDFR-ACPR-12,45', 'reference-form'],
    ['a semicolon', 'PSDFR-ACPR-12;45', 'reference-form'],
    ['an escaped slash', 'PSDFR-ACPR-%2F', 'reference-form'],
    ['a query', 'PSDFR-ACPR-1?x', 'reference-form'],
    ['a fragment', 'PSDFR-ACPR-1#x', 'reference-form'],
    ['an ampersand', 'PSDFR-ACPR-1&x', 'reference-form'],
    ['a tag', 'PSDFR-ACPR-<x>', 'reference-form'],
    ['a space behind', 'PSDFR-ACPR-12345 ', 'reference-form'],
    ['a space inside', 'PSDFR-ACPR-12 345', 'reference-form'],
    ['LEI with wrong check digits', 'LEIXG-529900T8BM49AURSDO56', 'reference-form'],
    ['LEI too short', 'LEIXG-529900T8BM49AURSDO5', 'reference-form'],
    ['LEI in lower case', 'LEIXG-529900t8bm49aursdo55', 'reference-form'],
    ['LEI with letters for check digits', 'LEIXG-529900T8BM49AURSDOAA', 'reference-form'],
    ['a national scheme of one letter', 'E:SE-1', 'scheme'],
    ['a national scheme without a country', 'EI:-1', 'country-form'],
  ])('says what is wrong with %s', (_, value, problem) => {
    const identifier = parseOrganizationIdentifier(value)
    expect(identifier.problem).toBe(problem)
    expect(identifier.value).toBe(value)
  })

  it('gives what it could tell apart, also where something is wrong', () => {
    expect(parseOrganizationIdentifier('PSDFR-acpr-1/2')).toMatchObject({
      authority: 'acpr',
      number: '1/2',
      ncaId: 'FR-acpr',
    })
    expect(parseOrganizationIdentifier('PSDFR-ACPR')).toMatchObject({
      country: 'FR',
      authority: null,
      number: null,
      ncaId: null,
    })
    expect(parseOrganizationIdentifier('12345987')).toMatchObject({ scheme: null, country: null, number: null })
  })
})

describe('isCountry', () => {
  it.each(['FR', 'DE', 'GR', 'GB', 'ZW', 'AD'])('knows %s', (code) => {
    expect(isCountry(code)).toBe(true)
  })
  it.each(['fr', 'EL', 'UK', 'XX', 'EU', 'F', 'FRA', '', 'AD '])('does not know %j', (code) => {
    expect(isCountry(code)).toBe(false)
  })
})
