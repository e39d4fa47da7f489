import { Certificate, type RevocationReason } from '../../x509/index.ts'
import type { RevocationIssuer } from '../path/types.ts'
import { type RevocationCode, revocationCodes } from './codes.ts'

/** `unknown` is an answer of its own: who needs `good` must not take it for that. */
export type RevocationStatus = 'good' | 'revoked' | 'unknown'

/** When and why a certificate was revoked. */
export interface Revocation {
  readonly date: Date
  readonly reason: RevocationReason | undefined
  /** When the key became doubtful, where the issuer says so. */
  readonly invalidityDate: Date | undefined
}

/** One source that was looked at, and what it is worth. */
export interface RevocationEvidence {
  readonly source: 'crl' | 'ocsp' | 'certificate'
  /** Where it came from: its place in the option, for example `crls[0]`, or the address that was fetched. */
  readonly origin: string
  readonly status: RevocationStatus
  readonly code: RevocationCode
  readonly message: string
  /** More on what was met. Untrusted text. */
  readonly detail?: string | undefined
  readonly thisUpdate?: Date | undefined
  readonly nextUpdate?: Date | undefined
  /** Of a response: when it was signed. */
  readonly producedAt?: Date | undefined
  readonly revocation?: Revocation | undefined
}

/** What is known about the revocation of one certificate. */
export interface RevocationResult {
  readonly status: RevocationStatus
  /** The code of what decided. */
  readonly code: RevocationCode
  /** The code in words. */
  readonly reason: string
  readonly mend: string
  readonly revocation: Revocation | undefined
  /** Every source that was looked at, in order. */
  readonly evidence: readonly RevocationEvidence[]
}

/** What is asked. */
export interface RevocationQuestion {
  readonly certificate: Certificate
  /** Its issuer, which the caller has verified or is about to: a certificate, or a name with a key. */
  readonly issuer: Certificate | RevocationIssuer
  readonly at: Date
}

export function issuerOf(issuer: Certificate | RevocationIssuer): RevocationIssuer {
  if (!(issuer instanceof Certificate)) return issuer
  return { subject: issuer.subject, publicKey: issuer.publicKey, certificate: issuer }
}

export type EvidenceDetails = Partial<Omit<RevocationEvidence, 'source' | 'origin' | 'status' | 'code' | 'message'>>

/** Evidence under a code. */
export function evidenceOf(
  source: RevocationEvidence['source'],
  origin: string,
  status: RevocationStatus,
  code: RevocationCode,
  details: EvidenceDetails = {},
): RevocationEvidence {
  return { source, origin, status, code, message: revocationCodes[code].says, ...details }
}
