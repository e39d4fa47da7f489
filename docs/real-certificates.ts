/** How many certificates of an issuer break a rule. */
export interface RealFinding {
  readonly rule: string
  /** commonName of the issuer, or its unit. */
  readonly issuer: string
  readonly certificates: number
}

/** Every finding at or above `error` in 142 real qualified certificates, each audited for the day after its issue. */
export const realFindings: readonly RealFinding[] = [
  { rule: 'rfc5280.extension-values', issuer: 'Evrotrust RSA Operational CA', certificates: 2 },
  { rule: 'rfc3279.algorithm-parameters', issuer: 'Certinomis - Prime CA G2', certificates: 2 },
  { rule: 'en319412-2.issuer-common-name', issuer: 'AC Componentes Informáticos', certificates: 2 },
  { rule: 'en319412-3.organization-identifier', issuer: 'Ardaco QSCA', certificates: 1 },
  { rule: 'en319412-3.organization-identifier', issuer: 'CA Signing Certificate', certificates: 1 },
  { rule: 'en319412-3.organization-identifier', issuer: 'PostSignum Qualified CA 3', certificates: 6 },
  { rule: 'en319412-3.organization-identifier', issuer: 'PostSignum Qualified CA 3-TSA', certificates: 6 },
  { rule: 'en319412-3.key-usage-seal', issuer: 'BE-YS SIGNATURE AND AUTHENTICATION CA NC', certificates: 2 },
  { rule: 'en319412-3.key-usage-seal', issuer: 'Certinomis - Prime CA G2', certificates: 2 },
  {
    rule: 'en319412-3.key-usage-seal',
    issuer: 'EADTrust ECC 256 SubCA For Qualified Certificates 2019',
    certificates: 1,
  },
  { rule: 'en319412-3.key-usage-seal', issuer: 'KEYNECTIS ICS QUALIFIED CA', certificates: 1 },
  { rule: 'en319412-3.key-usage-seal', issuer: 'Validated ID Subordinate CA 01', certificates: 1 },
  { rule: 'en319412-5.pds-https', issuer: 'BE-YS SIGNATURE AND AUTHENTICATION CA NC', certificates: 2 },
  { rule: 'en319412-5.pds-https', issuer: 'I.CA Qualified 2 CA/RSA 02/2016', certificates: 5 },
  { rule: 'en319412-5.pds-english', issuer: 'CA Signing Certificate', certificates: 1 },
  { rule: 'en319412-5.pds-english', issuer: 'Validated ID Subordinate CA 01', certificates: 1 },
  { rule: 'cabf.plain-http', issuer: 'AC Componentes Informáticos', certificates: 1 },
  { rule: 'cabf.ev-identifier-extension', issuer: 'Fina RDC 2015', certificates: 1 },
]

/** Why the findings of a rule stand. */
export const remarks: Readonly<Record<string, string>> = {
  'rfc5280.extension-values': 'the address of the practice statement ends in a NUL, which no URI has',
  'rfc3279.algorithm-parameters': 'the key is rsaEncryption without NULL, which the section demands; readers take both',
  'en319412-2.issuer-common-name': 'the issuer is named by its unit alone, an authority from before the clause',
  'en319412-3.organization-identifier':
    'certificates of services of the QTSP itself (time-stamping, validation, preservation): the subject has a name or a serialNumber only',
  'en319412-3.key-usage-seal':
    'keyUsage is digitalSignature alone, setting C; the clause takes A, B and F for what is to be evidence, as seals are',
  'en319412-5.pds-https': 'locations are under http; the clause has had https since the first edition of 2013',
  'en319412-5.pds-english': 'the only location is in Slovak or Spanish',
  'cabf.plain-http': 'a distribution point is under ldap; the Baseline Requirements allow http alone',
  'cabf.ev-identifier-extension': 'the policy is that of EV, and the extension that EV has since 2020 is missing',
}

/** docs/real-certificates.md. */
export function realCertificatesPage(): string {
  const rules = [...new Set(realFindings.map(({ rule }) => rule))]
  const sections = rules.flatMap((rule) => [
    `## \`${rule}\``,
    '',
    `${remarks[rule]?.replace(/^./, (letter) => letter.toUpperCase())}.`,
    '',
    '| issuer | certificates |',
    '|---|---|',
    ...realFindings
      .filter((found) => found.rule === rule)
      .map((found) => `| ${found.issuer} | ${found.certificates} |`),
    '',
  ])
  return [
    '# What the rules find in real certificates',
    '',
    '142 qualified certificates (137 seals, 5 for web sites) that verify under an authority of a European trusted list were',
    'audited under profile `auto`, each for the day after its issue. This is every finding at or above `error`, gone through',
    'against its clause: each stands. A certificate can break several rules.',
    '',
    'Made by `npm run docs:generate` from `docs/real-certificates.ts`; a test holds the numbers where the certificates are.',
    '',
    ...sections,
  ].join('\n')
}
