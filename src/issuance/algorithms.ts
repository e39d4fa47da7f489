import { Tag } from '../der/tags.ts'
import { type Der, element, encodeOid, explicit, integer, nullValue, sequence } from '../der/writer.ts'

/** Key algorithms as data: what WebCrypto is asked for. */
const keyAlgorithms = {
  'RSA-2048': rsaKey(2048),
  'RSA-3072': rsaKey(3072),
  'RSA-4096': rsaKey(4096),
  'P-256': ecKey('P-256'),
  'P-384': ecKey('P-384'),
  'P-521': ecKey('P-521'),
  Ed25519: { name: 'Ed25519' },
} as const satisfies Record<string, AnyKeyParams>

type AnyKeyParams = RsaHashedKeyGenParams | EcKeyGenParams | { name: 'Ed25519' }

/** Algorithm and size of a key to be generated. */
export type KeyAlgorithm = keyof typeof keyAlgorithms

export const keyAlgorithmNames = Object.keys(keyAlgorithms) as KeyAlgorithm[]

export function keyParams(name: KeyAlgorithm): AnyKeyParams {
  return keyAlgorithms[name]
}

function rsaKey(modulusLength: number): RsaHashedKeyGenParams {
  const publicExponent = Uint8Array.of(1, 0, 1)
  return { name: 'RSASSA-PKCS1-v1_5', modulusLength, publicExponent, hash: 'SHA-256' }
}

function ecKey(namedCurve: string): EcKeyGenParams {
  return { name: 'ECDSA', namedCurve }
}

/** One way to sign. */
export interface SignatureScheme {
  readonly family: 'RSA' | 'EC' | 'Ed25519'
  /** The algorithm that WebCrypto binds the key to. */
  readonly keyName: 'RSASSA-PKCS1-v1_5' | 'RSA-PSS' | 'ECDSA' | 'Ed25519'
  readonly hash?: 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512'
  /** What `subtle.sign` takes. */
  readonly params: Algorithm | RsaPssParams | EcdsaParams
  /** The AlgorithmIdentifier: RSA with NULL (RFC 4055), ECDSA and EdDSA without parameters (RFC 5758, 8410). */
  readonly identifier: Der
}

const schemes = {
  RS256: pkcs1('SHA-256', '1.2.840.113549.1.1.11'),
  RS384: pkcs1('SHA-384', '1.2.840.113549.1.1.12'),
  RS512: pkcs1('SHA-512', '1.2.840.113549.1.1.13'),
  PS256: pss('SHA-256', '2.16.840.1.101.3.4.2.1', 32),
  PS384: pss('SHA-384', '2.16.840.1.101.3.4.2.2', 48),
  PS512: pss('SHA-512', '2.16.840.1.101.3.4.2.3', 64),
  ES256: ecdsa('SHA-256', '1.2.840.10045.4.3.2'),
  ES384: ecdsa('SHA-384', '1.2.840.10045.4.3.3'),
  ES512: ecdsa('SHA-512', '1.2.840.10045.4.3.4'),
  EdDSA: {
    family: 'Ed25519',
    keyName: 'Ed25519',
    params: { name: 'Ed25519' },
    identifier: sequence(encodeOid('1.3.101.112')),
  },
  // No option names this one: only a deliberate defect signs with SHA-1.
  RS1: pkcs1('SHA-1', '1.2.840.113549.1.1.5'),
} as const satisfies Record<string, SignatureScheme>

export type SchemeName = keyof typeof schemes

/** Signature algorithm, in the names of RFC 7518 and RFC 8037. */
export type SignatureAlgorithm = Exclude<SchemeName, 'RS1'>

export const signatureAlgorithmNames = Object.keys(schemes).filter((name) => name !== 'RS1') as SignatureAlgorithm[]

export function schemeOf(name: SchemeName): SignatureScheme {
  return schemes[name]
}

function pkcs1(hash: 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512', algorithm: string): SignatureScheme {
  const name = 'RSASSA-PKCS1-v1_5'
  const identifier = sequence(encodeOid(algorithm), nullValue())
  return { family: 'RSA', keyName: name, hash, params: { name }, identifier }
}

/** RSASSA-PSS-params (RFC 4055 3.1): one hash for both uses, a salt as long as the hash, the trailer at its default. */
function pss(hash: 'SHA-256' | 'SHA-384' | 'SHA-512', hashOid: string, saltLength: number): SignatureScheme {
  const hashIdentifier = sequence(encodeOid(hashOid), nullValue())
  const parameters = sequence(
    explicit(0, hashIdentifier),
    explicit(1, sequence(encodeOid('1.2.840.113549.1.1.8'), hashIdentifier)),
    explicit(2, integer(saltLength)),
  )
  return {
    family: 'RSA',
    keyName: 'RSA-PSS',
    hash,
    params: { name: 'RSA-PSS', saltLength },
    identifier: sequence(encodeOid('1.2.840.113549.1.1.10'), parameters),
  }
}

function ecdsa(hash: 'SHA-256' | 'SHA-384' | 'SHA-512', algorithm: string): SignatureScheme {
  const params = { name: 'ECDSA', hash }
  return { family: 'EC', keyName: 'ECDSA', hash, params, identifier: sequence(encodeOid(algorithm)) }
}

/** ECDSA-Sig-Value (RFC 3279 2.2.3) from the r and s, side by side, that WebCrypto gives. */
export function ecdsaSignatureValue(raw: Uint8Array): Der {
  const half = raw.length / 2
  return sequence(unsigned(raw.subarray(0, half)), unsigned(raw.subarray(half)))
}

function unsigned(octets: Uint8Array): Der {
  let start = 0
  while (start < octets.length - 1 && octets[start] === 0) start++
  const magnitude = octets.subarray(start)
  const padded = (magnitude[0] as number) >= 0x80 ? Uint8Array.of(0, ...magnitude) : magnitude
  return element(Tag.INTEGER, padded)
}
