import { oidName } from '../core/oids.ts'
import {
  type Cursor,
  contextConstructed,
  readNull,
  readOid,
  readSmallInteger,
  type Step,
  Tag,
  walk,
} from '../der/index.ts'
import { byNumber, readIdentifier } from '../der/oid.ts'
import { refuse, report } from './report.ts'

/** RSASSA-PSS-params (RFC 4055 3.1), defaults filled in. */
export interface PssParameters {
  /** Object identifiers of the hashes. */
  readonly hash: string
  readonly mgfHash: string
  /** Octets. */
  readonly saltLength: number
}

/** AlgorithmIdentifier (RFC 5280 4.1.1.2): what it names and where it stands. */
export class AlgorithmIdentifier {
  declare readonly oid: string
  /** What stands in `parameters`. */
  declare readonly form: 'absent' | 'null' | 'present'
  /** Parameters of RSASSA-PSS. */
  declare readonly pss: PssParameters | undefined
  /** Named curve of an EC key, as object identifier. */
  declare readonly curve: string | undefined
  declare readonly offset: number
  declare readonly length: number

  constructor(
    oid: string,
    form: 'absent' | 'null' | 'present',
    pss: PssParameters | undefined,
    curve: string | undefined,
    offset: number,
    length: number,
  ) {
    this.oid = oid
    this.form = form
    this.pss = pss
    this.curve = curve
    this.offset = offset
    this.length = length
  }

  /** Name of the algorithm, for example `sha256WithRSAEncryption`; undefined where it is not known. */
  get name(): string | undefined {
    return oidName(this.oid)
  }
}

const MGF1 = '1.2.840.113549.1.1.8'

type Rule = 'null' | 'absent' | 'either' | 'pss' | 'curve'

/** What belongs into `parameters`: RFC 3279, 4055, 5480, 5758, 8410; `either` is NULL or nothing. Other algorithms may have anything that is DER. */
const rules: Readonly<Record<string, Rule>> = {
  '1.2.840.113549.1.1.1': 'null',
  '1.2.840.113549.1.1.2': 'null',
  '1.2.840.113549.1.1.4': 'null',
  '1.2.840.113549.1.1.5': 'null',
  '1.2.840.113549.1.1.11': 'null',
  '1.2.840.113549.1.1.12': 'null',
  '1.2.840.113549.1.1.13': 'null',
  '1.2.840.113549.1.1.14': 'null',
  '1.2.840.113549.1.1.10': 'pss',
  '1.2.840.10045.2.1': 'curve',
  '1.2.840.10045.4.1': 'absent',
  '1.2.840.10045.4.3.1': 'absent',
  '1.2.840.10045.4.3.2': 'absent',
  '1.2.840.10045.4.3.3': 'absent',
  '1.2.840.10045.4.3.4': 'absent',
  '1.3.101.110': 'absent',
  '1.3.101.111': 'absent',
  '1.3.101.112': 'absent',
  '1.3.101.113': 'absent',
  '1.2.840.113549.2.5': 'either',
  '1.3.14.3.2.26': 'either',
  '2.16.840.1.101.3.4.2.1': 'either',
  '2.16.840.1.101.3.4.2.2': 'either',
  '2.16.840.1.101.3.4.2.3': 'either',
  '2.16.840.1.101.3.4.2.4': 'either',
}

const rulesByNumber = /* @__PURE__ */ byNumber(Object.entries(rules))

/**
 * ```text
 * AlgorithmIdentifier ::= SEQUENCE { algorithm OBJECT IDENTIFIER, parameters ANY DEFINED BY algorithm OPTIONAL }
 * ```
 */
export function readAlgorithmIdentifier(
  cursor: Cursor,
  step: Step,
  use: 'key' | 'signature' = 'key',
): AlgorithmIdentifier {
  const start = cursor.position
  const end = cursor.open(Tag.SEQUENCE, step)
  const { text: oid, number } = readIdentifier(cursor, 'algorithm')
  const rule = rulesByNumber[number]
  const at = cursor.position
  const tag = cursor.peek()
  let form: 'absent' | 'null' | 'present' = 'present'
  let pss: PssParameters | undefined
  let curve: string | undefined
  if (tag < 0) {
    form = 'absent'
    if (rule === 'null') report(cursor, 'X509_ALGORITHM_NULL_MISSING', 'parameters', at, oidName(oid))
    if (rule === 'curve') throw refuse(cursor, 'X509_ALGORITHM_PARAMETERS', 'parameters', at, 'no curve')
    // A key may leave them open; a signature must say which hash it has (RFC 4055 3.1).
    if (rule === 'pss' && use === 'signature')
      throw refuse(cursor, 'X509_ALGORITHM_PARAMETERS', 'parameters', at, 'absent')
  } else if (tag === Tag.NULL) {
    form = 'null'
    readNull(cursor, 'parameters')
    if (rule === 'absent') report(cursor, 'X509_ALGORITHM_NULL_PRESENT', 'parameters', at, oidName(oid))
    if (rule === 'curve') report(cursor, 'X509_EC_PARAMETERS', 'parameters', at, 'implicitCurve')
    if (rule === 'pss') throw refuse(cursor, 'X509_ALGORITHM_PARAMETERS', 'parameters', at, 'NULL')
  } else if (rule === 'pss') {
    pss = readPssParameters(cursor)
  } else if (rule === 'curve' && tag === Tag.OBJECT_IDENTIFIER) {
    curve = readOid(cursor, 'parameters')
  } else {
    const known = rule !== undefined && (rule !== 'curve' || tag !== Tag.SEQUENCE)
    if (known) throw refuse(cursor, 'X509_ALGORITHM_PARAMETERS', 'parameters', at, oidName(oid))
    if (rule === 'curve') report(cursor, 'X509_EC_PARAMETERS', 'parameters', at, 'specifiedCurve')
    walk(cursor, 'parameters')
  }
  cursor.close(end)
  return new AlgorithmIdentifier(oid, form, pss, curve, start, cursor.position - start)
}

/**
 * ```text
 * RSASSA-PSS-params ::= SEQUENCE {
 *   hashAlgorithm    [0] HashAlgorithm    DEFAULT sha1,
 *   maskGenAlgorithm [1] MaskGenAlgorithm DEFAULT mgf1SHA1,
 *   saltLength       [2] INTEGER          DEFAULT 20,
 *   trailerField     [3] INTEGER          DEFAULT 1 }
 * ```
 */
function readPssParameters(cursor: Cursor): PssParameters {
  const end = cursor.open(Tag.SEQUENCE, 'parameters')
  const sha1 = '1.3.14.3.2.26'
  let hash: string = sha1
  let mgfHash: string = sha1
  let saltLength = 20
  if (cursor.next(contextConstructed(0))) {
    const start = cursor.position
    const fieldEnd = cursor.open(contextConstructed(0), 'hashAlgorithm')
    hash = readAlgorithmIdentifier(cursor, '').oid
    if (hash === sha1) cursor.deviate('DER_DEFAULT_ENCODED', '', start, 'sha1')
    cursor.close(fieldEnd)
  }
  if (cursor.next(contextConstructed(1))) {
    const start = cursor.position
    const fieldEnd = cursor.open(contextConstructed(1), 'maskGenAlgorithm')
    mgfHash = readMaskGeneration(cursor)
    if (mgfHash === sha1) cursor.deviate('DER_DEFAULT_ENCODED', '', start, 'mgf1SHA1')
    cursor.close(fieldEnd)
  }
  if (cursor.next(contextConstructed(2))) {
    const start = cursor.position
    const fieldEnd = cursor.open(contextConstructed(2), 'saltLength')
    saltLength = readSmallInteger(cursor, '', 0, 2048)
    if (saltLength === 20) cursor.deviate('DER_DEFAULT_ENCODED', '', start, '20')
    cursor.close(fieldEnd)
  }
  if (cursor.next(contextConstructed(3))) {
    const start = cursor.position
    const fieldEnd = cursor.open(contextConstructed(3), 'trailerField')
    readSmallInteger(cursor, '', 1, 1)
    cursor.deviate('DER_DEFAULT_ENCODED', '', start, '1')
    cursor.close(fieldEnd)
  }
  cursor.close(end)
  return { hash, mgfHash, saltLength }
}

/** `MaskGenAlgorithm ::= AlgorithmIdentifier`, MGF1 with a hash as its parameters. */
function readMaskGeneration(cursor: Cursor): string {
  const end = cursor.open(Tag.SEQUENCE, '')
  const start = cursor.position
  const oid = readOid(cursor, 'algorithm')
  if (oid !== MGF1) throw refuse(cursor, 'X509_ALGORITHM_PARAMETERS', 'algorithm', start, oid)
  const hash = readAlgorithmIdentifier(cursor, 'parameters').oid
  cursor.close(end)
  return hash
}
