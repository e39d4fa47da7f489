import { equalBytes } from '../../core/bytes.ts'
import type { Psd2Error } from '../../core/errors.ts'
import type { PublicKey } from '../../crypto/provider.ts'
import type { Certificate } from '../../x509/certificate.ts'
import type { GeneralNameKind } from '../../x509/extensions/general-name.ts'
import type { NameConstraints } from '../../x509/extensions/name-constraints.ts'
import type { Name } from '../../x509/name.ts'
import type { PublicKeyInfo } from '../../x509/public-key.ts'
import { type Accepted, authorityFlaws } from './certificate-checks.ts'
import type { Flaw } from './flaw.ts'
import { canonicalRdns, sameName } from './names/canonical.ts'
import { mailbox } from './names/email.ts'
import { type Constraints, comparable, readConstraints } from './names/subtrees.ts'
import { octetKey } from './octet-key.ts'
import { type SignedOctets, schemeOf } from './signature.ts'
import type { KeyAnchor } from './types.ts'

const EMAIL_ADDRESS = '1.2.840.113549.1.9.1'

/** A name of a certificate as constraints compare it. */
export interface ConstrainedName {
  readonly kind: GeneralNameKind
  /** Undefined where the name is malformed. */
  readonly value: unknown
  readonly place: string
  readonly offset: number
}

/**
 * A certificate, or a trusted name with its key, with what building paths asks of it again and again. Nothing here depends on
 * who asks or when; what a signature check found is kept only where it was good.
 */
export class Member {
  readonly certificate: Certificate | undefined
  readonly isAnchor: boolean
  readonly subject: Name
  readonly publicKey: PublicKeyInfo
  /** Ends of validity in milliseconds; without end where an anchor is a bare key. */
  readonly from: number
  readonly to: number
  readonly pathLength: number | undefined
  readonly purposes: readonly string[] | undefined
  private readonly subjectKeyId: Uint8Array | undefined
  /** Keys, as octets of their SubjectPublicKeyInfo, that were shown to have signed this certificate. */
  readonly signers = new Set<string>()
  /** The key as the provider imported it, or why it did not. */
  key: PublicKey | Psd2Error | undefined
  readonly given: Certificate | KeyAnchor
  private readonly nameConstraints: NameConstraints | undefined
  private keptFlaws: readonly Flaw[] | undefined
  private keptConstraints: Constraints | undefined
  private keptNames: readonly ConstrainedName[] | undefined
  private keptSubjectKey: string | undefined
  private keptKeyId: string | undefined
  private keptSelfIssued: boolean | undefined
  private keptSigned: SignedOctets | Flaw | undefined

  constructor(given: Certificate | KeyAnchor, isAnchor: boolean) {
    this.given = given
    this.isAnchor = isAnchor
    const certificate = 'tbs' in given ? given : undefined
    this.certificate = certificate
    this.subject = given.subject
    this.publicKey = given.publicKey
    this.from = certificate?.validity.notBefore.getTime() ?? Number.NEGATIVE_INFINITY
    this.to = certificate?.validity.notAfter.getTime() ?? Number.POSITIVE_INFINITY
    this.pathLength = certificate?.extension('basicConstraints')?.decoded?.pathLenConstraint
    this.purposes = certificate?.extension('extKeyUsage')?.decoded
    this.subjectKeyId = certificate?.extension('subjectKeyIdentifier')?.decoded?.value
    this.nameConstraints = 'tbs' in given ? given.extension('nameConstraints')?.decoded : given.nameConstraints
  }

  /** What speaks against it as an issuer at any moment. */
  flaws(accepted: Accepted): readonly Flaw[] {
    if (this.keptFlaws === undefined) {
      if (this.certificate !== undefined) this.keptFlaws = authorityFlaws(this.certificate, this.isAnchor, accepted)
      else
        this.keptFlaws =
          this.constraints?.malformed === undefined ? [] : [anchorConstraints(this.constraints.malformed)]
    }
    return this.keptFlaws
  }

  get constraints(): Constraints | undefined {
    if (this.nameConstraints === undefined) return undefined
    this.keptConstraints ??= readConstraints(this.nameConstraints)
    return this.keptConstraints
  }

  /** Octets of the key as a text. */
  get keyId(): string {
    this.keptKeyId ??= octetKey(this.publicKey.value)
    return this.keptKeyId
  }

  /** Subject and issuer are one name (RFC 5280 3.2). */
  get selfIssued(): boolean {
    const { certificate } = this
    this.keptSelfIssued ??= certificate === undefined || sameName(certificate.subject, certificate.issuer)
    return this.keptSelfIssued
  }

  /** What the issuer signed, or why nobody verifies it. */
  get signed(): SignedOctets | Flaw {
    if (this.keptSigned === undefined) {
      const { signatureAlgorithm, tbs, signature } = this.certificate as Certificate
      const scheme = schemeOf(signatureAlgorithm)
      this.keptSigned =
        typeof scheme === 'string'
          ? {
              code: scheme,
              place: 'tbsCertificate.signature',
              offset: signatureAlgorithm.offset,
              detail: signatureAlgorithm.name ?? signatureAlgorithm.oid,
            }
          : { scheme, data: tbs.value, signature: signature.value }
    }
    return this.keptSigned
  }

  /** Names that constraints of authorities above apply to (RFC 5280 4.2.1.10, 6.1.3 (b)). */
  get names(): readonly ConstrainedName[] {
    this.keptNames ??= this.certificate === undefined ? [] : namesOf(this.certificate)
    return this.keptNames
  }

  /** Octets of the subject as a text. */
  get subjectKey(): string {
    this.keptSubjectKey ??= octetKey(this.subject.value)
    return this.keptSubjectKey
  }

  /** The same name and the same key, under whatever certificate: to pass it twice is to run in a circle. */
  isSameAuthority(other: Member): boolean {
    return (
      this.publicKey.length === other.publicKey.length &&
      this.subject.length === other.subject.length &&
      this.keyId === other.keyId &&
      this.subjectKey === other.subjectKey
    )
  }

  /** False where it has another key identifier than the one wanted: a hint for the order of search, never a proof. */
  mayHave(keyId: Uint8Array | undefined): boolean {
    return keyId === undefined || this.subjectKeyId === undefined || equalBytes(keyId, this.subjectKeyId)
  }
}

function anchorConstraints(malformed: string): Flaw {
  return { code: 'PATH_CONSTRAINTS_FORM', place: `nameConstraints.${malformed}` }
}

function namesOf(certificate: Certificate): ConstrainedName[] {
  const names: ConstrainedName[] = []
  const { subject } = certificate
  const place = 'tbsCertificate.subject'
  if (subject.attributes.length > 0) {
    names.push({ kind: 'directoryName', value: canonicalRdns(subject), place, offset: subject.offset })
  }
  const alternative = certificate.extension('subjectAltName')
  for (const [index, name] of (alternative?.decoded ?? []).entries()) {
    const inList = `${alternative?.path}.subjectAltName[${index}]`
    names.push({ kind: name.kind, value: comparable(name), place: inList, offset: name.offset })
  }
  // Older certificates have addresses in the subject alone; the constraint holds for them too.
  if (alternative === undefined) {
    for (const { rdn, text, offset } of subject.all(EMAIL_ADDRESS)) {
      names.push({ kind: 'rfc822Name', value: mailbox(text), place: `${place}[${rdn}]`, offset })
    }
  }
  return names
}
