import { toHex } from '../core/bytes.ts'
import type { CryptoProvider } from '../crypto/provider.ts'
import type { Certificate } from '../x509/certificate.ts'
import { isSameName } from './distinguished-name.ts'

/**
 * What a signature says of its key, taken apart. It comes with the message: an attacker wrote it until the signature has
 * been verified and the certificate behind it trusted. Nothing of it is ever fetched.
 */
export type KeyReference = {
  /** Always true, so that whoever logs or passes it on sees what it is. */
  readonly untrusted: true
  /** As it was sent. */
  readonly value: string
} & (
  | {
      /** An address of a certificate; `fingerprint` is the SHA-256 that STET puts behind the last underscore. */
      readonly form: 'url'
      readonly url: string
      readonly fingerprint: string | undefined
    }
  | {
      /** `SN=..,CA=..`: serial number and issuer. */
      readonly form: 'issuer-serial'
      readonly serials: readonly bigint[]
      readonly issuer: string
    }
  | {
      /** A serial number alone. */
      readonly form: 'serial'
      readonly serials: readonly bigint[]
    }
  | {
      /** Anything else: a client_id, a kid. */
      readonly form: 'identifier'
    }
)

export type KeyReferenceForm = KeyReference['form']

/** Longer references name no key. */
export const longestKeyReference = 8192

/** Characters of plain identifiers: 1 where a number can have them too, 2 where none has. */
const identifierCharacters = /* @__PURE__ */ characterClasses(
  '0123456789ABCDEFabcdef',
  'GHIJKLMNOPQRSTUVWXYZghijklmnopqrstuvwxyz_-',
)

function characterClasses(ofNumbers: string, others: string): Uint8Array {
  const classes = new Uint8Array(128)
  for (let i = 0; i < ofNumbers.length; i++) classes[ofNumbers.charCodeAt(i)] = 1
  for (let i = 0; i < others.length; i++) classes[others.charCodeAt(i)] = 2
  return classes
}

/** Of letters, digits, `_` and `-`, with one that no number has: most references are that, and need no further look. */
function isPlainIdentifier(value: string): boolean {
  let isOther = false
  for (let i = 0; i < value.length; i++) {
    const found = identifierCharacters[value.charCodeAt(i)]
    // What begins with 0x may be a number.
    if (found === undefined || found === 0 || (i === 1 && (value[i] === 'x' || value[i] === 'X'))) return false
    if (found === 2) isOther = true
  }
  return isOther
}

/**
 * Takes a keyId apart: an https address, `SN=<serial>,CA=<distinguished name>`, a serial number alone, or an identifier.
 * A serial number of decimal digits may also be hexadecimal; both readings are given.
 *
 * @example
 * ```ts
 * import { parseKeyReference } from 'psd2-toolkit/signature'
 *
 * const reference = parseKeyReference('SN=1A2B,CA=CN=Example CA,O=Example QTSP,C=FR')
 * if (reference.form === 'issuer-serial') console.log(reference.serials, reference.issuer)
 * ```
 */
export function parseKeyReference(value: string): KeyReference {
  if (isPlainIdentifier(value)) return { untrusted: true, value, form: 'identifier' }
  const base = { untrusted: true, value } as const
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(value)) {
    return { ...base, form: 'url', url: value, fingerprint: fingerprintOf(value) }
  }
  const parts = /^SN=([^,]*),\s*CA=(.*)$/is.exec(value)
  if (parts !== null) {
    const serials = readSerials(parts[1] as string)
    if (serials.length > 0) return { ...base, form: 'issuer-serial', serials, issuer: decodeSpaces(parts[2] as string) }
  }
  const serials = readSerials(value.replace(/^SN=/i, ''))
  return serials.length > 0 ? { ...base, form: 'serial', serials } : { ...base, form: 'identifier' }
}

/**
 * STET 3.5.1.2: https, no credentials, no query, no fragment, and behind the last underscore 64 lower-case digits.
 * Undefined where the address is not that.
 */
function fingerprintOf(url: string): string | undefined {
  return /^https:\/\/[^@?#\s]+_([0-9a-f]{64})$/.exec(url)?.[1]
}

/** A serial number as integer: hexadecimal with 0x or letters or colons; decimal digits alone may be either. */
function readSerials(text: string): bigint[] {
  const digits = text.trim().replace(/^0x/i, '').replaceAll(':', '')
  if (!/^[0-9a-f]{1,42}$/i.test(digits) && !/^[0-9]{1,50}$/.test(digits)) return []
  const isHexOnly = /[a-f]/i.test(digits) || digits.length !== text.trim().length
  const hexadecimal = /^[0-9a-f]{1,42}$/i.test(digits) ? [BigInt(`0x${digits}`)] : []
  return isHexOnly ? hexadecimal : [...new Set([...hexadecimal, BigInt(digits)])]
}

/** Some write the spaces of the name as in an address. */
function decodeSpaces(text: string): string {
  return text.replaceAll('%20', ' ')
}

/**
 * True where a reference can be of this certificate: the fingerprint is that of its DER, the serial number is its own, the
 * issuer names the same attributes. An address without a fingerprint and an identifier can be of any.
 */
export async function refersTo(
  reference: KeyReference,
  certificate: Certificate,
  crypto: CryptoProvider,
): Promise<boolean> {
  switch (reference.form) {
    case 'url':
      return (
        reference.fingerprint === undefined ||
        reference.fingerprint === toHex(await crypto.digest('sha-256', certificate.bytes))
      )
    case 'issuer-serial':
      return reference.serials.includes(certificate.serialNumber) && isSameName(reference.issuer, certificate.issuer)
    case 'serial':
      return reference.serials.includes(certificate.serialNumber)
    default:
      return true
  }
}
