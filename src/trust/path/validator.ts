import { defaultCrypto } from '#crypto'
import { equalBytes } from '../../core/bytes.ts'
import { Psd2Error } from '../../core/errors.ts'
import { type Certificate, parseCertificate } from '../../x509/certificate.ts'
import { createRevocationChecker } from '../revocation/check.ts'
import { type Arrived, AuthorityCache } from './authority-cache.ts'
import { leafFlaws, useFlaws, validityFlaw } from './certificate-checks.ts'
import { infoOf, pathError } from './codes.ts'
import { type Flaw, type PlacedFlaw, placed, placeOf } from './flaw.ts'
import { Member } from './member.ts'
import { checkQuestion, checkValidatorOptions } from './options.ts'
import { Pool } from './pool.ts'
import type { Refused } from './refused.ts'
import { certificatesOf, type Found, Search } from './search.ts'
import { nameFlaw, type Wanted, wantedNames } from './server-names.ts'
import type { Anchor, KeyAnchor, PathQuestion, PathValidatorOptions, ValidPath } from './types.ts'
import { Work, withBudget } from './work.ts'

/** Decides about one certificate after the other, with the same anchors. */
export interface PathValidator {
  /**
   * Finds the path from a certificate to an anchor and holds it to RFC 5280 6.1.
   *
   * @throws Psd2Error with `PATH_...` or `LIMIT_PATH_...` and the place in the path, or, where the certificate cannot be
   *   read, the error of reading it
   * @throws TypeError on the caller's own mistakes
   */
  validate(question: PathQuestion): Promise<ValidPath>
  /** Anchors and intermediates that could not be read, and are therefore not used. */
  readonly unreadable: readonly UnreadableCertificate[]
}

/** A certificate that a validator was given and cannot use. */
export interface UnreadableCertificate {
  readonly list: 'anchors' | 'intermediates'
  readonly index: number
  readonly error: Psd2Error
}

const defaultDepth = 8
const defaultCached = 1000

/**
 * A validator that keeps what it learns: keys of authorities once imported, links between them once verified. It holds all
 * of that itself; when it goes, so does what it knew.
 *
 * @throws TypeError where there are no anchors, on an unknown option or a value of the wrong kind
 * @throws Psd2Error where none of the anchors can be read
 *
 * @example
 * ```ts
 * import { createPathValidator } from 'psd2-toolkit/trust'
 *
 * declare const roots: Uint8Array[]
 * declare const issuing: Uint8Array[]
 * declare const peer: Uint8Array
 * const validator = createPathValidator({ anchors: roots, intermediates: issuing })
 * const { path } = await validator.validate({ certificate: peer, at: new Date(), purpose: 'clientAuth' })
 * console.log(path.map(({ subject }) => String(subject)))
 * ```
 */
export function createPathValidator(options: PathValidatorOptions): PathValidator {
  checkValidatorOptions(options)
  const { crypto = defaultCrypto, cachedAuthorities = defaultCached } = options
  const accepted = new Set(options.accept)
  const unreadable: UnreadableCertificate[] = []
  const anchors = new Pool(membersOf(options.anchors, 'anchors', unreadable))
  // Without one that can be read nothing is trusted, and the caller ought to hear why.
  if (anchors.size === 0) throw (unreadable[0] as UnreadableCertificate).error
  const intermediates = new Pool(membersOf(options.intermediates ?? [], 'intermediates', unreadable))
  const cache = new AuthorityCache(cachedAuthorities)

  async function validate(question: PathQuestion): Promise<ValidPath> {
    checkQuestion(question)
    const wanted = question.names === undefined ? nothing : wantedNames(question.names)
    const work = new Work(withBudget(question.budget))
    try {
      const { purpose, anchorAsLeaf = 'refuse', onRefusal, crls } = question
      const checkRevocation = crls === undefined ? question.checkRevocation : createRevocationChecker({ crls, crypto })
      const { revocation = checkRevocation === undefined ? 'off' : 'require' } = question
      // Fractions of a second are dropped: certificates have none, and the last second is whole.
      const at = new Date(Math.floor(question.at.getTime() / 1000) * 1000)
      const certificate = ownCertificate(question.certificate)
      const leaf = new Member(certificate, false)
      const given = question.intermediates ?? []
      work.spend('pool', given.length)
      const { arrived, passedOver } = arrivals(given, cache)
      const flaws = flawsOf(certificate, question, at)
      const name = nameFlaw(certificate, wanted, work)
      if (name !== undefined) flaws.push(name)
      const notChecked = notCheckedOf(question, revocation)

      const own = anchorAsLeaf === 'accept' ? itself(leaf) : undefined
      if (own !== undefined) return byItself(own, certificate, flaws, notChecked, work)

      const search = new Search({
        leaf,
        leafFlaws: flaws,
        pools:
          given.length === 0
            ? [anchors, intermediates]
            : [anchors, intermediates, new Pool(arrived.map((a) => a.member))],
        at,
        purpose,
        accepted,
        policies: question.policies,
        maxDepth: question.maxDepth ?? defaultDepth,
        checkRevocation,
        revocation,
        work,
        crypto,
        onRefused: (refused) => onRefusal?.(toldRefusal(refused)),
      })
      const found = await search.find()
      if (found === undefined) {
        const refused = await search.diagnose()
        const isAnchor = !refused.anchored && itself(leaf) !== undefined
        throw isAnchor
          ? refusal({ code: 'PATH_LEAF_IS_ANCHOR', place: '', index: 0 }, 0)
          : refusal(refused.flaw, passedOver)
      }
      for (const each of arrived) if (found.path.includes(each.member)) cache.keep(each)
      return validPath(found, notChecked, work)
    } finally {
      question.onWork?.(work.done)
    }
  }

  function flawsOf(certificate: Certificate, { purpose, keyUsage = [] }: PathQuestion, at: Date): Flaw[] {
    const flaws = leafFlaws(certificate, accepted)
    const { validity } = certificate
    if (!validity.includes(at)) {
      flaws.push(validityFlaw(validity.notBefore.getTime(), validity.notAfter.getTime(), at.getTime()) as Flaw)
    }
    useFlaws(certificate, purpose, keyUsage, flaws)
    return flaws
  }

  /** The anchor that a certificate is. */
  function itself(leaf: Member): Member | undefined {
    const { bytes } = leaf.certificate as Certificate
    return anchors.hashed(leaf.subject.hash).find((anchor) => {
      if (anchor.certificate !== undefined) return equalBytes(anchor.certificate.bytes, bytes)
      return anchor.isSameAuthority(leaf)
    })
  }

  return { unreadable, validate }
}

const nothing: readonly Wanted[] = Object.freeze([])

/** What can be read of a list of the caller's own; the rest is told. */
function membersOf(
  given: readonly Anchor[],
  list: UnreadableCertificate['list'],
  unreadable: UnreadableCertificate[],
): Member[] {
  return given.flatMap((item, index) => {
    if (!(item instanceof Uint8Array)) return [new Member(item, list === 'anchors')]
    try {
      return [new Member(parseCertificate(item.slice()), list === 'anchors')]
    } catch (error) {
      if (!(error instanceof Psd2Error)) throw error
      unreadable.push({ list, index, error: inList(error, `${list}[${index}]`) })
      return []
    }
  })
}

function inList(error: Psd2Error, name: string): Psd2Error {
  const { code, message, path, offset, citation } = error
  return new Psd2Error(code, `${name}: ${message}`, {
    path: path === undefined || path === '' ? name : `${name}.${path}`,
    offset,
    citation,
    mend: 'correct it, or read it with tolerance and give the certificate',
    cause: error,
  })
}

function ownCertificate(given: Uint8Array | Certificate): Certificate {
  return given instanceof Uint8Array ? parseCertificate(given.slice()) : given
}

function arrivals(
  given: readonly (Uint8Array | Certificate)[],
  cache: AuthorityCache,
): { arrived: Arrived[]; passedOver: number } {
  const arrived: Arrived[] = []
  for (const item of given) {
    try {
      arrived.push(cache.arrive(item))
    } catch (error) {
      if (!(error instanceof Psd2Error)) throw error
    }
  }
  return { arrived, passedOver: given.length - arrived.length }
}

function notCheckedOf({ purpose, names = [] }: PathQuestion, revocation: string): ValidPath['notChecked'] {
  const notChecked: ('revocation' | 'purpose' | 'names')[] = []
  if (revocation === 'off') notChecked.push('revocation')
  if (purpose === 'any') notChecked.push('purpose')
  if (names.length === 0) notChecked.push('names')
  return notChecked
}

/** A certificate that is trusted by itself: only what it says can speak against it. */
function byItself(
  { given }: Member,
  certificate: Certificate,
  flaws: readonly Flaw[],
  notChecked: ValidPath['notChecked'],
  work: Work,
): ValidPath {
  const worst = worstOf(flaws.map((flaw) => placed(flaw, 0)))
  if (worst !== undefined) throw refusal(worst, 0)
  // Nobody issued it here, and so nobody can be asked.
  const open = notChecked.includes('revocation') ? notChecked : (['revocation', ...notChecked] as const)
  return { path: [certificate], anchor: given, revocation: [], policies: undefined, notChecked: open, work: work.done }
}

function validPath({ path, revocation, policies }: Found, notChecked: ValidPath['notChecked'], work: Work): ValidPath {
  const anchor = (path.at(-1) as Member).given
  return {
    path: certificatesOf(path),
    anchor: anchor as Certificate | KeyAnchor,
    revocation,
    policies,
    notChecked,
    work: work.done,
  }
}

function worstOf(flaws: readonly PlacedFlaw[]): PlacedFlaw | undefined {
  return flaws.reduce<PlacedFlaw | undefined>(
    (worst, flaw) => (worst === undefined || infoOf(flaw.code).rank < infoOf(worst.code).rank ? flaw : worst),
    undefined,
  )
}

function refusal(flaw: PlacedFlaw, passedOver: number): Psd2Error {
  const { code, detail, offset, cause } = flaw
  const passed = `${passedOver} of the certificates that came with it cannot be read`
  const isUnknown = passedOver > 0 && infoOf(code).verdict === 'unknown'
  return pathError(code, placeOf(flaw), isUnknown ? passed : detail, offset, cause)
}

function toldRefusal({ flaw, anchored, path }: Refused) {
  return { code: flaw.code, place: placeOf(flaw), detail: flaw.detail, path: certificatesOf(path), anchored }
}
