import type { Certificate } from '../x509/certificate.ts'

/** What a search for a path to an anchor found. */
export interface PathFact {
  readonly verdict: 'valid' | 'invalid' | 'issuer-unknown'
  /** Code and words of the refusal. */
  readonly code?: string
  readonly message?: string
}

/** What the trusted lists say of the issuer, at one moment and for one use. */
export interface ServiceFact {
  readonly verdict: 'granted' | 'not-granted' | 'unknown'
  /** Which list, service and status it rests on. */
  readonly evidence: string
}

/** What CRL or OCSP say. */
export interface RevocationFact {
  readonly verdict: 'good' | 'revoked' | 'unknown'
  readonly evidence: string
}

/** What the register of the EBA says of the PSP. */
export interface RegisterFact {
  readonly verdict: 'match' | 'no-match' | 'indeterminate'
  readonly evidence: string
}

/** What the registration request says, where the certificate comes with one. */
export interface RequestFact {
  readonly providerLegalId?: string
  readonly clientLegalId?: string
  readonly clientName?: string
  /** Elements of `scope`. */
  readonly scopes?: readonly string[]
  /** `x5c` and `x5t#S256` of the only JWK. */
  readonly x5c?: readonly string[]
  readonly x5t?: string
}

/** What a registration that is changed says now. */
export interface RegisteredFact {
  /** The client_id of the path. */
  readonly clientId: string
  readonly providerLegalId: string
}

/** Another member of a batch or of an earlier set, by the hash of its key. */
export interface KeyUseFact {
  /** Sources of other certificates with this very key. */
  readonly sameKey: readonly string[]
  /** Sources of other certificates whose RSA modulus is this one, under another exponent. */
  readonly sameModulus: readonly string[]
}

/**
 * What no certificate can say of itself. Each is computed before the rules run; what is absent makes the rules that need
 * it count as not checked.
 */
export interface Facts {
  /** The moment for which the audit is made. */
  readonly at: Date
  readonly issuer?: Certificate
  /** The signature of the certificate under the key of `issuer`. */
  readonly issuerSignature?: 'valid' | 'invalid'
  readonly path?: PathFact
  readonly serviceAtIssuance?: ServiceFact
  readonly serviceNow?: ServiceFact
  readonly revocation?: RevocationFact
  readonly register?: RegisterFact
  readonly request?: RequestFact
  /** The certificate that this one renews. */
  readonly previous?: Certificate
  /** Lower-case SHA-256 of certificates that belong to another set (sandbox, live, another client). */
  readonly otherSets?: ReadonlySet<string>
  /** Lower-case SHA-256 of the certificate. */
  readonly sha256?: string
  readonly keyUse?: KeyUseFact
  /** The file held a private key beside the certificate. */
  readonly privateKeyBeside?: boolean
  /** Whether a private key that was given is the one of the certificate. */
  readonly keyFits?: boolean
  /** The certificate of the TLS connection that brings a request. */
  readonly qwac?: Certificate
  readonly registered?: RegisteredFact
}

export type FactName = Exclude<keyof Facts, 'at'>
