import { constants, createHash, type KeyObject, verify } from 'node:crypto'
import type { HashAlgorithm, SignatureAlgorithm } from 'xml-crypto'
import { decodeBase64 } from '../core/base64.ts'

/** The closed tables of what the signature of a list may use. What is not here is refused. */

export const exclusiveC14n = 'http://www.w3.org/2001/10/xml-exc-c14n#'
export const envelopedSignature = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature'

type Hash = 'sha256' | 'sha384' | 'sha512'

/** Digests of references. */
export const digestMethods: ReadonlyMap<string, Hash> = new Map([
  ['http://www.w3.org/2001/04/xmlenc#sha256', 'sha256'],
  ['http://www.w3.org/2001/04/xmldsig-more#sha384', 'sha384'],
  ['http://www.w3.org/2001/04/xmlenc#sha512', 'sha512'],
])

/** Digests of the signer's certificate in XAdES. SHA-1 is met in published lists; the certificate is compared itself. */
export const certificateDigestMethods: ReadonlyMap<string, Hash | 'sha1'> = new Map<string, Hash | 'sha1'>([
  ['http://www.w3.org/2000/09/xmldsig#sha1', 'sha1'],
  ...digestMethods,
])

/** A way to sign, and the keys that it is for. */
export interface SignatureMethod {
  readonly family: 'rsa' | 'rsa-pss' | 'ecdsa'
  readonly hash: Hash
}

const hashes: readonly Hash[] = ['sha256', 'sha384', 'sha512']

export const signatureMethods: ReadonlyMap<string, SignatureMethod> = new Map(
  hashes.flatMap((hash): [string, SignatureMethod][] => [
    [`http://www.w3.org/2001/04/xmldsig-more#rsa-${hash}`, { family: 'rsa', hash }],
    [`http://www.w3.org/2007/05/xmldsig-more#${hash}-rsa-MGF1`, { family: 'rsa-pss', hash }],
    [`http://www.w3.org/2001/04/xmldsig-more#ecdsa-${hash}`, { family: 'ecdsa', hash }],
  ]),
)

/** Curves as OpenSSL names them. The brainpool ones are used by scheme operators. */
const curves: ReadonlySet<string> = new Set([
  'prime256v1',
  'secp384r1',
  'secp521r1',
  'brainpoolP256r1',
  'brainpoolP384r1',
  'brainpoolP512r1',
])

/** True where the key is for the method and strong enough. */
export function keyFits({ family }: SignatureMethod, key: KeyObject, minimumRsaBits: number): boolean {
  const { modulusLength = 0, namedCurve = '' } = key.asymmetricKeyDetails ?? {}
  if (family === 'ecdsa') return key.asymmetricKeyType === 'ec' && curves.has(namedCurve)
  if (key.asymmetricKeyType !== 'rsa' && key.asymmetricKeyType !== family) return false
  return modulusLength >= minimumRsaBits
}

function verifyWith({ family, hash }: SignatureMethod, material: string, key: KeyObject, signature: string): boolean {
  let octets: Uint8Array
  try {
    octets = decodeBase64(signature.replace(/[ \t\r\n]+/g, ''))
  } catch {
    return false
  }
  const data = Buffer.from(material, 'utf8')
  if (family === 'ecdsa') return verify(hash, data, { key, dsaEncoding: 'ieee-p1363' }, octets)
  if (family === 'rsa') return verify(hash, data, { key, padding: constants.RSA_PKCS1_PADDING }, octets)
  return verify(
    hash,
    data,
    { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST },
    octets,
  )
}

/** The tables in the form that xml-crypto takes: classes by URI, without a prototype that a URI could name. */
export function signatureClasses(): Record<string, new () => SignatureAlgorithm> {
  return classes(signatureMethods, (uri, method) => ({
    getAlgorithmName: () => uri,
    getSignature: () => {
      throw new Error('lists are verified, not signed')
    },
    verifySignature: (material: string, key: unknown, signature: string) =>
      verifyWith(method, material, key as KeyObject, signature),
  }))
}

export function digestClasses(): Record<string, new () => HashAlgorithm> {
  return classes(digestMethods, (uri, hash) => ({
    getAlgorithmName: () => uri,
    getHash: (text: string) => createHash(hash).update(text, 'utf8').digest('base64'),
  }))
}

function classes<Row, Instance extends object>(
  table: ReadonlyMap<string, Row>,
  make: (uri: string, row: Row) => Instance,
): Record<string, new () => Instance> {
  const byUri: Record<string, new () => Instance> = Object.create(null)
  for (const [uri, row] of table) {
    byUri[uri] = function algorithm() {
      return make(uri, row)
    } as unknown as new () => Instance
  }
  return byUri
}
