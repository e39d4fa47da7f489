import { ObjectIdentifier } from 'asn1js'
import { PrivateKeyInfo } from 'pkijs'
import { unknownName } from '../core/nearest.ts'
import {
  ecdsaSignatureValue,
  type KeyAlgorithm,
  keyAlgorithmNames,
  keyParams,
  type SchemeName,
  type SignatureAlgorithm,
  schemeOf,
  signatureAlgorithmNames,
} from './algorithms.ts'
import { unusable } from './codes.ts'
import { decodePemBlock, pemLabels } from './pem.ts'

/** A new key pair, extractable so that it can be stored. Throws `TypeError` on an unknown algorithm. */
export async function generateKeys(algorithm: KeyAlgorithm, crypto: Crypto): Promise<CryptoKeyPair> {
  if (!keyAlgorithmNames.includes(algorithm)) throw unknownName('keyAlgorithm', String(algorithm), keyAlgorithmNames)
  return (await crypto.subtle.generateKey(keyParams(algorithm), true, ['sign', 'verify'])) as CryptoKeyPair
}

/** SubjectPublicKeyInfo. */
export async function exportSpki(key: CryptoKey, crypto: Crypto): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.exportKey('spki', key))
}

/** PKCS#8. Throws `TypeError` where the key may not leave its store. */
export async function exportPkcs8(key: CryptoKey, crypto: Crypto): Promise<Uint8Array<ArrayBuffer>> {
  if (!key.extractable) throw new TypeError('the private key is not extractable')
  return new Uint8Array(await crypto.subtle.exportKey('pkcs8', key))
}

const curves: Readonly<Record<string, string>> = {
  '1.2.840.10045.3.1.7': 'P-256',
  '1.3.132.0.34': 'P-384',
  '1.3.132.0.35': 'P-521',
}

/** The import parameters for the algorithm that a PKCS#8 structure names; undefined where there are none. */
function importParams(info: PrivateKeyInfo): RsaHashedImportParams | EcKeyImportParams | Algorithm | undefined {
  const { algorithmId, algorithmParams } = info.privateKeyAlgorithm
  if (algorithmId === '1.2.840.113549.1.1.1') return { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' }
  if (algorithmId === '1.3.101.112') return { name: 'Ed25519' }
  if (algorithmId !== '1.2.840.10045.2.1' || !(algorithmParams instanceof ObjectIdentifier)) return undefined
  const namedCurve = curves[algorithmParams.valueBlock.toString()]
  return namedCurve === undefined ? undefined : { name: 'ECDSA', namedCurve }
}

/**
 * A private key from PKCS#8 PEM text. `path` names the option or file in errors. Throws `Psd2Error` with
 * `ISSUANCE_KEY_ENCRYPTED`, `ISSUANCE_KEY_FORMAT`, `ISSUANCE_KEY_ALGORITHM` or a PEM code.
 */
export async function importPrivateKeyPem(pem: string, path: string, crypto: Crypto): Promise<CryptoKey> {
  const labels = pemLabels(pem)
  if (!labels.includes('PRIVATE KEY')) {
    if (labels.includes('ENCRYPTED PRIVATE KEY')) throw unusable('ISSUANCE_KEY_ENCRYPTED', path)
    if (labels.includes('RSA PRIVATE KEY') || labels.includes('EC PRIVATE KEY')) {
      throw unusable('ISSUANCE_KEY_FORMAT', path)
    }
  }
  const pkcs8 = decodePemBlock(pem, 'PRIVATE KEY', path)
  let info: PrivateKeyInfo
  try {
    info = PrivateKeyInfo.fromBER(pkcs8)
  } catch (cause) {
    throw unusable('ISSUANCE_KEY_FORMAT', path, undefined, cause)
  }
  const params = importParams(info)
  if (params === undefined) throw unusable('ISSUANCE_KEY_ALGORITHM', path, info.privateKeyAlgorithm.algorithmId)
  try {
    return await crypto.subtle.importKey('pkcs8', pkcs8, params, true, ['sign'])
  } catch (cause) {
    throw unusable('ISSUANCE_KEY_FORMAT', path, undefined, cause)
  }
}

/** The public half, by way of a JWK without private members. Throws `TypeError` on a key that is not extractable. */
export async function publicKeyOf(privateKey: CryptoKey, crypto: Crypto): Promise<CryptoKey> {
  if (!privateKey.extractable) throw new TypeError('give the public key too: the private key is not extractable')
  const { kty, n, e, crv, x, y } = await crypto.subtle.exportKey('jwk', privateKey)
  const members = Object.entries({ kty, n, e, crv, x, y }).filter(([, value]) => value !== undefined)
  return crypto.subtle.importKey('jwk', Object.fromEntries(members), privateKey.algorithm, true, ['verify'])
}

/** The private key and the public key of a pair, which may be given as PKCS#8 PEM alone. */
export async function keyPairFrom(given: CryptoKeyPair | string, path: string, crypto: Crypto): Promise<CryptoKeyPair> {
  if (typeof given === 'string') {
    const privateKey = await importPrivateKeyPem(given, path, crypto)
    return { privateKey, publicKey: await publicKeyOf(privateKey, crypto) }
  }
  if (given?.privateKey?.type !== 'private' || given.publicKey?.type !== 'public') {
    throw new TypeError(`${path} must be a CryptoKeyPair`)
  }
  return given
}

const rsaNames = new Set(['RSASSA-PKCS1-v1_5', 'RSA-PSS', 'RSA-OAEP'])

function familyOf(key: CryptoKey): 'RSA' | 'EC' | 'Ed25519' | undefined {
  const { name } = key.algorithm
  if (rsaNames.has(name)) return 'RSA'
  return name === 'ECDSA' ? 'EC' : name === 'Ed25519' ? 'Ed25519' : undefined
}

const byCurve: Readonly<Record<string, SignatureAlgorithm>> = { 'P-256': 'ES256', 'P-384': 'ES384', 'P-521': 'ES512' }

/** What a key signs with where no option says otherwise. */
function defaultScheme(key: CryptoKey): SignatureAlgorithm {
  if (key.algorithm.name === 'RSA-PSS') return 'PS256'
  const family = familyOf(key)
  if (family === 'RSA') return 'RS256'
  if (family === 'Ed25519') return 'EdDSA'
  const scheme = byCurve[(key.algorithm as EcKeyAlgorithm).namedCurve]
  if (scheme === undefined) throw new TypeError(`a ${key.algorithm.name} key cannot sign certificates here`)
  return scheme
}

/** What an option asked for. Throws `TypeError` on a name that options do not have, SHA-1 among them. */
export function checkSignatureAlgorithm(wanted: SignatureAlgorithm | undefined): SignatureAlgorithm | undefined {
  if (wanted !== undefined && !signatureAlgorithmNames.includes(wanted)) {
    throw unknownName('signatureAlgorithm', String(wanted), signatureAlgorithmNames)
  }
  return wanted
}

/** The scheme to sign with. Throws `TypeError` on one that is not for this key. */
export function chooseScheme(key: CryptoKey, wanted: SchemeName | undefined): SchemeName {
  if (wanted === undefined) return defaultScheme(key)
  if (schemeOf(wanted).family !== familyOf(key)) {
    throw new TypeError(`signatureAlgorithm ${wanted} cannot be made with a key for ${key.algorithm.name}`)
  }
  return wanted
}

/** The content of the signature BIT STRING over `octets`. */
export async function signOctets(
  octets: Uint8Array<ArrayBuffer>,
  key: CryptoKey,
  name: SchemeName,
  crypto: Crypto,
): Promise<Uint8Array<ArrayBuffer>> {
  const scheme = schemeOf(name)
  const fitting = await fitKey(key, name, crypto)
  const signature = new Uint8Array(await crypto.subtle.sign(scheme.params, fitting, octets))
  return scheme.family === 'EC' ? ecdsaSignatureValue(signature) : signature
}

/** WebCrypto binds an RSA key to one padding and one hash; another needs the key imported anew. */
async function fitKey(key: CryptoKey, name: SchemeName, crypto: Crypto): Promise<CryptoKey> {
  const scheme = schemeOf(name)
  if (scheme.family !== 'RSA') return key
  const bound = key.algorithm as RsaHashedKeyAlgorithm
  if (bound.name === scheme.keyName && bound.hash.name === scheme.hash) return key
  if (!key.extractable) {
    throw new TypeError(`the key is bound to ${bound.name} with ${bound.hash.name} and not extractable: no ${name}`)
  }
  const pkcs8 = await exportPkcs8(key, crypto)
  const params = { name: scheme.keyName, hash: scheme.hash as string }
  return crypto.subtle.importKey('pkcs8', pkcs8, params, true, ['sign'])
}
