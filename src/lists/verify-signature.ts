import { createHash, createPublicKey, type KeyObject } from 'node:crypto'
import { DOMParser } from '@xmldom/xmldom'
import { SignedXml } from 'xml-crypto'
import { decodeBase64 } from '../core/base64.ts'
import { equalBytes } from '../core/bytes.ts'
import { listError } from '../trust/lists/codes.ts'
import { allOf, attributeOf, type Place, required, textOf } from '../trust/lists/element.ts'
import { defaultListLimits, type ListLimits } from '../trust/lists/limits.ts'
import type { VerifiedOctets } from '../trust/lists/load.ts'
import { namespaces } from '../trust/lists/namespaces.ts'
import { decodeXml, parseXml } from '../trust/lists/xml.ts'
import type { Certificate } from '../x509/index.ts'
import {
  certificateDigestMethods,
  digestClasses,
  keyFits,
  type SignatureMethod,
  signatureClasses,
  signatureMethods,
} from './algorithms.ts'
import { type SignatureShape, shapeOf } from './signature-shape.ts'

/** Who may have signed, and the caps that hold before that is known. */
export interface VerifySignatureOptions {
  /** At least one; the certificate that comes with the signature must be one of them, octet by octet. */
  readonly signers: readonly Certificate[]
  readonly limits?: ListLimits
  /** RSA keys with fewer bits are refused. Default 2048; lists up to 2017 were signed with 1024. */
  readonly minimumRsaBits?: number
}

/**
 * Verifies the XAdES signature of a trusted list and gives the octets that were signed. Only they may be read: whoever reads
 * the file again reads what nobody signed.
 *
 * @throws Psd2Error `XML_...`, `TSL_...` or `LIMIT_LIST_...`
 * @throws TypeError where there are no signers
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises'
 * import { verifyListSignature } from 'psd2-toolkit/lists'
 * import { parseCertificate } from 'psd2-toolkit/x509'
 *
 * const signers = [parseCertificate(await readFile('scheme-operator.der'), { mode: 'tolerant' })]
 * const { octets } = verifyListSignature(await readFile('fr.xml'), { signers })
 * console.log(octets.length)
 * ```
 */
export function verifyListSignature(bytes: Uint8Array, options: VerifySignatureOptions): VerifiedOctets {
  const { signers, limits = defaultListLimits, minimumRsaBits = 2048 } = options
  if (signers.length === 0) throw new TypeError('signers must name at least one certificate: nothing means nobody')
  const text = decodeXml(bytes, limits)
  const shape = shapeOf(parseXml(text, limits))
  const signer = chooseSigner(shape, signers)
  const key = keyOf(signer, signatureMethods.get(shape.algorithm) as SignatureMethod, minimumRsaBits)
  const signed = checkSignature(text, shape, key)
  requireSignedProperties(signed.properties, limits, signer)
  return { octets: new TextEncoder().encode(signed.list), signer, algorithm: shape.algorithm }
}

function chooseSigner({ certificates }: SignatureShape, signers: readonly Certificate[]): Certificate {
  for (const text of certificates) {
    let der: Uint8Array
    try {
      der = decodeBase64(text)
    } catch (cause) {
      throw listError('TSL_KEY_INFO', { cause })
    }
    const signer = signers.find(({ bytes }) => equalBytes(bytes, der))
    if (signer !== undefined) return signer
  }
  throw listError('TSL_SIGNER_UNKNOWN', { detail: `${signers.length} may` })
}

function keyOf(signer: Certificate, method: SignatureMethod, minimumRsaBits: number): KeyObject {
  let key: KeyObject
  try {
    key = createPublicKey({ key: Buffer.from(signer.publicKey.value), format: 'der', type: 'spki' })
  } catch (cause) {
    throw listError('TSL_SIGNER_KEY', { cause })
  }
  if (!keyFits(method, key, minimumRsaBits)) {
    const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key
    const size = details?.modulusLength === undefined ? details?.namedCurve : `${details.modulusLength} bits`
    throw listError('TSL_SIGNER_KEY', { detail: `${method.family} with ${type} ${size}` })
  }
  return key
}

/** What was signed, in canonical form. */
interface Signed {
  readonly list: string
  readonly properties: string
}

function checkSignature(text: string, shape: SignatureShape, key: KeyObject): Signed {
  const signed = new SignedXml({ publicCert: key, getCertFromKeyInfo: () => null })
  signed.SignatureAlgorithms = signatureClasses() as unknown as typeof signed.SignatureAlgorithms
  signed.HashAlgorithms = digestClasses() as unknown as typeof signed.HashAlgorithms
  const [signature, second] = signed.findSignatures(treeOf(text))
  if (signature === undefined || second !== undefined) throw listError('TSL_SIGNATURE_TWICE')
  let isRight: boolean
  try {
    signed.loadSignature(signature)
    isRight = signed.checkSignature(text)
  } catch (cause) {
    throw listError('TSL_SIGNATURE_INVALID', { cause })
  }
  if (!isRight) throw listError('TSL_DIGEST_MISMATCH')
  // The library read SignedInfo by itself: what it verified must be what was looked at.
  const references = signed.getReferences()
  const list = references.find(({ uri }) => uri === '')?.signedReference
  const properties = references.find(({ uri }) => uri === `#${shape.propertiesId}`)?.signedReference
  if (
    references.length !== 2 ||
    signed.signatureAlgorithm !== shape.algorithm ||
    list === undefined ||
    properties === undefined
  ) {
    throw listError('TSL_REFERENCES')
  }
  return { list, properties }
}

/** The tree that the library works on. What its parser complains about is refused, not mended. */
function treeOf(text: string): Node {
  const errorHandler = (_level: string, message: unknown) => {
    throw listError('XML_SYNTAX', { detail: String(message) })
  }
  return new DOMParser({ errorHandler }).parseFromString(text, 'text/xml') as unknown as Node
}

const { xades, xmldsig } = namespaces

/** The signed properties name the certificate of the signer, so that it cannot be exchanged for one of the same key. */
function requireSignedProperties(canonical: string, limits: ListLimits, signer: Certificate): void {
  const root = parseXml(canonical, limits)
  if (root.name !== 'SignedProperties' || root.namespace !== xades) throw listError('TSL_SIGNED_PROPERTIES')
  const properties: Place = { element: root, path: 'SignedProperties' }
  const ofSignature = required(properties, 'SignedSignatureProperties', xades)
  const named = ['SigningCertificate', 'SigningCertificateV2'].flatMap((name) => allOf(ofSignature, name, xades))
  const [certificate] = named
  if (certificate === undefined || named.length !== 1)
    throw listError('TSL_SIGNED_PROPERTIES', { detail: 'SigningCertificate' })
  const first = allOf(certificate, 'Cert', xades)[0]
  if (first === undefined) throw listError('TSL_SIGNED_PROPERTIES', { path: certificate.path })
  const digest = required(first, 'CertDigest', xades)
  const method = attributeOf(required(digest, 'DigestMethod', xmldsig), 'Algorithm') ?? ''
  const hash = certificateDigestMethods.get(method)
  if (hash === undefined) throw listError('TSL_DIGEST_ALGORITHM', { detail: method, path: digest.path })
  const value = textOf(required(digest, 'DigestValue', xmldsig)).replace(/\s+/g, '')
  if (createHash(hash).update(signer.bytes).digest('base64') !== value) {
    throw listError('TSL_SIGNING_CERTIFICATE', { path: digest.path })
  }
}
