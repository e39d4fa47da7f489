import {
  bitString,
  type Der,
  encodeOid,
  explicit,
  ia5String,
  implicit,
  integer,
  nullValue,
  sequence,
} from '../../../src/der/writer.ts'
import type { LeafPlan } from '../../../src/issuance/leaf-plan.ts'
import type { Psd2Plan } from '../../../src/issuance/qc-statements.ts'
import type { CertificateParts } from './vector.ts'

/** Changes the PSD2 statement of a plan. */
export function psd2(change: (statement: Psd2Plan) => void): (plan: LeafPlan) => void {
  return (plan) => {
    for (const statement of plan.qc.psd2) change(statement)
  }
}

/** SubjectPublicKeyInfo of an RSA key that nobody has the private half of. */
export function rsaKey(modulus: bigint, exponent = 65_537n, algorithm = '1.2.840.113549.1.1.1'): Der {
  const parameters = algorithm.endsWith('.1.1') ? [nullValue()] : []
  const key = sequence(integer(modulus), integer(exponent))
  return sequence(sequence(encodeOid(algorithm), ...parameters), bitString(key))
}

/** An odd number of 2048 bits without small factors that a rule looks for, and no product of anything in particular. */
export const plainModulus: bigint = withoutSmallFactors((1n << 2047n) + 1n)

function withoutSmallFactors(from: bigint): bigint {
  let number = from
  const isDivisible = (): boolean => {
    for (let n = 3n; n < 200n; n += 2n) if (number % n === 0n) return true
    return false
  }
  while (isDivisible()) number += 2n
  return number
}

/** SubjectPublicKeyInfo of an EC key: `parameters` is the curve, `point` the content of the BIT STRING. */
export function ecKey(parameters: Uint8Array, point: Uint8Array): Der {
  return sequence(sequence(encodeOid('1.2.840.10045.2.1'), parameters), bitString(point))
}

/** A point encoding of 65 octets. Whether it is on a curve is the business of who imports it. */
export const anyPoint = Uint8Array.from({ length: 65 }, (_, index) => (index === 0 ? 4 : index))

/** Puts another value into an extension that is there. */
export function replaceExtension(parts: CertificateParts, oid: string, value: Der): void {
  parts.extensions = parts.extensions.map((extension) => (extension.oid === oid ? { ...extension, value } : extension))
}

/** subjectAltName of GeneralNames as they are given. */
export function altName(...names: Uint8Array[]): Der {
  return sequence(...names)
}

export function dns(name: string): Der {
  return implicit(2, new TextEncoder().encode(name))
}

export function address(...octets: number[]): Der {
  return implicit(7, Uint8Array.from(octets))
}

/** cRLDistributionPoints with one address. */
export function crlAt(url: string): Der {
  return sequence(sequence(explicit(0, explicit(0, implicit(6, ia5String(url).subarray(2))))))
}

/** AlgorithmIdentifier of RSASSA-PSS. */
export function pssAlgorithm(hash: string, mgfHash: string, saltLength: number): Der {
  const algorithm = (oid: string): Der => sequence(encodeOid(oid), nullValue())
  return sequence(
    encodeOid('1.2.840.113549.1.1.10'),
    sequence(
      explicit(0, algorithm(hash)),
      explicit(1, sequence(encodeOid('1.2.840.113549.1.1.8'), algorithm(mgfHash))),
      explicit(2, integer(saltLength)),
    ),
  )
}

export const hashOid = {
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
} as const

/** RSASSA-PSS with every default: SHA-1, MGF1 with SHA-1, 20 octets of salt. */
export const pssDefaults: Der = sequence(encodeOid('1.2.840.113549.1.1.10'), sequence())
