import { equalBytes } from '../../core/bytes.ts'
import type { Digester } from '../../crypto/index.ts'
import { listError } from './codes.ts'

/**
 * The file of a store, all numbers big-endian:
 *
 * ```text
 * octets 0-7    PSD2TLST
 *        8-11   version, 1
 *        12-15  octets of the whole file
 *        16-47  SHA-256 of everything after
 *        48-67  counts: lists, services, keys, postings, hints
 * tables        lists     8 octets each: offset and length of a JSON text
 *               services  8 octets each: offset and length of a JSON text
 *               keys      48 octets each, ascending: SHA-256 of the SPKI, its offset and length, first posting, postings
 *               postings  4 octets each: number of a service
 *               hints     20 octets each, ascending: half a SHA-256 of a hint, number of a key
 * heap          JSON texts and SPKIs
 * ```
 *
 * A lookup is a binary search in `keys`; only the services it leads to are read. The hash shows damage, not origin: keep the
 * file where only you can write.
 */
export const magic = new TextEncoder().encode('PSD2TLST')
export const formatVersion = 1
export const headerLength = 68
export const hashStart = 16
export const hashedFrom = 48
export const keyRow = 48
export const hintRow = 20

/** Where the tables of an opened file begin, and how many rows they have. */
export interface Tables {
  readonly bytes: Uint8Array
  readonly view: DataView
  readonly lists: Table
  readonly services: Table
  readonly keys: Table
  readonly postings: Table
  readonly hints: Table
}

export interface Table {
  readonly start: number
  readonly rows: number
}

/** Octets of one row of each table, in the order of the file. */
export const rowLengths = { lists: 8, services: 8, keys: keyRow, postings: 4, hints: hintRow } as const

/**
 * Checks the header and the hash, and that every table lies in the file.
 *
 * @throws Psd2Error `TSL_STORE_...`
 */
export async function openTables(bytes: Uint8Array, crypto: Digester): Promise<Tables> {
  if (bytes.length < magic.length || !equalBytes(bytes.subarray(0, magic.length), magic)) {
    throw listError('TSL_STORE_FORM', { offset: 0 })
  }
  if (bytes.length < headerLength) throw listError('TSL_STORE_TRUNCATED', { offset: bytes.length })
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const version = view.getUint32(8)
  if (version !== formatVersion) throw listError('TSL_STORE_VERSION', { detail: String(version), offset: 8 })
  const length = view.getUint32(12)
  if (bytes.length < length) {
    throw listError('TSL_STORE_TRUNCATED', { detail: `${bytes.length} of ${length} octets`, offset: bytes.length })
  }
  const hash = await crypto.digest('sha-256', bytes.subarray(hashedFrom))
  if (bytes.length !== length || !equalBytes(hash, bytes.subarray(hashStart, hashedFrom))) {
    throw listError('TSL_STORE_DAMAGED')
  }
  let start = headerLength
  const tables = Object.entries(rowLengths).map(([name, row], index) => {
    const table = { start, rows: view.getUint32(hashedFrom + index * 4) }
    start += table.rows * row
    return [name, table] as const
  })
  if (start > bytes.length) throw listError('TSL_STORE_CONTENT', { offset: hashedFrom })
  return { bytes, view, ...(Object.fromEntries(tables) as Omit<Tables, 'bytes' | 'view'>) }
}

/** The octets that a row of offset and length names. */
export function sliceAt({ bytes, view }: Tables, at: number): Uint8Array {
  const start = view.getUint32(at)
  const length = view.getUint32(at + 4)
  if (start + length > bytes.length) throw listError('TSL_STORE_CONTENT', { offset: at })
  return bytes.subarray(start, start + length)
}

/** Number of the first row that is not below the wanted octets; rows begin with them and ascend. */
export function lowerBound({ bytes }: Tables, { start, rows }: Table, rowLength: number, wanted: Uint8Array): number {
  let low = 0
  let high = rows
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compareOctets(bytes, start + middle * rowLength, wanted) < 0) low = middle + 1
    else high = middle
  }
  return low
}

/** Order of the octets at a place against others. */
export function compareOctets(bytes: Uint8Array, at: number, wanted: Uint8Array): number {
  for (let i = 0; i < wanted.length; i++) {
    const difference = (bytes[at + i] as number) - (wanted[i] as number)
    if (difference !== 0) return difference
  }
  return 0
}
