import type { Deviation } from '../../core/codes.ts'
import { Octets } from '../../core/octets.ts'
import { oidName } from '../../core/oids.ts'
import { Seen } from '../../core/seen.ts'
import { attemptPart, type Cursor, openPart, type ReadMode, Scope, Tag, walk } from '../../der/index.ts'
import { byNumber, type Identifier, readIdentifier } from '../../der/oid.ts'
import type { Certificate } from '../../x509/certificate.ts'
import type { Extension } from '../../x509/extension.ts'
import { eidasCodes } from '../codes.ts'
import { report } from '../report.ts'
import { bareStatements, type StatementName, type StatementValues, statementReaders } from './table.ts'

/** One QCStatement (RFC 3739 3.2.6). Its octets are the whole statement. */
export class QcStatement<Value = unknown> extends Octets {
  declare readonly oid: string
  /** Place in the list; -1 where the statement stands without a list. */
  declare readonly index: number
  /** Decoded information; undefined where there is none, or it is not known, or tolerant reading could not decode it. */
  declare readonly decoded: Value | undefined
  declare private readonly list: Extension

  constructor(
    whole: Uint8Array,
    start: number,
    end: number,
    oid: string,
    index: number,
    list: Extension,
    decoded: Value | undefined,
  ) {
    super(whole, start, end)
    this.oid = oid
    this.index = index
    this.list = list
    this.decoded = decoded
  }

  /** Path of the statement, for findings. */
  get path(): string {
    return `${this.list.path}.qcStatements${this.index < 0 ? '' : `[${this.index}]`}`
  }

  /** Name of the statement, or its object identifier. */
  get name(): string {
    return oidName(this.oid) ?? this.oid
  }
}

/** The qcStatements extension of a certificate, decoded. */
export class QcStatements {
  declare readonly list: readonly QcStatement[]
  declare readonly deviations: readonly Deviation[]

  constructor(list: readonly QcStatement[], deviations: readonly Deviation[]) {
    this.list = list
    this.deviations = deviations
  }

  /** True where the statement occurs, with or without information. */
  has(name: StatementName | keyof typeof bareStatements): boolean {
    const oid = name in bareStatements ? bareStatements[name as 'QcSSCD'] : statementReaders[name as StatementName].oid
    return this.list.some((statement) => statement.oid === oid)
  }

  /** Every occurrence of a statement. */
  all<Name extends StatementName>(name: Name): QcStatement<StatementValues[Name]>[] {
    const { oid } = statementReaders[name]
    let found: QcStatement[] | undefined
    for (const statement of this.list) {
      if (statement.oid !== oid) continue
      if (found === undefined) found = [statement]
      else found.push(statement)
    }
    return (found ?? []) as QcStatement<StatementValues[Name]>[]
  }

  /** The decoded information of a statement that occurs once; undefined where it occurs never or more often. */
  only<Name extends StatementName>(name: Name): StatementValues[Name] | undefined {
    const found = this.all(name)
    return found.length === 1 ? found[0]?.decoded : undefined
  }
}

/** How {@link qcStatements} reads. */
export interface QcOptions {
  /** Default: as the certificate was read. */
  readonly mode?: ReadMode
}

/** Object identifier of the extension. */
export const QC_STATEMENTS = '1.3.6.1.5.5.7.1.3'

/** What is known of a statement. */
interface StatementForm {
  /** How its information is read; undefined where it has none. */
  readonly read: ((cursor: Cursor) => unknown) | undefined
  /** It is a value of statements, and none of them. */
  readonly isMisplaced: boolean
}

/** Values of EN 319 412-1 clause 5 and EN 319 412-5 4.2.3 that are seen in the place of statements. */
const misplaced = [
  '0.4.0.194121.1.1',
  '0.4.0.194121.1.2',
  '0.4.0.194121.1.3',
  '0.4.0.194121.1.4',
  '0.4.0.1862.1.6.1',
  '0.4.0.1862.1.6.2',
  '0.4.0.1862.1.6.3',
]

const forms = /* @__PURE__ */ byNumber<StatementForm>([
  ...Object.values(statementReaders).map(({ oid, read }): [string, StatementForm] => [
    oid,
    { read, isMisplaced: false },
  ]),
  ...Object.values(bareStatements).map((oid): [string, StatementForm] => [
    oid,
    { read: undefined, isMisplaced: false },
  ]),
  ...misplaced.map((oid): [string, StatementForm] => [oid, { read: undefined, isMisplaced: true }]),
])

/**
 * Reads the qcStatements extension (RFC 3739 3.2.6, ETSI EN 319 412-5, TS 119 495).
 *
 * @returns undefined where the certificate has no such extension
 * @throws Psd2Error in strict mode, where the encoding is not that of the documents; in both, beyond a limit
 *
 * @example
 * ```ts
 * import { qcStatements } from 'psd2-toolkit/eidas'
 * import { parseCertificate } from 'psd2-toolkit/x509'
 *
 * declare const der: Uint8Array
 * const statements = qcStatements(parseCertificate(der))
 * console.log(statements?.has('QcCompliance'), statements?.only('QcPDS'))
 * ```
 */
export function qcStatements(certificate: Certificate, options: QcOptions = {}): QcStatements | undefined {
  for (const name in options) if (name !== 'mode') throw new TypeError(`unknown option '${name}'`)
  const scope = new Scope(options.mode ?? certificate.mode, certificate.limits)
  const extension = certificate.extensionByOid(QC_STATEMENTS)
  if (extension === undefined) return undefined
  return readExtension(certificate.bytes, extension, scope)
}

/** Reads the extension under a scope of the caller, who wants the deviations in one list. */
export function readExtension(bytes: Uint8Array, extension: Extension, scope: Scope): QcStatements {
  const { offset, length, index } = extension
  const end = offset + length
  const input = openPart(bytes, offset, end, scope, 'tbsCertificate', 'extensions', index, 'qcStatements')
  const list = attemptPart(input, 'QC_STATEMENT_INVALID', eidasCodes.QC_STATEMENT_INVALID, (cursor) =>
    readStatements(cursor, extension),
  )
  return new QcStatements(list ?? [], scope.deviations)
}

/**
 * ```text
 * QCStatements ::= SEQUENCE OF QCStatement
 * ```
 *
 * Some certificates hold one statement without the list around it.
 */
function readStatements(cursor: Cursor, extension: Extension): QcStatement[] {
  const start = cursor.position
  const end = cursor.open(Tag.SEQUENCE, '')
  const list: QcStatement[] = []
  if (cursor.next(Tag.OBJECT_IDENTIFIER)) {
    report(cursor, 'QC_OUTER_SEQUENCE_MISSING', '', start)
    list.push(readStatement(cursor, start, -1, extension, readIdentifier(cursor, 'statementId')))
    cursor.close(end)
    return list
  }
  const seen = new Seen()
  while (!cursor.isEmpty) {
    const statementStart = cursor.position
    const statementEnd = cursor.open(Tag.SEQUENCE, list.length)
    const identifier = readIdentifier(cursor, 'statementId')
    const statement = readStatement(cursor, statementStart, list.length, extension, identifier)
    cursor.close(statementEnd)
    if (seen.again(identifier.text, identifier.number, list)) {
      report(cursor, 'QC_STATEMENT_TWICE', statement.index, statement.offset, statement.name)
    }
    list.push(statement)
  }
  cursor.close(end)
  return list
}

/** `QCStatement ::= SEQUENCE { statementId OBJECT IDENTIFIER, statementInfo ANY DEFINED BY statementId OPTIONAL }` */
function readStatement(
  cursor: Cursor,
  start: number,
  index: number,
  extension: Extension,
  { text: oid, number }: Identifier,
): QcStatement {
  const form = forms[number]
  let decoded: unknown
  if (form?.isMisplaced === true) report(cursor, 'QC_STATEMENT_MISPLACED', 'statementId', start, oidName(oid))
  if (form?.read !== undefined) {
    if (cursor.isEmpty) report(cursor, 'QC_STATEMENT_INFO', 'statementInfo', start, 'missing')
    else decoded = attemptPart(cursor, 'QC_STATEMENT_INVALID', eidasCodes.QC_STATEMENT_INVALID, form.read)
  } else if (!cursor.isEmpty) {
    if (form?.isMisplaced === false)
      report(cursor, 'QC_STATEMENT_INFO', 'statementInfo', cursor.position, 'none belongs here')
    walk(cursor, 'statementInfo')
  }
  return new QcStatement(cursor.bytes, start, cursor.end, oid, index, extension, decoded)
}
