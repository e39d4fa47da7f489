import type { CryptoProvider } from '../../crypto/provider.ts'
import type { Certificate } from '../../x509/certificate.ts'
import type { KeyUsageName } from '../../x509/extensions/key-usage.ts'
import type { NameConstraints } from '../../x509/extensions/name-constraints.ts'
import type { CertificateList } from '../../x509/index.ts'
import type { Name } from '../../x509/name.ts'
import type { PublicKeyInfo } from '../../x509/public-key.ts'
import type { ConformanceCode, PathCode } from './codes.ts'

/** What a certificate is to be used for. `any` asks for no purpose: seals, or a use that is checked elsewhere. */
export type PathPurpose = 'serverAuth' | 'clientAuth' | 'any'

/**
 * An authority that is trusted by its name and its key alone (RFC 5280 6.1.1 (d)). What is not given is not checked: such
 * an anchor has no end of validity, no path length and no purposes.
 */
export interface KeyAnchor {
  readonly subject: Name
  readonly publicKey: PublicKeyInfo
  readonly nameConstraints?: NameConstraints | undefined
}

/**
 * What is trusted: a certificate, read or as DER, or a name with a key. A certificate is held to what it says, its validity
 * and its constraints too (RFC 5937); its own signature is not looked at.
 */
export type Anchor = Uint8Array | Certificate | KeyAnchor

/** A name that the certificate must have in subjectAltName. */
export type ReferenceName = { readonly dns: string } | { readonly ip: string } | { readonly email: string }

/** Caps on the work for one certificate. Every one ends in `LIMIT_PATH_...`. */
export interface PathBudget {
  /** Certificates that come with the one to validate. */
  readonly pool: number
  /** Times that a certificate is looked at as an issuer. */
  readonly candidates: number
  /** Signatures verified; one under an RSA key over 4096 bits counts as four. */
  readonly signatures: number
  /** Names compared with subtrees. */
  readonly names: number
  /** Policies, mappings and the links between them followed. */
  readonly policies: number
}

/** The work that was done, by the same names. */
export type PathWork = { readonly [Name in keyof PathBudget]: number }

/** An issuer as a checker of revocation needs it. */
export interface RevocationIssuer {
  readonly subject: Name
  readonly publicKey: PublicKeyInfo
  /** Undefined where the issuer is an anchor without a certificate. */
  readonly certificate: Certificate | undefined
}

/** What a checker of revocation is asked. */
export interface RevocationQuery {
  readonly certificate: Certificate
  readonly issuer: RevocationIssuer
  /** Every certificate of the path, from the one that is validated up; the issuer's own is there unless it is a bare key. */
  readonly path: readonly Certificate[]
  /** Place of the certificate in the path. */
  readonly index: number
  readonly at: Date
}

/**
 * What a checker answers. There is no fourth answer: a response that is missing, stale, forged or of somebody else leaves
 * the state `unknown`.
 */
export interface RevocationAnswer<Evidence = unknown> {
  readonly status: 'good' | 'revoked' | 'unknown'
  /** Why, in a few words. It may stand in errors. */
  readonly reason?: string | undefined
  /** What the answer rests on, for the caller. */
  readonly evidence?: Evidence | undefined
}

/** Looks one certificate up. What it throws goes to the caller; an answer that cannot be had is `unknown`. */
export type RevocationChecker<Evidence = unknown> = (
  query: RevocationQuery,
) => RevocationAnswer<Evidence> | Promise<RevocationAnswer<Evidence>>

/** A path that was refused while others were tried, for a log. Do not send it to a peer: it shows what is trusted. */
export interface PathRefusal {
  readonly code: PathCode
  /** Where, from the certificate that is validated: `path[1].validity`. */
  readonly place: string
  readonly detail: string | undefined
  /** The certificates as far as they went. */
  readonly path: readonly Certificate[]
  /** True where the path reached an anchor. */
  readonly anchored: boolean
}

/** Demands on certificate policies (RFC 5280 6.1.1). */
export interface PolicyDemands {
  /** Object identifiers of acceptable policies. Default: any. */
  readonly acceptable?: readonly string[]
  /** The path must hold an acceptable policy. Default false, as long as no certificate demands it. */
  readonly explicit?: boolean
  readonly inhibitMapping?: boolean
  readonly inhibitAny?: boolean
}

/** What a validator is made of: what is trusted, and what may be kept from one certificate to the next. */
export interface PathValidatorOptions {
  /** At least one; nothing is trusted by default. */
  readonly anchors: readonly Anchor[]
  /** Certificates that may stand between. They are not trusted; one that cannot be read is passed over. */
  readonly intermediates?: readonly (Uint8Array | Certificate)[]
  /** Breaches of rules for issuers that are let pass. Default: none. */
  readonly accept?: readonly ConformanceCode[]
  /** Authorities that came with a certificate and proved good are kept, the oldest goes first. Default 1000; 0 keeps none. */
  readonly cachedAuthorities?: number
  readonly crypto?: CryptoProvider
}

/** What is asked about one certificate. */
export interface PathQuestion {
  /** DER, which is read strictly, or a certificate that was read. */
  readonly certificate: Uint8Array | Certificate
  /** What came with it, in any order. Not trusted; one that cannot be read is passed over. */
  readonly intermediates?: readonly (Uint8Array | Certificate)[]
  /** The moment that the path must be valid at. Fractions of a second are dropped. */
  readonly at: Date
  readonly purpose: PathPurpose
  /** Every one of these must stand in subjectAltName. */
  readonly names?: readonly ReferenceName[]
  /** Bits that keyUsage must allow, where the certificate has the extension. */
  readonly keyUsage?: readonly KeyUsageName[]
  readonly policies?: PolicyDemands
  /** Certificates between this one and the anchor, at most. Default 8. */
  readonly maxDepth?: number
  /** What to do with a certificate that is an anchor itself. Default `refuse`. */
  readonly anchorAsLeaf?: 'refuse' | 'accept'
  /**
   * `require`: every certificate below the anchor must be shown not to be revoked. `if-present`: an answer that cannot be
   * had is let pass, and told. `off`: nobody asks, and the result says so. Default: `require` where there is a checker, else
   * `off`.
   */
  readonly revocation?: 'require' | 'if-present' | 'off'
  /** Usually what `createRevocationChecker` gives; with it lists are read once for many certificates. */
  readonly checkRevocation?: RevocationChecker
  /** Lists to look into, as DER or PEM or read before: the short form of a checker over them. */
  readonly crls?: readonly (Uint8Array | CertificateList)[]
  readonly budget?: Partial<PathBudget>
  /** Called once, with the work that was done, whatever the answer. */
  readonly onWork?: (work: PathWork) => void
  /** Called for every path that was refused on the way to a refusal. */
  readonly onRefusal?: (refusal: PathRefusal) => void
}

/** A path that holds. */
export interface ValidPath {
  /** From the certificate to the anchor. An anchor that is a bare key has no certificate to stand here. */
  readonly path: readonly Certificate[]
  /** The anchor, as it was given; where it was DER, as it was read. */
  readonly anchor: Certificate | KeyAnchor
  /** One answer for each certificate below the anchor, in the order of the path; empty where nobody asked. */
  readonly revocation: readonly RevocationAnswer[]
  /** Acceptable policies that hold along the path; undefined where `policies` was not given. */
  readonly policies: readonly string[] | undefined
  /** What was not looked at: a path alone says nothing of it. */
  readonly notChecked: readonly ('revocation' | 'purpose' | 'names')[]
  readonly work: PathWork
}

/** Everything at once, for {@link validatePath}. */
export type ValidatePathOptions = Omit<PathValidatorOptions, 'intermediates' | 'cachedAuthorities'> & PathQuestion
