import { equalBytes } from '../../core/bytes.ts'
import { Octets } from '../../core/octets.ts'
import { Recent } from '../../core/recent.ts'
import { type Certificate, parseCertificate } from '../../x509/certificate.ts'
import { Member } from './member.ts'

/** An authority that came with a certificate. */
export interface Arrived {
  readonly member: Member
  /** Its octets as they were when it came. */
  readonly octets: Uint8Array
}

/**
 * Authorities that stood in a path which held, by their octets. What only claims to be one never gets here, so that nobody
 * can push good ones out.
 */
export class AuthorityCache {
  private readonly most: number
  /** One for each hash: of two that share it the later stays. */
  private readonly kept: Recent<number, Member>

  constructor(most: number) {
    this.most = most
    this.kept = new Recent(most)
  }

  /** The authority in these octets, read anew where it is not known. Throws `Psd2Error` where it cannot be read. */
  arrive(given: Uint8Array | Certificate): Arrived {
    const isRead = !(given instanceof Uint8Array)
    const octets = isRead ? given.bytes : given
    // A record that was read with tolerance says other things than the same octets read strictly.
    const known = isRead && given.mode !== 'strict' ? undefined : this.find(octets)
    if (known !== undefined) return { member: known, octets }
    // Octets of our own: the caller's may change while signatures are verified.
    const own = octets.slice()
    return { member: new Member(isRead ? given : parseCertificate(own), false), octets: own }
  }

  private find(octets: Uint8Array): Member | undefined {
    if (this.kept.size === 0) return undefined
    const hash = hashOf(octets)
    const known = this.kept.get(hash)
    if (known?.certificate === undefined || !equalBytes(known.certificate.bytes, octets)) return undefined
    this.kept.set(hash, known)
    return known
  }

  /** Keeps an authority that proved good. */
  keep({ member, octets }: Arrived): void {
    const { certificate } = member
    if (this.most === 0 || certificate === undefined || certificate.mode !== 'strict') return
    const hash = hashOf(octets)
    // Whoever changed a record in the meantime does not get it kept.
    if (this.kept.get(hash) === member || !equalBytes(certificate.bytes, octets)) return
    const copy = new Member(parseCertificate(octets, { limits: certificate.limits }), false)
    copy.learn(member)
    this.kept.set(hash, copy)
  }
}

function hashOf(octets: Uint8Array): number {
  return new Octets(octets, 0, octets.length).hash
}
