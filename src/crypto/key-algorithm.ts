import { oidName } from '../core/oids.ts'
import {
  type Cursor,
  contextConstructed,
  readNull,
  readOid,
  readSmallInteger,
  type Step,
  Tag,
  write,
} from '../der/index.ts'
import { cryptoErrorAt } from './codes.ts'
import type { HashName, KeyFacts, NamedCurve, PssRestriction } from './provider.ts'

/** What the AlgorithmIdentifier of a key says. */
export interface KeyAlgorithm {
  readonly type: KeyFacts['type']
  readonly curve?: NamedCurve
  readonly pss?: PssRestriction
}

const RSA = '1.2.840.113549.1.1.1'
const RSASSA_PSS = '1.2.840.113549.1.1.10'
const EC = '1.2.840.10045.2.1'
const ED25519 = '1.3.101.112'
const MGF1 = '1.2.840.113549.1.1.8'

interface Curve {
  readonly oid: string
  readonly name: NamedCurve
  /** Bits and octets of the field. */
  readonly bits: number
  readonly octets: number
}

const curveRows: readonly Curve[] = [
  { oid: '1.2.840.10045.3.1.7', name: 'P-256', bits: 256, octets: 32 },
  { oid: '1.3.132.0.34', name: 'P-384', bits: 384, octets: 48 },
  { oid: '1.3.132.0.35', name: 'P-521', bits: 521, octets: 66 },
]
const curvesByOid = /* @__PURE__ */ new Map(curveRows.map((row) => [row.oid, row]))
const curvesByName = /* @__PURE__ */ new Map<string, Curve>(curveRows.map((row) => [row.name, row]))

/** What is known of a curve; undefined where the name is none of those used here. */
export function curveNamed(name: string): Curve | undefined {
  return curvesByName.get(name)
}

const hashes = /* @__PURE__ */ new Map<string, HashName>([
  ['2.16.840.1.101.3.4.2.1', 'sha-256'],
  ['2.16.840.1.101.3.4.2.2', 'sha-384'],
  ['2.16.840.1.101.3.4.2.3', 'sha-512'],
])

/** How to read the parameters of each algorithm. */
const readers = /* @__PURE__ */ new Map<string, (cursor: Cursor) => KeyAlgorithm>([
  [RSA, readRsa],
  [RSASSA_PSS, readPss],
  [EC, (cursor) => ({ type: 'ec', curve: readCurve(cursor, 'parameters') })],
  [ED25519, readEd25519],
])

/**
 * ```text
 * AlgorithmIdentifier ::= SEQUENCE { algorithm OBJECT IDENTIFIER, parameters ANY DEFINED BY algorithm OPTIONAL }
 * ```
 */
export function readKeyAlgorithm(cursor: Cursor): KeyAlgorithm {
  const end = cursor.open(Tag.SEQUENCE, 'algorithm')
  const at = cursor.position
  const oid = readOid(cursor, 'algorithm')
  const reader = readers.get(oid)
  if (reader === undefined) throw cryptoErrorAt(cursor, 'KEY_ALGORITHM', '', at, oidName(oid) ?? oid)
  const algorithm = reader(cursor)
  cursor.close(end)
  return algorithm
}

/** NULL belongs here; some issuers leave it out, and what the key is does not depend on it. */
function readRsa(cursor: Cursor): KeyAlgorithm {
  if (!cursor.isEmpty) {
    requireTag(cursor, Tag.NULL)
    readNull(cursor, 'parameters')
  }
  return { type: 'rsa' }
}

function readEd25519(cursor: Cursor): KeyAlgorithm {
  if (!cursor.isEmpty) throw cryptoErrorAt(cursor, 'KEY_ALGORITHM_PARAMETERS', 'parameters', cursor.position)
  return { type: 'ed25519' }
}

/** A named curve. Explicit parameters would let a forger choose the generator. */
export function readCurve(cursor: Cursor, step: Step): NamedCurve {
  const at = cursor.position
  requireTag(cursor, Tag.OBJECT_IDENTIFIER, step)
  const oid = readOid(cursor, step)
  const curve = curvesByOid.get(oid)
  if (curve === undefined) throw cryptoErrorAt(cursor, 'KEY_CURVE', step, at, oidName(oid) ?? oid)
  return curve.name
}

/**
 * Absent parameters leave the key free. Present ones bind it (RFC 4055 3.1); their default hash is SHA-1, which is not
 * used here, so both hashes must be given.
 */
function readPss(cursor: Cursor): KeyAlgorithm {
  if (cursor.isEmpty) return { type: 'rsa-pss' }
  const at = cursor.position
  requireTag(cursor, Tag.SEQUENCE)
  const end = cursor.open(Tag.SEQUENCE, 'parameters')
  const hash = cursor.next(contextConstructed(0)) ? readWrappedHash(cursor, 0, 'hashAlgorithm') : undefined
  const mgfHash = cursor.next(contextConstructed(1)) ? readMaskGeneration(cursor) : undefined
  let saltLength = 20
  if (cursor.next(contextConstructed(2))) {
    const fieldEnd = cursor.open(contextConstructed(2), 'saltLength')
    saltLength = readSmallInteger(cursor, '', 0, 2048)
    cursor.close(fieldEnd)
  }
  if (cursor.next(contextConstructed(3))) {
    const fieldEnd = cursor.open(contextConstructed(3), 'trailerField')
    readSmallInteger(cursor, '', 1, 1)
    cursor.close(fieldEnd)
  }
  cursor.close(end)
  if (hash === undefined || hash !== mgfHash) throw cryptoErrorAt(cursor, 'KEY_PSS_PARAMETERS', 'parameters', at)
  return { type: 'rsa-pss', pss: Object.freeze({ hash, saltLength }) }
}

function readWrappedHash(cursor: Cursor, number: number, step: Step): HashName | undefined {
  const end = cursor.open(contextConstructed(number), step)
  const hash = readHash(cursor)
  cursor.close(end)
  return hash
}

function readMaskGeneration(cursor: Cursor): HashName | undefined {
  const end = cursor.open(contextConstructed(1), 'maskGenAlgorithm')
  const inner = cursor.open(Tag.SEQUENCE, '')
  const isMgf1 = readOid(cursor, 'algorithm') === MGF1
  const hash = readHash(cursor)
  cursor.close(inner)
  cursor.close(end)
  return isMgf1 ? hash : undefined
}

function readHash(cursor: Cursor): HashName | undefined {
  const end = cursor.open(Tag.SEQUENCE, '')
  const oid = readOid(cursor, 'algorithm')
  if (!cursor.isEmpty) readNull(cursor, 'parameters')
  cursor.close(end)
  return hashes.get(oid)
}

function requireTag(cursor: Cursor, tag: number, step: Step = 'parameters'): void {
  if (!cursor.next(tag)) throw cryptoErrorAt(cursor, 'KEY_ALGORITHM_PARAMETERS', step, cursor.position)
}

/**
 * The AlgorithmIdentifier that platforms import. RSASSA-PSS keys go as rsaEncryption: WebCrypto does not know the other
 * identifier, and what the key is bound to is checked here.
 */
export function writeKeyAlgorithm({ type, curve }: KeyAlgorithm): write.Der {
  if (type === 'ed25519') return write.sequence(write.encodeOid(ED25519))
  if (type !== 'ec') return write.sequence(write.encodeOid(RSA), write.nullValue())
  const { oid } = curvesByName.get(curve as NamedCurve) as Curve
  return write.sequence(write.encodeOid(EC), write.encodeOid(oid))
}
