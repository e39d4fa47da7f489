import { Octets } from '../core/octets.ts'
import { oidName } from '../core/oids.ts'
import { Seen } from '../core/seen.ts'
import { type Cursor, readBooleanDefaultFalse, readOid, Tag, walk } from '../der/index.ts'
import { type ExtensionName, type ExtensionValues, extensionReaders } from './extensions/table.ts'
import { attempt, report } from './report.ts'

/** One extension of a certificate (RFC 5280 4.1.2.9). Its octets are the content of extnValue. */
export class Extension<Value = unknown> extends Octets {
  declare readonly oid: string
  declare readonly critical: boolean
  /** Place in the list. */
  declare readonly index: number
  /** Decoded; undefined where the extension is not known, or tolerant reading could not decode it. */
  declare readonly decoded: Value | undefined

  constructor(
    whole: Uint8Array,
    start: number,
    end: number,
    oid: string,
    critical: boolean,
    index: number,
    decoded: Value | undefined,
  ) {
    super(whole, start, end)
    this.oid = oid
    this.critical = critical
    this.index = index
    this.decoded = decoded
  }

  /** Name of the extension, or its object identifier. */
  get name(): string {
    return oidName(this.oid) ?? this.oid
  }

  /** Path of the extension, for findings. */
  get path(): string {
    return `tbsCertificate.extensions[${this.index}]`
  }
}

/** An extension whose value's type is known by its name. */
export type NamedExtension<Name extends ExtensionName> = Extension<ExtensionValues[Name]>

const QC_STATEMENTS = '1.3.6.1.5.5.7.1.3'

const readers: ReadonlyMap<string, { name: string; read: (cursor: Cursor) => unknown }> = new Map(
  Object.entries(extensionReaders).map(([name, { oid, read }]) => [oid, { name, read }]),
)

/**
 * ```text
 * Extensions ::= SEQUENCE SIZE (1..MAX) OF Extension
 * Extension  ::= SEQUENCE { extnID OBJECT IDENTIFIER, critical BOOLEAN DEFAULT FALSE, extnValue OCTET STRING }
 * ```
 */
export function readExtensions(outer: Cursor): Extension[] {
  const cursor = outer.enter(Tag.SEQUENCE, '')
  if (cursor.isEmpty) report(outer, 'X509_EXTENSIONS_EMPTY', '', cursor.start)
  const extensions: Extension[] = []
  const seen = new Seen()
  while (!cursor.isEmpty) {
    const start = cursor.position
    const extension = readExtension(cursor, extensions.length)
    if (seen.again(extension.oid)) report(cursor, 'X509_EXTENSION_TWICE', extension.index, start, extension.name)
    extensions.push(extension)
  }
  return extensions.slice()
}

function readExtension(outer: Cursor, index: number): Extension {
  const cursor = outer.enter(Tag.SEQUENCE, index)
  const oid = readOid(cursor, 'extnID')
  const critical = readBooleanDefaultFalse(cursor, 'critical')
  const start = cursor.position
  cursor.read(Tag.OCTET_STRING, 'extnValue')
  cursor.finish()
  const { bytes, valueStart, valueEnd } = cursor
  const reader = readers.get(oid)
  const inside = cursor.inside(start, reader?.name ?? 'extnValue')
  if (reader === undefined) {
    if (critical && oid !== QC_STATEMENTS) report(outer, 'X509_EXTENSION_CRITICAL_UNKNOWN', index, cursor.start, oid)
    attempt(inside, 'X509_EXTENSION_VALUE', readUnknown)
    return new Extension(bytes, valueStart, valueEnd, oid, critical, index, undefined)
  }
  const decoded = attempt(inside, 'X509_EXTENSION_VALUE', reader.read)
  return new Extension(bytes, valueStart, valueEnd, oid, critical, index, decoded)
}

function readUnknown(cursor: Cursor): void {
  walk(cursor, '')
}
