import type { Deviation } from '../core/codes.ts'
import type { QcStatement } from '../eidas/qc-statements/read.ts'
import { type StatementName, statementReaders } from '../eidas/qc-statements/table.ts'
import type { CertificateSubject } from './subject.ts'

/** The statement that a deviation is about; undefined where it is about none alone. */
export function statementOf(
  { statements }: CertificateSubject,
  { path }: Pick<Deviation, 'path'>,
): QcStatement | undefined {
  if (statements === null) return undefined
  const at = path.indexOf('.qcStatements')
  const bracket = at + '.qcStatements'.length
  const index = path[bracket] === '[' ? Number.parseInt(path.slice(bracket + 1), 10) : -1
  return statements.list.find((statement) => statement.index === index)
}

/** Takes the deviations that are about one of the statements with an object identifier. */
export function takesStatement(
  isWanted: (oid: string) => boolean,
): (deviation: Deviation, subject: CertificateSubject) => boolean {
  return (deviation, subject) => {
    const statement = statementOf(subject, deviation)
    return statement !== undefined && isWanted(statement.oid)
  }
}

/** {@link takesStatement} for statements that have a reader. */
export function takesStatements(
  ...names: readonly StatementName[]
): (deviation: Deviation, subject: CertificateSubject) => boolean {
  const oids = names.map((name): string => statementReaders[name].oid)
  return takesStatement((oid) => oids.includes(oid))
}

/** Occurrences of a statement that could be read. */
export function forEachStatement<Name extends StatementName>(
  { statements }: CertificateSubject,
  name: Name,
  visit: (statement: QcStatement, decoded: NonNullable<ReturnType<(typeof statementReaders)[Name]['read']>>) => void,
): void {
  if (statements === null) return
  const { oid } = statementReaders[name]
  for (const statement of statements.list) {
    if (statement.oid !== oid || statement.decoded === undefined) continue
    visit(statement, statement.decoded as NonNullable<ReturnType<(typeof statementReaders)[Name]['read']>>)
  }
}
