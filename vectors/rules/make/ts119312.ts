import { encodeOid } from '../../../src/der/writer.ts'
import { anyPoint, ecKey, hashOid, plainModulus, pssAlgorithm, pssDefaults, rsaKey } from './parts.ts'
import { breaks, keeps, type RuleVector } from './vector.ts'

const twoYears = { notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2028-12-31T23:59:59Z') }

/** TS 119 312. */
export const ts119312Vectors: readonly RuleVector[] = [
  breaks('ts119312.rsa-modulus', '1024', 'An RSA key of 1024 bits.', {
    edit: (parts) => {
      parts.publicKey = rsaKey((1n << 1023n) + 1n)
    },
  }),
  breaks('ts119312.rsa-modulus-long-use', '2048', 'An RSA key of 2048 bits, certified for three years.', {
    key: 'leaf-rsa-2048',
    options: twoYears,
  }),
  keeps('ts119312.rsa-modulus-long-use', '3072', 'An RSA key of 3072 bits, certified for three years.', {
    key: 'qsealc-rsa-3072',
    options: twoYears,
  }),
  breaks('ts119312.rsa-exponent', '3', 'An RSA key with exponent 3.', {
    edit: (parts) => {
      parts.publicKey = rsaKey(plainModulus, 3n)
    },
  }),
  breaks('ts119312.rsa-exponent', '257-bits', 'An RSA key with an exponent of 257 bits.', {
    edit: (parts) => {
      parts.publicKey = rsaKey(plainModulus, (1n << 256n) + 1n)
    },
  }),
  breaks('ts119312.ec-curve', 'secp256k1', 'An EC key on secp256k1.', {
    edit: (parts) => {
      parts.publicKey = ecKey(encodeOid('1.3.132.0.10'), anyPoint)
    },
  }),
  breaks('ts119312.hash', 'in-pss', 'RSASSA-PSS with SHA-1, which stands in the parameters alone.', {
    edit: (parts) => {
      parts.signature = pssDefaults
    },
  }),
  breaks('ts119312.pss-parameters', 'other-mask-hash', 'RSASSA-PSS with SHA-256 and a mask of SHA-384.', {
    edit: (parts) => {
      parts.signature = pssAlgorithm(hashOid.sha256, hashOid.sha384, 32)
    },
  }),
  breaks('ts119312.pss-parameters', 'short-salt', 'RSASSA-PSS with SHA-256 and a salt of 16 octets.', {
    edit: (parts) => {
      parts.signature = pssAlgorithm(hashOid.sha256, hashOid.sha256, 16)
    },
  }),
  keeps('ts119312.pss-parameters', 'usual', 'RSASSA-PSS with SHA-256, a mask of SHA-256 and a salt of 32 octets.', {
    edit: (parts) => {
      parts.signature = pssAlgorithm(hashOid.sha256, hashOid.sha256, 32)
    },
  }),
]
