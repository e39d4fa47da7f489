import type { Measured } from './measure.ts'

/** Rows with their time, and as a multiple of each of the named rows. */
export function printRows(rows: readonly Measured[], units: readonly string[]): void {
  const head = units.map((unit) => `x ${unit}`.padStart(20)).join('')
  console.log(`${''.padEnd(42)}${'us'.padStart(10)}${head}`)
  for (const { name, microseconds } of rows) {
    const ratios = units.map((unit) => {
      const base = rows.find((row) => row.name === unit)?.microseconds ?? Number.NaN
      return (microseconds / base).toFixed(2).padStart(20)
    })
    console.log(name.padEnd(42) + microseconds.toFixed(2).padStart(10) + ratios.join(''))
  }
}
