import { statementPlace, statementsPlace } from '../places.ts'
import type { CertificateRule } from '../subject.ts'
import { en3194125Clause } from './citation.ts'

const QC_SSCD = '0.4.0.1862.1.4'
const QCP_N_QSCD = '0.4.0.194112.1.2'
const QCP_L_QSCD = '0.4.0.194112.1.3'

/** EN 319 412-5 QCS-5-01: whether a key is in a device no certificate shows, but its policy says so. */
export const sscdForPolicy: CertificateRule = {
  id: 'en319412-5.sscd',
  requirement: 'EN319412-5:QCS-5-01-sscd',
  citation: en3194125Clause('QCS-5-01'),
  modal: 'shall',
  grounding: 'A',
  title: 'a certificate under QCP-l-qscd or QCP-n-qscd has QcSSCD',
  breach: 'QcSSCD is missing',
  why: 'policy and statements disagree on whether the key is in a qualified device',
  mend: 'have the certificate issued with QcSSCD, or under QCP-l where the key is not in a device',
  applies: ({ etsi, policies, extensions }) =>
    etsi && extensions.qcStatements !== undefined && (policies.has(QCP_L_QSCD) || policies.has(QCP_N_QSCD)),
  check: ({ certificate, statements }, report) => {
    if (statements?.has('QcSSCD') !== true) report(statementsPlace(certificate), { expected: QC_SSCD })
  },
}

/** EN 319 411-2 GEN-6.6.1-04. */
export const sscdNotForWeb: CertificateRule = {
  id: 'en319412-5.sscd-web',
  requirement: 'EN319412-5:QCS-5-01-sscd-web',
  citation: { document: 'ETSI EN 319 411-2', clause: 'GEN-6.6.1-04' },
  modal: 'shall',
  grounding: 'B',
  title: 'a certificate for web sites has no QcSSCD',
  breach: 'QcSSCD is there',
  why: 'devices for signatures and seals do not serve web sites: the statement cannot be true',
  mend: 'have the certificate issued without QcSSCD',
  applies: ({ type, statements }) => type === 'QWAC' && statements !== null,
  check: ({ statements }, report) => {
    for (const statement of statements?.list ?? []) if (statement.oid === QC_SSCD) report(statementPlace(statement))
  },
}
