import { encodeOid, integer, sequence } from '../../../src/der/writer.ts'
import { anyPoint, ecKey, plainModulus, rsaKey } from './parts.ts'
import { breaks, concernsNot, keeps, type RuleVector } from './vector.ts'

/** 1 modulo every prime of the fingerprint of ROCA: a power of 65537 whatever the prime. */
const fingerprinted = ((): bigint => {
  const product = [11n, 13n, 17n, 19n, 37n, 53n, 61n, 71n, 73n, 79n, 97n, 103n, 107n, 109n, 127n, 151n, 157n].reduce(
    (whole, prime) => whole * prime,
    2n,
  )
  return ((1n << 2047n) / product + 1n) * product + 1n
})()

/** Broken keys, and keys that others have too. */
export const cryptoVectors: readonly RuleVector[] = [
  breaks('crypto.rsa-modulus', 'even', 'An even RSA modulus.', {
    edit: (parts) => {
      parts.publicKey = rsaKey((1n << 2047n) + 2n)
    },
  }),
  breaks('crypto.rsa-exponent', 'one', 'RSA exponent 1: every message is its own signature.', {
    edit: (parts) => {
      parts.publicKey = rsaKey(plainModulus, 1n)
    },
  }),
  breaks('crypto.rsa-exponent', 'even', 'RSA exponent 65538.', {
    edit: (parts) => {
      parts.publicKey = rsaKey(plainModulus, 65_538n)
    },
  }),
  breaks('crypto.rsa-size', '16392', 'An RSA modulus of 16392 bits.', {
    edit: (parts) => {
      parts.publicKey = rsaKey((1n << 16_391n) + 1n)
    },
  }),
  breaks('crypto.roca', 'fingerprint', 'An RSA modulus with the fingerprint of CVE-2017-15361.', {
    edit: (parts) => {
      parts.publicKey = rsaKey(fingerprinted)
    },
  }),
  breaks('crypto.rsa-small-factor', 'three', 'An RSA modulus that three divides.', {
    profile: 'crypto',
    edit: (parts) => {
      parts.publicKey = rsaKey(3n * ((1n << 2046n) + 3n))
    },
  }),
  keeps('crypto.rsa-small-factor', 'none', 'An RSA modulus of two large primes.', {
    profile: 'crypto',
    key: 'leaf-rsa-2048',
  }),
  concernsNot('crypto.rsa-small-factor', 'ec', 'An EC key has no modulus.', { profile: 'crypto' }),
  breaks('crypto.named-curve', 'explicit', 'An EC key with explicit parameters.', {
    edit: (parts) => {
      parts.publicKey = ecKey(sequence(integer(1), sequence(encodeOid('1.2.840.10045.1.1'), integer(23))), anyPoint)
    },
  }),
  breaks('crypto.public-key-form', 'short-point', 'An EC key on P-256 with a point of 64 octets.', {
    edit: (parts) => {
      parts.publicKey = ecKey(encodeOid('1.2.840.10045.3.1.7'), anyPoint.subarray(0, 64))
    },
  }),
  keeps('crypto.shared-key', 'own', 'A key that no other certificate of the batch has.', {
    profile: 'crypto',
    facts: { keyUse: { sameKey: [], sameModulus: [] } },
  }),
  breaks('crypto.shared-key', 'shared', 'A key that seven other certificates of the batch have.', {
    profile: 'crypto',
    facts: { keyUse: { sameKey: ['a.pem', 'b.pem', 'c.pem', 'd.pem', 'e.pem', 'f.pem', 'g.pem'], sameModulus: [] } },
  }),
  keeps('crypto.shared-modulus', 'own', 'A modulus that no other certificate of the batch has.', {
    profile: 'crypto',
    key: 'leaf-rsa-2048',
    facts: { keyUse: { sameKey: [], sameModulus: [] } },
  }),
  breaks('crypto.shared-modulus', 'shared', 'A modulus that another certificate has with another exponent.', {
    profile: 'crypto',
    key: 'leaf-rsa-2048',
    facts: { keyUse: { sameKey: [], sameModulus: ['a.pem'] } },
  }),
]
