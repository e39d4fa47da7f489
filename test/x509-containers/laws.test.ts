import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Psd2Error } from '../../src/core/errors.ts'
import { decodePem, encodePem, findCertificates, parseCertificate } from '../../src/x509/index.ts'
import { authority, base64, bytesOf, pem, pkcs7, qsealc, qwac } from './support.ts'

const samples = [
  qwac,
  bytesOf(pem(qwac) + pem(authority)),
  bytesOf(base64(qwac)),
  pkcs7(qwac, qsealc),
  bytesOf(pem(pkcs7(qwac), 'PKCS7')),
  bytesOf(JSON.stringify({ keys: [{ x5c: [base64(qwac), base64(authority)] }] })),
  bytesOf(`-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n${pem(qwac)}`),
]

const noise = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.string({ unit: 'binary', maxLength: 300 }).map(bytesOf),
  fc.json().map(bytesOf),
)

/** Pieces that mean something, in any order. */
const pieces = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '-----BEGIN CERTIFICATE-----',
        '-----END CERTIFICATE-----',
        '-----BEGIN ',
        '-----END ',
        '-----',
        'PRIVATE KEY',
        'PKCS7',
        'constructor',
        '__proto__',
        '\n',
        '\r\n',
        ' ',
        'AAAA',
        'MIIB',
        'AQ==',
        '{',
        '[',
        '"x5c":',
        '"keys":',
        '0',
        '0\u0002',
        '0\u0006',
        '\u0000',
      ),
      fc.string({ maxLength: 8 }),
    ),
    { maxLength: 24 },
  )
  .map((parts) => bytesOf(parts.join('')))

/** A sample with some octets changed, cut out or put in. */
const damaged = fc
  .tuple(
    fc.constantFrom(...samples),
    fc.array(fc.tuple(fc.nat(), fc.nat(255), fc.constantFrom('set', 'cut', 'put')), { minLength: 1, maxLength: 6 }),
  )
  .map(([sample, changes]) => {
    const octets = [...sample]
    for (const [where, value, how] of changes) {
      const at = where % (octets.length + 1)
      if (how === 'cut') octets.splice(at, value)
      else octets.splice(at, how === 'set' ? 1 : 0, value)
    }
    return Uint8Array.from(octets)
  })

const anything = fc.oneof(noise, pieces, damaged)

describe('findCertificates', () => {
  it('gives at least one entry for any octets, and throws nothing', () => {
    fc.assert(
      fc.property(anything, (octets) => {
        const before = octets.slice()
        const entries = findCertificates(octets)
        expect(entries.length).toBeGreaterThan(0)
        for (const entry of entries) {
          expect(typeof entry.place).toBe('string')
          if ('error' in entry) {
            expect(entry.error).toBeInstanceOf(Psd2Error)
            expect(entry.error.code).toMatch(/^[A-Z0-9]+(?:_[A-Z0-9]+)+$/)
            expect(entry.error.mend).toBeTruthy()
          } else expect(entry.der).toBeInstanceOf(Uint8Array)
        }
        expect(octets).toEqual(before)
      }),
      { numRuns: 3000 },
    )
  })

  it('finds nothing that the reader does not answer with a certificate or a Psd2Error', () => {
    fc.assert(
      fc.property(damaged, (octets) => {
        for (const entry of findCertificates(octets)) {
          if ('error' in entry) continue
          try {
            parseCertificate(entry.der, { mode: 'tolerant' })
          } catch (error) {
            expect(error).toBeInstanceOf(Psd2Error)
          }
        }
      }),
      { numRuns: 500 },
    )
  })

  it('finds a certificate in a bundle whatever text stands around it', () => {
    const text = fc.string({ unit: fc.constantFrom(...'ab 0M{["-:=\n\r\t\u00e9'), maxLength: 40 })
    fc.assert(
      fc.property(text, text, (before, after) => {
        // Dashes of the text must not run into those of the block.
        const whole = bytesOf(`${before.replaceAll('-----', '')}\n${pem(qwac)}${after}`)
        const ders = findCertificates(whole).flatMap((entry) => ('der' in entry ? [base64(entry.der)] : []))
        expect(ders).toContain(base64(qwac))
      }),
      { numRuns: 1000 },
    )
  })
})

describe('decodePem', () => {
  it('reads what encodePem writes, whatever octets and label', () => {
    const label = fc.string({ unit: fc.constantFrom(...'ABC XYZ019#'), maxLength: 64 })
    fc.assert(
      fc.property(
        fc.array(fc.tuple(label, fc.uint8Array({ minLength: 1, maxLength: 200 })), { minLength: 1 }),
        (blocks) => {
          const text = blocks.map(([name, octets]) => encodePem(name, base64(octets))).join('')
          expect(decodePem(text).map(({ label: name, bytes }) => [name, bytes])).toEqual(blocks)
        },
      ),
    )
  })

  it('throws nothing but a Psd2Error, and gives at least one block otherwise', () => {
    fc.assert(
      fc.property(anything, (octets) => {
        try {
          expect(decodePem(octets).length).toBeGreaterThan(0)
        } catch (error) {
          expect(error).toBeInstanceOf(Psd2Error)
        }
      }),
      { numRuns: 2000 },
    )
  })

  it('reads text and its octets alike', () => {
    fc.assert(
      fc.property(pieces, (octets) => {
        const outcome = (input: string | Uint8Array): unknown => {
          try {
            return decodePem(input).map(({ label, bytes }) => [label, base64(bytes)])
          } catch (error) {
            return (error as Psd2Error).code
          }
        }
        expect(outcome(Buffer.from(octets).toString())).toEqual(outcome(octets))
      }),
    )
  })
})
