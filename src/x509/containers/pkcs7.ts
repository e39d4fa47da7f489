import { Psd2Error } from '../../core/errors.ts'
import { contextConstructed, openDer, readOid, readSmallInteger, Scope, Tag, walk } from '../../der/index.ts'
import { containerError } from './codes.ts'

/** A chain of ten thousand certificates, and room for the rest. */
const limits = { size: 64 << 20, depth: 64, elements: 4_000_000, oid: 128, string: 32_768, integer: 8_200 }

const SIGNED_DATA = '1.2.840.113549.1.7.2'

/**
 * The certificates of a PKCS#7 chain: SignedData without a signer (RFC 5652 5.1), as `.p7b` files hold it.
 *
 * ```text
 * ContentInfo ::= SEQUENCE { contentType OBJECT IDENTIFIER, content [0] EXPLICIT ANY }
 * SignedData  ::= SEQUENCE { version INTEGER, digestAlgorithms SET, encapContentInfo SEQUENCE,
 *   certificates [0] IMPLICIT SET OF CertificateChoices OPTIONAL, ... }
 * ```
 *
 * @returns the octets of each certificate, as a view of the input
 * @throws Psd2Error `INPUT_PKCS7_...` or `DER_...`
 */
export function readPkcs7Certificates(bytes: Uint8Array): Uint8Array[] {
  try {
    return readChain(bytes)
  } catch (error) {
    if (error instanceof Psd2Error && error.code === 'DER_LENGTH_INDEFINITE') {
      throw containerError('INPUT_PKCS7_BER', error.offset ?? 0, error.path)
    }
    throw error
  }
}

function readChain(bytes: Uint8Array): Uint8Array[] {
  const input = openDer(bytes, new Scope('strict', limits))
  const info = input.enter(Tag.SEQUENCE, '')
  if (readOid(info, 'contentType') !== SIGNED_DATA) throw containerError('INPUT_PKCS7_CONTENT', 0)
  const content = info.enter(contextConstructed(0), 'content')
  const signedData = content.enter(Tag.SEQUENCE, '')
  readSmallInteger(signedData, 'version', 1, 5)
  walk(signedData, 'digestAlgorithms')
  walk(signedData, 'encapContentInfo')
  const certificates: Uint8Array[] = []
  if (signedData.next(contextConstructed(0))) {
    const list = signedData.enter(contextConstructed(0), 'certificates')
    while (!list.isEmpty) {
      const start = list.position
      list.readAny(certificates.length)
      certificates.push(bytes.subarray(start, list.position))
    }
  }
  while (!signedData.isEmpty) walk(signedData, 'rest')
  content.finish()
  info.finish()
  input.finish()
  return certificates
}
