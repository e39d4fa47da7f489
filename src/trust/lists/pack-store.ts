import { defaultCrypto } from '#crypto'
import { toHex } from '../../core/bytes.ts'
import type { Digester } from '../../crypto/index.ts'
import { listError } from './codes.ts'
import { hintOf } from './hints.ts'
import type { VerifiedList } from './load.ts'
import { formatVersion, hashedFrom, hashStart, headerLength, magic, rowLengths } from './store-format.ts'
import { writeRecord } from './store-json.ts'

/** A key of the lists while they are packed. */
interface PackedKey {
  readonly hash: Uint8Array
  readonly spki: Uint8Array
  readonly services: number[]
  readonly hints: Map<string, Uint8Array>
}

/**
 * The file of a store over verified lists, one of each territory: it answers by key without going through the lists, and opens
 * faster than one list is read. Write it where only you can write.
 *
 * @throws Psd2Error `TSL_TERRITORY_TWICE`
 *
 * @example
 * ```ts
 * import { writeFile } from 'node:fs/promises'
 * import { packTrustStore, type VerifiedList } from 'psd2-toolkit/trust'
 *
 * declare const lists: VerifiedList[]
 * await writeFile('trusted-lists.store', await packTrustStore(lists))
 * ```
 */
export async function packTrustStore(
  lists: readonly VerifiedList[],
  options: { readonly crypto?: Digester } = {},
): Promise<Uint8Array> {
  const { crypto = defaultCrypto } = options
  requireDistinct(lists)
  const records: Uint8Array[] = []
  const services: Uint8Array[] = []
  const keys = new Map<string, PackedKey>()
  for (const [number, list] of lists.entries()) {
    const { territory, type, version, sequenceNumber, operator, issued, nextUpdate, signer } = list
    const facts = { territory, type, version, sequenceNumber, operator, issued, nextUpdate }
    records.push(writeRecord({ ...facts, signer: String(signer.subject) }))
    for (const { provider, name, statuses, keys: ofService } of list.services) {
      for (const { spki, subject, keyIdentifier } of ofService) {
        const hash = await crypto.digest('sha-256', spki)
        const id = toHex(hash)
        const key: PackedKey = keys.get(id) ?? { hash, spki, services: [], hints: new Map() }
        keys.set(id, key)
        key.services.push(services.length)
        const hints = [await hintOf('subject', subject, crypto)]
        if (keyIdentifier !== undefined) hints.push(await hintOf('keyIdentifier', keyIdentifier, crypto))
        for (const hint of hints) key.hints.set(toHex(hint), hint)
      }
      services.push(writeRecord({ list: number, provider, name, statuses }))
    }
  }
  return assemble(
    records,
    services,
    sorted([...keys.values()], ({ hash }) => hash),
    crypto,
  )
}

async function assemble(
  lists: readonly Uint8Array[],
  services: readonly Uint8Array[],
  keys: readonly PackedKey[],
  crypto: Digester,
): Promise<Uint8Array> {
  const hints = sorted(
    keys.flatMap((key, number) => [...key.hints.values()].map((hint) => ({ hint, number }))),
    ({ hint }) => hint,
  )
  const postings = keys.flatMap((key) => key.services)
  const rows = {
    lists: lists.length,
    services: services.length,
    keys: keys.length,
    postings: postings.length,
    hints: hints.length,
  }
  const heap = [...lists, ...services, ...keys.map(({ spki }) => spki)]
  const tables = Object.entries(rowLengths).map(([name, row]) => row * rows[name as keyof typeof rows])
  const heapStart = tables.reduce((sum, length) => sum + length, headerLength)
  const bytes = new Uint8Array(heap.reduce((sum, { length }) => sum + length, heapStart))
  const view = new DataView(bytes.buffer)
  bytes.set(magic)
  view.setUint32(8, formatVersion)
  view.setUint32(12, bytes.length)
  for (const [index, count] of Object.values(rows).entries()) view.setUint32(hashedFrom + index * 4, count)

  let at = headerLength
  let free = heapStart
  const put = (value: number) => {
    view.setUint32(at, value)
    at += 4
  }
  const putOctets = (octets: Uint8Array) => {
    bytes.set(octets, at)
    at += octets.length
  }
  const putHeap = (octets: Uint8Array) => {
    bytes.set(octets, free)
    put(free)
    put(octets.length)
    free += octets.length
  }
  for (const record of [...lists, ...services]) putHeap(record)
  let posting = 0
  for (const { hash, spki, services: ofKey } of keys) {
    putOctets(hash)
    putHeap(spki)
    put(posting)
    put(ofKey.length)
    posting += ofKey.length
  }
  for (const service of postings) put(service)
  for (const { hint, number } of hints) {
    putOctets(hint)
    put(number)
  }
  bytes.set(await crypto.digest('sha-256', bytes.subarray(hashedFrom)), hashStart)
  return bytes
}

function requireDistinct(lists: readonly VerifiedList[]): void {
  const seen = new Set<string>()
  for (const { territory } of lists) {
    if (seen.has(territory)) throw listError('TSL_TERRITORY_TWICE', { detail: territory })
    seen.add(territory)
  }
}

function sorted<Item>(items: readonly Item[], octetsOf: (item: Item) => Uint8Array): Item[] {
  return items
    .map((item) => ({ item, hex: toHex(octetsOf(item)) }))
    .sort((a, b) => (a.hex < b.hex ? -1 : a.hex > b.hex ? 1 : 0))
    .map(({ item }) => item)
}
