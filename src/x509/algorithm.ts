import { oidName } from '../core/oids.ts'
import { type Cursor, contextConstructed, readNull, readOid, readSmallInteger, type Step, Tag, walk } from '../der/index.ts'
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

type Rule = 'null' | 'absent' | 'pss' | 'curve'

/** What belongs into `parameters`: RFC 3279, 4055, 5480, 5758, 8410. Other algorithms may have anything that is DER. */
const rules: Readonly<Record<string, Rule | undefined>> = {
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
}

/**
 * ```text
 * AlgorithmIdentifier ::= SEQUENCE { algorithm OBJECT IDENTIFIER, parameters ANY DEFINED BY algorithm OPTIONAL }
 * ```
 */
export function readAlgorithmIdentifier(outer: Cursor, step: Step): AlgorithmIdentifier {
  const cursor = outer.enter(Tag.SEQUENCE, step)
  const oid = readOid(cursor, 'algorithm')
  const rule = rules[oid]
  const at = cursor.position
  const tag = cursor.peek()
  let form: 'absent' | 'null' | 'present' = 'present'
  let pss: PssParameters | undefined
  let curve: string | undefined
  if (tag < 0) {
    form = 'absent'
    if (rule === 'null') report(cursor, 'X509_ALGORITHM_NULL_MISSING', 'parameters', at, oidName(oid))
    if (rule === 'curve') throw refuse(cursor, 'X509_ALGORITHM_PARAMETERS', 'parameters', at, 'no curve')
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
    if (rule === 'null' || rule === 'absent') throw refuse(cursor, 'X509_ALGORITHM_PARAMETERS', 'parameters', at, oidName(oid))
    if (rule === 'curve') report(cursor, 'X509_EC_PARAMETERS', 'parameters', at, 'specifiedCurve')
    walk(cursor, 'parameters')
  }
  cursor.finish()
  return new AlgorithmIdentifier(oid, form, pss, curve, cursor.start, cursor.end - cursor.start)
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
function readPssParameters(outer: Cursor): PssParameters {
  const cursor = outer.enter(Tag.SEQUENCE, 'parameters')
  const sha1 = '1.3.14.3.2.26'
  let hash: string = sha1
  let mgfHash: string = sha1
  let saltLength = 20
  if (cursor.next(contextConstructed(0))) {
    const start = cursor.position
    const field = cursor.enter(contextConstructed(0), 'hashAlgorithm')
    hash = readAlgorithmIdentifier(field, '').oid
    field.finish()
    if (hash === sha1) cursor.deviate('DER_DEFAULT_ENCODED', 'hashAlgorithm', start, 'sha1')
  }
  if (cursor.next(contextConstructed(1))) {
    const start = cursor.position
    const field = cursor.enter(contextConstructed(1), 'maskGenAlgorithm')
    const mgf = field.enter(Tag.SEQUENCE, '')
    const oid = readOid(mgf, 'algorithm')
    if (oid !== '1.2.840.113549.1.1.8') throw refuse(mgf, 'X509_ALGORITHM_PARAMETERS', 'algorithm', mgf.start, oid)
    mgfHash = readAlgorithmIdentifier(mgf, 'parameters').oid
    mgf.finish()
    field.finish()
    if (mgfHash === sha1) cursor.deviate('DER_DEFAULT_ENCODED', 'maskGenAlgorithm', start, 'mgf1SHA1')
  }
  if (cursor.next(contextConstructed(2))) {
    const start = cursor.position
    const field = cursor.enter(contextConstructed(2), 'saltLength')
    saltLength = readSmallInteger(field, '', 0, 2048)
    field.finish()
    if (saltLength === 20) cursor.deviate('DER_DEFAULT_ENCODED', 'saltLength', start, '20')
  }
  if (cursor.next(contextConstructed(3))) {
    const start = cursor.position
    const field = cursor.enter(contextConstructed(3), 'trailerField')
    readSmallInteger(field, '', 1, 1)
    field.finish()
    cursor.deviate('DER_DEFAULT_ENCODED', 'trailerField', start, '1')
  }
  cursor.finish()
  return { hash, mgfHash, saltLength }
}
