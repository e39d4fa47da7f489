import { allCodes } from '../src/audit/code-info.ts'
import type { CodeInfo, Leniency } from '../src/core/codes.ts'

const groups: readonly (readonly [prefix: string, title: string])[] = [
  ['DER_', 'DER: the encoding'],
  ['LIMIT_', 'Limits: sizes that an attacker chooses'],
  ['X509_', 'X.509: the structure of a certificate'],
  ['QC_', 'QC statements: their encoding'],
  ['PSD2_', 'PSD2: what the statement and the identifier say'],
  ['EIDAS_', 'eIDAS: what a certificate for PSD2 should have'],
  ['PEM_', 'PEM: the text around a certificate'],
  ['KEY_', 'Keys, and key references of signatures'],
  ['ALGORITHM_', 'Algorithms'],
  ['ECDSA_', 'ECDSA signatures'],
  ['CRYPTO_', 'Cryptography of the platform'],
  ['JWK_', 'JWK and JWKS: `strict` is an error unless it is accepted by name, `note` a notice'],
  ['HTTP_', 'HTTP messages'],
  ['DIGEST_', 'Digests of bodies'],
  ['STRUCTURED_', 'Structured fields'],
  ['SIGNATURE_', 'HTTP signatures'],
  ['JADES_', 'JAdES HttpHeaders'],
  ['JWS_', 'Detached JWS over the body'],
  ['SIGNING_', 'The certificate behind a signature'],
  ['CERTIFICATE_', 'Certificates in headers'],
  ['REQUEST_', 'Requests'],
  ['PROFILE_', 'Profiles of audits that a user wrote'],
  ['XML_', 'XML of trusted lists'],
  ['TSL_', 'EU trusted lists and their store'],
  ['INPUT_', 'Inputs: what certificates come in'],
  ['CRL_', 'Revocation lists: their structure'],
  ['OCSP_', 'OCSP responses: their structure'],
  ['REVOCATION_', 'Revocation: what a source is worth. None of these is an error: they are the reasons of an answer'],
  ['REGISTER_', 'The EBA register: reasons of an answer'],
  ['EBA_', 'The EBA register: its files'],
  ['PATH_', 'Paths: why one is refused'],
]

const meanings: Readonly<Record<Leniency, string>> = {
  refuse: 'always an error',
  strict: 'an error in strict mode, recorded in tolerant mode',
  note: 'recorded, in both modes',
}

/** docs/deviations.md from the tables of codes. */
export function deviationsPage(): string {
  const lines = [
    '# Codes of reading',
    '',
    'Made from the tables in `src` by `npm run docs:generate`. A code is what programs compare; its words may change.',
    '',
    ...Object.entries(meanings).map(([leniency, meaning]) => `- **${leniency}**: ${meaning}`),
  ]
  for (const [prefix, title] of groups) {
    const codes = allCodes().filter(([code]) => code.startsWith(prefix))
    lines.push('', `## ${title}`, '', '| code | | what is wrong | clause | how to mend it |', '|---|---|---|---|---|')
    for (const [code, info] of codes) lines.push(row(code, info))
  }
  return `${lines.join('\n')}\n`
}

function row(code: string, { leniency, says, document, clause, mend }: CodeInfo): string {
  return `| \`${code}\` | ${leniency} | ${says} | ${document} ${clause} | ${mend} |`
}
