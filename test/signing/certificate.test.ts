import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkSigningCertificate } from '../../src/signing/certificate-check.ts'
import { parseCertificateHeader } from '../../src/signing/index.ts'
import type { CertificatePolicy } from '../../src/signing/profile.ts'
import { base64, certificate, codeOf, seals } from './support.ts'

const { certificate: own } = seals.rsa
const der = base64(own.bytes)
const lines = der.match(/.{1,64}/g) as string[]
const begin = '-----BEGIN CERTIFICATE-----'
const end = '-----END CERTIFICATE-----'
const pem = [begin, ...lines, end].join('\n')

describe('parseCertificateHeader', () => {
  const readable: Readonly<Record<string, string>> = {
    'DER in base64': der,
    'DER in base64 with spaces around': `  ${der} `,
    'DER in base64 with spaces between': lines.join(' '),
    'PEM in one line with spaces': pem.replaceAll('\n', ' '),
    'PEM in one line without any': pem.replaceAll('\n', ''),
    'PEM with line breaks': `${pem}\n`,
    'PEM with CR and LF': pem.replaceAll('\n', '\r\n'),
    'PEM with \\n as two characters': pem.replaceAll('\n', '\\n'),
    'PEM without BEGIN': [...lines, end].join(' '),
    'PEM without END': [begin, ...lines].join(' '),
    'URL-encoded PEM': encodeURIComponent(pem),
    'URL-encoded base64': encodeURIComponent(der),
  }

  it.each(Object.entries(readable))('reads %s', (_, value) => {
    expect(parseCertificateHeader(value).bytes).toEqual(own.bytes)
  })

  const refused: Readonly<Record<string, readonly [value: string, code: string]>> = {
    'text that is no base64': ['no certificate!', 'CERTIFICATE_HEADER'],
    'base64 of the other alphabet': [der.replaceAll('+', '-').replaceAll('/', '_'), 'CERTIFICATE_HEADER'],
    'a percent sign alone': ['%', 'CERTIFICATE_HEADER'],
    'percent signs that are no UTF-8': ['%ff', 'CERTIFICATE_HEADER'],
    'two certificates in PEM': [`${pem} ${pem}`, 'CERTIFICATE_HEADER'],
    'two certificates in base64': [`${der}, ${der}`, 'CERTIFICATE_HEADER'],
    'two certificates, URL-encoded': [encodeURIComponent(pem + pem), 'CERTIFICATE_HEADER'],
    'other labels': [pem.replaceAll('CERTIFICATE', 'PUBLIC KEY'), 'CERTIFICATE_HEADER'],
    'more characters than any': ['A'.repeat(32_769), 'CERTIFICATE_HEADER'],
    'text beyond Latin-1': ['\u20ac', 'CERTIFICATE_HEADER'],
    'octets that are no certificate': ['junk', 'DER_TAG_UNEXPECTED'],
    'octets after the certificate': [base64(new Uint8Array([...own.bytes, 0, 0, 0])), 'DER_TRAILING_DATA'],
  }

  it.each(Object.entries(refused))('refuses %s', async (_, [value, code]) => {
    expect(await codeOf(() => parseCertificateHeader(value))).toBe(code)
  })

  it('names the header', () => {
    expect(() => parseCertificateHeader('!', 'signature-certificate')).toThrow('headers.signature-certificate')
  })

  it('throws nothing but Psd2Error, whatever the text', async () => {
    const text = fc.oneof(
      fc.uint8Array({ maxLength: 200 }).map((octets) => String.fromCharCode(...octets)),
      fc.base64String({ maxLength: 200 }),
      fc.integer({ min: 0, max: der.length }).map((length) => der.slice(0, length)),
      fc.integer({ min: 0, max: pem.length }).map((length) => encodeURIComponent(pem).slice(0, length)),
    )
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        expect(await codeOf(() => parseCertificateHeader(value))).not.toBe('')
      }),
      { numRuns: 200 },
    )
  })
})

describe('checkSigningCertificate', () => {
  const strict: CertificatePolicy = { required: true, qsealc: true, allowPss: false }
  const rows: readonly (readonly [id: string, policy: Partial<CertificatePolicy>, time: string, code: string])[] = [
    ['qsealc', {}, '2026-06-01T12:00:00Z', 'accepted'],
    ['qsealc', {}, '2026-01-01T00:00:00Z', 'accepted'],
    ['qsealc', {}, '2027-12-31T23:59:59Z', 'accepted'],
    ['qsealc', {}, '2025-12-31T23:59:59Z', 'SIGNING_CERTIFICATE_EXPIRED'],
    ['qsealc', {}, '2028-01-01T00:00:00Z', 'SIGNING_CERTIFICATE_EXPIRED'],
    ['qsealc-expired', {}, '2026-06-01T12:00:00Z', 'SIGNING_CERTIFICATE_EXPIRED'],
    ['qsealc-expired', {}, '2025-11-01T00:00:00Z', 'accepted'],
    ['qwac', {}, '2026-06-01T12:00:00Z', 'SIGNING_CERTIFICATE_KIND'],
    ['qwac', { qsealc: false }, '2026-06-01T12:00:00Z', 'accepted'],
    ['ca-seal', {}, '2026-06-01T12:00:00Z', 'SIGNING_CERTIFICATE_KIND'],
    ['qsealc-missing-qc-statements', { qsealc: false }, '2026-06-01T12:00:00Z', 'accepted'],
    ['qsealc-pss-signature', {}, '2026-06-01T12:00:00Z', 'SIGNING_CERTIFICATE_PSS'],
    ['qsealc-pss-signature', { allowPss: true }, '2026-06-01T12:00:00Z', 'accepted'],
    ['qwac-ps256', { qsealc: false }, '2026-06-01T12:00:00Z', 'SIGNING_CERTIFICATE_PSS'],
    ['qsealc-ed25519', {}, '2026-06-01T12:00:00Z', 'accepted'],
  ]

  it.each(rows)('%s under %o at %s: %s', async (id, policy, time, code) => {
    const check = (): void => checkSigningCertificate(certificate(id), { ...strict, ...policy }, new Date(time))
    expect(await codeOf(check)).toBe(code)
  })
})
