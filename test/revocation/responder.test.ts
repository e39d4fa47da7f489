import { describe, expect, it } from 'vitest'
import { concatBytes } from '../../src/core/bytes.ts'
import { explicit, nullValue, sequence } from '../../src/der/writer.ts'
import { type ExtensionContent, encodeExtension } from '../../src/issuance/extensions.ts'
import { createOcspResponder } from '../../src/issuance/index.ts'
import { signCertificate } from '../../src/issuance/structure.ts'
import { checkRevocation, createRevocationChecker } from '../../src/trust/index.ts'
import { parseCertificate } from '../../src/x509/index.ts'
import { at, authority, crl, later, leaf, ocsp, webCa } from './support.ts'

const made = await createOcspResponder({ issuer: authority.webCa, notBefore: later(-3), notAfter: later(3) })
const { publicKey } = parseCertificate(made.certificate)

const purpose: ExtensionContent = {
  oid: '2.5.29.37',
  critical: false,
  value: encodeExtension.extendedKeyUsage(['1.3.6.1.5.5.7.3.9']),
}
const noCheck: ExtensionContent = { oid: '1.3.6.1.5.5.7.48.1.5', critical: false, value: nullValue() }

/** A certificate over the key of the responder, with just these extensions. */
async function responderWith(...extensions: ExtensionContent[]) {
  const certificate = await signCertificate(
    {
      serialNumber: 5n,
      issuer: Uint8Array.from(webCa.subject.value),
      notBefore: later(-3),
      notAfter: later(3),
      subject: Uint8Array.from(leaf.subject.value),
      publicKey: Uint8Array.from(publicKey.value),
      extensions,
    },
    { key: authority.webCa.privateKey, scheme: 'ES256' },
    globalThis.crypto,
  )
  return { certificate, privateKey: made.privateKey }
}

const ask = async (bytes: Uint8Array) =>
  (await checkRevocation({ certificate: leaf, issuer: webCa, at, ocspResponses: [bytes] })).code

describe('the certificate of a responder', () => {
  it.each([
    ['without keyUsage', [purpose, noCheck], 'REVOCATION_OCSP_GOOD'],
    [
      'with keyUsage for signatures',
      [purpose, noCheck, { oid: '2.5.29.15', critical: true, value: encodeExtension.keyUsage(['nonRepudiation']) }],
      'REVOCATION_OCSP_GOOD',
    ],
    [
      'with keyUsage for something else',
      [purpose, noCheck, { oid: '2.5.29.15', critical: true, value: encodeExtension.keyUsage(['keyEncipherment']) }],
      'REVOCATION_OCSP_RESPONDER_PURPOSE',
    ],
    [
      'with an unknown critical extension',
      [purpose, noCheck, { oid: '1.3.6.1.4.1.99999.1', critical: true, value: sequence() }],
      'REVOCATION_OCSP_RESPONDER',
    ],
    ['without extKeyUsage', [noCheck], 'REVOCATION_OCSP_RESPONDER_PURPOSE'],
  ] as const)('%s', async (_, extensions, code) => {
    expect(await ask(await ocsp({ responder: await responderWith(...extensions) }))).toBe(code)
  })
})

describe('the certificates beside a response', () => {
  /** The response with other certificates: they are not signed. */
  async function beside(...certificates: Uint8Array[]): Promise<Uint8Array> {
    const bare = await ocsp({ responder: made, defects: ['no-certificates'] })
    const outer = 4 + 3 // SEQUENCE and ENUMERATED
    const inner = bare.subarray(outer)
    // [0], SEQUENCE, type, OCTET STRING: the basic response is what is left.
    const at = Buffer.from(inner).indexOf(Buffer.from('2b0601050507300101', 'hex')) + 9
    const octets = inner.subarray(at)
    const basicStart = octets[1] === 0x82 ? 4 : octets[1] === 0x81 ? 3 : 2
    const basic = octets.subarray(basicStart)
    const content = basic.subarray(basic[1] === 0x82 ? 4 : basic[1] === 0x81 ? 3 : 2)
    const whole = sequence(concatBytes(content, explicit(0, sequence(...certificates))))
    const { octetString, encodeOid, element } = await import('../../src/der/writer.ts')
    return sequence(
      element(0x0a, Uint8Array.of(0)),
      explicit(0, sequence(encodeOid('1.3.6.1.5.5.7.48.1.1'), octetString(whole))),
    )
  }

  it('may be others too, readable or not', async () => {
    const { certificate } = await responderWith(purpose, noCheck)
    expect(await ask(await beside(sequence(), authority.root.certificate, certificate))).toBe('REVOCATION_OCSP_GOOD')
  })

  it('are not tried without end', async () => {
    const { certificate: useless } = await responderWith(noCheck)
    const { certificate } = await responderWith(purpose, noCheck)
    expect(await ask(await beside(useless, useless, useless, certificate))).toBe('REVOCATION_OCSP_GOOD')
    const many = await beside(useless, useless, useless, useless, certificate)
    expect(await ask(many)).toBe('REVOCATION_OCSP_RESPONDER_PURPOSE')
  })
})

describe('two parts of a response that say the same', () => {
  it('are one', async () => {
    const about = {
      certificate: leaf.bytes,
      issuer: authority.webCa.certificate,
      status: { date: later(-2), reason: 'superseded' },
      thisUpdate: later(-1),
      nextUpdate: later(1),
    } as const
    expect(await ask(await ocsp({ responses: [about, { ...about, hash: 'SHA-256' }] }))).toBe('REVOCATION_OCSP_REVOKED')
  })
})

describe('options of a checker', () => {
  it.each([
    ['a fetcher that is no function', { fetcher: 'http://ocsp.example.com' }],
    ['an issuer of lists that is octets', { crlIssuers: [authority.root.certificate] }],
    ['a range that is text', { shortTermHours: '24' }],
    ['too long a life', { shortTermHours: 10_000 }],
    ['too old a response', { ocspMaxAge: 1e9 }],
    ['a cap that is no count', { crls: [new Uint8Array([0x30])], limits: { size: 0 } }],
  ])('%s is a TypeError', (_, options) => {
    expect(() => createRevocationChecker(options as never)).toThrow(TypeError)
  })

  it('a nonce that is made wrong is a TypeError of whoever makes it', async () => {
    const check = createRevocationChecker({ nonce: () => 'x' as never, fetcher: async () => new Uint8Array() })
    await expect(check({ certificate: leaf, issuer: webCa, at })).rejects.toBeInstanceOf(TypeError)
  })

  it('an issuer that is neither certificate nor key is a TypeError', async () => {
    const check = createRevocationChecker()
    for (const issuer of [undefined, {}, { subject: webCa.subject }]) {
      await expect(check({ certificate: leaf, issuer: issuer as never, at })).rejects.toBeInstanceOf(TypeError)
    }
    await expect(check({ certificate: leaf.bytes as never, issuer: webCa, at })).rejects.toBeInstanceOf(TypeError)
  })

  it('a list of another kind of PEM, and an empty one, are told', async () => {
    const pem = new TextEncoder().encode('-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n')
    const check = createRevocationChecker({ crls: [pem, new Uint8Array()] })
    const { evidence } = await check({ certificate: leaf, issuer: webCa, at })
    expect(evidence.map(({ code, detail }) => [code, detail])).toEqual([
      ['REVOCATION_CRL_UNREADABLE', 'PEM_LABEL'],
      ['REVOCATION_CRL_UNREADABLE', 'DER_EMPTY'],
    ])
  })

  it('of many lists of others, some are told', async () => {
    const list = await crl({ issuer: authority.sealCa })
    const check = createRevocationChecker({ crls: Array.from({ length: 20 }, () => list) })
    const { code, evidence } = await check({ certificate: leaf, issuer: webCa, at })
    expect([code, evidence.length]).toEqual(['REVOCATION_CRL_OTHER_ISSUER', 8])
  })
})
