import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concatBytes } from '../../src/core/bytes.ts'
import { Psd2Error } from '../../src/core/errors.ts'
import { element } from '../../src/der/writer.ts'
import { psd2Attributes, qcStatements } from '../../src/eidas/index.ts'
import { type Certificate, parseCertificate } from '../../src/x509/index.ts'
import { hex, seeds } from '../support/build.ts'
import { berVariants } from '../support/mutate.ts'
import { allSeeds, mutant, runs, timeout, valueOrRefusal } from './support.ts'

/**
 * Octets read as BER with definite or indefinite lengths and written as DER lengths: what any two encodings of one tree
 * have in common.
 */
function rewrite(bytes: Uint8Array): Uint8Array {
  const [whole, end] = rewriteElement(bytes, 0)
  if (end !== bytes.length) throw new Error('octets are left over')
  return whole
}

function rewriteElement(bytes: Uint8Array, start: number): [Uint8Array, number] {
  const tag = bytes[start] as number
  const first = bytes[start + 1] as number
  let at = start + 2
  let length = first
  if (first >= 0x80) {
    length = 0
    for (let i = 0; i < (first & 0x7f); i++) length = length * 256 + (bytes[at++] as number)
  }
  if ((tag & 0x20) === 0) return [element(tag, bytes.subarray(at, at + length)), at + length]
  const indefinite = first === 0x80
  const end = at + length
  const parts: Uint8Array[] = []
  while (indefinite ? bytes[at] !== 0 : at < end) {
    const [part, next] = rewriteElement(bytes, at)
    parts.push(part)
    at = next
  }
  return [element(tag, ...parts), indefinite ? at + 2 : at]
}

const strict = (der: Uint8Array): Certificate | undefined => {
  const read = valueOrRefusal(() => parseCertificate(der))
  return read instanceof Psd2Error ? undefined : read
}

const sha256 = (octets: Uint8Array) => createHash('sha256').update(octets).digest('hex')

describe('what strict reading accepts has one encoding', () => {
  it('is the same octets when it is written anew, element by element', { timeout }, () => {
    let accepted = 0
    const same = (der: Uint8Array) => {
      const certificate = strict(der)
      if (certificate === undefined) return
      accepted++
      expect(Buffer.compare(rewrite(der), der)).toBe(0)
      for (const { value } of certificate.extensions) expect(Buffer.compare(rewrite(value), value)).toBe(0)
    }
    for (const seed of allSeeds) same(seed)
    fc.assert(fc.property(mutant, same), runs(6000))
    expect(accepted).toBeGreaterThan(100)
  })

  it.each(Object.entries(seeds))('is no other BER encoding of the seed %s', (_, seed) => {
    const variants = berVariants(seed)
    expect(variants.length).toBeGreaterThan(50)
    const accepted = variants.filter(({ bytes }) => {
      const certificate = strict(bytes)
      return certificate !== undefined && !(valueOrRefusal(() => qcStatements(certificate)) instanceof Psd2Error)
    })
    expect(accepted.map(({ what }) => what)).toEqual([])
  })

  it('shows by a walk of its own that other encodings are of the same tree', () => {
    expect(rewrite(hex('30 80 04 81 01 5a a0 00 00 00'))).toEqual(hex('30 05 04 01 5a a0 00'))
    const seed = seeds.plain as Uint8Array
    const variants = berVariants(seed).filter(({ what }) => /^(length|indefinite)/.test(what))
    const same = variants.filter(({ bytes }) => Buffer.compare(rewrite(bytes), seed) === 0)
    // The walk does not look into strings of bits and octets.
    expect(same.length).toBeGreaterThan(variants.length / 2)
  })

  it('is not followed by anything', () => {
    const tail = fc.tuple(fc.constantFrom(...Object.values(seeds)), fc.uint8Array({ minLength: 1, maxLength: 4 }))
    fc.assert(
      fc.property(tail, ([seed, octets]) => {
        expect(strict(concatBytes(seed, octets))).toBeUndefined()
      }),
      runs(200),
    )
  })

  it('has another SHA-256 where its names, its identifier or its roles are others', { timeout }, () => {
    const content = (certificate: Certificate) => {
      const attributes = valueOrRefusal(() => psd2Attributes(certificate))
      const psd2 =
        attributes instanceof Psd2Error ? attributes.code : [attributes.organizationIdentifier, attributes.roles]
      return JSON.stringify([String(certificate.subject), String(certificate.issuer), psd2])
    }
    const seen = new Map<string, string>()
    const place = fc.tuple(fc.constantFrom(...allSeeds), fc.nat(), fc.integer({ min: 1, max: 255 }))
    fc.assert(
      fc.property(place, ([seed, at, change]) => {
        const index = at % seed.length
        const certificate = strict(seed.with(index, (seed[index] as number) ^ change))
        if (certificate === undefined) return
        const hash = sha256(certificate.bytes)
        const text = content(certificate)
        expect(seen.get(hash) ?? text).toBe(text)
        seen.set(hash, text)
        expect(hash).not.toBe(sha256(seed))
      }),
      runs(4000),
    )
    expect(seen.size).toBeGreaterThan(50)
  })
})
