import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { Psd2Error } from '../../src/core/errors.ts'
import { pemFile } from '../corpus/pem-file.ts'
import { seeds } from '../support/build.ts'
import { corpusPath } from '../support/corpus.ts'
import { type Edit, editKinds, mutate, parseTrees } from '../support/mutate.ts'

const asked = Number(process.env.FUZZ_RUNS ?? 0)
if (!Number.isSafeInteger(asked) || asked < 0) throw new TypeError('FUZZ_RUNS must be a count')

/** How often a property is tried: FUZZ_RUNS times, where that is more than usual. */
export function runs(usual: number): { numRuns: number } {
  return { numRuns: Math.max(usual, asked) }
}

/** Milliseconds for a test of so many runs. */
export const timeout = 60_000 + asked * 20

/** Our own seeds, and real certificates where they are at hand. */
export const allSeeds: readonly Uint8Array[] = [...Object.values(seeds), ...realCertificates()]

function realCertificates(): Uint8Array[] {
  const folder = corpusPath('certificates', 'psd2')
  if (folder === undefined) return []
  const files = readdirSync(folder).filter((file) => file.endsWith('.pem'))
  return files.map((file) => pemFile(join(folder, file))).filter((der) => parseTrees(der) !== undefined)
}

const edit: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constantFrom(...editKinds),
  at: fc.nat(),
  other: fc.nat(),
  value: fc.nat(0xffff),
})

/** A seed after one to four changes. */
export const mutant: fc.Arbitrary<Uint8Array> = fc
  .tuple(fc.constantFrom(...allSeeds), fc.array(edit, { minLength: 1, maxLength: 4 }))
  .map(([seed, edits]) => mutate(seed, edits))

/** The value, or the Psd2Error that came in its place. Anything else thrown fails the property. */
export function valueOrRefusal<Value>(read: () => Value): Value | Psd2Error {
  try {
    return read()
  } catch (error) {
    if (error instanceof Psd2Error) return error
    throw error
  }
}

/** Asks for everything that a record has: properties, getters of its class, its text. Gives how many values there were. */
export function readEverything(value: unknown): number {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return 1
  let count = 1
  for (const name of [...Object.keys(value), ...getterNames(value)]) {
    if (name === '__proto__') continue
    count += readEverything((value as Record<string, unknown>)[name])
  }
  String(value)
  return count
}

const known = new Map<object, string[]>()

function getterNames(value: object): string[] {
  const names: string[] = []
  for (
    let type = Object.getPrototypeOf(value);
    type !== null && type !== Object.prototype;
    type = Object.getPrototypeOf(type)
  ) {
    const own =
      known.get(type) ??
      Object.entries(Object.getOwnPropertyDescriptors(type)).flatMap(([name, { get }]) =>
        get === undefined ? [] : [name],
      )
    known.set(type, own)
    names.push(...own)
  }
  return names
}
