import { defaultCrypto } from '#crypto'
import { equalBytes } from '../../core/bytes.ts'
import type { Digester } from '../../crypto/provider.ts'
import { authorityKey } from './authorities.ts'
import { registerError } from './codes.ts'
import type { RegisterEntity, RegisterServices } from './entity.ts'
import { looseNumber, numberOfCode } from './numbers.ts'

/**
 * The index file: what is looked up in, without reading the register again.
 *
 * ```text
 * magic    8   "psd2eba" and a line feed
 * version  4   numbers are little-endian
 * header   4   octets of the header
 * slots    4   count, a power of two
 * records  4   octets of the records
 * digest  32   SHA-256 of all that follows
 * header, slots (hash 4, place of a record + 1 or 0: 4), records (octets 4, JSON)
 * ```
 */
const magic = [0x70, 0x73, 0x64, 0x32, 0x65, 0x62, 0x61, 0x0a] as const
const formatVersion = 1
const fixedSize = 56

/** What an index says of the register that it was made from. */
export interface RegisterInfo {
  /** SHA-256 of the register file, in hexadecimal. */
  readonly sourceSha256: string
  /** Octets of the register file. */
  readonly sourceSize: number
  /** The newest entry, YYYYMMDDhhmmssSSS. */
  readonly newest: string | undefined
  /** Entries by type, those that are not kept too. */
  readonly types: Readonly<Record<string, number>>
  /** Kept entries by CA_OwnerID. */
  readonly owners: Readonly<Record<string, number>>
  /** Entries that could not be read. */
  readonly unreadable: number
}

interface Header extends RegisterInfo {
  /** Names of services, bit 0 first. */
  readonly services: readonly string[]
}

const utf8 = /* @__PURE__ */ new TextEncoder()
const fromUtf8 = /* @__PURE__ */ new TextDecoder('utf-8', { fatal: true })

/** Octets that grow, in pieces: nothing is copied as they do. */
class Growing {
  length = 0
  private readonly full: Uint8Array[] = []
  private piece = new Uint8Array(pieceSize)
  private used = 0

  add(part: Uint8Array): void {
    this.length += part.length
    for (let from = 0; from < part.length; ) {
      if (this.used === pieceSize) {
        this.full.push(this.piece)
        this.piece = new Uint8Array(pieceSize)
        this.used = 0
      }
      const taken = part.subarray(from, from + pieceSize - this.used)
      this.piece.set(taken, this.used)
      this.used += taken.length
      from += taken.length
    }
  }

  /** Every octet, put into `whole` from `at` on. */
  copyTo(whole: Uint8Array, at: number): void {
    for (const [index, piece] of this.full.entries()) whole.set(piece, at + index * pieceSize)
    whole.set(this.piece.subarray(0, this.used), at + this.full.length * pieceSize)
  }
}

const pieceSize = 1 << 20

function u32(...values: readonly number[]): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 4))
  for (const [index, value] of values.entries()) view.setUint32(index * 4, value, true)
  return new Uint8Array(view.buffer)
}

/** Collects entries, as octets, and makes the index of them. */
export class RegisterIndexBuilder {
  private readonly records = new Growing()
  /** Hash and place, one pair a key. */
  private readonly keys = new Growing()
  private readonly services: string[] = []
  private readonly owners = new Map<string, number>()
  private newest: string | undefined

  add(entity: RegisterEntity): void {
    const { owner, code, type, nationalReferences, names, country, authorisations, services, version } = entity
    const place = this.records.length
    const record = [
      owner,
      code,
      type,
      nationalReferences,
      names,
      country ?? null,
      authorisations,
      this.grouped(services),
      version ?? null,
    ]
    const octets = utf8.encode(JSON.stringify(record))
    this.records.add(u32(octets.length))
    this.records.add(octets)
    for (const key of keysOf(entity)) this.keys.add(u32(hash(key), place + 1))
    this.owners.set(owner, (this.owners.get(owner) ?? 0) + 1)
    if (version !== undefined && (this.newest === undefined || version > this.newest)) this.newest = version
  }

  /** Services as bits, then their countries. */
  private grouped(services: readonly RegisterServices[]): (number | string)[] {
    this.learn(services)
    return services.flatMap(({ services: names, countries }) => {
      let mask = 0
      for (const name of new Set(names)) mask += 2 ** this.services.indexOf(name)
      return [mask, countries.join('')]
    })
  }

  /** Services that were not met before. There are fourteen; a register with more than 48 is another register. */
  private learn(services: readonly RegisterServices[]): void {
    const fresh = new Set<string>()
    for (const { services: names, countries } of services) {
      if (!countries.every((country) => /^[A-Z]{2}$/.test(country))) {
        throw registerError('EBA_ENTITY', '/Services', undefined, 'a country')
      }
      for (const name of names) if (!this.services.includes(name)) fresh.add(name)
    }
    if (this.services.length + fresh.size > 48) {
      throw registerError('EBA_ENTITY', '/Services', undefined, 'more than 48 kinds of services')
    }
    this.services.push(...fresh)
  }

  async finish(
    source: Pick<RegisterInfo, 'sourceSha256' | 'sourceSize' | 'types' | 'unreadable'>,
    crypto: Digester = defaultCrypto,
  ): Promise<Uint8Array<ArrayBuffer>> {
    const header: Header = {
      ...source,
      newest: this.newest,
      owners: Object.fromEntries(this.owners),
      services: this.services,
    }
    const headerOctets = utf8.encode(JSON.stringify(header))
    const slotCount = slotsFor(this.keys.length / 8)
    const slots = fixedSize + headerOctets.length
    const records = slots + slotCount * 8
    const whole = new Uint8Array(records + this.records.length)
    whole.set(magic)
    whole.set(u32(formatVersion, headerOctets.length, slotCount, this.records.length), 8)
    whole.set(headerOctets, fixedSize)
    this.records.copyTo(whole, records)
    this.fillTable(new DataView(whole.buffer, slots, slotCount * 8))
    whole.set(await crypto.digest('sha-256', whole.subarray(fixedSize)), 24)
    return whole
  }

  /** Open addressing, at most half full. */
  private fillTable(table: DataView): void {
    const keys = new Uint8Array(this.keys.length)
    this.keys.copyTo(keys, 0)
    const view = new DataView(keys.buffer)
    const mask = table.byteLength / 8 - 1
    for (let at = 0; at < keys.length; at += 8) {
      const value = view.getUint32(at, true)
      let slot = value & mask
      while (table.getUint32(slot * 8 + 4, true) !== 0) slot = (slot + 1) & mask
      table.setUint32(slot * 8, value, true)
      table.setUint32(slot * 8 + 4, view.getUint32(at + 4, true), true)
    }
  }
}

/** A power of two, at least twice as many slots as keys. */
function slotsFor(keys: number): number {
  let count = 16
  while (count < keys * 2) count *= 2
  return count
}

/** Under what an entry is found: its owner with each of its numbers. */
function keysOf({ owner, code, nationalReferences }: RegisterEntity): Set<string> {
  const keys = new Set([`!${code}`])
  for (const number of [numberOfCode(code, owner), ...nationalReferences]) {
    const loose = looseNumber(number)
    if (loose !== '') keys.add(numberKey(authorityKey(owner), loose))
  }
  return keys
}

function numberKey(authority: string, loose: string): string {
  return `${authority}!${loose}`
}

/** FNV-1a over UTF-16, folded. */
function hash(key: string): number {
  let value = 0x811c9dc5
  for (let i = 0; i < key.length; i++) {
    const unit = key.charCodeAt(i)
    value = Math.imul(value ^ (unit & 0xff), 0x01000193)
    value = Math.imul(value ^ (unit >> 8), 0x01000193)
  }
  return (value ^ (value >>> 15)) >>> 0
}

/** An index that was opened. Records are decoded when they are asked for. */
export class RegisterIndex {
  readonly info: RegisterInfo
  /** Owners by what is compared of them. */
  readonly owners: ReadonlyMap<string, readonly string[]>
  private readonly keyOfOwner: ReadonlyMap<string, string>
  private readonly services: readonly string[]
  private readonly view: DataView
  private readonly bytes: Uint8Array
  private readonly slots: number
  private readonly slotCount: number
  private readonly records: number

  constructor(bytes: Uint8Array, header: Header, slots: number, slotCount: number) {
    const { services, ...info } = header
    this.info = info
    this.services = services
    const owners = new Map<string, string[]>()
    for (const owner of Object.keys(info.owners)) {
      const key = authorityKey(owner)
      owners.set(key, [...(owners.get(key) ?? []), owner])
    }
    this.owners = owners
    this.keyOfOwner = new Map(Object.keys(info.owners).map((owner) => [owner, authorityKey(owner)]))
    this.bytes = bytes
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    this.slots = slots
    this.slotCount = slotCount
    this.records = slots + slotCount * 8
  }

  /** Entries of an owner that may have this number, written loosely: whoever asks compares it. */
  byNumber(owner: string, loose: string): RegisterEntity[] {
    return this.find(numberKey(this.keyOfOwner.get(owner) ?? '', loose)).filter((entity) => entity.owner === owner)
  }

  /** The entries of an EntityCode. */
  byCode(code: string): RegisterEntity[] {
    return this.find(`!${code}`).filter((entity) => entity.code === code)
  }

  private find(key: string): RegisterEntity[] {
    const { view, slots, slotCount } = this
    const wanted = hash(key)
    const found: RegisterEntity[] = []
    for (let probe = 0; probe < slotCount; probe++) {
      const at = slots + ((wanted + probe) & (slotCount - 1)) * 8
      const place = view.getUint32(at + 4, true)
      if (place === 0) break
      if (view.getUint32(at, true) === wanted) found.push(this.entityAt(place - 1))
    }
    return found
  }

  private entityAt(place: number): RegisterEntity {
    const start = this.records + place + 4
    if (start > this.bytes.length) throw registerError('EBA_INDEX_FORMAT', undefined, this.bytes.length)
    const end = start + this.view.getUint32(start - 4, true)
    const record = parsed(this.bytes.subarray(start, end), start) as RecordJson
    const [owner, code, type, nationalReferences, names, country, authorisations, groups, version] = record
    return {
      owner,
      code,
      type,
      nationalReferences,
      names,
      country: country ?? undefined,
      authorisations,
      services: this.servicesOf(groups),
      version: version ?? undefined,
    }
  }

  private servicesOf(groups: Groups): RegisterServices[] {
    const services: RegisterServices[] = []
    for (let i = 0; i + 1 < groups.length; i += 2) {
      services.push({ services: this.namesOf(groups[i] as number), countries: countriesIn(groups[i + 1] as string) })
    }
    return services
  }

  private namesOf(mask: number): string[] {
    return this.services.filter((_, bit) => Math.floor(mask / 2 ** bit) % 2 === 1)
  }
}

function countriesIn(joined: string): string[] {
  const countries: string[] = []
  for (let at = 0; at < joined.length; at += 2) countries.push(joined.slice(at, at + 2))
  return countries
}

/** Services as bits, then the countries that have them, one after the other. */
type Groups = readonly (number | string)[]

type RecordJson = readonly [
  owner: string,
  code: string,
  type: string,
  nationalReferences: readonly string[],
  names: readonly string[],
  country: string | null,
  authorisations: readonly string[],
  services: Groups,
  version: string | null,
]

/** Reads and checks an index: form, version, length, digest. */
export async function readRegisterIndex(given: Uint8Array, crypto: Digester): Promise<RegisterIndex> {
  const bytes = given.slice()
  if (bytes.length < fixedSize || !magic.every((octet, i) => bytes[i] === octet)) {
    throw registerError('EBA_INDEX_FORMAT', undefined, 0, looksLike(bytes))
  }
  const view = new DataView(bytes.buffer)
  const [version, headerSize, slotCount, recordsSize] = [8, 12, 16, 20].map((at) => view.getUint32(at, true)) as [
    number,
    number,
    number,
    number,
  ]
  if (version !== formatVersion) throw registerError('EBA_INDEX_VERSION', undefined, 8, `version ${version}`)
  const size = fixedSize + headerSize + slotCount * 8 + recordsSize
  if (bytes.length !== size) {
    throw registerError('EBA_INDEX_TRUNCATED', undefined, bytes.length, `${bytes.length} octets, ${size} are due`)
  }
  const digest = await crypto.digest('sha-256', bytes.subarray(fixedSize))
  if (!equalBytes(digest, bytes.subarray(24, fixedSize))) throw registerError('EBA_INDEX_DIGEST', undefined, 24)
  const slots = fixedSize + headerSize
  const header = parsed(bytes.subarray(fixedSize, slots), fixedSize) as Header
  if (!Array.isArray(header.services) || slotCount === 0 || (slotCount & (slotCount - 1)) !== 0) {
    throw registerError('EBA_INDEX_FORMAT', undefined, fixedSize)
  }
  return new RegisterIndex(bytes, header, slots, slotCount)
}

/** JSON that an index holds. Its digest was right, so that only whoever made it can have made it wrong. */
function parsed(octets: Uint8Array, offset: number): unknown {
  try {
    return JSON.parse(fromUtf8.decode(octets))
  } catch {
    throw registerError('EBA_INDEX_FORMAT', undefined, offset)
  }
}

/** What was given instead of an index. */
function looksLike(bytes: Uint8Array): string {
  const first = bytes[0]
  if (bytes.length === 0) return 'the file is empty'
  if (first === 0x5b) return 'it looks like the register itself'
  if (first === 0x50 && bytes[1] === 0x4b) return 'it looks like a zip archive'
  return first === 0x3c ? 'it looks like XML or HTML' : 'it begins with other octets'
}
