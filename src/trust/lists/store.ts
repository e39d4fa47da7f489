import { defaultCrypto } from '#crypto'
import { toHex } from '../../core/bytes.ts'
import type { Digester } from '../../crypto/index.ts'
import { listError } from './codes.ts'
import { type HintKind, hintLength, hintOf } from './hints.ts'
import { compareOctets, hintRow, keyRow, lowerBound, openTables, sliceAt, type Tables } from './store-format.ts'
import { readStoredList, readStoredService, type StoredList, type StoredService } from './store-json.ts'

/** An opened store. It keeps a view of the octets that were given: do not change them while it is in use. */
export interface TrustStore {
  /** The lists in it, as they were packed. */
  readonly lists: readonly StoredList[]
  /** How many services and distinct keys it has. */
  readonly counts: { readonly services: number; readonly keys: number }
  /** @internal */
  readonly tables: Tables
}

/**
 * Opens a store that {@link packTrustStore} made: the hash is checked, and nothing is read that is not asked for.
 *
 * @throws Psd2Error `TSL_STORE_FORM`, `TSL_STORE_VERSION`, `TSL_STORE_TRUNCATED`, `TSL_STORE_DAMAGED`, `TSL_STORE_CONTENT`
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises'
 * import { openTrustStore } from 'psd2-toolkit/trust'
 *
 * const store = await openTrustStore(await readFile('trusted-lists.store'))
 * console.log(store.lists.map(({ territory, nextUpdate }) => [territory, nextUpdate]))
 * ```
 */
export async function openTrustStore(
  bytes: Uint8Array,
  options: { readonly crypto?: Digester } = {},
): Promise<TrustStore> {
  if (!(bytes instanceof Uint8Array))
    throw new TypeError('openTrustStore takes the octets of the store as a Uint8Array')
  for (const name in options) if (name !== 'crypto') throw new TypeError(`unknown option '${name}' of openTrustStore`)
  const tables = await openTables(bytes, options.crypto ?? defaultCrypto)
  const { lists, services, keys } = tables
  const records = Array.from({ length: lists.rows }, (_, row) => readStoredList(sliceAt(tables, lists.start + row * 8)))
  return { lists: records, counts: { services: services.rows, keys: keys.rows }, tables }
}

/** The services that have a key, by the SHA-256 of its SubjectPublicKeyInfo; none where it is in no list. */
export function servicesByKeyHash({ tables }: TrustStore, hash: Uint8Array): StoredService[] {
  const row = lowerBound(tables, tables.keys, keyRow, hash)
  if (row === tables.keys.rows) return []
  const at = tables.keys.start + row * keyRow
  return compareOctets(tables.bytes, at, hash) === 0 ? servicesOfRow(tables, at) : []
}

/** The keys that a hint leads to, each once, at most `cap` of them. */
export async function keysByHints(
  { tables }: TrustStore,
  hints: readonly (readonly [HintKind, Uint8Array])[],
  cap: number,
  crypto: Digester,
): Promise<Uint8Array[]> {
  const keys = new Map<string, Uint8Array>()
  for (const [kind, octets] of hints) {
    const hint = await hintOf(kind, octets, crypto)
    let row = lowerBound(tables, tables.hints, hintRow, hint)
    for (; row < tables.hints.rows && keys.size < cap; row++) {
      const at = tables.hints.start + row * hintRow
      if (compareOctets(tables.bytes, at, hint) !== 0) break
      const key = tables.view.getUint32(at + hintLength)
      if (key >= tables.keys.rows) throw listError('TSL_STORE_CONTENT', { offset: at })
      const keyAt = tables.keys.start + key * keyRow
      keys.set(toHex(tables.bytes.subarray(keyAt, keyAt + 32)), sliceAt(tables, keyAt + 32))
    }
  }
  return [...keys.values()]
}

function servicesOfRow(tables: Tables, keyAt: number): StoredService[] {
  const { view, postings, services } = tables
  const first = view.getUint32(keyAt + 40)
  const count = view.getUint32(keyAt + 44)
  if (first + count > postings.rows) throw listError('TSL_STORE_CONTENT', { offset: keyAt })
  return Array.from({ length: count }, (_, index) => {
    const at = postings.start + (first + index) * 4
    const number = view.getUint32(at)
    if (number >= services.rows) throw listError('TSL_STORE_CONTENT', { offset: at })
    return readStoredService(sliceAt(tables, services.start + number * 8))
  })
}
