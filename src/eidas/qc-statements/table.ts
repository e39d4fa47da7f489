import type { Cursor } from '../../der/index.ts'
import { readCountryList } from './country-list.ts'
import { readLimitValue } from './limit-value.ts'
import { readOidList } from './oid-list.ts'
import { readPds } from './pds.ts'
import { readPsd2Statement } from './psd2.ts'
import { readRetentionPeriod } from './retention-period.ts'
import { readSemanticsInformation } from './semantics.ts'

/** Statements that have information, with their readers. Those that have none are {@link bareStatements}. */
export const statementReaders = {
  SemanticsInformation: { oid: '1.3.6.1.5.5.7.11.2', read: readSemanticsInformation },
  QcLimitValue: { oid: '0.4.0.1862.1.2', read: readLimitValue },
  QcRetentionPeriod: { oid: '0.4.0.1862.1.3', read: readRetentionPeriod },
  QcPDS: { oid: '0.4.0.1862.1.5', read: readPds },
  QcType: { oid: '0.4.0.1862.1.6', read: readOidList },
  QcCClegislation: { oid: '0.4.0.1862.1.7', read: readCountryList },
  QcIdentMethod: { oid: '0.4.0.1862.1.8', read: readOidList },
  QcQSCDlegislation: { oid: '0.4.0.1862.1.9', read: readCountryList },
  PSD2: { oid: '0.4.0.19495.2', read: readPsd2Statement },
} as const satisfies Record<string, { oid: string; read: (cursor: Cursor) => unknown }>

/** Statements whose presence is all they say (EN 319 412-5 4.2.1, 4.2.2). */
export const bareStatements = { QcCompliance: '0.4.0.1862.1.1', QcSSCD: '0.4.0.1862.1.4' } as const

export type StatementName = keyof typeof statementReaders

/** What the decoded information of each statement is. */
export type StatementValues = { readonly [Name in StatementName]: ReturnType<(typeof statementReaders)[Name]['read']> }
