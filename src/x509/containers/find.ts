import { decodeBase64 } from '../../core/base64.ts'
import { Psd2Error } from '../../core/errors.ts'
import { type ContainerCode, containerError } from './codes.ts'
import { readJwksCertificates } from './jwks.ts'
import { pemParts, pemText } from './pem.ts'
import { readPkcs7Certificates } from './pkcs7.ts'

/** One certificate of an input, or what stood in its place. */
export type FoundCertificate =
  | {
      /** Octets of one certificate, not read yet. */
      readonly der: Uint8Array
      /** Place in the input, for people: a line, a JSON Pointer; empty where the input is the certificate. */
      readonly place: string
    }
  | { readonly error: Psd2Error; readonly place: string }

/** Labels of blocks that are a certificate (RFC 7468 clause 5, OpenSSL's older names). */
const certificateLabels = new Set(['CERTIFICATE', 'X509 CERTIFICATE', 'X.509 CERTIFICATE', 'TRUSTED CERTIFICATE'])
const pkcs7Labels = new Set(['PKCS7', 'PKCS #7 SIGNED DATA', 'CMS'])

/** Labels of blocks that are something else, with what to say of them. Others are passed over. */
const otherLabels: Readonly<Record<string, ContainerCode | undefined>> = {
  'CERTIFICATE REQUEST': 'INPUT_REQUEST',
  'NEW CERTIFICATE REQUEST': 'INPUT_REQUEST',
  'X509 CRL': 'INPUT_CRL',
}

/**
 * Finds the certificates of an input by its content: PEM (bundles too), DER, bare base64, PKCS#7 chains, JWK and JWKS with
 * x5c. Each is one entry, in order; what cannot be read is an entry with an error, and hides no other. A private key is an
 * entry with `INPUT_PRIVATE_KEY` and nothing of it.
 *
 * @returns at least one entry; never throws on input
 * @throws TypeError where `bytes` is no `Uint8Array`
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises'
 * import { findCertificates, parseCertificate } from 'psd2-toolkit/x509'
 *
 * for (const found of findCertificates(await readFile('bundle.pem'))) {
 *   if ('error' in found) console.log(found.place, found.error.code)
 *   else console.log(found.place, String(parseCertificate(found.der).subject))
 * }
 * ```
 */
export function findCertificates(bytes: Uint8Array): FoundCertificate[] {
  if (!(bytes instanceof Uint8Array)) throw new TypeError('findCertificates takes a Uint8Array')
  try {
    const found = findByContent(bytes)
    if (found.length === 0) throw containerError('INPUT_NO_CERTIFICATE', 0)
    return found
  } catch (error) {
    if (error instanceof Psd2Error) return [{ error, place: '' }]
    throw error
  }
}

function findByContent(bytes: Uint8Array): FoundCertificate[] {
  if (bytes.length === 0) throw containerError('INPUT_EMPTY', 0)
  if (bytes[0] === 0x30) {
    const found = findInDer(bytes)
    if (found !== undefined) return found
  }
  if (isUtf16(bytes)) throw containerError('INPUT_UTF16', 0)
  const head = pemText(bytes.subarray(0, 4096))
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart()
  if (head.startsWith('{') || head.startsWith('[')) return findInJson(withoutMark(bytes))
  // Only text can hold PEM: a hundred megabytes of zeros are not worth a search.
  if (isText(bytes)) {
    const text = pemText(bytes)
    return text.includes('-----BEGIN ') ? findInPem(text) : findInBase64(text)
  }
  throw containerError('INPUT_UNKNOWN', 0)
}

/** A certificate, a PKCS#7 chain or a PKCS#12 store by the first field; undefined where it is none (text can begin with 0). */
function findInDer(bytes: Uint8Array): FoundCertificate[] | undefined {
  const second = bytes[1] ?? 0
  const field = second < 0x80 ? 2 : 2 + (second & 0x7f)
  const tag = bytes[field]
  if (tag === 0x30) return [{ der: bytes, place: '' }]
  if (tag === 0x06)
    return readPkcs7Certificates(bytes).map((der, index) => ({ der, place: `certificate ${index + 1}` }))
  if (tag === 0x02) {
    const version = bytes[field + 2]
    throw containerError(version === 3 ? 'INPUT_PKCS12' : 'INPUT_PRIVATE_KEY', 0)
  }
  return second >= 0x80 ? [{ der: bytes, place: '' }] : undefined
}

function findInPem(text: string): FoundCertificate[] {
  const found: FoundCertificate[] = []
  const passedOver: string[] = []
  for (const part of pemParts(text)) {
    const label = 'error' in part ? part.label : part.block.label
    const place = `line ${'error' in part ? part.line : part.block.line}`
    if (label.endsWith('PRIVATE KEY')) {
      found.push({ error: containerError('INPUT_PRIVATE_KEY', 0, place), place })
    } else if ('error' in part) {
      found.push({ error: part.error, place })
    } else if (certificateLabels.has(label)) {
      found.push({ der: part.block.bytes, place })
    } else if (pkcs7Labels.has(label)) {
      found.push(...findInPkcs7(part.block.bytes, place))
    } else if (otherLabels[label] !== undefined) {
      found.push({ error: containerError(otherLabels[label], 0, place), place })
    } else passedOver.push(label)
  }
  if (found.length === 0) throw containerError('INPUT_NO_CERTIFICATE', 0, '', passedOver.slice(0, 5).join(', '))
  return found
}

function findInPkcs7(bytes: Uint8Array, place: string): FoundCertificate[] {
  try {
    return readPkcs7Certificates(bytes).map((der, index) => ({ der, place: `${place}, certificate ${index + 1}` }))
  } catch (error) {
    if (error instanceof Psd2Error) return [{ error, place }]
    throw error
  }
}

function findInJson(bytes: Uint8Array): FoundCertificate[] {
  return readJwksCertificates(bytes).map((part) =>
    'error' in part ? { error: part.error, place: part.pointer } : { der: part.der, place: part.pointer },
  )
}

/** Base64 without PEM lines, as configuration files and headers carry it. */
function findInBase64(text: string): FoundCertificate[] {
  const bare = text.replace(/\s+/g, '')
  if (bare === '') throw containerError('INPUT_EMPTY', 0)
  if (/^(?:data|https?|file|ldaps?):/i.test(bare)) throw containerError('INPUT_URL', 0)
  if (/^(?:[0-9a-f]{2}:?)+$/i.test(bare) && /^30:?8/i.test(bare)) throw containerError('INPUT_HEX', 0)
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(bare) || !bare.startsWith('M')) throw containerError('INPUT_UNKNOWN', 0)
  const der = decodeBase64(bare)
  return findInDer(der) ?? [{ der, place: '' }]
}

function isUtf16(bytes: Uint8Array): boolean {
  const [a, b, c, d] = bytes
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return true
  return (a === 0x2d && b === 0 && c === 0x2d && d === 0) || (a === 0 && b === 0x2d && c === 0 && d === 0x2d)
}

/** No NUL in what every text begins with. */
function isText(bytes: Uint8Array): boolean {
  return !bytes.subarray(0, 4096).includes(0)
}

function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes
}
