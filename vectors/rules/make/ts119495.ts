import { concatBytes } from '../../../src/core/bytes.ts'
import { encodeOid, sequence, utf8String } from '../../../src/der/writer.ts'
import { encodeQcStatements } from '../../../src/issuance/qc-statements.ts'
import { psd2, replaceExtension } from './parts.ts'
import { breaks, holdsNotThen, keeps, type RuleVector } from './vector.ts'

const from2026 = { notBefore: new Date('2026-05-01T00:00:00Z'), at: '2026-05-02T00:00:00Z' }
const in2020 = new Date('2020-06-01T00:00:00Z')
const auditedIn2020 = '2020-06-02T00:00:00Z'
const central = ['PSP_CB'] as const
const none = { ncaName: 'NA', ncaId: 'NA', organizationIdentifier: 'NTRFR-12345' }

/** TS 119 495. */
export const ts119495Vectors: readonly RuleVector[] = [
  breaks('ts119495.role-name-string', 'printable', 'The name of a role is a PrintableString.', {
    edit: (parts) => {
      for (const extension of parts.extensions) {
        const { value } = extension
        const name = utf8String('PSP_AI')
        for (let at = 0; at + name.length <= value.length; at++) {
          if (name.every((octet, index) => value[at + index] === octet)) value[at] = 0x13
        }
      }
      // PrintableString has no underscore.
      for (const { value } of parts.extensions) {
        for (let at = 0; at + 2 < value.length; at++) {
          if (value[at] === 0x13 && value[at + 1] === 6 && value[at + 5] === 0x5f) value[at + 5] = 0x2d
        }
      }
    },
  }),
  breaks('ts119495.nca-id-size', 'empty', 'nCAId is empty.', {
    change: psd2((statement) => {
      statement.ncaId = ''
    }),
  }),
  keeps('ts119495.nca-name-na', 'institution', 'A central bank of no single country, from edition 1.8.1 on.', {
    options: { roles: central, ...none, notBefore: from2026.notBefore },
    at: from2026.at,
  }),
  breaks('ts119495.nca-name-na', 'named', 'A central bank of no single country names an authority.', {
    options: { roles: central, ...none, ncaName: 'Banque de France', notBefore: from2026.notBefore },
    at: from2026.at,
  }),
  breaks('ts119495.nca-name-na', 'national', 'nCAName of a national provider is NA.', {
    options: { ncaName: 'NA', notBefore: from2026.notBefore },
    at: from2026.at,
  }),
  keeps('ts119495.nca-id-na', 'institution', 'A public authority of no single country, from edition 1.8.1 on.', {
    options: { roles: ['PSP_PA'], ...none, notBefore: from2026.notBefore },
    at: from2026.at,
  }),
  breaks('ts119495.nca-id-na', 'national', 'A central bank of no single country has an nCAId.', {
    options: { roles: central, ...none, ncaId: 'FR-ACPR', notBefore: from2026.notBefore },
    at: from2026.at,
  }),
  keeps('ts119495.role-identifier', 'edition-1-8-1', 'A role of edition 1.8.1 in a certificate that is younger.', {
    options: { roles: ['VOP_RS', 'VOP_VS'], notBefore: from2026.notBefore },
    at: from2026.at,
  }),
  keeps('ts119495.identifier-form-until-2021', 'psd', 'A PSD identifier of 2020.', {
    options: { notBefore: in2020 },
    at: auditedIn2020,
  }),
  breaks('ts119495.identifier-form-until-2021', 'vat', 'A VAT identifier of 2020, when only PSD was allowed.', {
    options: { notBefore: in2020, organizationIdentifier: 'VATFR-12345678901', ncaId: 'FR-ACPR' },
    at: auditedIn2020,
  }),
  holdsNotThen('ts119495.identifier-form', 'vat', 'The same: the demand that came later is silent.', {
    options: { notBefore: in2020, organizationIdentifier: 'VATFR-12345678901', ncaId: 'FR-ACPR' },
    at: auditedIn2020,
  }),
  breaks('ts119495.nca-id-in-force', 'great-britain', 'A British authority in a certificate of today.', {
    options: { organizationIdentifier: 'PSDGB-FCA-123456', ncaId: 'GB-FCA' },
  }),
  breaks('ts119495.seal-policy', 'other', 'A seal under a policy of its issuer alone.', {
    options: { policies: ['1.3.6.1.4.1.32473.2.1'] },
  }),
  breaks('ts119495.statement', 'in-another-extension', 'The PSD2 statement stands in an extension of another name.', {
    change: (plan) => {
      const value = encodeQcStatements({ ...plan.qc, compliance: false, types: [], pds: [] })
      if (value !== undefined) plan.added.push({ oid: '1.3.6.1.4.1.32473.1', critical: false, value })
      plan.qc.psd2 = []
    },
  }),
  breaks('ts119495.statement-syntax', 'long-length', 'The information has a length of two octets where one does.', {
    edit: (parts) => {
      const content = concatBytes(sequence(), utf8String('ACPR'), utf8String('FR-ACPR'))
      const info = concatBytes(Uint8Array.of(0x30, 0x81, content.length), content)
      replaceExtension(parts, '1.3.6.1.5.5.7.1.3', sequence(sequence(encodeOid('0.4.0.19495.2'), info)))
    },
  }),
]
