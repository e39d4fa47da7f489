import { Psd2Error } from '../core/errors.ts'
import { listError } from '../trust/lists/codes.ts'
import { type ListLimits, withListLimits } from '../trust/lists/limits.ts'
import type { VerifiedList } from '../trust/lists/load.ts'
import {
  announcedPivots,
  type ListAnchors,
  type ListOfLists,
  pointersTo,
  readListOfLists,
  signersOf,
} from './list-of-lists.ts'
import { requireLocation } from './location.ts'
import { type ReadListOptions, readTrustedList } from './read-trusted-list.ts'

/**
 * Gives the octets of an address. Timeouts, size and proxies are its business; an address that it is sent to from there must
 * pass {@link requireLocation} too.
 */
export type ListFetcher = (location: URL) => Promise<Uint8Array>

export interface FetchListsOptions {
  /** There is no default: nothing is fetched that the caller does not fetch. */
  readonly fetch: ListFetcher
  /** Address of the list of lists, such as https://ec.europa.eu/tools/lotl/eu-lotl.xml */
  readonly location: string
  readonly anchors: ListAnchors
  readonly at: Date
  /** Which national lists; all of them where there is nothing. */
  readonly territories?: readonly string[]
  /** What is known already, such as an opened store: lists with a lower sequence number are refused. */
  readonly known?: { readonly lists: readonly { readonly territory: string; readonly sequenceNumber: number }[] }
  readonly limits?: Partial<ListLimits>
}

export interface FetchedLists {
  readonly listOfLists: ListOfLists
  readonly lists: readonly VerifiedList[]
  /** What could not be had, and why. What is missing here makes an issuer unknown, never granted. */
  readonly failures: readonly { readonly territory: string; readonly error: Psd2Error }[]
}

const optionNames: readonly string[] = ['fetch', 'location', 'anchors', 'at', 'territories', 'known', 'limits']

/**
 * Fetches the list of lists with its pivots, and the national lists that it points to, and verifies them all. Only the list of
 * lists leads anywhere: pointers in national lists are not followed.
 *
 * @throws Psd2Error `TSL_FETCH` where the list of lists or a pivot cannot be fetched, and everything that `readListOfLists`
 * throws; what is wrong with one national list is in `failures`
 *
 * @example
 * ```ts
 * import { fetchTrustedLists } from 'psd2-toolkit/lists'
 *
 * declare const certificates: Uint8Array[] // from the notice in the Official Journal
 * const { lists, failures } = await fetchTrustedLists({
 *   fetch: async (url) => new Uint8Array(await (await fetch(url, { redirect: 'error' })).arrayBuffer()),
 *   location: 'https://ec.europa.eu/tools/lotl/eu-lotl.xml',
 *   anchors: { certificates },
 *   at: new Date(),
 * })
 * console.log(lists.length, failures)
 * ```
 */
export async function fetchTrustedLists(options: FetchListsOptions): Promise<FetchedLists> {
  for (const name in options) {
    if (!optionNames.includes(name)) throw new TypeError(`unknown option '${name}' of fetchTrustedLists`)
  }
  const { location, anchors, at, territories, known = { lists: [] } } = options
  const limits = withListLimits(options.limits)
  const get = (address: URL) => fetchOctets(options.fetch, address)
  const home = requireLocation(location)
  const bytes = await get(home)
  const pivots: Uint8Array[] = []
  for (const pivot of announcedPivots(bytes, limits)) {
    const address = requireLocation(pivot)
    // Pivots are old editions of the list of lists, and stand beside it.
    if (address.host !== home.host) throw listError('TSL_POINTER_LOCATION', { detail: pivot })
    pivots.push(await get(address))
  }
  const listOfLists = await readListOfLists(bytes, { anchors, pivots, at, limits })
  const wanted = territories ?? [...new Set(listOfLists.list.pointers.map(({ territory }) => territory))]
  const lists: VerifiedList[] = []
  const failures: { territory: string; error: Psd2Error }[] = []
  for (const territory of wanted.filter((code) => code !== 'EU')) {
    try {
      const minimumSequenceNumber = known.lists.find((list) => list.territory === territory)?.sequenceNumber ?? 0
      lists.push(await fetchNationalList(territory, listOfLists, { at, limits, minimumSequenceNumber }, get))
    } catch (error) {
      if (!(error instanceof Psd2Error)) throw error
      failures.push({ territory, error })
    }
  }
  return { listOfLists, lists, failures }
}

/** The list of a territory, from the first of its addresses that gives one which verifies. */
async function fetchNationalList(
  territory: string,
  { list: listOfLists }: ListOfLists,
  options: Pick<ReadListOptions, 'at' | 'limits' | 'minimumSequenceNumber'>,
  get: (address: URL) => Promise<Uint8Array>,
): Promise<VerifiedList> {
  const signers = signersOf(listOfLists, territory)
  let failure: unknown
  for (const { location } of pointersTo(listOfLists, territory)) {
    try {
      return await readTrustedList(await get(requireLocation(location)), { ...options, signers, territory })
    } catch (error) {
      failure = error
    }
  }
  throw failure
}

async function fetchOctets(fetch: ListFetcher, address: URL): Promise<Uint8Array> {
  try {
    const bytes = await fetch(address)
    if (bytes instanceof Uint8Array) return bytes
  } catch (cause) {
    if (cause instanceof Psd2Error) throw cause
    throw listError('TSL_FETCH', { detail: address.href, cause })
  }
  throw new TypeError('a fetcher must give a Uint8Array')
}
