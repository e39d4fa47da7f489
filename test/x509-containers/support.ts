import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { Psd2Error } from '../../src/core/errors.ts'
import { type Der, element, encodeOid, explicit, integer, sequence, setOf } from '../../src/der/writer.ts'
import { encodePem, findCertificates } from '../../src/x509/index.ts'
import { seeds } from '../support/build.ts'

/** A seed that strict reading takes. */
function seed(name: string): Der {
  const der = seeds[name]
  if (der === undefined) throw new TypeError(`no seed '${name}'`)
  return der
}

export const qwac = seed('qwac')
export const qsealc = seed('qsealc')
export const authority = seed('ca')

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
export const base64 = (octets: Uint8Array): string => Buffer.from(octets).toString('base64')
export const pem = (octets: Uint8Array, label = 'CERTIFICATE'): string => encodePem(label, base64(octets))

/** An entry in short: hexadecimal digest-free, the place and either `der` or the code. */
export interface Entry {
  readonly place: string
  readonly der?: string
  readonly code?: string
}

/** What is found, each octet string as hexadecimal. */
export function found(input: string | Uint8Array): Entry[] {
  return findCertificates(typeof input === 'string' ? bytesOf(input) : input).map((entry) => {
    if ('der' in entry) return { place: entry.place, der: Buffer.from(entry.der).toString('hex') }
    expect(entry.error).toBeInstanceOf(Psd2Error)
    return { place: entry.place, code: entry.error.code }
  })
}

export function certificateAt(place: string, der: Uint8Array): Entry {
  return { place, der: Buffer.from(der).toString('hex') }
}

/** The only error that an input gives. */
export function onlyError(input: string | Uint8Array): Psd2Error {
  const entries = findCertificates(typeof input === 'string' ? bytesOf(input) : input)
  expect(entries).toHaveLength(1)
  const [entry] = entries
  if (entry === undefined || !('error' in entry)) throw new Error('a certificate was found where an error belongs')
  return entry.error
}

/** The error that a call throws. */
export function thrownBy(call: () => unknown): Psd2Error {
  try {
    call()
  } catch (error) {
    expect(error).toBeInstanceOf(Psd2Error)
    return error as Psd2Error
  }
  throw new Error('nothing was thrown')
}

/** PKCS#7 SignedData without a signer over any elements. */
export function pkcs7(...certificates: readonly Uint8Array[]): Der {
  return sequence(
    encodeOid('1.2.840.113549.1.7.2'),
    explicit(
      0,
      sequence(
        integer(1),
        setOf(),
        sequence(encodeOid('1.2.840.113549.1.7.1')),
        ...(certificates.length === 0 ? [] : [element(0xa0, ...certificates)]),
        setOf(),
      ),
    ),
  )
}

/** A folder of its own with the given files; `run` calls openssl in it. */
export function withOpenssl<T>(
  files: Readonly<Record<string, string | Uint8Array>>,
  use: (run: (...args: string[]) => Uint8Array) => T,
): T {
  const folder = mkdtempSync(join(tmpdir(), 'psd2-containers-'))
  try {
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
    return use((...args) => {
      const { status, stdout, stderr } = spawnSync('openssl', args, { cwd: folder })
      if (status !== 0) throw new Error(`openssl ${args.join(' ')}: ${stderr}`)
      return new Uint8Array(stdout)
    })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** The shortest of three runs, in milliseconds: what else the machine does only makes one longer. */
function shortest(run: () => unknown): number {
  return Math.min(
    ...[1, 2, 3].map(() => {
      const start = performance.now()
      run()
      return performance.now() - start
    }),
  )
}

/**
 * Four times the input must take about four times the work. Quadratic work takes sixteen times as long, which is far
 * enough from the ten allowed here; what takes next to no time is not compared.
 */
export function expectLinear<T>(size: number, make: (size: number) => T, read: (input: T) => unknown): void {
  const small = make(size)
  const large = make(4 * size)
  const first = shortest(() => read(small))
  // Work that has got out of hand must not hold up the others: one run of the large input tells.
  const start = performance.now()
  read(large)
  const second = performance.now() - start
  const allowed = 10 * first + 100
  if (second > allowed) expect(shortest(() => read(large))).toBeLessThan(allowed)
}
