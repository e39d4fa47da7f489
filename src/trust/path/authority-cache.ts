import { type Certificate, parseCertificate } from '../../x509/certificate.ts'
import { Member } from './member.ts'
import { octetKey } from './octet-key.ts'

/** An authority that came with a certificate, and the octets by which it is known again. */
export interface Arrived {
  readonly member: Member
  readonly key: string
}

/**
 * Authorities that stood in a path which held, by their octets. What only claims to be one never gets here, so that nobody
 * can push good ones out.
 */
export class AuthorityCache {
  private readonly most: number
  private readonly kept = new Map<string, Member>()

  constructor(most: number) {
    this.most = most
  }

  /** The authority in these octets, read anew where it is not known. Throws `Psd2Error` where it cannot be read. */
  arrive(given: Uint8Array | Certificate): Arrived {
    const isRead = !(given instanceof Uint8Array)
    const key = this.most === 0 ? '' : octetKey(isRead ? given.bytes : given)
    const known = this.kept.get(key)
    // A record that was read with tolerance says other things than the same octets read strictly.
    if (known !== undefined && !(isRead && given.mode !== 'strict')) {
      this.kept.delete(key)
      this.kept.set(key, known)
      return { member: known, key }
    }
    // Octets of our own: the caller's may change while signatures are verified.
    return { member: new Member(isRead ? given : parseCertificate(given.slice()), false), key }
  }

  /** Keeps an authority that proved good. */
  keep({ member, key }: Arrived): void {
    const { certificate } = member
    if (this.most === 0 || certificate === undefined || certificate.mode !== 'strict' || this.kept.has(key)) return
    const octets = certificate.bytes.slice()
    // Whoever changed a record in the meantime does not get it kept.
    if (octetKey(octets) !== key) return
    const copy = new Member(parseCertificate(octets, { limits: certificate.limits }), false)
    copy.key = member.key
    for (const signer of member.signers) copy.signers.add(signer)
    this.kept.set(key, copy)
    if (this.kept.size > this.most) this.kept.delete(this.kept.keys().next().value as string)
  }
}
