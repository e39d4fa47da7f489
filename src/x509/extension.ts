import { Octets } from '../core/octets.ts'
import { oidName } from '../core/oids.ts'
import { Seen } from '../core/seen.ts'
import { type Cursor, readBooleanDefaultFalse, Tag, walk } from '../der/index.ts'
import { byNumber, readIdentifier } from '../der/oid.ts'
import { type ExtensionName, type ExtensionValues, extensionReaders } from './extensions/table.ts'
import { attempt, report } from './report.ts'

/** An extension that is decoded: its name, and how. */
interface KnownExtension {
  readonly name: string
  readonly read: (cursor: Cursor) => unknown
}

/** One extension of a certificate (RFC 5280 4.1.2.9). Its octets are the content of extnValue. */
export class Extension<Value = unknown> extends Octets {
  declare readonly oid: string
  /** Place and criticality in one: a batch keeps millions of these. */
  declare private readonly packed: number
  /** Decoded; undefined where the extension is not known, or tolerant reading could not decode it. */
  declare readonly decoded: Value | undefined
  /** What is known of it: found by name, it needs no look-up. */
  declare private readonly known: KnownExtension | undefined

  constructor(
    whole: Uint8Array,
    start: number,
    end: number,
    oid: string,
    critical: boolean,
    index: number,
    decoded: Value | undefined,
    known: KnownExtension | undefined,
  ) {
    super(whole, start, end)
    this.oid = oid
    this.packed = index * 2 + (critical ? 1 : 0)
    this.decoded = decoded
    this.known = known
  }

  /** True where it is the extension of this name. */
  is(name: ExtensionName): boolean {
    // In two steps: what `?.` gives may be undefined, and is compared by a slower general way.
    if (this.known === undefined) return false
    return this.known.name === name
  }

  get critical(): boolean {
    return (this.packed & 1) === 1
  }

  /** Place in the list. */
  get index(): number {
    return this.packed >> 1
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

/** {@link extensionReaders} by number. */
const readers = /* @__PURE__ */ byNumber<KnownExtension>(
  Object.entries(extensionReaders).map(([name, { oid, read }]) => [oid, { name, read }]),
)

/**
 * ```text
 * Extensions ::= SEQUENCE SIZE (1..MAX) OF Extension
 * Extension  ::= SEQUENCE { extnID OBJECT IDENTIFIER, critical BOOLEAN DEFAULT FALSE, extnValue OCTET STRING }
 * ```
 */
export function readExtensions(cursor: Cursor): Extension[] {
  const listStart = cursor.position
  const end = cursor.open(Tag.SEQUENCE, '')
  if (cursor.isEmpty) report(cursor, 'X509_EXTENSIONS_EMPTY', '', listStart)
  const extensions: Extension[] = []
  const seen = new Seen()
  while (!cursor.isEmpty) {
    extensions.push(readExtension(cursor, extensions, seen))
  }
  cursor.close(end)
  return extensions.slice()
}

function readExtension(cursor: Cursor, before: readonly Extension[], seen: Seen): Extension {
  const start = cursor.position
  const index = before.length
  const end = cursor.open(Tag.SEQUENCE, index)
  const { text: oid, number } = readIdentifier(cursor, 'extnID')
  const critical = readBooleanDefaultFalse(cursor, 'critical')
  cursor.read(Tag.OCTET_STRING, 'extnValue')
  const { bytes, valueStart, valueEnd } = cursor
  const reader = readers[number]
  if (reader === undefined && critical && oid !== QC_STATEMENTS) {
    report(cursor, 'X509_EXTENSION_CRITICAL_UNKNOWN', '', start, oid)
  }
  const valueOuter = cursor.openValue(reader?.name ?? 'extnValue')
  const decoded = attempt(cursor, 'X509_EXTENSION_VALUE', reader?.read ?? readUnknown)
  cursor.close(valueOuter)
  cursor.close(end)
  if (seen.again(oid, number, before)) report(cursor, 'X509_EXTENSION_TWICE', index, start, oidName(oid) ?? oid)
  return new Extension(bytes, valueStart, valueEnd, oid, critical, index, decoded, reader)
}

function readUnknown(cursor: Cursor): void {
  walk(cursor, '')
}
