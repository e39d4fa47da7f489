import { listError } from '../trust/lists/codes.ts'
import { allOf, optional, type Place, required, textOf } from '../trust/lists/element.ts'
import { type ListLimits, withListLimits } from '../trust/lists/limits.ts'
import { requireMoment, type VerifiedList } from '../trust/lists/load.ts'
import type { ListPointer } from '../trust/lists/model.ts'
import { readInformationUris } from '../trust/lists/read.ts'
import { decodeXml, parseXml } from '../trust/lists/xml.ts'
import type { Certificate } from '../x509/index.ts'
import { type ReadListOptions, readTrustedList } from './read-trusted-list.ts'

/** Where trust in the lists of the EU begins. There is no default: the certificates stand in the Official Journal. */
export interface ListAnchors {
  /** The certificates of the notice; at least one. */
  readonly certificates: readonly (Certificate | Uint8Array)[]
  /** Address of the notice that they were taken from. Where the list of lists names another one, it is refused. */
  readonly notice?: string
}

export interface ListOfListsOptions {
  readonly anchors: ListAnchors
  /** The pivots between the notice and the list of lists, in any order; none where the notice's certificates signed it. */
  readonly pivots?: readonly Uint8Array[]
  readonly at: Date
  readonly acceptStale?: boolean
  readonly minimumSequenceNumber?: number
  readonly limits?: Partial<ListLimits>
}

/** A list of lists with the way on which trust came to it. */
export interface ListOfLists {
  readonly list: VerifiedList
  /** The pivots that were verified, oldest first. */
  readonly pivots: readonly VerifiedList[]
  /** Addresses of the pivots that the list of lists names, newest first. */
  readonly announcedPivots: readonly string[]
  /** Address of the notice in the Official Journal that the list of lists goes back to. */
  readonly notice: string | undefined
}

const optionNames: readonly string[] = [
  'anchors',
  'pivots',
  'at',
  'acceptStale',
  'minimumSequenceNumber',
  'limits',
] satisfies (keyof ListOfListsOptions)[]

/** Pivots since the last notice; there were five at most. */
const pivotCap = 50

/** The notice is on the server of the Official Journal, whatever the address looks like beyond that. */
const officialJournal = /^https?:\/\/(?:[a-z-]+\.)?eur-lex\.europa\.eu\//i

/**
 * Verifies the list of lists from the certificates of its Official Journal notice on: the notice's certificates verify the
 * oldest pivot, what a pivot says about the signers of the list of lists verifies the next, and the last one the list itself.
 *
 * @throws Psd2Error `TSL_...`, `XML_...` or `LIMIT_LIST_...`
 * @throws TypeError on an unknown option or no anchors
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises'
 * import { readListOfLists, signersOf } from 'psd2-toolkit/lists'
 *
 * declare const certificates: Uint8Array[] // from the notice in the Official Journal
 * const pivots = [await readFile('eu-lotl-pivot-341.xml')]
 * const lotl = await readListOfLists(await readFile('eu-lotl.xml'), { anchors: { certificates }, pivots, at: new Date() })
 * console.log(lotl.notice, signersOf(lotl.list, 'FR').length)
 * ```
 */
export async function readListOfLists(bytes: Uint8Array, options: ListOfListsOptions): Promise<ListOfLists> {
  const { anchors, pivots = [], at, acceptStale = false } = options
  requireOptions(options)
  if (pivots.length > pivotCap) throw listError('TSL_PIVOT_ORDER', { detail: `${pivots.length} pivots` })
  const limits = withListLimits(options.limits)
  const type = 'EUlistofthelists'
  let signers = anchors.certificates
  const verified: VerifiedList[] = []
  for (const pivot of inOrder(pivots, limits)) {
    // A pivot is history: its time is over, and the first ones were signed with keys of their time.
    const list = await readTrustedList(pivot, { signers, at, type, limits, acceptStale: true, minimumRsaBits: 1024 })
    const before = verified.at(-1)
    if (before !== undefined && list.sequenceNumber <= before.sequenceNumber) throw outOfOrder(list, before)
    verified.push(list)
    signers = signersOf(list, 'EU')
  }
  const minimum = options.minimumSequenceNumber
  const list = await readTrustedList(bytes, {
    signers,
    at,
    type,
    limits,
    acceptStale,
    ...(minimum === undefined ? {} : { minimumSequenceNumber: minimum }),
  })
  // While nothing changed since, the last pivot is the list of lists itself.
  const last = verified.at(-1)
  if (last !== undefined && list.sequenceNumber < last.sequenceNumber) throw outOfOrder(list, last)
  const chain = chainOf(list.informationUris)
  const { notice } = chain
  if (anchors.notice !== undefined && notice !== anchors.notice) {
    throw listError('TSL_NOTICE_DIFFERS', { detail: notice ?? 'none' })
  }
  return { list, pivots: verified, announcedPivots: chain.pivots, notice }
}

/**
 * Who may sign the list of a territory, as a list of lists says; `EU` for the next list of lists.
 *
 * @throws Psd2Error `TSL_POINTER_MISSING`
 */
export function signersOf(listOfLists: { readonly pointers: readonly ListPointer[] }, territory: string): Uint8Array[] {
  const signers = pointersTo(listOfLists, territory).flatMap((pointer) => pointer.signers)
  if (signers.length === 0) throw listError('TSL_POINTER_MISSING', { detail: territory })
  return signers
}

/** Pointers to the list of a territory: more than one only while it moves. */
export function pointersTo(
  { pointers }: { readonly pointers: readonly ListPointer[] },
  territory: string,
): ListPointer[] {
  const type = territory === 'EU' ? 'EUlistofthelists' : 'EUgeneric'
  return pointers.filter((pointer) => pointer.territory === territory && pointer.type === type)
}

/** What is asked of a national list; its signers and its territory come from the list of lists. */
export type NationalListOptions = Omit<ReadListOptions, 'signers' | 'type' | 'territory'> & {
  /** A verified list of lists. */
  readonly listOfLists: { readonly pointers: readonly ListPointer[] }
}

/**
 * Verifies a national list by what a list of lists says about the list of its territory.
 *
 * @throws Psd2Error `TSL_...`, `XML_...` or `LIMIT_LIST_...`; `TSL_POINTER_MISSING` where it is of a territory without pointer
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises'
 * import { type ListOfLists, readNationalList } from 'psd2-toolkit/lists'
 *
 * declare const lotl: ListOfLists
 * const list = await readNationalList(await readFile('fr.xml'), { listOfLists: lotl.list, at: new Date() })
 * console.log(list.territory, list.nextUpdate)
 * ```
 */
export async function readNationalList(bytes: Uint8Array, options: NationalListOptions): Promise<VerifiedList> {
  const { listOfLists, ...rest } = options
  // The list says itself of which territory it is, so that its signers can be chosen. After that it must be so.
  const territory = peek(bytes, withListLimits(options.limits), 'SchemeTerritory') ?? ''
  const signers = signersOf(listOfLists, territory)
  return readTrustedList(bytes, { ...rest, signers, territory })
}

/** Oldest first, by a number that is not verified yet: a wrong one only makes the chain fail. */
function inOrder(pivots: readonly Uint8Array[], limits: ListLimits): Uint8Array[] {
  const numbered = pivots.map((bytes) => ({
    bytes,
    number: Number(peek(bytes, limits, 'TSLSequenceNumber') ?? Number.NaN),
  }))
  if (numbered.some(({ number }) => Number.isNaN(number)))
    throw listError('TSL_PIVOT_ORDER', { detail: 'no sequence number' })
  return numbered.sort((a, b) => a.number - b.number).map(({ bytes }) => bytes)
}

function outOfOrder(list: VerifiedList, before: VerifiedList): Error {
  return listError('TSL_PIVOT_ORDER', { detail: `${list.sequenceNumber} after ${before.sequenceNumber}` })
}

/** A value of SchemeInformation before anything is verified: it chooses whose signers are tried, and nothing else. */
function peek(bytes: Uint8Array, limits: ListLimits, name: string): string | undefined {
  const root: Place = { element: parseXml(decodeXml(bytes, limits), limits), path: '' }
  const scheme = optional(root, 'SchemeInformation')
  const place = scheme === undefined ? undefined : allOf(scheme, name)[0]
  return place === undefined ? undefined : textOf(place)
}

/** Addresses of the pivots that a list of lists names before it is verified, newest first: what has to be fetched. */
export function announcedPivots(bytes: Uint8Array, limits: ListLimits): string[] {
  const root: Place = { element: parseXml(decodeXml(bytes, limits), limits), path: '' }
  return chainOf(readInformationUris(required(root, 'SchemeInformation'))).pivots
}

/** Pivots and notice among the addresses of SchemeInformationURI. What comes after the notice is of an earlier chain. */
function chainOf(uris: readonly string[]): { readonly pivots: string[]; readonly notice: string | undefined } {
  const end = uris.findIndex((uri) => officialJournal.test(uri))
  return { pivots: uris.slice(0, Math.max(end, 0)), notice: uris[end] }
}

function requireOptions(options: ListOfListsOptions): void {
  for (const name in options) {
    if (!optionNames.includes(name)) throw new TypeError(`unknown option '${name}' of readListOfLists`)
  }
  const { certificates } = options.anchors ?? {}
  if (!Array.isArray(certificates) || certificates.length === 0) {
    throw new TypeError('anchors.certificates must have at least one certificate: nothing means nobody')
  }
  requireMoment(options.at)
}
