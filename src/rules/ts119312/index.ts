import type { Citation } from '../../core/citation.ts'
import type { Octets } from '../../core/octets.ts'
import { oidName } from '../../core/oids.ts'
import { publicKeyPlace, signaturePlace } from '../places.ts'
import type { CertificateRule, CertificateSubject } from '../subject.ts'

/** A clause of the cryptographic suites of ETSI. */
function ts119312Clause(clause: string): Citation {
  return { document: 'ETSI TS 119 312', clause }
}

const common = { modal: 'should', grounding: 'B' } as const

function isRsa({ certificate }: CertificateSubject): boolean {
  return certificate.publicKey.modulus !== undefined
}

const modulus: CertificateRule = {
  ...common,
  id: 'ts119312.rsa-modulus',
  requirement: 'TS119312:rsa-modulus',
  citation: ts119312Clause('8.4'),
  title: 'the RSA modulus has at least 1900 bits',
  why: 'shorter moduli have been factored or will be: whoever does it signs as the provider',
  mend: 'make a new key of 3072 bits or more',
  applies: isRsa,
  check: ({ certificate }, report) => {
    const { size } = certificate.publicKey
    if (size === undefined || size >= 1900) return
    report(publicKeyPlace(certificate), { actual: `${size} bits`, expected: '1900 bits or more' })
  },
}

const twoYears = 731 * 86_400_000

const modulusForLong: CertificateRule = {
  ...common,
  modal: 'advice',
  id: 'ts119312.rsa-modulus-long-use',
  requirement: 'TS119312:rsa-modulus',
  citation: ts119312Clause('8.4'),
  title: 'the RSA modulus of a certificate for more than two years has at least 3000 bits',
  why: 'the suites of ETSI name 3000 bits for what is to last',
  mend: 'make the next key with 3072 bits or more',
  applies: (subject) => isRsa(subject) && (subject.certificate.publicKey.size as number) >= 1900,
  check: ({ certificate }, report) => {
    const { notBefore, notAfter } = certificate.validity
    const size = certificate.publicKey.size as number
    if (size >= 3000 || notAfter.getTime() - notBefore.getTime() <= twoYears) return
    report(publicKeyPlace(certificate), { actual: `${size} bits`, expected: '3000 bits or more' })
  },
}

/** Bits of a big-endian number without sign octet. */
function bitsOf({ length, value }: Octets): number {
  return length * 8 - Math.clz32(value[0] as number) + 24
}

const exponent: CertificateRule = {
  ...common,
  id: 'ts119312.rsa-exponent',
  requirement: 'TS119312:rsa-exponent',
  citation: ts119312Clause('6.2.2.1'),
  title: 'the RSA exponent is odd, over 2^16 and under 2^256',
  why: 'small exponents make mistakes in padding exploitable, huge ones make verification a burden',
  mend: 'make a new key with exponent 65537',
  applies: isRsa,
  check: ({ certificate }, report) => {
    const octets = certificate.publicKey.exponent
    if (octets === undefined) return
    const bits = bitsOf(octets)
    const odd = ((octets.value[octets.length - 1] as number) & 1) === 1
    if (odd && bits > 16 && bits <= 256) return
    const actual = bits > 256 ? `${bits} bits` : `0x${octets.hex}`
    const place = { path: 'tbsCertificate.subjectPublicKeyInfo.subjectPublicKey.publicExponent', ...octetsOf(octets) }
    report(place, { actual, expected: 'odd, over 2^16, under 2^256' })
  },
}

function octetsOf({ offset, length }: Octets): { offset: number; length: number } {
  return { offset, length }
}

/** P-256, P-384, P-521, brainpoolP256r1, P384r1, P512r1, FRP256v1. */
const curves: ReadonlySet<string> = new Set([
  '1.2.840.10045.3.1.7',
  '1.3.132.0.34',
  '1.3.132.0.35',
  '1.3.36.3.3.2.8.1.1.7',
  '1.3.36.3.3.2.8.1.1.11',
  '1.3.36.3.3.2.8.1.1.13',
  '1.2.250.1.223.101.256.1',
])

const EC = '1.2.840.10045.2.1'

const curve: CertificateRule = {
  ...common,
  id: 'ts119312.ec-curve',
  requirement: 'TS119312:ec-curves',
  citation: ts119312Clause('6.2.2.3'),
  title: 'the curve is one of the list',
  why: 'libraries of banks have few curves, and others were not studied as much',
  mend: 'make a new key on P-256, P-384 or P-521',
  applies: ({ certificate }) => certificate.publicKey.algorithm.oid === EC,
  check: ({ certificate }, report) => {
    const { curve: oid } = certificate.publicKey.algorithm
    if (oid !== undefined && curves.has(oid)) return
    const actual = oid === undefined ? 'no named curve' : (oidName(oid) ?? oid)
    report(publicKeyPlace(certificate), { actual, expected: 'P-256, P-384, P-521, a brainpool r1 curve or FRP256v1' })
  },
}

/** Hashes under SHA-256, by the algorithm that names them. */
const weak: Readonly<Record<string, string | undefined>> = {
  '1.2.840.113549.1.1.2': 'MD2',
  '1.2.840.113549.1.1.4': 'MD5',
  '1.2.840.113549.1.1.5': 'SHA-1',
  '1.2.840.113549.1.1.14': 'SHA-224',
  '1.2.840.10040.4.3': 'SHA-1',
  '1.2.840.10045.4.1': 'SHA-1',
  '1.2.840.10045.4.3.1': 'SHA-224',
  '1.3.14.3.2.29': 'SHA-1',
  '1.2.840.113549.2.5': 'MD5',
  '1.3.14.3.2.26': 'SHA-1',
  '2.16.840.1.101.3.4.2.4': 'SHA-224',
}

const hash: CertificateRule = {
  ...common,
  id: 'ts119312.hash',
  requirement: 'TS119312:hash',
  citation: ts119312Clause('5'),
  title: 'the hash of the signature is SHA-256 or stronger',
  why: 'two certificates can be made with one SHA-1 or MD5 hash: the signature of one fits the other',
  mend: 'have the certificate issued with SHA-256 or stronger',
  check: ({ certificate }, report) => {
    const { oid, pss } = certificate.signatureAlgorithm
    const actual = weak[pss?.hash ?? oid]
    if (actual !== undefined) report(signaturePlace(certificate), { actual, expected: 'SHA-256 or stronger' })
  },
}

/** Octets of the hashes that PSS is used with. */
const hashLengths: Readonly<Record<string, number | undefined>> = {
  '1.2.840.113549.2.5': 16,
  '1.3.14.3.2.26': 20,
  '2.16.840.1.101.3.4.2.4': 28,
  '2.16.840.1.101.3.4.2.1': 32,
  '2.16.840.1.101.3.4.2.2': 48,
  '2.16.840.1.101.3.4.2.3': 64,
}

const pss: CertificateRule = {
  ...common,
  id: 'ts119312.pss-parameters',
  requirement: 'TS119312:pss-params',
  citation: ts119312Clause('6.2.2.1'),
  title: 'RSASSA-PSS has one hash for message and mask, and a salt as long as the hash',
  why: 'many libraries verify no other combination',
  mend: 'have the certificate issued with the same hash in both places and a salt of its length',
  applies: ({ certificate }) => certificate.signatureAlgorithm.pss !== undefined,
  check: ({ certificate }, report) => {
    const parameters = certificate.signatureAlgorithm.pss
    if (parameters === undefined) return
    const { hash: message, mgfHash, saltLength } = parameters
    const place = signaturePlace(certificate)
    if (message !== mgfHash) {
      report(place, { message: 'MGF1 has another hash', actual: nameOf(mgfHash), expected: nameOf(message) })
    }
    const octets = hashLengths[message]
    if (octets !== undefined && saltLength !== octets) {
      const text = 'the salt has not the length of the hash'
      report(place, { message: text, actual: `${saltLength} octets`, expected: `${octets} octets` })
    }
  },
}

function nameOf(oid: string): string {
  return oidName(oid) ?? oid
}

/** ETSI TS 119 312: keys, hashes and signatures that are strong enough. */
export const ts119312: readonly CertificateRule[] = [modulus, modulusForLong, exponent, curve, hash, pss]
