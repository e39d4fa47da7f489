import { type CodeInfo, citationOf } from '../core/codes.ts'
import { Psd2Error } from '../core/errors.ts'
import type { Cursor, Step } from '../der/cursor.ts'

/** Everything that can be wrong with keys and with what they are used for. */
export const cryptoCodes = {
  ALGORITHM_KEY_MISMATCH: info(
    'RFC 9421',
    '3.2',
    'the key is not for the algorithm',
    'choose the algorithm by the key, never by what a message says',
  ),
  CRYPTO_MISSING: info(
    'W3C WebCrypto',
    '14',
    'this runtime has no WebCrypto',
    'in a browser serve the page over https; elsewhere give a provider',
  ),
  KEY_ALGORITHM: info(
    'RFC 3279',
    '2.3',
    'the key is of an algorithm that is not used here',
    'use an RSA, RSASSA-PSS, P-256, P-384, P-521 or Ed25519 key',
  ),
  KEY_ALGORITHM_PARAMETERS: info(
    'RFC 4055',
    '1.2',
    'the parameters do not belong to the algorithm of the key',
    'encode the parameters that the algorithm defines',
  ),
  KEY_PSS_PARAMETERS: info(
    'RFC 4055',
    '3.1',
    'the key is bound to a PSS variant that is not used here',
    'make a key without parameters, or with one of SHA-256, SHA-384, SHA-512 for both hashes',
  ),
  KEY_CURVE: info('RFC 5480', '2.1.1.1', 'the curve is not one of those used here', 'use P-256, P-384 or P-521'),
  KEY_EC_POINT: info(
    'RFC 5480',
    '2.2',
    'the public key is no uncompressed point of its curve',
    'encode the point as 04 and both coordinates',
  ),
  KEY_LENGTH: info('RFC 8410', '4', 'the key has not the length of its algorithm', 'encode the raw key'),
  KEY_RSA_MODULUS: info('RFC 8017', '3.1', 'the modulus is no product of odd primes', 'make a new key'),
  KEY_RSA_EXPONENT: info(
    'RFC 8017',
    '3.1',
    'the public exponent is not an odd number from 3 on with at most 256 bits',
    'make a new key with exponent 65537',
  ),
  KEY_RSA_SIZE: info(
    'ETSI TS 119 312',
    '8.4',
    'the modulus has fewer or more bits than are allowed',
    'use 2048 to 4096 bits; minimumRsaBits of the provider is for published test vectors',
  ),
  KEY_RSA_WEAK: info(
    'CVE-2017-15361',
    'ROCA',
    'the modulus was made by a device whose keys can be factored',
    'make a new key on another device; certificates over this one had to be revoked in 2017',
  ),
  KEY_RSA_PRIMES: info('RFC 8017', '3.2', 'the RSA key has more than two primes', 'make a new key of two primes'),
  KEY_UNUSABLE: info(
    'RFC 5280',
    '4.1.2.7',
    'the platform refuses the key',
    'check that the key is whole and that this runtime has its algorithm',
  ),
  KEY_PRIVATE_FORM: info(
    'RFC 5958',
    '2',
    'this is no private key in PKCS#8',
    'convert it: openssl pkcs8 -topk8 -nocrypt -in FILE -out key.pem',
  ),
  KEY_ENCRYPTED: info(
    'RFC 5958',
    '3',
    'the private key is encrypted',
    'decrypt it where it may lie open, or keep it in a store and sign through a callback: openssl pkcs8 -in FILE -out key.pem',
  ),
  KEY_PKCS12: info(
    'RFC 7292',
    '4',
    'this is PKCS#12, which holds keys under a password',
    'export the key: openssl pkcs12 -in FILE -nocerts -noenc -out key.pem',
  ),
  KEY_PEM: info('RFC 7468', '2', 'the PEM text cannot be read', 'give the whole block from its BEGIN to its END line'),
  KEY_PEM_LABEL: info(
    'RFC 7468',
    '10',
    'no PEM block holds a key of the kind that is needed',
    'give PUBLIC KEY to verify, PRIVATE KEY to sign; an OpenSSH key is converted by ssh-keygen -p -m PKCS8 -f FILE',
  ),
  KEY_PEM_SEVERAL: info('RFC 7468', '2', 'there are several keys in the text', 'give the one that is meant'),
  KEY_CERTIFICATE_GIVEN: info(
    'RFC 7468',
    '5',
    'this is a certificate, not a key',
    'read it with parseCertificate and give publicKey.value of what it gives',
  ),
  KEY_PRIVATE_GIVEN: info(
    'RFC 5958',
    '1',
    'this is a private key where a public one belongs',
    'give the public key; where the private one came from outside, it is burned and must be replaced',
  ),
  KEY_PUBLIC_GIVEN: info(
    'RFC 5958',
    '1',
    'this is a public key where a private one belongs',
    'give the private key that belongs to it',
  ),
  KEY_JWK_TYPE: info('RFC 7517', '4.1', 'kty or crv is not one of those used here', 'use RSA, EC or OKP with Ed25519'),
  KEY_JWK_MEMBER: info(
    'RFC 7518',
    '6',
    'a member of the JWK is missing or not in its one encoding',
    'encode it as base64url without padding, numbers without leading zero octets, coordinates in full length',
  ),
  KEY_JWK_USE: info(
    'RFC 7517',
    '4.2',
    'use, key_ops or alg say that the JWK is for something else',
    'give a key for signatures',
  ),
  KEY_SECRET_SIZE: info(
    'RFC 7518',
    '3.2',
    'the secret is shorter than the hash',
    'use at least 32 octets from a random source',
  ),
  KEY_SECRET_IS_KEY: info(
    'RFC 8725',
    '2.1',
    'the secret is a key or a certificate, which others know',
    'use random octets; a public key must never be a secret',
  ),
  SIGNATURE_CALLBACK: info(
    'RFC 9421',
    '3.3',
    'what the callback gave is no signature of its algorithm',
    'give the raw octets: the length of the modulus for RSA, r || s for ECDSA (ecdsaRawFromDer converts DER)',
  ),
  ECDSA_DER_RANGE: info(
    'RFC 5480',
    'A',
    'r or s is negative or too large for the curve',
    'encode both as positive integers',
  ),
} as const satisfies Record<string, CodeInfo>

export type CryptoCode = keyof typeof cryptoCodes

function info(document: string, clause: string, says: string, mend: string): CodeInfo {
  return { leniency: 'refuse', document, clause, says, mend }
}

/** The error for a code. `detail` must hold nothing of a private key. */
export function cryptoError(code: CryptoCode, path = '', detail?: string, cause?: unknown): Psd2Error {
  const entry = cryptoCodes[code]
  const met = detail === undefined ? '' : ` (${detail})`
  const where = path === '' ? '' : `, at ${path}`
  const { says, mend } = entry
  return new Psd2Error(code, `${says}${met}${where}`, { path, citation: citationOf(entry), mend, cause })
}

/** The error for a code at a place in DER. */
export function cryptoErrorAt(
  cursor: Cursor,
  code: CryptoCode,
  step: Step,
  offset: number,
  detail?: string,
): Psd2Error {
  return cursor.error(code, cryptoCodes[code], step, offset, detail)
}
