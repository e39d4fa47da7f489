import { constants, createHash, privateEncrypt } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { digestInfoStarts } from '../../src/crypto/digest-info.ts'
import { pairs, providers, spki, text } from './support.ts'

const data = text('digest: SHA-256=...')
const size = 256
const hash = createHash('sha256').update(data).digest()

const sha256 = '608648016503040201'
const info = (oid: string, parameters: string, digest: Buffer): Buffer =>
  element(
    0x30,
    element(0x30, element(0x06, Buffer.from(oid, 'hex')), Buffer.from(parameters, 'hex')),
    element(0x04, digest),
  )

function element(tag: number, ...parts: readonly Buffer[]): Buffer {
  const value = Buffer.concat(parts)
  return Buffer.concat([Buffer.of(tag, value.length), value])
}

/** Encoded message of RFC 8017 9.2, with whatever stands in it. */
function encoded(content: Buffer, { type = 1, fill = 0xff, end = Buffer.alloc(0), separator = 0 } = {}): Buffer {
  const padding = Buffer.alloc(size - 3 - content.length - end.length, fill)
  return Buffer.concat([Buffer.of(0, type), padding, Buffer.of(separator), content, end])
}

const right = encoded(info(sha256, '0500', hash))

/** Bleichenbacher 2006 and what came after it: all that a lax reader takes for the same signature. */
const wrong: Readonly<Record<string, Buffer>> = {
  'the hash of something else': encoded(info(sha256, '0500', createHash('sha256').update('x').digest())),
  'the name of another hash': encoded(info('608648016503040203', '0500', hash)),
  'parameters that are absent': encoded(info(sha256, '', hash)),
  'parameters that are something': encoded(info(sha256, '040100', hash)),
  'a hash that is cut': encoded(info(sha256, '0500', hash.subarray(1))),
  'no DigestInfo around the hash': encoded(hash),
  'the long form of a length': encoded(
    Buffer.concat([Buffer.from('308131', 'hex'), info(sha256, '0500', hash).subarray(2)]),
  ),
  'octets after the DigestInfo': encoded(info(sha256, '0500', hash), { end: Buffer.alloc(100, 7) }),
  'octets within the DigestInfo': encoded(
    element(
      0x30,
      element(0x30, element(0x06, Buffer.from(sha256, 'hex')), Buffer.from('0500', 'hex')),
      element(0x04, hash),
      element(0x04, Buffer.alloc(8)),
    ),
  ),
  'block type 2': encoded(info(sha256, '0500', hash), { type: 2 }),
  'block type 0': encoded(info(sha256, '0500', hash), { type: 0, fill: 0 }),
  'padding that is not all ones': encoded(info(sha256, '0500', hash), { fill: 0xfe }),
  'no separator': encoded(info(sha256, '0500', hash), { separator: 0xff }),
  'no padding': Buffer.concat([Buffer.of(0, 1, 0), info(sha256, '0500', hash), Buffer.alloc(size - 3 - 51)]),
  'a first octet that is not zero': Buffer.concat([Buffer.of(1), right.subarray(1)]),
}

const signed = (message: Buffer): Uint8Array =>
  new Uint8Array(privateEncrypt({ key: pairs.rsa.privateKey, padding: constants.RSA_NO_PADDING }, message))

it('DigestInfo begins as RFC 8017 9.2 has it', () => {
  const hex = (name: keyof typeof digestInfoStarts) => Buffer.from(digestInfoStarts[name], 'latin1').toString('hex')
  expect(hex('sha-1')).toBe('3021300906052b0e03021a05000414')
  expect(hex('sha-256')).toBe('3031300d060960864801650304020105000420')
  expect(hex('sha-384')).toBe('3041300d060960864801650304020205000430')
  expect(hex('sha-512')).toBe('3051300d060960864801650304020305000440')
})

describe.each(Object.entries(providers))('RSASSA-PKCS1-v1_5 with %s', (_, make) => {
  it('takes the one encoding', async () => {
    const provider = await make()
    const key = await provider.importPublicKey(spki(pairs.rsa))
    expect(await provider.verify('rsa-v1_5-sha256', key, signed(right), data)).toBe(true)
  })

  it.each(Object.entries(wrong))('refuses %s', async (_, message) => {
    expect(message.length).toBe(size)
    const provider = await make()
    const key = await provider.importPublicKey(spki(pairs.rsa))
    expect(await provider.verify('rsa-v1_5-sha256', key, signed(message), data)).toBe(false)
  })

  it('refuses a number that is not below the modulus', async () => {
    const provider = await make()
    const key = await provider.importPublicKey(spki(pairs.rsa))
    expect(await provider.verify('rsa-v1_5-sha256', key, new Uint8Array(size).fill(0xff), data)).toBe(false)
  })
})
