import { X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { bitString } from '../../src/der/writer.ts'
import { jwkFromCertificate } from '../../src/jose/index.ts'
import { parseCertificate } from '../../src/x509/index.ts'
import { algorithm, ecKey, filler, spki } from '../support/build.ts'
import { errorOf, pssKey, sealOf, vector } from './support.ts'

describe('jwkFromCertificate', () => {
  it.each([
    'qsealc',
    'qsealc-rsa-2048',
    'qsealc-rsa-4096',
    'qsealc-p-256',
    'qsealc-p-384',
    'qwac-p-521',
    'qsealc-ed25519',
    'qsealc-pss-signature',
  ])('gives what node:crypto gives: %s', (id) => {
    const der = vector(id)
    expect(jwkFromCertificate(parseCertificate(der))).toEqual(
      new X509Certificate(der).publicKey.export({ format: 'jwk' }),
    )
  })

  it('reads a view with an offset of its own', () => {
    const der = vector('qsealc')
    const whole = new Uint8Array([1, 2, 3, ...der, 4])
    expect(jwkFromCertificate(parseCertificate(whole.subarray(3, 3 + der.length)))).toEqual(
      jwkFromCertificate(parseCertificate(der)),
    )
  })
})

describe('jwkFromCertificate refuses', () => {
  const keys: Readonly<Record<string, [key: Uint8Array<ArrayBuffer>, code: string]>> = {
    'a key that is bound to RSASSA-PSS': [pssKey(), 'JWK_KEY_PSS'],
    'a compressed point': [ecKey('1.2.840.10045.3.1.7', 32, 2), 'JWK_KEY_UNSUPPORTED'],
    'a curve without a name in JOSE': [ecKey('1.3.36.3.3.2.8.1.1.7', 32), 'JWK_KEY_UNSUPPORTED'],
    X25519: [spki(algorithm('1.3.101.110'), bitString(filler(32))), 'JWK_KEY_UNSUPPORTED'],
  }
  it.each(Object.entries(keys))('%s', async (_, [publicKey, code]) => {
    const error = await errorOf(() => jwkFromCertificate(parseCertificate(sealOf({ publicKey }))))
    expect([error.code, error.path]).toEqual([code, 'tbsCertificate.subjectPublicKeyInfo'])
  })
})
