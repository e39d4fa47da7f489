import { constants, createHash, privateEncrypt } from 'node:crypto'
import { concatBytes } from '../../../src/core/bytes.ts'
import { write } from '../../../src/der/index.ts'
import { parseCertificate } from '../../../src/x509/index.ts'
import { certificateFile, rsaKey, rsaPrivateKey } from './files.ts'
import { authority, leaf, type Minted, type Signer } from './mint.ts'
import { accepted, type Case, issuing, type PathVector, refused, root } from './vector.ts'

const rsaIssuer: Minted = authority('rsa', root, { key: rsaKey('sha256') })

/** A certificate that the RSA authority signed in another way. */
function signedAs(sign: Signer): Case {
  return { certificate: leaf(rsaIssuer, { sign }), intermediates: [rsaIssuer] }
}

const sha256 = (octets: Uint8Array): Uint8Array => createHash('sha256').update(octets).digest()

function digestInfo(oid: string, hash: Uint8Array, ...more: readonly Uint8Array[]): Uint8Array {
  return write.sequence(write.sequence(write.encodeOid(oid), write.nullValue()), write.octetString(hash), ...more)
}

const SHA_256 = '2.16.840.1.101.3.4.2.1'

/** The RSA operation over 256 octets as they are. */
function raw(encoded: Uint8Array): Uint8Array {
  return new Uint8Array(privateEncrypt({ key: rsaPrivateKey, padding: constants.RSA_NO_PADDING }, encoded))
}

/** `00 01 FF.. 00 DigestInfo`, filled with what is given behind it. */
function encoded(info: Uint8Array, padding: number, behind = new Uint8Array()): Uint8Array {
  const filler = new Uint8Array(padding).fill(0xff)
  return concatBytes(Uint8Array.of(0, 1), filler, Uint8Array.of(0), info, behind)
}

function fullPadding(info: Uint8Array): Uint8Array {
  return encoded(info, 256 - 3 - info.length)
}

const modulus = BigInt(
  `0x${Buffer.from(String(rsaPrivateKey.export({ format: 'jwk' }).n), 'base64url').toString('hex')}`,
)

/** The signature and the modulus as one number: the same remainder, other octets. Signs anew until they fit. */
function notReduced(): Case {
  for (let serial = 1; ; serial++) {
    const plan = { serial: write.integer(serial) }
    let fits = false
    const certificate = leaf(rsaIssuer, {
      ...plan,
      sign: (octets) => {
        const sum = BigInt(`0x${Buffer.from(rsaIssuer.key.sign(octets)).toString('hex')}`) + modulus
        fits = sum < 1n << 2048n
        return new Uint8Array(Buffer.from(sum.toString(16).padStart(514, '0').slice(-512), 'hex'))
      },
    })
    if (fits) return { certificate, intermediates: [rsaIssuer] }
  }
}

/** A certificate that an authority on a curve signed, with another signature. */
const ecLeaf = certificateFile('qsealc-ecdsa-issuer')
const ecChain = { intermediates: [certificateFile('ca-ec-seal')], anchors: [certificateFile('ca-ec-root')] }

function withSignature(signature: Uint8Array, unused = 0): Uint8Array {
  const { tbs } = parseCertificate(ecLeaf)
  const algorithm = write.sequence(write.encodeOid('1.2.840.10045.4.3.2'))
  return write.sequence(tbs.value, algorithm, write.bitString(signature, unused))
}

const genuine = parseCertificate(ecLeaf).signature.value
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

function pair(r: bigint, s: bigint): Case {
  return { certificate: withSignature(write.sequence(write.integer(r), write.integer(s))), ...ecChain }
}

/** r and s of the genuine signature. */
function numbers(): [r: Uint8Array, s: Uint8Array] {
  const length = genuine[3] as number
  return [genuine.subarray(2, 4 + length), genuine.subarray(4 + length)]
}

function flipped(der: Uint8Array, fromEnd: number): Uint8Array {
  const copy = der.slice()
  copy[copy.length - fromEnd] = (copy[copy.length - fromEnd] as number) ^ 1
  return copy
}

const place = 'path[0].signatureValue'

function wrong(id: string, family: string, says: string, made: Case): PathVector {
  return refused(id, family, says, made, 'PATH_SIGNATURE_INVALID', place)
}

const [r, s] = numbers()

/** Signatures that some verifiers take for right. */
export const signatureVectors: readonly PathVector[] = [
  accepted('rsa-signature', 'CHN-17', 'a signature of RSASSA-PKCS1-v1_5', signedAs(rsaIssuer.key.sign)),
  accepted(
    'rsa-signature-made-by-hand',
    'CHN-17',
    'the same, put together here',
    signedAs((o) => raw(fullPadding(digestInfo(SHA_256, sha256(o))))),
  ),
  wrong(
    'rsa-digest-info-of-another-hash',
    'CHN-17',
    'DigestInfo names SHA-512/256',
    signedAs((o) => raw(fullPadding(digestInfo('2.16.840.1.101.3.4.2.6', sha256(o))))),
  ),
  wrong(
    'rsa-digest-info-with-more',
    'CHN-17',
    'something stands in DigestInfo behind the hash',
    signedAs((o) => raw(fullPadding(digestInfo(SHA_256, sha256(o), write.nullValue())))),
  ),
  wrong(
    'rsa-short-padding',
    'CHN-17',
    'eight octets of padding and garbage behind DigestInfo',
    signedAs((o) => {
      const info = digestInfo(SHA_256, sha256(o))
      return raw(encoded(info, 8, new Uint8Array(256 - 3 - 8 - info.length).fill(0x55)))
    }),
  ),
  wrong('rsa-not-reduced', 'CHN-17', 'the signature is a number above the modulus', notReduced()),
  wrong(
    'rsa-signature-with-a-zero',
    'CHN-17',
    'the signature has an octet more than the modulus',
    signedAs((o) => concatBytes(Uint8Array.of(0), rsaIssuer.key.sign(o))),
  ),
  accepted('ecdsa-signature', 'CHN-18', 'a signature of ECDSA', { certificate: ecLeaf, ...ecChain }),
  accepted('ecdsa-signature-written-again', 'CHN-18', 'the same, put together here', {
    certificate: withSignature(write.sequence(r, s)),
    ...ecChain,
  }),
  wrong('ecdsa-zero-and-zero', 'CHN-18', 'r and s are zero', pair(0n, 0n)),
  wrong('ecdsa-one-and-zero', 'CHN-18', 's is zero', pair(1n, 0n)),
  wrong('ecdsa-order', 'CHN-18', 'r and s are the order of the curve', pair(order, order)),
  wrong('ecdsa-negative', 'CHN-18', 'r is negative', pair(-1n, 1n)),
  wrong('ecdsa-long-length', 'CHN-18', 'the length of the genuine signature has an octet too many', {
    certificate: withSignature(concatBytes(Uint8Array.of(0x30, 0x81), genuine.subarray(1))),
    ...ecChain,
  }),
  wrong('ecdsa-padded-integer', 'CHN-18', 'r of the genuine signature has a zero octet too many', {
    certificate: withSignature(write.sequence(write.element(2, Uint8Array.of(0, 0), r.subarray(2)), s)),
    ...ecChain,
  }),
  wrong('ecdsa-trailing', 'CHN-18', 'an octet follows the genuine signature', {
    certificate: withSignature(concatBytes(genuine, Uint8Array.of(0))),
    ...ecChain,
  }),
  refused(
    'signature-with-unused-bits',
    'CHN-19',
    'the BIT STRING of the signature says that a bit is unused',
    { certificate: withSignature(genuine, 1), ...ecChain },
    'DER_BITS_UNUSED',
    'signatureValue',
  ),
  wrong('signature-changed', 'CHN-19', 'one bit of the signature is another', {
    certificate: flipped(leaf(issuing), 1),
    intermediates: [issuing],
  }),
  wrong('content-changed', 'CHN-19', 'one bit of what was signed is another', {
    certificate: flipped(leaf(issuing), 90),
    intermediates: [issuing],
  }),
  accepted('signature-unchanged', 'CHN-19', 'nothing was changed', {
    certificate: leaf(issuing),
    intermediates: [issuing],
  }),
]
