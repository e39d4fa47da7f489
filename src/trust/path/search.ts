import { Psd2Error } from '../../core/errors.ts'
import type { Octets } from '../../core/octets.ts'
import type { CryptoProvider, PublicKey } from '../../crypto/provider.ts'
import type { Certificate } from '../../x509/certificate.ts'
import { type Accepted, allowsPurpose, validityFlaw } from './certificate-checks.ts'
import { infoOf, type PathCode } from './codes.ts'
import { type Flaw, type PlacedFlaw, placed } from './flaw.ts'
import { keyPlace, verificationCost } from './key-policy.ts'
import type { Member } from './member.ts'
import { constraintFlaw } from './name-constraints.ts'
import { lengthFlaw } from './path-length.ts'
import { followPolicies, policiesMatter } from './policies.ts'
import type { Pool } from './pool.ts'
import { isBetter, type Refused } from './refused.ts'
import { isSignedBy, type SignedOctets } from './signature.ts'
import type { PathPurpose, PolicyDemands, RevocationAnswer, RevocationChecker } from './types.ts'
import type { Work } from './work.ts'

/** What a search needs to know. */
export interface SearchInput {
  readonly leaf: Member
  /** What speaks against the certificate itself. */
  readonly leafFlaws: readonly Flaw[]
  /** In the order in which they are searched: anchors first. */
  readonly pools: readonly Pool[]
  readonly at: Date
  readonly purpose: PathPurpose
  readonly accepted: Accepted
  readonly policies: PolicyDemands | undefined
  readonly maxDepth: number
  readonly checkRevocation: RevocationChecker | undefined
  readonly revocation: 'require' | 'if-present' | 'off'
  readonly work: Work
  readonly crypto: CryptoProvider
  /** Told of every path that is refused in the second round. */
  readonly onRefused: (refused: Refused) => void
}

export interface Found {
  readonly path: readonly Member[]
  readonly revocation: readonly RevocationAnswer[]
  readonly policies: readonly string[] | undefined
}

/**
 * Depth-first search from the certificate up to an anchor. A link is only followed once its signature was verified, so that
 * what was sent cannot lead the search anywhere but along what somebody signed. A name and key are passed once, and every
 * step is counted.
 *
 * The first round leaves out whatever has a flaw. If it finds nothing, the second goes through flawed certificates too: not
 * to accept any, but to tell a path that is invalid from an issuer that nobody knows.
 */
export class Search {
  private best: Refused | undefined
  private readonly input: SearchInput
  private readonly moment: number
  private readonly path: Member[]
  /** Flaws along the path, in the second round. */
  private readonly flaws: PlacedFlaw[] = []
  private diagnosing = false
  /** Keys that were tried on the certificate itself. */
  private leafLinks: Map<number, Link> | undefined
  /** Keys that did not sign an authority; those that did are kept with it. */
  private links: Map<Member, Map<number, Link>> | undefined
  private answers: Map<Member, Map<Member, RevocationAnswer>> | undefined
  private found: Found | undefined

  constructor(input: SearchInput) {
    this.input = input
    this.moment = input.at.getTime()
    this.path = [input.leaf]
  }

  /** The first round: the path, where there is one. Throws `Psd2Error` `LIMIT_PATH_...` where the work ended before. */
  async find(): Promise<Found | undefined> {
    const { leaf, leafFlaws } = this.input
    if (leafFlaws.length === 0) await this.climb(leaf)
    return this.found
  }

  /** The second round: why there is none. */
  async diagnose(): Promise<Refused> {
    const { leaf, leafFlaws } = this.input
    this.diagnosing = true
    for (const flaw of leafFlaws) this.flaws.push(placed(flaw, 0))
    try {
      await this.climb(leaf)
    } catch (error) {
      // That there is no path is decided. Without work left to tell why, what was met so far is told.
      if (!(error instanceof Psd2Error) || this.best === undefined) throw error
    }
    return this.best as Refused
  }

  private refuse(refused: Refused): void {
    if (this.best === undefined || isBetter(refused, this.best)) this.best = refused
    this.input.onRefused(refused)
  }

  /** Tries every issuer of the certificate at the end of the path. True where a path was found. */
  private async climb(child: Member): Promise<boolean> {
    const { pools, work } = this.input
    const { issuer } = child.certificate as Certificate
    const hash = child.issuerHash
    const keyId = child.issuerKeyId
    const state: ClimbState = { tried: false, verified: false, tooLong: false, unusable: undefined }
    // Issuers with the right key identifier first, then the others, then those whose name has other octets.
    let others = false
    for (const pool of pools) {
      for (const candidate of pool.hashed(hash)) {
        work.spendCandidate()
        if (!candidate.mayHave(keyId)) others = true
        else if (candidate.subject.equals(issuer)) {
          const done = this.tryIssuer(child, candidate, state)
          if (done === true || (done !== false && (await done))) return true
        }
      }
    }
    for (const pool of others ? pools : []) {
      for (const candidate of pool.hashed(hash)) {
        work.spendCandidate()
        if (candidate.mayHave(keyId) || !candidate.subject.equals(issuer)) continue
        if (await this.tryIssuer(child, candidate, state)) return true
      }
    }
    for (const pool of pools) {
      for (const candidate of pool.alike(issuer)) {
        work.spendCandidate()
        if (await this.tryIssuer(child, candidate, state)) return true
      }
    }
    if (this.diagnosing && !state.verified) this.refuseEnd(child, state)
    return false
  }

  /** True where the search goes through the candidate, if its key made the signature. */
  private mayIssue(candidate: Member, state: ClimbState): boolean {
    const { accepted, maxDepth, purpose } = this.input
    for (const member of this.path) if (member.isSameAuthority(candidate)) return false
    if (!this.diagnosing) {
      if (this.moment < candidate.from || this.moment > candidate.to) return false
      if (candidate.flaws(accepted).length > 0 || !allowsPurpose(candidate.purposes, purpose)) return false
    }
    if (candidate.isAnchor || this.path.length <= maxDepth) return true
    state.tooLong = true
    return false
  }

  /** Goes on with a candidate, if its key made the signature. True where a path was found; a promise where one waits. */
  private tryIssuer(child: Member, candidate: Member, state: ClimbState): boolean | Promise<boolean> {
    if (!this.mayIssue(candidate, state)) return false
    state.tried = true
    const linked = this.isLinked(child, candidate)
    // The commonest end: authorities that are known, and nobody to ask.
    if (linked === true && candidate.isAnchor && this.input.revocation === 'off') {
      const before = this.enter(candidate, state)
      const done = this.arrive()
      this.leave(before)
      return done
    }
    return this.follow(linked, candidate, state)
  }

  private async follow(linked: boolean | Promise<boolean>, candidate: Member, state: ClimbState): Promise<boolean> {
    if (linked !== true && !(await linked)) {
      state.unusable ??= this.unusable(candidate)
      return false
    }
    const before = this.enter(candidate, state)
    const done = candidate.isAnchor ? await this.arrive() : await this.climb(candidate)
    this.leave(before)
    return done
  }

  /** Adds a candidate to the path. Gives how many flaws were there before. */
  private enter(candidate: Member, state: ClimbState): number {
    const before = this.flaws.length
    state.verified = true
    if (this.diagnosing) this.addFlaws(candidate)
    this.path.push(candidate)
    return before
  }

  private leave(flaws: number): void {
    this.path.pop()
    if (this.flaws.length > flaws) this.flaws.length = flaws
  }

  private addFlaws(candidate: Member): void {
    const { accepted, purpose } = this.input
    const index = this.path.length
    for (const flaw of candidate.flaws(accepted)) this.flaws.push(placed(flaw, index))
    const invalid = validityFlaw(candidate.from, candidate.to, this.moment)
    if (invalid !== undefined) this.flaws.push(placed(invalid, index))
    if (!allowsPurpose(candidate.purposes, purpose)) this.flaws.push(placed(purposeFlaw(candidate, purpose), index))
  }

  /** What speaks against the key itself: a reason of ours, or the platform's. */
  private unusable(candidate: Member): PlacedFlaw | undefined {
    const known = this.keyFlaw(candidate)
    if (known !== undefined) return placed(known, this.path.length)
    return candidate.key instanceof Psd2Error ? placed(unusableKey(candidate.key), this.path.length) : undefined
  }

  private keyFlaw(candidate: Member): Flaw | undefined {
    return candidate.flaws(this.input.accepted).find(({ place }) => place === keyPlace)
  }

  /** True where the key of the candidate made the signature. */
  private isLinked(child: Member, candidate: Member): boolean | Promise<boolean> {
    const { signed } = child
    if ('code' in signed) return false
    if (child.hasSigner(candidate)) return true
    const known = child === this.input.leaf ? this.leafLinks : this.links?.get(child)
    const link = known?.get(candidate.keyHash)
    if (link?.key.equals(candidate.publicKey) === true) return link.isGood
    return this.verifyLink(child, signed, candidate)
  }

  private async verifyLink(child: Member, signed: SignedOctets, candidate: Member): Promise<boolean> {
    const { crypto, work } = this.input
    // A key that is refused is not used, however long the search has to tell why.
    if (this.diagnosing && this.keyFlaw(candidate) !== undefined) return this.keepLink(child, candidate, false)
    const key = candidate.key ?? (await importKey(candidate, crypto))
    if (key instanceof Psd2Error) return this.keepLink(child, candidate, false)
    work.spend('signatures', verificationCost(candidate.publicKey))
    return this.keepLink(child, candidate, await isSignedBy(signed, key, crypto))
  }

  private keepLink(child: Member, candidate: Member, isGood: boolean): boolean {
    const link = { key: candidate.publicKey, isGood }
    if (child === this.input.leaf) {
      this.leafLinks ??= new Map()
      this.leafLinks.set(candidate.keyHash, link)
    } else if (isGood) child.addSigner(candidate)
    else {
      this.links ??= new Map()
      const known = this.links.get(child)
      if (known === undefined) this.links.set(child, new Map([[candidate.keyHash, link]]))
      else known.set(candidate.keyHash, link)
    }
    return isGood
  }

  /** The path has reached an anchor: what is to be said of it as a whole. True where it holds. */
  private arrive(): boolean | Promise<boolean> {
    const { path, flaws } = this
    const { work, policies: demands, revocation } = this.input
    const met: PlacedFlaw[] = flaws.length === 0 ? [] : [...flaws]
    const length = lengthFlaw(path)
    if (length !== undefined) met.push(length)
    const name = constraintFlaw(path, work)
    if (name !== undefined) met.push(name)
    let policies: readonly string[] | undefined
    if (policiesMatter(path, demands)) {
      const outcome = followPolicies(path, demands ?? {}, work)
      if (outcome.flaw !== undefined) met.push(outcome.flaw)
      if (demands !== undefined) policies = outcome.policies
    }
    if (met.length === 0 && revocation !== 'off') return this.askRevocation(policies)
    return this.settle(met, policies, [])
  }

  /** Keeps the path, or the refusal of it. */
  private settle(
    met: readonly PlacedFlaw[],
    policies: readonly string[] | undefined,
    revocation: readonly RevocationAnswer[],
  ): boolean {
    const [first] = met
    if (first === undefined) {
      this.found = { path: this.path.slice(), revocation, policies }
      return true
    }
    if (this.diagnosing) {
      const flaw = met.reduce((a, b) => (infoOf(b.code).rank < infoOf(a.code).rank ? b : a), first)
      this.refuse({ flaw, flaws: met.length, anchored: true, path: this.path.slice() })
    }
    return false
  }

  /** Asks for every certificate below the anchor, from the top: a revoked authority settles what is below it. */
  private async askRevocation(policies: readonly string[] | undefined): Promise<boolean> {
    const { revocation, checkRevocation } = this.input
    const answers: RevocationAnswer[] = []
    const met: PlacedFlaw[] = []
    for (let index = this.path.length - 2; index >= 0 && met.length === 0; index--) {
      const answer = checkRevocation === undefined ? noChecker : await this.ask(checkRevocation, index)
      answers.unshift(answer)
      const detail = answer.reason
      if (answer.status === 'revoked') met.push({ code: 'PATH_REVOKED', place: '', index, detail })
      else if (answer.status !== 'good' && revocation === 'require') {
        met.push({ code: 'PATH_REVOCATION_UNKNOWN', place: '', index, detail })
      }
    }
    return this.settle(met, policies, answers)
  }

  private async ask(check: RevocationChecker, index: number): Promise<RevocationAnswer> {
    const child = this.path[index] as Member
    const above = this.path[index + 1] as Member
    this.answers ??= new Map()
    const asked = this.answers.get(child) ?? new Map<Member, RevocationAnswer>()
    this.answers.set(child, asked)
    const known = asked.get(above)
    if (known !== undefined) return known
    const answer = await check({
      certificate: child.certificate as Certificate,
      issuer: { subject: above.subject, publicKey: above.publicKey, certificate: above.certificate },
      path: certificatesOf(this.path),
      index,
      at: new Date(this.moment),
    })
    if (!states.has(answer?.status)) throw new TypeError('checkRevocation must answer good, revoked or unknown')
    asked.set(above, answer)
    return answer
  }

  /** No issuer of the last certificate was found: what that amounts to. */
  private refuseEnd(child: Member, { tried, tooLong, unusable }: ClimbState): void {
    const index = this.path.length - 1
    const flaw = unusable ?? placed(this.endFlaw(child, index, tried, tooLong), index)
    this.refuse({ flaw, flaws: 1, anchored: false, path: this.path.slice() })
  }

  private endFlaw(child: Member, index: number, tried: boolean, tooLong: boolean): Flaw {
    const { signed } = child
    const { issuer, signature } = child.certificate as Certificate
    if (tried && 'code' in signed) return signed
    if (tried) return { code: 'PATH_SIGNATURE_INVALID', place: 'signatureValue', offset: signature.offset }
    if (tooLong) return { code: 'PATH_TOO_LONG', place: '', detail: `${this.input.maxDepth} allowed` }
    return { code: endCode(child, index), place: 'tbsCertificate.issuer', offset: issuer.offset }
  }
}

/** A key that was tried on a certificate. It is found by its hash; that it is the one is compared. */
interface Link {
  readonly key: Octets
  readonly isGood: boolean
}

/** What was met among the issuers of one certificate. */
interface ClimbState {
  /** There was one of the name. */
  tried: boolean
  /** One of them made the signature. */
  verified: boolean
  /** There were some, beyond the depth. */
  tooLong: boolean
  /** The key of one of them is none for the platform. */
  unusable: PlacedFlaw | undefined
}

function unusableKey(cause: Psd2Error): Flaw {
  return { code: 'PATH_KEY_UNUSABLE', place: keyPlace, detail: cause.code, cause }
}

const states: ReadonlySet<string> = /* @__PURE__ */ new Set(['good', 'revoked', 'unknown'])
const noChecker: RevocationAnswer = Object.freeze({ status: 'unknown', reason: 'nobody was asked' })

function endCode(child: Member, index: number): PathCode {
  if (!child.selfIssued) return 'PATH_ISSUER_UNKNOWN'
  return index === 0 ? 'PATH_SELF_SIGNED' : 'PATH_ROOT_NOT_TRUSTED'
}

function purposeFlaw({ certificate }: Member, purpose: PathPurpose): Flaw {
  const extension = certificate?.extension('extKeyUsage')
  return { code: 'PATH_CA_PURPOSE', place: extension?.path ?? '', offset: extension?.offset, detail: purpose }
}

export function certificatesOf(path: readonly Member[]): Certificate[] {
  const certificates: Certificate[] = []
  for (const { certificate } of path) if (certificate !== undefined) certificates.push(certificate)
  return certificates
}

async function importKey(member: Member, crypto: CryptoProvider): Promise<PublicKey | Psd2Error> {
  try {
    member.key = await crypto.importPublicKey(member.publicKey.value)
  } catch (error) {
    if (!(error instanceof Psd2Error)) throw error
    member.key = error
  }
  return member.key
}
