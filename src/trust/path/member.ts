import type { Psd2Error } from '../../core/errors.ts'
import type { Octets } from '../../core/octets.ts'
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
  readonly given: Certificate | KeyAnchor
  /** The key as the provider imported it, or why it did not. */
  key: PublicKey | Psd2Error | undefined
  /** Keys that were shown to have signed this certificate, by hash; of two that share one the later stays. */
  private signers: Map<number, Octets> | undefined
  private keptIssuing: Issuing | undefined
  private keptFlaws: readonly Flaw[] | undefined
  private keptConstraints: Constraints | undefined
  private keptNames: readonly ConstrainedName[] | undefined
  private keptKeyHash: number | undefined
  private keptSelfIssued: boolean | undefined
  private keptPolicies: boolean | undefined
  private keptSigned: SignedOctets | Flaw | undefined
  private keptIssuerHash: number | undefined
  private issuerKey: Octets | null | undefined

  constructor(given: Certificate | KeyAnchor, isAnchor: boolean) {
    this.given = given
    this.isAnchor = isAnchor
    this.certificate = 'tbs' in given ? given : undefined
    this.subject = given.subject
    this.publicKey = given.publicKey
  }

  /** What issuing asks for, read at once. */
  private get issuing(): Issuing {
    this.keptIssuing ??= issuingOf(this.given)
    return this.keptIssuing
  }

  /** Ends of validity in milliseconds; without end where an anchor is a bare key. */
  get from(): number {
    return this.issuing.from
  }

  get to(): number {
    return this.issuing.to
  }

  get pathLength(): number | undefined {
    return this.issuing.pathLength
  }

  get purposes(): readonly string[] | undefined {
    return this.issuing.purposes
  }

  /** Key identifier of the issuer, as authorityKeyIdentifier has it. */
  get issuerKeyId(): Octets | undefined {
    if (this.issuerKey === undefined) {
      const found = this.certificate?.extension('authorityKeyIdentifier')?.decoded?.keyIdentifier
      this.issuerKey = found ?? null
    }
    return this.issuerKey ?? undefined
  }

  /** Hash of the issuer's name. */
  get issuerHash(): number {
    this.keptIssuerHash ??= (this.certificate as Certificate).issuer.hash
    return this.keptIssuerHash
  }

  hasSigner({ keyHash, publicKey }: Member): boolean {
    return this.signers?.get(keyHash)?.equals(publicKey) === true
  }

  addSigner({ keyHash, publicKey }: Member): void {
    this.signers ??= new Map()
    this.signers.set(keyHash, publicKey)
  }

  /** Takes over what was found out about a record of the same octets. */
  learn(other: Member): void {
    this.key = other.key
    if (other.signers !== undefined) this.signers = new Map(other.signers)
  }

  /** True where it says something that can make a path fail by its policies (RFC 5280 6.1.4 (a), (i)). */
  get limitsPolicies(): boolean {
    const { certificate } = this
    this.keptPolicies ??=
      certificate !== undefined &&
      (certificate.extension('policyConstraints') !== undefined ||
        certificate.extension('policyMappings') !== undefined)
    return this.keptPolicies
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
    const { nameConstraints } = this.issuing
    if (nameConstraints === undefined) return undefined
    this.keptConstraints ??= readConstraints(nameConstraints)
    return this.keptConstraints
  }

  /** Hash of the key's octets. */
  get keyHash(): number {
    this.keptKeyHash ??= this.publicKey.hash
    return this.keptKeyHash
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

  /** The same name and the same key, under whatever certificate: to pass it twice is to run in a circle. */
  isSameAuthority(other: Member): boolean {
    return this.publicKey.equals(other.publicKey) && this.subject.equals(other.subject)
  }

  /** False where it has another key identifier than the one wanted: a hint for the order of search, never a proof. */
  mayHave(keyId: Octets | undefined): boolean {
    const own = this.issuing.subjectKeyId
    return keyId === undefined || own === undefined || own.equals(keyId)
  }
}

/** What a certificate says as an issuer. */
interface Issuing {
  readonly from: number
  readonly to: number
  readonly pathLength: number | undefined
  readonly purposes: readonly string[] | undefined
  readonly subjectKeyId: Octets | undefined
  readonly nameConstraints: NameConstraints | undefined
}

function issuingOf(given: Certificate | KeyAnchor): Issuing {
  if (!('tbs' in given)) {
    const [from, to] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
    const { nameConstraints } = given
    return { from, to, pathLength: undefined, purposes: undefined, subjectKeyId: undefined, nameConstraints }
  }
  return {
    from: given.validity.notBefore.getTime(),
    to: given.validity.notAfter.getTime(),
    pathLength: given.extension('basicConstraints')?.decoded?.pathLenConstraint,
    purposes: given.extension('extKeyUsage')?.decoded,
    subjectKeyId: given.extension('subjectKeyIdentifier')?.decoded,
    nameConstraints: given.extension('nameConstraints')?.decoded,
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
