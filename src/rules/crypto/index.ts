import type { Citation } from '../../core/citation.ts'
import type { Octets } from '../../core/octets.ts'
import { isRocaModulus } from '../../core/roca.ts'
import { publicKeyPlace } from '../places.ts'
import type { Place } from '../rule.ts'
import type { CertificateRule, CertificateSubject } from '../subject.ts'

const rfc8017: Citation = { document: 'RFC 8017', clause: '3.1' }
const common = { modal: 'shall', grounding: 'A' } as const
const newKey = 'make a new key with a current library, and have it certified'

/** A longer one is a finding of its own; nobody waits for arithmetic on it. */
const longestModulus = 2048

function hasModulus({ certificate }: CertificateSubject): boolean {
  const { modulus } = certificate.publicKey
  return modulus !== undefined && modulus.length <= longestModulus
}

function modulusPlace({ offset, length }: Octets): Place {
  return { path: 'tbsCertificate.subjectPublicKeyInfo.subjectPublicKey.modulus', offset, length }
}

const modulus: CertificateRule = {
  ...common,
  id: 'crypto.rsa-modulus',
  requirement: 'CRYPTO:rsa-modulus',
  citation: rfc8017,
  title: 'the RSA modulus is positive and odd',
  why: 'an even or negative modulus is no product of two large primes: anybody can make its signatures',
  mend: newKey,
  codes: ['X509_RSA_MODULUS'],
}

const exponent: CertificateRule = {
  ...common,
  id: 'crypto.rsa-exponent',
  requirement: 'CRYPTO:rsa-exponent',
  citation: rfc8017,
  title: 'the RSA exponent is an odd number from 3 on',
  why: 'with exponent 1 every message is its own signature',
  mend: newKey,
  codes: ['X509_RSA_EXPONENT'],
}

const size: CertificateRule = {
  ...common,
  id: 'crypto.rsa-size',
  requirement: 'CRYPTO:rsa-size',
  citation: { document: 'practice', clause: 'bounds on keys' },
  modal: 'advice',
  severity: 'error',
  title: 'the RSA modulus has at most 16384 bits',
  why: 'verification under a larger key is a burden that its owner chooses for the bank',
  mend: 'make a new key of 3072 or 4096 bits',
  codes: ['X509_RSA_SIZE'],
  takes: ({ detail = '' }) => Number.parseInt(detail, 10) > 16_384,
}

const roca: CertificateRule = {
  ...common,
  id: 'crypto.roca',
  requirement: 'CRYPTO:roca',
  citation: { document: 'CVE-2017-15361', clause: 'fingerprint' },
  title: 'the RSA modulus has not the fingerprint of keys that a broken library made (ROCA)',
  why: 'such a modulus can be factored for a few thousand euros: whoever does it signs as the provider',
  mend: 'revoke the certificate and make a new key in other hardware or with repaired firmware',
  applies: hasModulus,
  check: ({ certificate }, report) => {
    const { modulus: octets } = certificate.publicKey
    if (octets === undefined || !isRocaModulus(octets.value)) return
    report(modulusPlace(octets), { message: 'the modulus has the fingerprint of CVE-2017-15361' })
  },
}

/** Odd primes up to 199, and their product: one division of the modulus decides on all of them. */
const smallPrimes: readonly bigint[] = oddPrimes(199).map(BigInt)
const primeProduct = smallPrimes.reduce((product, prime) => product * prime, 1n)

function oddPrimes(last: number): number[] {
  const primes: number[] = []
  for (let n = 3; n <= last; n += 2) if (primes.every((prime) => n % prime !== 0)) primes.push(n)
  return primes
}

const smallFactor: CertificateRule = {
  ...common,
  id: 'crypto.rsa-small-factor',
  requirement: 'CRYPTO:rsa-small-factor',
  citation: rfc8017,
  title: 'the RSA modulus has no small prime factor',
  why: 'a modulus with a small factor was not made from two large primes, or was changed: its signatures can be forged',
  mend: newKey,
  applies: hasModulus,
  check: ({ certificate }, report) => {
    const { modulus: octets } = certificate.publicKey
    if (octets === undefined || octets.length === 0) return
    const remainder = BigInt(`0x${octets.hex}`) % primeProduct
    const factor = smallPrimes.find((prime) => remainder % prime === 0n)
    if (factor === undefined) return
    report(modulusPlace(octets), { message: `the modulus is divisible by ${factor}`, actual: String(factor) })
  },
}

const namedCurve: CertificateRule = {
  ...common,
  id: 'crypto.named-curve',
  requirement: 'CRYPTO:named-curve',
  citation: { document: 'RFC 5480', clause: '2.1.1' },
  title: 'the curve of a key is given by name',
  why: 'explicit parameters let a forger choose a generator for which he knows the private key (CVE-2020-0601)',
  mend: newKey,
  codes: ['X509_EC_PARAMETERS'],
}

const point: CertificateRule = {
  ...common,
  id: 'crypto.public-key-form',
  requirement: 'CRYPTO:public-key-form',
  citation: { document: 'RFC 5480', clause: '2.2' },
  title: 'the public key has the form and length of its algorithm',
  why: 'no library imports it, and one that did could be led off the curve',
  mend: newKey,
  codes: ['X509_EC_POINT', 'X509_KEY_LENGTH'],
}

/** Sources in a message: a batch may have thousands of them. */
function listed(sources: readonly string[]): string {
  const shown = sources.slice(0, 5).join(', ')
  return sources.length > 5 ? `${shown} and ${sources.length - 5} more` : shown
}

const sharedKey: CertificateRule = {
  id: 'crypto.shared-key',
  requirement: 'CRYPTO:shared-key',
  citation: { document: 'practice', clause: 'one key for one purpose' },
  modal: 'advice',
  severity: 'warning',
  grounding: 'C',
  title: 'no other certificate of the batch has the same key',
  why: 'one stolen key opens all that it was certified for; of two owners each can be the other',
  mend: 'make a key for each certificate; a renewal that keeps its key is to be accepted by name',
  needs: ['keyUse'],
  check: ({ certificate }, report, { keyUse }) => {
    if (keyUse === undefined || keyUse.sameKey.length === 0) return
    report(publicKeyPlace(certificate), { message: 'other certificates have this key', actual: listed(keyUse.sameKey) })
  },
}

const sharedModulus: CertificateRule = {
  ...common,
  id: 'crypto.shared-modulus',
  requirement: 'CRYPTO:shared-modulus',
  citation: rfc8017,
  title: 'no other certificate of the batch has the modulus with another exponent',
  why: 'who knows one private exponent of a modulus can compute every other',
  mend: 'make a new key for each certificate',
  needs: ['keyUse'],
  applies: hasModulus,
  check: ({ certificate }, report, { keyUse }) => {
    if (keyUse === undefined || keyUse.sameModulus.length === 0) return
    const message = 'other certificates have this modulus with another exponent'
    report(publicKeyPlace(certificate), { message, actual: listed(keyUse.sameModulus) })
  },
}

/** Keys that are broken, whatever a document allows. */
export const crypto: readonly CertificateRule[] = [
  modulus,
  exponent,
  size,
  roca,
  smallFactor,
  namedCurve,
  point,
  sharedKey,
  sharedModulus,
]
