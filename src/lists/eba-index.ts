import { createHash } from 'node:crypto'
import { Psd2Error } from '../core/errors.ts'
import { defaultJsonLimits, parseJson } from '../core/json.ts'
import { type RegisterEntity, readRegisterEntity } from '../trust/register/entity.ts'
import { RegisterIndexBuilder } from '../trust/register/index-format.ts'
import { ebaError } from './eba-codes.ts'
import { EbaScanner, type ScannedEntry } from './eba-scanner.ts'

/** How {@link indexEbaRegister} reads. */
export interface IndexEbaOptions {
  /** SHA-256 of the file in hexadecimal, as it is published beside it. Another one is refused. */
  readonly sha256?: string
  /** Octets of the file. Default 2 GiB. */
  readonly maximumSize?: number
  /** Called now and then with the octets that were read. */
  readonly onProgress?: (octets: number) => void
}

/** An index, and what it was made of. */
export interface IndexedEba {
  /** The index file, for `openEbaRegister`. */
  readonly index: Uint8Array
  readonly sha256: string
  readonly size: number
  /** Entries by type, those that are not kept too. */
  readonly types: Readonly<Record<string, number>>
  /** Entries in the index. */
  readonly kept: number
  /** Entries that could not be read, the first hundred of them. */
  readonly unreadable: readonly Psd2Error[]
  readonly unreadableCount: number
}

const optionNames: Readonly<Record<keyof IndexEbaOptions, true>> = { sha256: true, maximumSize: true, onProgress: true }
const mostErrors = 100
/** More of them than this share, and it is another file. */
const largestUnreadableShare = 0.01

/** Agents are mostly natural persons: they are dropped by these octets, before anything of them becomes text. */
const agent = Buffer.from('"EntityType":"PSD_AG"', 'latin1')

/**
 * Makes the index of the EBA register from its published JSON, octet by octet as they come: the file of 200 MB and more is
 * never in memory. Agents and addresses are not kept.
 *
 * @param source - the file, for example a stream of `node:fs`
 * @throws Psd2Error `EBA_...` where this is not the register, or it was cut off or changed on its way
 * @throws TypeError where an option is wrong
 *
 * @example
 * ```ts
 * import { createReadStream } from 'node:fs'
 * import { writeFile } from 'node:fs/promises'
 * import { indexEbaRegister } from 'psd2-toolkit/lists'
 *
 * const { index, kept, types } = await indexEbaRegister(createReadStream('PSDMD.json'))
 * await writeFile('eba.index', index)
 * console.log(kept, types)
 * ```
 */
export async function indexEbaRegister(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: IndexEbaOptions = {},
): Promise<IndexedEba> {
  for (const name in options) if (!Object.hasOwn(optionNames, name)) throw new TypeError(`unknown option '${name}'`)
  const { sha256: wanted, maximumSize = 2 ** 31, onProgress } = options
  if (wanted !== undefined && !/^[0-9a-f]{64}$/i.test(wanted))
    throw new TypeError('sha256 must be 64 hexadecimal digits')
  const scanner = new EbaScanner()
  const reading = new Reading()
  const hash = createHash('sha256')
  let size = 0
  for await (const chunk of source) {
    size += chunk.length
    if (size > maximumSize) throw ebaError('LIMIT_EBA_SIZE', size)
    hash.update(chunk)
    for (const entry of scanner.push(chunk)) reading.take(entry)
    onProgress?.(size)
  }
  scanner.finish()
  const sha256 = hash.digest('hex')
  if (wanted !== undefined && wanted.toLowerCase() !== sha256) throw ebaError('EBA_DIGEST', size, `it has ${sha256}`)
  return reading.finish(sha256, size)
}

/** What has been made of the entries so far. */
class Reading {
  private readonly builder = new RegisterIndexBuilder()
  private readonly types = new Map<string, number>()
  private readonly errors: Psd2Error[] = []
  private entries = 0
  private kept = 0
  private unreadable = 0

  take(entry: ScannedEntry): void {
    this.entries++
    if (isAgent(entry.bytes)) {
      this.count('PSD_AG')
      return
    }
    try {
      this.keep(readRegisterEntity(parseJson(entry.bytes, { ...defaultJsonLimits, depth: 8 })))
    } catch (error) {
      if (!(error instanceof Psd2Error)) throw error
      this.note(error, entry)
    }
  }

  private keep(entity: RegisterEntity): void {
    if (entity.type !== 'PSD_AG') {
      this.builder.add(entity)
      this.kept++
    }
    this.count(entity.type)
  }

  /** An entry that cannot be read does not hide the others. */
  private note(error: Psd2Error, { offset, index }: ScannedEntry): void {
    this.unreadable++
    if (this.errors.length === mostErrors) return
    const path = `/1/${index}${error.path ?? ''}`
    const message = `${error.message}, in the entry at offset ${offset}`
    const place = offset + (error.offset ?? 0)
    this.errors.push(new Psd2Error(error.code, message, { path, offset: place, mend: error.mend }))
  }

  private count(type: string): void {
    this.types.set(type, (this.types.get(type) ?? 0) + 1)
  }

  async finish(sha256: string, size: number): Promise<IndexedEba> {
    const [first] = this.errors
    if (first !== undefined && this.unreadable > this.entries * largestUnreadableShare) {
      throw ebaError(
        'EBA_SHAPE',
        first.offset ?? 0,
        `${this.unreadable} of ${this.entries} entries; ${first.message}`,
        first.path,
      )
    }
    const types = Object.fromEntries(this.types)
    const { unreadable } = this
    const index = await this.builder.finish({ sourceSha256: sha256, sourceSize: size, types, unreadable })
    return { index, sha256, size, types, kept: this.kept, unreadable: this.errors, unreadableCount: unreadable }
  }
}

/**
 * True where the octets of an agent's type stand in the entry. In a string they would have backslashes; with white space
 * between, they are not found here, and the entry is dropped when it is read.
 */
function isAgent(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).includes(agent)
}
