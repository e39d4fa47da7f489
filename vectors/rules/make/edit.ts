import { encodeOid, implicit, octetString, sequence } from '../../../src/der/writer.ts'
import type { LeafPlan } from '../../../src/issuance/leaf-plan.ts'
import { uriName } from '../../../src/issuance/qc-statements.ts'
import { encodeName, type SubjectAttribute } from '../../../src/issuance/subject.ts'
import type { CertificateParts } from './vector.ts'

/** Object identifiers that the tables write. */
export const id = {
  keyUsage: '2.5.29.15',
  subjectAltName: '2.5.29.17',
  issuerAltName: '2.5.29.18',
  crlDistributionPoints: '2.5.29.31',
  certificatePolicies: '2.5.29.32',
  authorityKeyIdentifier: '2.5.29.35',
  extendedKeyUsage: '2.5.29.37',
  authorityInfoAccess: '1.3.6.1.5.5.7.1.1',
  qcStatements: '1.3.6.1.5.5.7.1.3',
  validityAssured: '0.4.0.194121.2.1',
  noRevAvail: '2.5.29.56',
  commonName: '2.5.4.3',
  countryName: '2.5.4.6',
  organizationName: '2.5.4.10',
  organizationIdentifier: '2.5.4.97',
} as const

type Edit = (parts: CertificateParts) => void
type Change = (plan: LeafPlan) => void

/** One after the other. */
export function both<Subject>(...steps: readonly ((subject: Subject) => void)[]): (subject: Subject) => void {
  return (subject) => {
    for (const step of steps) step(subject)
  }
}

/** Writes another value for an extension, or adds it. */
export function withExtension(oid: string, value: Uint8Array, critical = false): Edit {
  return (parts) => {
    parts.extensions = [
      ...parts.extensions.filter((extension) => extension.oid !== oid),
      { oid, critical, value: Uint8Array.from(value) },
    ]
  }
}

export function withoutExtension(oid: string): Edit {
  return (parts) => {
    parts.extensions = parts.extensions.filter((extension) => extension.oid !== oid)
  }
}

/** Marks an extension critical. */
export function critical(oid: string): Change {
  return (plan) => {
    plan.critical.add(oid)
  }
}

/** What stands behind tag and length. */
export function contentOf(der: Uint8Array): Uint8Array {
  const first = der[1] as number
  return der.subarray(first < 0x80 ? 2 : 2 + (first & 0x7f))
}

/** Adds a statement behind the others. */
export function withStatement(statement: Uint8Array): Edit {
  return (parts) => {
    const before = parts.extensions.find(({ oid }) => oid === id.qcStatements)
    const content = before === undefined ? new Uint8Array() : contentOf(before.value)
    withExtension(id.qcStatements, sequence(content, statement))(parts)
  }
}

/** A QCStatement. */
export function statement(oid: string, ...info: readonly Uint8Array[]): Uint8Array {
  return sequence(encodeOid(oid), ...info)
}

/** The name of an issuer, in the order given. */
export function withIssuer(...attributes: readonly SubjectAttribute[]): Edit {
  return (parts) => {
    parts.issuer = encodeName(attributes)
  }
}

export function attribute(type: string, text: string): SubjectAttribute {
  return { type, text, string: type === id.countryName ? 'PrintableString' : 'UTF8String' }
}

/** Leaves every attribute of a type out of the subject. */
export function withoutAttribute(type: string): Change {
  return (plan) => {
    plan.subject = plan.subject.filter((kept) => kept.type !== type)
  }
}

/** authorityInfoAccess with locations by method. */
export function infoAccess(
  ...locations: readonly (readonly [method: 'ocsp' | 'caIssuers', uri: string])[]
): Uint8Array {
  const methods = { ocsp: '1.3.6.1.5.5.7.48.1', caIssuers: '1.3.6.1.5.5.7.48.2' }
  return sequence(...locations.map(([method, uri]) => sequence(encodeOid(methods[method]), uriName(uri))))
}

/** authorityKeyIdentifier or the like, for extensions that hold octets. */
export function octets(...values: readonly number[]): Uint8Array {
  return octetString(Uint8Array.from(values))
}

/** GeneralName `rfc822Name [1]`. */
export function mailName(address: string): Uint8Array {
  return implicit(1, new TextEncoder().encode(address))
}
