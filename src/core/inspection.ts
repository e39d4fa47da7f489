import type { Deviation, Leniency } from './codes.ts'
import type { JsonValue } from './json.ts'

/** An object identifier and its name, where it has one. */
export interface NamedOid {
  readonly oid: string
  readonly name: string | null
}

/** A deviation in words. */
export interface ExplainedDeviation extends Deviation {
  readonly message: string
  /** Document and clause. */
  readonly clause: string
  readonly mend: string
  /** `strict`: strict reading refuses the certificate for it. */
  readonly leniency: Leniency
}

/** Everything that `psd2 inspect` says of one certificate. */
export interface Inspection {
  /** Where the input came from. */
  readonly source: string
  /** Place of the certificate in its source, from 0. */
  readonly index: number
  /** Line or JSON Pointer in the source; empty where the source is the certificate. */
  readonly place: string
  /** Lower-case hexadecimal. */
  readonly sha256: string
  readonly 'x5t#S256': string
  readonly kind: string
  readonly kindReason: string
  /** In the order of the certificate, values escaped as in RFC 4514. */
  readonly subject: string
  readonly subjectAttributes: readonly { readonly type: string; readonly oid: string; readonly value: string }[]
  readonly issuer: string
  /** Lower-case hexadecimal of the content octets. */
  readonly serialNumber: string
  readonly serialNumberDecimal: string
  readonly version: number
  /** ISO 8601, UTC. */
  readonly validity: { readonly notBefore: string; readonly notAfter: string }
  readonly organizationIdentifier: {
    readonly value: string
    readonly scheme: string | null
    readonly country: string | null
    readonly authority: string | null
    readonly number: string | null
  } | null
  readonly psd2: {
    readonly roles: readonly { readonly oid: string; readonly role: string | null; readonly name: string }[]
    readonly ncaName: string
    readonly ncaId: string
  } | null
  readonly qcStatements: readonly (NamedOid & { readonly value: JsonValue })[]
  readonly signatureAlgorithm: NamedOid & {
    readonly pss?: { readonly hash: string; readonly mgfHash: string; readonly saltLength: number }
  }
  readonly publicKey: {
    readonly algorithm: string | null
    readonly oid: string
    /** Bits. */
    readonly size: number | null
    readonly curve: string | null
  }
  readonly keyUsage: readonly string[]
  readonly extendedKeyUsage: readonly NamedOid[]
  readonly subjectAltNames: readonly { readonly kind: string; readonly value: string }[]
  readonly policies: readonly NamedOid[]
  readonly basicConstraints: { readonly cA: boolean; readonly pathLenConstraint: number | null } | null
  readonly extensions: readonly (NamedOid & { readonly critical: boolean })[]
  readonly deviations: readonly ExplainedDeviation[]
}

/** What could not be read, in the place of an {@link Inspection}. */
export interface InspectionFailure {
  readonly source: string
  readonly index: number
  readonly place: string
  readonly error: {
    readonly code: string
    readonly message: string
    readonly path: string
    readonly offset: number
    readonly clause: string
    readonly mend: string
  }
}

export type InspectionResult = Inspection | InspectionFailure
