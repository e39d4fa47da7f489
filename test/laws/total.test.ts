import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Psd2Error } from '../../src/core/errors.ts'
import {
  certificateKind,
  parseOrganizationIdentifier,
  psd2Attributes,
  psd2Remarks,
  qcStatements,
} from '../../src/eidas/index.ts'
import { Certificate, parseCertificate } from '../../src/x509/index.ts'
import { hex, seeds } from '../support/build.ts'
import { allSeeds, mutant, readEverything, runs, timeout, valueOrRefusal } from './support.ts'

const modes = ['strict', 'tolerant'] as const

/** Reads octets in both modes, and all that the toolkit says of them. */
function readFully(der: Uint8Array): void {
  for (const mode of modes) {
    const certificate = valueOrRefusal(() => parseCertificate(der, { mode }))
    if (certificate instanceof Psd2Error) {
      expect(certificate.offset).toBeLessThanOrEqual(der.length)
      expect(certificate.citation).toBeDefined()
      continue
    }
    expect(certificate).toBeInstanceOf(Certificate)
    expect(readEverything(certificate)).toBeGreaterThan(50)
    for (const part of modes) {
      readEverything(valueOrRefusal(() => qcStatements(certificate, { mode: part })))
      const attributes = valueOrRefusal(() => psd2Attributes(certificate, { mode: part }))
      readEverything(attributes)
      const verdict = valueOrRefusal(() => certificateKind(certificate))
      if (attributes instanceof Psd2Error || verdict instanceof Psd2Error) continue
      readEverything(psd2Remarks(certificate, attributes, verdict.kind))
    }
  }
}

describe('whatever the octets, reading ends in a certificate or a Psd2Error', () => {
  it.each(Object.entries(seeds))('the seed %s', (_, der) => {
    readFully(der)
  })

  it('any octets', { timeout }, () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), readFully), runs(2000))
  })

  it('any octets behind the header of a certificate', { timeout }, () => {
    const header = [hex('3082 00c8'), hex('3081 c8 3081 c5 a003020102 020101'), hex('30 64 30 62 a003020102')]
    const octets = fc.tuple(fc.constantFrom(...header), fc.uint8Array({ minLength: 200, maxLength: 220 }))
    fc.assert(
      fc.property(octets, ([start, rest]) => readFully(new Uint8Array([...start, ...rest]))),
      runs(1000),
    )
  })

  it('a certificate after some changes', { timeout }, () => {
    fc.assert(fc.property(mutant, readFully), runs(6000))
  })

  it('every octet of a certificate changed, one at a time', { timeout }, () => {
    for (const der of [seeds.ec, seeds.odd, seeds.qsealc] as Uint8Array[]) {
      for (let i = 0; i < der.length; i++) readFully(der.with(i, (der[i] as number) ^ (1 << (i & 7))))
    }
  })

  it('every beginning of a certificate', { timeout }, () => {
    const der = seeds.qwac as Uint8Array
    for (let i = 0; i < der.length; i++) {
      expect(valueOrRefusal(() => parseCertificate(der.subarray(0, i)))).toBeInstanceOf(Psd2Error)
    }
  })

  it('any organizationIdentifier', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.stringMatching(/^(PSD|VAT|[A-Z]{2}:)[A-Z]{0,3}-?[A-Z]{0,9}-?.{0,9}$/),
    )
    fc.assert(
      fc.property(text, (value) => {
        const { problem, ...parts } = parseOrganizationIdentifier(value)
        expect(parts.value).toBe(value)
        if (problem !== undefined) return
        const scheme = parts.scheme === 'national' ? value.slice(0, 3) : parts.scheme
        const authority = parts.authority === null ? '' : `${parts.authority}-`
        expect(`${scheme}${parts.country}-${authority}${parts.number}`).toBe(value)
      }),
      runs(2000),
    )
  })

  it('has real certificates among its seeds, or says so', () => {
    if (allSeeds.length === Object.keys(seeds).length)
      process.stderr.write('laws: no real certificates (PSD2_CORPUS not found)\n')
    expect(allSeeds.length).toBeGreaterThanOrEqual(Object.keys(seeds).length)
  })
})
