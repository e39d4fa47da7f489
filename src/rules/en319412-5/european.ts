/** Members of the Union and the other states of the EEA, ISO 3166-1. */
const members = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK IS LI NO'

const codes: ReadonlySet<string> = new Set(members.split(' '))

export function isEuropean(country: string): boolean {
  return codes.has(country)
}
