/**
 * EU trusted lists from their files: XML signatures verified, the list of lists from its Official Journal notice on, and
 * fetching, which happens only where it is asked for. The EBA register, read as it streams.
 *
 * @module
 */
export { type IndexEbaOptions, type IndexedEba, indexEbaRegister } from './eba-index.ts'
export { type FetchedLists, type FetchListsOptions, fetchTrustedLists, type ListFetcher } from './fetch.ts'
export { type HttpFetcherOptions, httpFetcher } from './http-fetcher.ts'
export {
  type ListAnchors,
  type ListOfLists,
  type ListOfListsOptions,
  type NationalListOptions,
  readListOfLists,
  readNationalList,
  signersOf,
} from './list-of-lists.ts'
export { requireLocation } from './location.ts'
export { type ReadListOptions, readTrustedList } from './read-trusted-list.ts'
export { type VerifySignatureOptions, verifyListSignature } from './verify-signature.ts'
