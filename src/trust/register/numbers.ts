/**
 * Authorization numbers are written in several ways: `C 102960` and `C102960`, `0111027-9` and `01110279`. Without blanks,
 * hyphens, dots and leading zeros they compare. Empty where nothing is left.
 */
export function looseNumber(number: string): string {
  // Nearly all numbers are written so already.
  if (/^[1-9A-Z][0-9A-Z]*$/.test(number)) return number
  return number
    .replace(/[\s.-]+/g, '')
    .replace(/^0+/, '')
    .toUpperCase()
}

/** The number in an EntityCode: `IE_CBI!C58301` has C58301. Some codes lack the `!` and repeat the country. */
export function numberOfCode(code: string, owner: string): string {
  const mark = code.lastIndexOf('!')
  if (mark >= 0) return code.slice(mark + 1)
  const country = owner.slice(0, 2)
  for (const prefix of [`${country}_${owner}_`, `${owner}_`])
    if (code.startsWith(prefix)) return code.slice(prefix.length)
  return code
}
