import { execFileSync, spawnSync } from 'node:child_process'
import { createHash, X509Certificate } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as asn1js from 'asn1js'
import fc from 'fast-check'
import { afterAll, describe, expect, it, type TestContext } from 'vitest'
import { Psd2Error } from '../../src/core/errors.ts'
import { Tag } from '../../src/der/index.ts'
import { element } from '../../src/der/writer.ts'
import { type Certificate, parseCertificate } from '../../src/x509/index.ts'
import { certificate, filler, nameOf, seeds } from '../support/build.ts'
import { allSeeds, mutant, runs, timeout, valueOrRefusal } from './support.ts'

/** Certificates that strict reading accepts and OpenSSL does not, each for a reason that is OpenSSL's own. */
const exceptions: readonly { readonly reason: string; readonly holds: (certificate: Certificate) => boolean }[] = [
  {
    reason: 'OpenSSL takes a VisibleString for no attribute of a name',
    holds: (certificate) => attributesOf(certificate).some(({ tag }) => tag === Tag.VISIBLE_STRING),
  },
  {
    reason:
      'OpenSSL takes strings and SEQUENCE for attributes that it does not know: no number, no time, no other class',
    holds: (certificate) =>
      attributesOf(certificate).some(({ tag, value }) => {
        const [first = 0] = value
        return tag === 0 && first !== Tag.SEQUENCE && first !== Tag.BIT_STRING
      }),
  },
]

const attributesOf = ({ subject, issuer }: Certificate) => [...subject.attributes, ...issuer.attributes]

/** The certificate as node:crypto has it; undefined where it cannot read it, for a reason that is known. */
function oracle(certificate: Certificate): X509Certificate | undefined {
  try {
    return new X509Certificate(certificate.bytes)
  } catch (error) {
    if (exceptions.some(({ holds }) => holds(certificate))) return undefined
    throw error
  }
}

const hex = (octets: Uint8Array) => Buffer.from(octets).toString('hex')

/** What asn1js says of a text in a value of an attribute that nobody knows: it looks at it, and we look at the encoding alone. */
const badWideText =
  /^(BMPString value length must be a multiple of 2|UniversalString value length must be a multiple of 4)$/

/** The octets of issuer and subject, as asn1js cuts them out; undefined where it reads no certificate for the reason above. */
function names(certificate: Certificate): { issuer: string; subject: string } | undefined {
  const { offset, result } = asn1js.fromBER(Uint8Array.from(certificate.bytes))
  if (badWideText.test(result.error) && attributesOf(certificate).some(({ tag }) => tag === 0)) return undefined
  expect(offset, result.error).toBe(certificate.bytes.length)
  const [tbs] = (result as asn1js.Sequence).valueBlock.value
  const fields = (tbs as asn1js.Sequence).valueBlock.value
  const issuer = fields[0]?.idBlock.tagClass === 3 ? 3 : 2
  const octets = (field: asn1js.AsnType | undefined) =>
    hex(new Uint8Array((field as asn1js.Sequence).valueBeforeDecodeView))
  return { issuer: octets(fields[issuer]), subject: octets(fields[issuer + 2]) }
}

/** Asserts that both oracles read what we read; false where OpenSSL does not read it, for a reason that is known. */
function agrees(certificate: Certificate): boolean {
  const der = certificate.bytes
  const other = oracle(certificate)
  if (other === undefined) return false
  // OpenSSL writes what it read anew: the same octets show that there is only one encoding.
  expect(Buffer.compare(other.raw, der)).toBe(0)
  const digest = createHash('sha256').update(der).digest('hex').toUpperCase()
  expect(other.fingerprint256.replaceAll(':', '')).toBe(digest)
  const serial = certificate.serialNumber
  const digits = (serial < 0n ? -serial : serial).toString(16).toUpperCase()
  expect(other.serialNumber.replace(/^(-?)0+(?=.)/, '$1')).toBe(`${serial < 0n ? '-' : ''}${digits}`)
  expect(new Date(other.validFrom).getTime()).toBe(certificate.validity.notBefore.getTime())
  expect(new Date(other.validTo).getTime()).toBe(certificate.validity.notAfter.getTime())
  const cut = names(certificate)
  if (cut !== undefined) expect(cut).toEqual({ issuer: certificate.issuer.hex, subject: certificate.subject.hex })
  return cut !== undefined
}

const accepted: Certificate[] = []

describe('what strict reading accepts', () => {
  it.each(Object.entries(seeds))('node:crypto and asn1js read alike: the seed %s', (_, seed) => {
    expect(agrees(parseCertificate(seed))).toBe(true)
  })

  it.each([
    [Tag.BMP_STRING, 3],
    [Tag.UNIVERSAL_STRING, 7],
  ])('asn1js alone minds a text of type %i and %i octets where the attribute is not known', (type, length) => {
    const value = element(Tag.SEQUENCE, element(type, filler(length)))
    expect(agrees(parseCertificate(certificate({ subject: nameOf(['0.0.3.5', value]) })))).toBe(false)
  })

  it('node:crypto and asn1js read alike', { timeout }, () => {
    const check = (der: Uint8Array) => {
      const certificate = valueOrRefusal(() => parseCertificate(der))
      if (certificate instanceof Psd2Error) return
      if (agrees(certificate)) accepted.push(certificate)
    }
    for (const seed of allSeeds) check(seed)
    fc.assert(fc.property(mutant, check), runs(4000))
    expect(accepted.length).toBeGreaterThan(100)
  })
})

/** Skips where openssl is not installed, and says so: a skip must not look like a pass. */
function requireOpenssl(test: TestContext): void {
  if (spawnSync('openssl', ['version']).error === undefined) return
  process.stderr.write(`skipped: openssl is not installed (${test.task.name})\n`)
  test.skip()
}

describe('openssl', () => {
  const folder = mkdtempSync(join(tmpdir(), 'psd2-laws-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  it('reads each seed', (test) => {
    requireOpenssl(test)
    for (const seed of Object.values(seeds)) {
      execFileSync('openssl', ['x509', '-inform', 'DER', '-noout'], { input: seed, stdio: ['pipe', 'pipe', 'pipe'] })
    }
  })

  it('reads what strict reading accepted above, all of it', (test) => {
    requireOpenssl(test)
    const some = accepted.slice(0, 500)
    const file = join(folder, 'accepted.pem')
    const pem = some.map(({ bytes }) => {
      const lines =
        Buffer.from(bytes)
          .toString('base64')
          .match(/.{1,64}/g) ?? []
      return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n')
    })
    writeFileSync(file, pem.join(''))
    const { stdout, stderr } = spawnSync('openssl', ['storeutl', '-noout', '-certs', file], {
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    })
    expect(`${stdout}${stderr}`).toContain(`Total found: ${some.length}`)
  })
})
