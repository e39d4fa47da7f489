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
  const cursor = openDer(bytes, new Scope('strict', limits))
  const infoEnd = cursor.open(Tag.SEQUENCE, '')
  if (readOid(cursor, 'contentType') !== SIGNED_DATA) throw containerError('INPUT_PKCS7_CONTENT', 0)
  const contentEnd = cursor.open(contextConstructed(0), 'content')
  const dataEnd = cursor.open(Tag.SEQUENCE, '')
  readSmallInteger(cursor, 'version', 1, 5)
  walk(cursor, 'digestAlgorithms')
  walk(cursor, 'encapContentInfo')
  const certificates: Uint8Array[] = []
  if (cursor.next(contextConstructed(0))) {
    const listEnd = cursor.open(contextConstructed(0), 'certificates')
    while (!cursor.isEmpty) {
      const start = cursor.position
      cursor.readAny(certificates.length)
      certificates.push(bytes.subarray(start, cursor.position))
    }
    cursor.close(listEnd)
  }
  while (!cursor.isEmpty) walk(cursor, 'rest')
  cursor.close(dataEnd)
  cursor.close(contentEnd)
  cursor.close(infoEnd)
  cursor.finish()
  return certificates
}
