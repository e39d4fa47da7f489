import { utf8String } from '../../der/writer.ts'
import { oid } from '../oids.ts'
import { both, type Defect, sealOnly, webOnly } from './defect.ts'

const qcType = { esign: '0.4.0.1862.1.6.1', eseal: '0.4.0.1862.1.6.2', web: '0.4.0.1862.1.6.3' } as const

/** Mistakes in the statements of EN 319 412-5 and RFC 3739, and in policies that go with them. */
export const qcStatementDefects = {
  'wrong-qc-type': {
    says: 'QcType is that of the other kind: eseal in a QWAC, web in a QSealC.',
    kinds: both,
    requirement: 'EN319412-5:4.2.3-web',
    change: ({ qc, kind }) => {
      qc.types = [kind === 'QWAC' ? qcType.eseal : qcType.web]
    },
  },
  'two-qc-types': {
    says: 'QcType names two purposes, eseal and web.',
    kinds: both,
    requirement: 'EN319412-5:4.2.3-one',
    change: ({ qc }) => {
      qc.types = [qcType.eseal, qcType.web]
    },
  },
  'missing-qc-type': {
    says: 'There is no QcType.',
    kinds: both,
    requirement: 'EN319412-5:QCS-5-01-type',
    change: ({ qc }) => {
      qc.types = []
    },
  },
  'missing-qc-compliance': {
    says: 'There is no QcCompliance, so that the certificate does not call itself qualified.',
    kinds: both,
    requirement: 'EN319412-5:QCS-5-01-compliance',
    change: ({ qc }) => {
      qc.compliance = false
    },
  },
  'qc-compliance-with-info': {
    says: 'QcCompliance has a statementInfo, an empty UTF8String.',
    kinds: both,
    requirement: 'EN319412-5:4.2.1-no-info',
    change: ({ qc }) => {
      qc.complianceInfo = utf8String('')
    },
  },
  'missing-pds': {
    says: 'There is no QcPDS.',
    kinds: both,
    requirement: 'EN319412-5:QCS-5-01-pds-en',
    change: ({ qc }) => {
      qc.pds = []
    },
  },
  'pds-http': {
    says: 'The QcPDS locations are http, not https.',
    kinds: both,
    requirement: 'EN319412-5:QCS-4.3.4-03-https',
    change: ({ qc }) => {
      qc.pds = qc.pds.map(({ url, language }) => ({ url: url.replace(/^https:/, 'http:'), language }))
    },
  },
  'pds-utf8-url': {
    says: 'The QcPDS locations are UTF8String, not IA5String.',
    kinds: both,
    requirement: 'EN319412-5:4.3.4-pds-syntax',
    change: ({ qc }) => {
      qc.pdsString = 'UTF8String'
    },
  },
  'pds-without-english': {
    says: 'QcPDS has a French location and no English one.',
    kinds: both,
    requirement: 'EN319412-5:QCS-5-01-pds-en',
    change: ({ qc }) => {
      qc.pds = [{ url: 'https://pki.example.com/pds_fr.pdf', language: 'fr' }]
    },
  },
  'semantics-as-statement': {
    says: 'The semantics identifier is a statementId of its own instead of standing inside pkixQCSyntax-v2.',
    kinds: both,
    requirement: 'EN319412-1:5-semantics-carrier',
    change: ({ qc }) => {
      qc.semanticsIdentifier ??= '0.4.0.194121.1.2'
      qc.semanticsAsStatement = true
    },
  },
  'qc-sscd-on-web': {
    says: 'QcSSCD stands in a certificate for web sites.',
    kinds: webOnly,
    requirement: 'EN319412-5:QCS-5-01-sscd-web',
    change: ({ qc }) => {
      qc.sscd = true
    },
  },
  'psd2-policy-on-seal': {
    says: 'The policy QCP-w-psd2, which is for web sites, stands in a seal certificate.',
    kinds: sealOnly,
    requirement: 'TS119495:OVR-6.1-3-not-seal',
    change: (plan) => {
      plan.policies.push('0.4.0.19495.3.1')
    },
  },
  'missing-qc-statements': {
    says: 'There is no qcStatements extension.',
    kinds: both,
    requirement: 'EN319412-2:QCS-5.1-1-qcs',
    change: (plan) => {
      plan.omitted.add(oid.qcStatements)
    },
  },
  'duplicate-qc-statements': {
    says: 'The qcStatements extension occurs twice.',
    kinds: both,
    requirement: 'RFC5280:4.2-dup',
    change: (plan) => {
      plan.repeated.add(oid.qcStatements)
    },
  },
  'critical-qc-statements': {
    says: 'qcStatements is marked critical.',
    kinds: both,
    requirement: 'EN319412-5:QCS-4.1-02-critical',
    change: (plan) => {
      plan.critical.add(oid.qcStatements)
    },
  },
} as const satisfies Record<string, Defect>
