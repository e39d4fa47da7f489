import type { Criteria } from './criteria.ts'

/** What a CA issues for: the three kinds of qualified certificates, by the words of QcType. */
export type ServiceUse = 'web' | 'eseal' | 'esign'

/** A qualifier that a list gives to certificates of a service, and which certificates these are. */
export interface Qualification {
  /** Last parts of the qualifiers' URIs: `QCForESeal`, `NotQualified`, ... */
  readonly qualifiers: readonly string[]
  readonly criteria: Criteria
}

/** What held of a service from an instant on, until the next status. */
export interface ServiceStatus {
  readonly from: Date
  /** Last part of the status' URI where ETSI defined it: `granted`, `withdrawn`, `accredited`, ...; else the URI. */
  readonly status: string
  /** `CA/QC` for CAs that issue qualified certificates; other types likewise without their prefix. */
  readonly type: string
  /** What the list says the service issues for. Empty where it says nothing. */
  readonly uses: readonly ServiceUse[]
  readonly qualifications: readonly Qualification[]
  /** Names of critical extensions that are not understood: the entry grants nothing then (TS 119 612 5.5.9). */
  readonly notUnderstood: readonly string[]
  /** The entry says that another provider took the service over (TS 119 612 5.5.9.3). */
  readonly takenOver: boolean
}

/** A key that a service signs with. */
export interface ServiceKey {
  /** SubjectPublicKeyInfo in DER. */
  readonly spki: Uint8Array
  /** Subject of the certificate, DER of the Name. */
  readonly subject: Uint8Array
  /** Content of subjectKeyIdentifier. */
  readonly keyIdentifier: Uint8Array | undefined
}

/** A trust service of a list. */
export interface ListedService {
  /** Name of the provider, in English where the list has it. */
  readonly provider: string
  readonly name: string
  /** Newest first. */
  readonly statuses: readonly ServiceStatus[]
  /** Distinct public keys. Empty where the list has no certificate that can be read. */
  readonly keys: readonly ServiceKey[]
}

/** Where another list is, and who may sign it. */
export interface ListPointer {
  readonly territory: string
  readonly location: string
  /** `EUgeneric` or `EUlistofthelists`; another type is its URI. */
  readonly type: string
  /** DER of the certificates, as the pointing list has them. */
  readonly signers: readonly Uint8Array[]
}

/** Something in a list that could not be used, while the rest can. */
export interface ListRemark {
  readonly code: string
  readonly path: string
  readonly message: string
}

/** What a list says of itself. */
export interface ListFacts {
  /** `EU` for the list of lists. */
  readonly territory: string
  /** `EUgeneric` for a national list, `EUlistofthelists` for the list of lists. */
  readonly type: string
  readonly version: 5 | 6
  readonly sequenceNumber: number
  /** Name of the scheme operator, in English where the list has it. */
  readonly operator: string
  readonly issued: Date
  /** Undefined where the list is closed. */
  readonly nextUpdate: Date | undefined
}

/** A list whose signature was verified, as it was read from the octets that were signed. */
export interface TrustedList extends ListFacts {
  /** Addresses of SchemeInformationURI in English, in the order of the list. */
  readonly informationUris: readonly string[]
  readonly pointers: readonly ListPointer[]
  readonly services: readonly ListedService[]
  readonly remarks: readonly ListRemark[]
}
