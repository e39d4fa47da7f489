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

/** Entries of one input: ten times the batch that an auditor brings. */
const mostEntries = 100_000

/** Labels of blocks that are a certificate (RFC 7468 clause 5, OpenSSL's older names). */
const certificateLabels = new Set(['CERTIFICATE', 'X509 CERTIFICATE', 'X.509 CERTIFICATE', 'TRUSTED CERTIFICATE'])
const pkcs7Labels = new Set(['PKCS7', 'PKCS #7 SIGNED DATA', 'CMS'])

/** Labels of blocks that are something else, with what to say of them. Others are passed over. */
const otherLabels: ReadonlyMap<string, ContainerCode> = new Map([
  ['CERTIFICATE REQUEST', 'INPUT_REQUEST'],
  ['NEW CERTIFICATE REQUEST', 'INPUT_REQUEST'],
  ['X509 CRL', 'INPUT_CRL'],
])

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
    if (found.length > mostEntries) return withLimit(found)
    if (found.length === 0) throw containerError('INPUT_NO_CERTIFICATE', 0)
    return found
  } catch (error) {
    if (error instanceof Psd2Error) return [{ error, place: '' }]
    throw error
  }
}

/** The first entries, and one that says that there are more. */
function withLimit(found: readonly FoundCertificate[]): FoundCertificate[] {
  return [...found.slice(0, mostEntries), { error: containerError('LIMIT_INPUT_CERTIFICATES', 0), place: '' }]
}

function findByContent(bytes: Uint8Array): FoundCertificate[] {
  if (bytes.length === 0) throw containerError('INPUT_EMPTY', 0)
  const inDer = isDer(bytes) ? findInDer(bytes) : undefined
  if (inDer !== undefined) return inDer
  if (isUtf16(bytes)) throw containerError('INPUT_UTF16', 0)
  // Only text can hold PEM: a hundred megabytes of zeros are not worth a search.
  if (!isText(bytes)) throw containerError('INPUT_UNKNOWN', 0)
  const content = withoutMark(bytes)
  const text = pemText(content)
  const first = text.search(/\S/)
  if (first < 0) throw containerError('INPUT_EMPTY', 0)
  // A JSON string holds no line break: BEGIN at the start of a line is PEM, whatever the text begins with.
  if (/^-----BEGIN /m.test(text)) return findInPem(text)
  if (text[first] === '{' || text[first] === '[') return findInJson(content)
  return text.includes('-----BEGIN ') ? findInPem(text) : findInBase64(text)
}

/** A SEQUENCE whose length fits the input: nothing that begins like text. Octets may follow; the reader refuses those. */
function isDer(bytes: Uint8Array): boolean {
  const [tag, length = 0] = bytes
  return tag === 0x30 && (length >= 0x80 ? length <= 0x84 : length === bytes.length - 2)
}

/** By the first field: a certificate, a PKCS#7 chain, a PKCS#12 store or a private key; undefined where it is none. */
function findInDer(bytes: Uint8Array): FoundCertificate[] | undefined {
  const second = bytes[1] ?? 0
  const field = second < 0x80 ? 2 : 2 + (second & 0x7f)
  const tag = bytes[field]
  if (tag === 0x30) return [{ der: bytes, place: '' }]
  if (tag === 0x06)
    return readPkcs7Certificates(bytes).map((der, index) => ({ der, place: `certificate ${index + 1}` }))
  if (tag === 0x02) {
    if (isPublicRsaKey(bytes, field)) throw containerError('INPUT_NO_CERTIFICATE', 0, '', 'a public key')
    throw containerError(bytes[field + 2] === 3 ? 'INPUT_PKCS12' : 'INPUT_PRIVATE_KEY', 0)
  }
  return second >= 0x80 ? [{ der: bytes, place: '' }] : undefined
}

/** RSAPublicKey begins with its modulus; a private key and PKCS#12 with a version of one octet. */
function isPublicRsaKey(bytes: Uint8Array, field: number): boolean {
  return bytes[field + 1] !== 1
}

function findInPem(text: string): FoundCertificate[] {
  const found: FoundCertificate[] = []
  const passedOver: string[] = []
  for (const part of pemParts(text)) {
    if (found.length >= mostEntries) return withLimit(found)
    const label = 'error' in part ? part.label : part.block.label
    const place = `line ${'error' in part ? part.line : part.block.line}`
    if (label.endsWith('PRIVATE KEY')) {
      found.push({ error: containerError('INPUT_PRIVATE_KEY', 0, place), place })
    } else if ('error' in part) {
      found.push({ error: part.error, place })
    } else if (certificateLabels.has(label)) {
      found.push({ der: withoutTrust(label, part.block.bytes), place })
    } else if (pkcs7Labels.has(label)) {
      for (const certificate of findInPkcs7(part.block.bytes, place)) found.push(certificate)
    } else {
      const code = otherLabels.get(label)
      if (code === undefined) passedOver.push(label)
      else found.push({ error: containerError(code, 0, place), place })
    }
  }
  if (found.length === 0) {
    const labels = passedOver.slice(0, 5).join(', ')
    throw containerError('INPUT_NO_CERTIFICATE', 0, '', labels === '' ? undefined : labels)
  }
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

/** OpenSSL writes its own trust settings behind a TRUSTED CERTIFICATE; the certificate is the first element. */
function withoutTrust(label: string, bytes: Uint8Array): Uint8Array {
  const [tag, first = 0, ...rest] = bytes.subarray(0, 6)
  if (label !== 'TRUSTED CERTIFICATE' || tag !== 0x30 || first < 0x81 || first > 0x84) return bytes
  const length = rest.slice(0, first & 0x7f).reduce((total, octet) => total * 256 + octet, 0)
  return bytes.subarray(0, 2 + (first & 0x7f) + length)
}

/** Base64 without PEM lines, as configuration files and headers carry it. */
function findInBase64(text: string): FoundCertificate[] {
  const bare = text.replace(/\s+/g, '')
  if (/^(?:data|https?|file|ldaps?):/i.test(bare)) throw containerError('INPUT_URL', 0)
  if (/^30:?8/.test(bare) && /^[0-9a-f:]+$/i.test(bare)) throw containerError('INPUT_HEX', 0)
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(bare) || !bare.startsWith('M')) throw containerError('INPUT_UNKNOWN', 0)
  const der = decodeBase64(bare)
  return findInDer(der) ?? [{ der, place: '' }]
}

/** A byte order mark, or a NUL beside each of the first characters. */
function isUtf16(bytes: Uint8Array): boolean {
  const [a, b] = bytes
  if ((a === 0xff && b === 0xfe) || (a === 0xfe && b === 0xff)) return true
  const head = bytes.subarray(0, 16)
  if (head.length < 8) return false
  const nul = (parity: number) => head.every((octet, index) => (octet === 0) === (index % 2 === parity))
  return nul(0) || nul(1)
}

/** No NUL in what every text begins with. */
function isText(bytes: Uint8Array): boolean {
  return !bytes.subarray(0, 4096).includes(0)
}

/** The octets behind the byte order mark of UTF-8. */
function withoutMark(bytes: Uint8Array): Uint8Array {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes
}
