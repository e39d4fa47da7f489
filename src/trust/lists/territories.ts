/**
 * Territories of EU trusted lists: the Member States and the EEA, and the United Kingdom, whose last lists still tell its
 * history. Written as the lists of lists write them, which for two of them is not ISO 3166-1.
 */
const territories: ReadonlySet<string> = new Set(
  'AT BE BG CY CZ DE DK EE EL ES FI FR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK UK'.split(' '),
)

const byCountry: Readonly<Record<string, string | undefined>> = Object.freeze({
  __proto__: null as never,
  GR: 'EL',
  GB: 'UK',
})

/** True for a territory that an EU national list can be of. */
export function isTerritory(code: string): boolean {
  return territories.has(code)
}

/**
 * The territory of the list where a country of ISO 3166-1 keeps its services: `EL` for `GR`, `UK` for `GB`, else the same
 * letters; undefined where there is none.
 */
export function territoryOfCountry(country: string): string | undefined {
  const territory = byCountry[country] ?? country
  return territories.has(territory) && country !== 'EL' && country !== 'UK' ? territory : undefined
}
