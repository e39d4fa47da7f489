import { Psd2Error } from '../../core/errors.ts'
import type { CertificateAlgorithmName } from '../../crypto/algorithms.ts'
import { ecdsaRawFromDer } from '../../crypto/ecdsa-signature.ts'
import type { CryptoProvider, PublicKey } from '../../crypto/provider.ts'
import type { AlgorithmIdentifier } from '../../x509/algorithm.ts'
import type { PathCode } from './codes.ts'

/** How an AlgorithmIdentifier is verified: with which of the keys' families, over which hash. */
interface Scheme {
  readonly family: 'rsa-v1_5' | 'rsa-pss' | 'ecdsa' | 'ed25519'
  readonly hash: 'sha256' | 'sha384' | 'sha512'
}

const schemes: ReadonlyMap<string, Scheme | 'weak'> = /* @__PURE__ */ new Map<string, Scheme | 'weak'>([
  ['1.2.840.113549.1.1.11', { family: 'rsa-v1_5', hash: 'sha256' }],
  ['1.2.840.113549.1.1.12', { family: 'rsa-v1_5', hash: 'sha384' }],
  ['1.2.840.113549.1.1.13', { family: 'rsa-v1_5', hash: 'sha512' }],
  ['1.2.840.10045.4.3.2', { family: 'ecdsa', hash: 'sha256' }],
  ['1.2.840.10045.4.3.3', { family: 'ecdsa', hash: 'sha384' }],
  ['1.2.840.10045.4.3.4', { family: 'ecdsa', hash: 'sha512' }],
  ['1.3.101.112', { family: 'ed25519', hash: 'sha512' }],
  // MD2, MD5, SHA-1 and SHA-224 with RSA; SHA-1 and SHA-224 with ECDSA; SHA-1 with DSA.
  ['1.2.840.113549.1.1.2', 'weak'],
  ['1.2.840.113549.1.1.4', 'weak'],
  ['1.2.840.113549.1.1.5', 'weak'],
  ['1.2.840.113549.1.1.14', 'weak'],
  ['1.2.840.10045.4.1', 'weak'],
  ['1.2.840.10045.4.3.1', 'weak'],
  ['1.2.840.10040.4.3', 'weak'],
])

const RSASSA_PSS = '1.2.840.113549.1.1.10'

/** Hashes of RSASSA-PSS by object identifier; `weak` is SHA-1 and SHA-224. */
const pssHashes: ReadonlyMap<string, { readonly hash: Scheme['hash']; readonly octets: number } | 'weak'> =
  /* @__PURE__ */ new Map<string, { readonly hash: Scheme['hash']; readonly octets: number } | 'weak'>([
    ['2.16.840.1.101.3.4.2.1', { hash: 'sha256', octets: 32 }],
    ['2.16.840.1.101.3.4.2.2', { hash: 'sha384', octets: 48 }],
    ['2.16.840.1.101.3.4.2.3', { hash: 'sha512', octets: 64 }],
    ['1.3.14.3.2.26', 'weak'],
    ['2.16.840.1.101.3.4.2.4', 'weak'],
  ])

/** The scheme of a signature, or the code that says why there is none. */
export function schemeOf({ oid, pss }: AlgorithmIdentifier): Scheme | PathCode {
  if (oid !== RSASSA_PSS) {
    const scheme = schemes.get(oid)
    return scheme === undefined ? 'PATH_ALGORITHM_UNKNOWN' : scheme === 'weak' ? 'PATH_ALGORITHM_WEAK' : scheme
  }
  const hash = pssHashes.get(pss?.hash ?? '')
  if (hash === 'weak') return 'PATH_ALGORITHM_WEAK'
  // One salt length and one hash for both: the platforms verify no other, and issuers use no other.
  if (hash === undefined || pss?.mgfHash !== pss?.hash || pss?.saltLength !== hash.octets) return 'PATH_PSS_PARAMETERS'
  return { family: 'rsa-pss', hash: hash.hash }
}

const curveNames: Readonly<Record<string, string>> = { 'P-256': 'p256', 'P-384': 'p384', 'P-521': 'p521' }

/** The algorithm of a scheme with a key; undefined where the key is of another family. */
function algorithmWith({ family, hash }: Scheme, key: PublicKey): CertificateAlgorithmName | undefined {
  if (family === 'ed25519') return key.type === 'ed25519' ? 'ed25519' : undefined
  if (family === 'ecdsa') {
    if (key.type !== 'ec' || key.curve === undefined) return undefined
    return `ecdsa-${curveNames[key.curve] as 'p256'}-${hash}` as CertificateAlgorithmName
  }
  const fits = key.type === 'rsa' || (family === 'rsa-pss' && key.type === 'rsa-pss')
  return fits ? `${family}-${hash}` : undefined
}

/** A signature of X.509 with what it is over: of a certificate, a CRL or an OCSP response. */
export interface SignedOctets {
  readonly scheme: Scheme
  readonly data: Uint8Array
  readonly signature: Uint8Array
}

/** True where the key made the signature. A signature in another encoding than its own is false, never an error. */
export function isSignedBy(signed: SignedOctets, key: PublicKey, crypto: CryptoProvider): boolean | Promise<boolean> {
  const { scheme, signature, data } = signed
  const algorithm = algorithmWith(scheme, key)
  if (algorithm === undefined) return false
  if (key.curve === undefined && key.pss === undefined) return crypto.verify(algorithm, key, signature, data)
  return verifyStrictly(algorithm, signed, key, crypto)
}

/** What is no ECDSA-Sig-Value, or is for a PSS key that is bound to another hash, is no signature. */
async function verifyStrictly(
  algorithm: CertificateAlgorithmName,
  { signature, data }: SignedOctets,
  key: PublicKey,
  crypto: CryptoProvider,
): Promise<boolean> {
  try {
    const raw = key.curve === undefined ? signature : ecdsaRawFromDer(signature, key.curve)
    return await crypto.verify(algorithm, key, raw, data)
  } catch (error) {
    if (error instanceof Psd2Error) return false
    throw error
  }
}
