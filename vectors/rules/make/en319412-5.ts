import { encodeOid, integer, nullValue, printableString, sequence, utf8String } from '../../../src/der/writer.ts'
import { statement, withStatement } from './edit.ts'
import { breaks, holdsNotThen, keeps, type RuleVector } from './vector.ts'

const afterMay2026 = { notBefore: new Date('2026-06-01T00:00:00Z') }
const in2024 = { notBefore: new Date('2024-03-01T00:00:00Z') }
const english = { url: 'https://pki.example.com/pds_en.pdf', language: 'en' }

/** EN 319 412-5. */
export const en3194125Vectors: readonly RuleVector[] = [
  breaks('en319412-5.statement-twice', 'compliance', 'QcCompliance occurs twice.', {
    options: afterMay2026,
    at: '2026-06-02T00:00:00Z',
    edit: withStatement(statement('0.4.0.1862.1.1')),
  }),
  keeps('en319412-5.statement-twice', 'once', 'Each statement occurs once, in a certificate from after V2.6.1.', {
    options: afterMay2026,
    at: '2026-06-02T00:00:00Z',
  }),
  holdsNotThen('en319412-5.statement-twice', 'before', 'QcCompliance occurs twice, before V2.6.1 forbade it.', {
    edit: withStatement(statement('0.4.0.1862.1.1')),
  }),
  breaks('en319412-5.sscd-information', 'null', 'QcSSCD has NULL as information.', {
    edit: withStatement(statement('0.4.0.1862.1.4', nullValue())),
  }),
  breaks('en319412-5.type-one', 'none', 'QcType is an empty list.', {
    options: { qcTypes: [] },
    edit: withStatement(statement('0.4.0.1862.1.6', sequence())),
  }),
  breaks('en319412-5.type-one', 'bare', 'QcType is an object identifier without a list.', {
    options: { qcTypes: [] },
    edit: withStatement(statement('0.4.0.1862.1.6', encodeOid('0.4.0.1862.1.6.2'))),
  }),
  breaks('en319412-5.purpose-carrier', 'eseal', 'The purpose eseal is a statement of its own.', {
    options: { qcTypes: [] },
    edit: withStatement(statement('0.4.0.1862.1.6.2')),
  }),
  breaks('en319412-5.cc-legislation-codes', 'empty', 'QcCClegislation is an empty list.', {
    edit: withStatement(statement('0.4.0.1862.1.7', sequence())),
  }),
  breaks('en319412-5.cc-legislation-codes', 'unassigned', 'QcCClegislation names ZZ and CH.', {
    options: { ccLegislation: ['ZZ', 'CH'] },
  }),
  breaks('en319412-5.sscd', 'missing', 'A seal under QCP-l-qscd has no QcSSCD.', {
    options: { policies: ['QCP-l-qscd'] },
  }),
  breaks('en319412-5.qscd-legislation', 'european', 'QcQSCDlegislation names FR, EU and CH.', {
    options: { qcSscd: true, qscdLegislation: ['FR', 'EU', 'CH'] },
  }),
  breaks('en319412-5.limit-currency', 'unknown', 'The currency of QcLimitValue is ZZZ.', {
    options: { limitValue: { currency: 'ZZZ', amount: 1, exponent: 3 } },
  }),
  breaks('en319412-5.limit-currency', 'number', 'The currency of QcLimitValue is the number 7.', {
    options: { limitValue: { currency: 7, amount: 1, exponent: 3 } },
  }),
  breaks('en319412-5.limit-amount', 'negative', 'The amount of QcLimitValue is negative.', {
    options: { limitValue: { currency: 'EUR', amount: -1, exponent: 3 } },
  }),
  keeps('en319412-5.limit-amount', 'negative-exponent', 'The exponent of QcLimitValue is negative.', {
    options: { limitValue: { currency: 'EUR', amount: 100, exponent: -2 } },
  }),
  breaks('en319412-5.retention-period', 'negative', 'QcRetentionPeriod is minus one.', {
    options: { retentionPeriod: -1 },
  }),
  breaks('en319412-5.retention-period', 'text', 'QcRetentionPeriod is a text.', {
    edit: withStatement(statement('0.4.0.1862.1.3', utf8String('ten years'))),
  }),
  keeps('en319412-5.retention-period', 'zero', 'QcRetentionPeriod is zero.', { options: { retentionPeriod: 0 } }),
  breaks('en319412-5.ident-method', 'empty', 'QcIdentMethod is an empty list.', {
    edit: withStatement(statement('0.4.0.1862.1.8', sequence())),
  }),
  breaks('en319412-5.pds-syntax', 'language-utf8', 'The language of a QcPDS location is a UTF8String.', {
    options: { pds: [] },
    edit: withStatement(
      statement('0.4.0.1862.1.5', sequence(sequence(utf8String('https://pki.example.com'), utf8String('en')))),
    ),
  }),
  breaks('en319412-5.pds-language', 'unknown', 'A language of QcPDS is xx.', {
    options: { pds: [english, { url: 'https://pki.example.com/pds_xx.pdf', language: 'xx' }] },
  }),
  breaks('en319412-5.pds-language-case', 'upper', 'Languages of QcPDS are in upper case.', {
    options: {
      pds: [
        { ...english, language: 'EN' },
        { url: 'https://pki.example.com/pds_fr.pdf', language: 'FR' },
      ],
    },
  }),
  breaks('en319412-5.pds-https', 'every', 'Two of three QcPDS locations are under http.', {
    options: {
      pds: [
        english,
        { url: 'http://pki.example.com/pds_fr.pdf', language: 'fr' },
        { url: 'HTTP://pki.example.com/pds_de.pdf', language: 'de' },
      ],
    },
  }),
  breaks('en319412-5.pds-duplicate', 'english', 'Two QcPDS locations are in English, one in upper case.', {
    options: { pds: [english, { url: 'https://pki.example.com/pds_en2.pdf', language: 'EN' }] },
  }),
  breaks('en319412-5.pds', 'missing', 'A certificate from 2024 has no QcPDS.', { options: { ...in2024, pds: [] } }),
  keeps('en319412-5.pds', 'there', 'A certificate from 2024 has QcPDS.', { options: in2024 }),
  breaks('en319412-5.web', 'unknown', 'QcType of a QWAC has an unknown purpose; its policy is QEVCP-w.', {
    kind: 'QWAC',
    options: { qcTypes: ['0.4.0.1862.1.6.9'] },
  }),
  breaks('en319412-5.limit-currency', 'one-field', 'QcLimitValue is a currency alone.', {
    edit: withStatement(statement('0.4.0.1862.1.2', sequence(printableString('EUR')))),
  }),
  breaks('en319412-5.qscd-legislation', 'number', 'QcQSCDlegislation is a list of a number.', {
    edit: withStatement(statement('0.4.0.1862.1.9', sequence(integer(1)))),
  }),
]
