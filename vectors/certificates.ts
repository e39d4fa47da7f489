import { type DefectName, defectNames, defects, type LeafKind, type LeafOptions } from '../src/issuance/index.ts'
import type { AuthorityName, VectorKey } from './mint.ts'

/** One certificate of the vectors. */
export interface CertificateVector {
  /** Name of the file, and what the serial number is made from. */
  readonly id: string
  /** What is particular about it, in a sentence. */
  readonly says: string
  readonly kind: LeafKind | 'root' | 'web CA' | 'seal CA'
  /** Default `rsa`. */
  readonly authority?: AuthorityName
  /** Default: the RSA key of 3072 bits for the kind. */
  readonly key?: VectorKey
  readonly options?: LeafOptions
}

const authorities: readonly CertificateVector[] = [
  { id: 'ca-root', kind: 'root', says: 'A root with an RSA key; its last day is GeneralizedTime.' },
  { id: 'ca-web', kind: 'web CA', says: 'The authority for web sites under the root.' },
  { id: 'ca-seal', kind: 'seal CA', says: 'The authority for seals under the root.' },
  { id: 'ca-ec-root', kind: 'root', authority: 'ec', says: 'A root with a P-384 key.' },
  { id: 'ca-ec-web', kind: 'web CA', authority: 'ec', says: 'The authority for web sites under the P-384 root.' },
  { id: 'ca-ec-seal', kind: 'seal CA', authority: 'ec', says: 'The authority for seals under the P-384 root.' },
]

const ordinary: readonly CertificateVector[] = [
  qwac('', 'A QWAC with all defaults, the pair of qsealc.'),
  qsealc('', 'A QSealC with all defaults, the pair of qwac.'),
]

/** Keys and signatures. */
const algorithms: readonly CertificateVector[] = [
  { ...qwac('rsa-2048', 'The key is RSA with 2048 bits.'), key: 'leaf-rsa-2048' },
  { ...qsealc('rsa-2048', 'The key is RSA with 2048 bits.'), key: 'leaf-rsa-2048' },
  { ...qwac('rsa-4096', 'The key is RSA with 4096 bits.'), key: 'leaf-rsa-4096' },
  { ...qsealc('rsa-4096', 'The key is RSA with 4096 bits.'), key: 'leaf-rsa-4096' },
  { ...qwac('p-256', 'The key is on P-256.'), key: 'leaf-p-256' },
  { ...qsealc('p-256', 'The key is on P-256: sound, but RS256 cannot be made with it.'), key: 'leaf-p-256' },
  { ...qwac('p-384', 'The key is on P-384.'), key: 'leaf-p-384' },
  { ...qsealc('p-384', 'The key is on P-384.'), key: 'leaf-p-384' },
  { ...qwac('p-521', 'The key is on P-521.'), key: 'leaf-p-521' },
  { ...qwac('ed25519', 'The key is Ed25519.'), key: 'leaf-ed25519' },
  { ...qsealc('ed25519', 'The key is Ed25519.'), key: 'leaf-ed25519' },
  qwac('rs384', 'Signed with RSA and SHA-384.', { signatureAlgorithm: 'RS384' }),
  qsealc('rs512', 'Signed with RSA and SHA-512.', { signatureAlgorithm: 'RS512' }),
  qwac('ps256', 'Signed with RSASSA-PSS and SHA-256.', { signatureAlgorithm: 'PS256' }),
  qsealc('ps384', 'Signed with RSASSA-PSS and SHA-384.', { signatureAlgorithm: 'PS384' }),
  qsealc('ps512', 'Signed with RSASSA-PSS and SHA-512.', { signatureAlgorithm: 'PS512' }),
  { ...qwac('ecdsa-issuer', 'Signed with ECDSA on P-256; the key is on P-256.'), authority: 'ec', key: 'leaf-p-256' },
  { ...qsealc('ecdsa-issuer', 'Signed with ECDSA on P-256; the key is RSA.'), authority: 'ec' },
  { ...qwac('es384', 'Signed with a P-256 key and SHA-384.', { signatureAlgorithm: 'ES384' }), authority: 'ec' },
]

const bank = { ncaName: 'NA', ncaId: 'NA', organizationIdentifier: 'LEIXG-TEST00PSD2TOOLKIT006', countryName: 'BE' }

/** Roles, each alone and together (TS 119 495 clause 5.2.2). */
const roles: readonly CertificateVector[] = [
  qwac('psp-as', 'Account servicing alone.', { roles: ['PSP_AS'] }),
  qwac('psp-pi', 'Payment initiation alone.', { roles: ['PSP_PI'] }),
  qwac('psp-ai', 'Account information alone.', { roles: ['PSP_AI'] }),
  qwac('psp-ic', 'Issuing of card-based payment instruments alone.', { roles: ['PSP_IC'] }),
  qwac('four-roles', 'The four roles of PSD2.', { roles: ['PSP_AS', 'PSP_PI', 'PSP_AI', 'PSP_IC'] }),
  qsealc('four-roles', 'The four roles of PSD2, last first.', { roles: ['PSP_IC', 'PSP_AI', 'PSP_PI', 'PSP_AS'] }),
  qsealc('unspecified', 'The role Unspecified alone.', { roles: ['Unspecified'] }),
  qsealc('psp-cb', 'An international central bank, with NA for the authority.', { ...bank, roles: ['PSP_CB'] }),
  qsealc('psp-pa', 'An international public authority, with NA.', { ...bank, roles: ['PSP_PA'] }),
  qwac('vop-rs', 'Verification of payee, routing.', { roles: ['VOP_RS'] }),
  qwac('vop-vs', 'Verification of payee, verification.', { roles: ['VOP_VS'] }),
  qsealc('nca-na-for-psp', 'nCAId and nCAName are NA, which only PSP_CB and PSP_PA may have.', {
    ncaName: 'NA',
    ncaId: 'NA',
  }),
  qsealc('psp-cb-with-nca', 'An international central bank with a national authority, where NA belongs.', {
    roles: ['PSP_CB'],
  }),
  qsealc('role-name-lower-case', 'A role is named psp_ai.', { roles: [{ oid: '0.4.0.19495.1.3', name: 'psp_ai' }] }),
  qsealc('role-name-empty', 'A role has an empty name.', { roles: [{ oid: '0.4.0.19495.1.3', name: '' }] }),
  qsealc('role-foreign-oid', 'A role has an object identifier outside the arc of TS 119 495.', {
    roles: ['PSP_AI', { oid: '1.3.6.1.4.1.32473.2', name: 'EXAMPLE' }],
  }),
  qsealc('role-by-name-only', 'The only role stands in organizationalUnitName, rolesOfPSP is empty.', {
    organizationalUnitName: 'PSP_PI',
    roles: [],
  }),
]

/** Other values of organizationIdentifier, sound ones first. */
const identifiers: readonly CertificateVector[] = [
  qsealc('identifier-hyphens', 'The authorization number has hyphens.', {
    organizationIdentifier: 'PSDBE-NBB-0403-227-515',
  }),
  qwac('identifier-hyphens', 'The authorization number has hyphens, in cabfOrganizationIdentifier too.', {
    organizationIdentifier: 'PSDBE-NBB-0403-227-515',
  }),
  qsealc('identifier-institution-type', 'The authorization number has the institution type CI: before it.', {
    organizationIdentifier: 'PSDFR-ACPR-CI:12345',
  }),
  qsealc('identifier-two-letters', 'The authority has two letters.', { organizationIdentifier: 'PSDIT-BI-12345' }),
  qsealc('identifier-established-elsewhere', 'countryName is IE, the authority French.', { countryName: 'IE' }),
  qwac('identifier-vat', 'A VAT number, as TS 119 495 allows where there is no authorization number.', {
    organizationIdentifier: 'VATFR-12345678901',
    ncaId: 'FR-ACPR',
  }),
  qsealc('identifier-vat-greece', 'A VAT number of Greece, whose prefix is EL.', {
    organizationIdentifier: 'VATEL-123456789',
    ncaId: 'GR-BOG',
    countryName: 'GR',
  }),
  qwac('identifier-ntr-state', 'A register number with a state, which only NTR has.', {
    organizationIdentifier: 'NTRDE+BY-HRB12345',
    ncaId: 'DE-BAFIN',
    countryName: 'DE',
  }),
  qsealc('identifier-ntr', 'A register number.', {
    organizationIdentifier: 'NTRDE-HRB12345',
    ncaId: 'DE-BAFIN',
    countryName: 'DE',
  }),
  qsealc('identifier-lei', 'A legal entity identifier.', {
    organizationIdentifier: 'LEIXG-TEST00PSD2TOOLKIT006',
    ncaId: 'FR-ACPR',
  }),
  qsealc('identifier-lei-check-digits', 'A legal entity identifier with wrong check digits.', {
    organizationIdentifier: 'LEIXG-TEST00PSD2TOOLKIT007',
    ncaId: 'FR-ACPR',
  }),
  qsealc('identifier-national', 'A national scheme of two letters and a colon, with the register that gave it.', {
    organizationIdentifier: 'IT:IT-12345678901',
    ncaId: 'IT-BI',
    countryName: 'IT',
    nameRegistrationAuthorities: ['https://register.example.com'],
  }),
  misidentified('empty', 'organizationIdentifier is empty.', ''),
  misidentified('number-empty', 'There is no number after the authority.', 'PSDFR-ACPR-'),
  misidentified('number-500', 'The number has 500 characters.', `PSDFR-ACPR-${'1'.repeat(500)}`),
  misidentified('number-slash', 'The number has a path separator.', 'PSDFR-ACPR-1/../2'),
  misidentified('number-percent', 'The number has an escaped path separator.', 'PSDFR-ACPR-1%2F2'),
  misidentified('number-quote', 'The number has a quotation mark.', 'PSDFR-ACPR-1"2'),
  misidentified('number-comma', 'The number has a comma.', 'PSDFR-ACPR-1,2'),
  misidentified('number-newline', 'The number has a line end.', 'PSDFR-ACPR-1\n2'),
  misidentified('nca-one-letter', 'The authority has one letter.', 'PSDFR-A-12345', 'FR-A'),
  misidentified('nca-nine-letters', 'The authority has nine letters.', 'PSDFR-ABCDEFGHI-12345', 'FR-ABCDEFGHI'),
  misidentified('nca-digits', 'The authority has a digit.', 'PSDFR-ACP1-12345', 'FR-ACP1'),
  misidentified('nca-lower-case', 'The authority is in lower case, in nCAId too.', 'PSDFR-acpr-12345', 'FR-acpr'),
  misidentified('nca-underscore', 'nCAId has the underscore of the EBA register.', 'PSDFR-ACPR-12345', 'FR_ACPR'),
  misidentified('nca-of-other-country', 'BAFIN is an authority, but not of France.', 'PSDFR-BAFIN-1', 'FR-BAFIN'),
  misidentified(
    'nca-superseded',
    'The authority has another code since; HR-CNB was Croatia.',
    'PSDHR-CNB-1',
    'HR-CNB',
    'HR',
  ),
  misidentified(
    'nca-alias',
    'A code in use that is not the published one: ES-BDE for ES-BE.',
    'PSDES-BDE-1',
    'ES-BDE',
    'ES',
  ),
  misidentified('country-uk', 'The country is UK, which ISO 3166-1 has as GB.', 'PSDUK-FCA-1', 'UK-FCA', 'GB'),
  misidentified('country-el', 'The country is EL, which is Greece for VAT only.', 'PSDEL-BOG-1', 'EL-BOG', 'GR'),
  misidentified('country-three-letters', 'The country has three letters.', 'PSDFIN-FINFSA-1', 'FI-FINFSA', 'FI'),
  misidentified('full-width-hyphen', 'The hyphens are U+FF0D.', 'PSDFR\uff0dACPR\uff0d12345'),
  misidentified('minus-sign', 'The hyphens are U+2212.', 'PSDFR\u2212ACPR\u221212345'),
  misidentified('full-width-letter', 'A letter is U+FF21.', 'PSDFR-\uff21CPR-12345'),
  misidentified('right-to-left', 'A U+202E turns the number around on the screen.', 'PSDFR-ACPR-\u202e54321'),
  misidentified('combining-mark', 'A letter has an accent, as a character of its own.', 'PSDFR-ACPR-12345E\u0301'),
  misidentified('tab', 'The number ends with a tab.', 'PSDFR-ACPR-12345\t'),
  misidentified('unknown-scheme', 'The scheme is ABC.', 'ABCFR-ACPR-12345'),
  qsealc('identifier-in-other-places', 'commonName and organizationalUnitName have what looks like an identifier.', {
    organizationIdentifier: false,
    ncaId: 'FR-ACPR',
    commonName: 'PSDFR-ACPR-12345',
    organizationalUnitName: 'PSDFR-ACPR-12345',
    subjectSerialNumber: 'PSDFR-ACPR-12345',
  }),
]

/** Text in names. */
const names: readonly CertificateVector[] = [
  qsealc('name-accents', 'Names have accents.', { organizationName: 'Crédit Fictif d’Évaluation à Nîmes' }),
  qwac('name-umlauts', 'Names have umlauts.', {
    organizationIdentifier: 'PSDDE-BAFIN-12345',
    organizationName: 'Prüf-Überweisungen Größe GmbH & Co. KG',
    localityName: 'München',
    ncaName: 'Bundesanstalt für Finanzdienstleistungsaufsicht',
  }),
  qsealc('name-greek', 'organizationName is Greek, nCAName Latin as the standard has it.', {
    organizationIdentifier: 'PSDGR-BOG-12345',
    organizationName: 'Δοκιμαστική Υπηρεσία Πληρωμών',
    ncaName: 'Bank of Greece',
  }),
  qsealc('nca-name-greek', 'nCAName is Greek, though the standard wants Latin letters.', {
    organizationIdentifier: 'PSDGR-BOG-12345',
    ncaName: 'Τράπεζα της Ελλάδος',
  }),
  qsealc('name-cyrillic', 'organizationName is Cyrillic.', {
    organizationIdentifier: 'PSDBG-BNB-12345',
    organizationName: 'Пробна платежна институция',
    ncaName: 'Bulgarian National Bank',
  }),
  qsealc('name-decomposed', 'Accents are characters of their own; nothing may compose them.', {
    organizationName: 'Socie\u0301te\u0301 d’essai',
    ncaName: 'Autorite\u0301 de contro\u0302le prudentiel et de re\u0301solution',
  }),
  qsealc('name-special-characters', 'organizationName has every character that RFC 4514 escapes.', {
    organizationName: '#1 "Pay", <Co>; A+B = \\ ',
  }),
  qsealc('name-long', 'organizationName has 100 characters, which EN 319 412-3 allows.', {
    organizationName: `${'Société '.repeat(12)}test`,
  }),
  qsealc('nca-name-256', 'nCAName has 256 characters, the most there may be.', { ncaName: 'é'.repeat(256) }),
  qsealc('nca-name-257', 'nCAName has 257 characters.', { ncaName: 'é'.repeat(257) }),
  qsealc('nca-name-beyond-bmp', 'nCAName has 200 characters, each of two UTF-16 units.', {
    ncaName: '\u{1d49c}'.repeat(200),
  }),
  qsealc('nca-name-empty', 'nCAName is empty.', { ncaName: '' }),
  qsealc('nca-name-dotted', 'nCAName reads like the object identifier of commonName, and is a text all the same.', {
    ncaName: '2.5.4.3',
  }),
  qwac('many-names', 'subjectAltName has many names, one in A-label form and one a wildcard.', {
    dnsNames: ['tpp.example.com', 'xn--mnchen-3ya.example', '*.example.net', ...numbered(30)],
  }),
  qsealc('country-three-letters', 'countryName is FRA.', { countryName: 'FRA' }),
  qsealc('without-country', 'The subject has no countryName.', { countryName: false }),
]

const withoutEvNames = { jurisdictionCountryName: false, businessCategory: false, subjectSerialNumber: false } as const

/** Policies, QC statements and purposes. */
const statements: readonly CertificateVector[] = [
  qwac('qncp-w', 'A QWAC under QNCP-w, without the names of the EV Guidelines.', {
    ...withoutEvNames,
    policies: ['QNCP-w', 'QCP-w-psd2', 'CABF-OV'],
  }),
  qwac('qncp-w-gen', 'A QWAC under QNCP-w-gen, which browsers do not know.', {
    ...withoutEvNames,
    policies: ['QNCP-w-gen', 'QCP-w-psd2'],
    cabfOrganizationIdentifier: false,
  }),
  qsealc('qscd', 'A QSealC whose key is in a qualified device, under QCP-l-qscd.', { qcSscd: true }),
  qsealc('all-statements', 'Every statement of EN 319 412-5 and SemanticsInformation with an authority.', {
    qcSscd: true,
    limitValue: { currency: 'EUR', amount: 15, exponent: 5 },
    retentionPeriod: 10,
    ccLegislation: ['CH'],
    identMethod: 'identMethodB',
    qscdLegislation: ['CH', 'GB'],
    pds: [
      { url: 'https://pki.example.com/pds_en.pdf', language: 'en' },
      { url: 'https://pki.example.com/pds_fr.pdf', language: 'fr' },
    ],
    nameRegistrationAuthorities: ['https://register.example.com'],
  }),
  qwac('all-statements', 'Every statement that a certificate for web sites may have.', {
    limitValue: { currency: 978, amount: 1, exponent: 0 },
    retentionPeriod: 15,
    ccLegislation: ['CH'],
    identMethod: 'identMethodA',
  }),
  qsealc('limit-value', 'QcLimitValue alone beside the usual.', {
    limitValue: { currency: 'CHF', amount: 1000, exponent: -2 },
  }),
  qsealc('retention-period', 'QcRetentionPeriod of thirty years.', { retentionPeriod: 30 }),
  qsealc('ident-method', 'QcIdentMethod, face to face.', { identMethod: 'identMethodA' }),
  qsealc('ident-method-unknown', 'QcIdentMethod names a method that no edition has.', {
    identMethod: '0.4.0.1862.1.8.9',
  }),
  qsealc('cc-legislation', 'QcCClegislation: qualified under the law of Switzerland.', { ccLegislation: ['CH'] }),
  qsealc('cc-legislation-three-letters', 'QcCClegislation has a country of three letters.', { ccLegislation: ['CHE'] }),
  qsealc('qscd-legislation', 'QcQSCDlegislation beside QcSSCD.', { qcSscd: true, qscdLegislation: ['GB'] }),
  qsealc('semantics-eidas-legal', 'SemanticsId-eIDASLegal.', { semanticsIdentifier: 'SemanticsId-eIDASLegal' }),
  qsealc('without-semantics', 'There is no SemanticsInformation.', { semanticsIdentifier: false }),
  qsealc('pds-language-three-letters', 'The language of a QcPDS location is eng.', {
    pds: [{ url: 'https://pki.example.com/pds_en.pdf', language: 'eng' }],
  }),
  qsealc('qc-type-unknown', 'QcType names a purpose that no edition has.', { qcTypes: ['0.4.0.1862.1.6.9'] }),
  qsealc('esign', 'A certificate of a natural person for signatures, with a PSD2 statement.', {
    qcTypes: ['esign'],
    policies: ['QCP-n'],
  }),
  qsealc('key-usage-mixed', 'keyUsage is digitalSignature and nonRepudiation, which EN 319 412-2 advises against.', {
    keyUsage: ['digitalSignature', 'nonRepudiation'],
  }),
  qsealc('server-auth', 'A seal certificate has extendedKeyUsage serverAuth.', { extendedKeyUsage: ['serverAuth'] }),
  qwac('basic-constraints-empty', 'basicConstraints is there and says nothing.', { basicConstraints: true }),
  qwac('without-policies-and-type', 'Neither QcType nor a policy says what it is for.', {
    qcTypes: [],
    policies: ['CABF-EV'],
  }),
  qwac('not-eidas', 'An ordinary certificate of a web site: no qcStatements, no identifier, nothing to remark.', {
    ...withoutEvNames,
    organizationIdentifier: false,
    ncaId: 'FR-ACPR',
    policies: ['CABF-OV'],
    defects: ['missing-qc-statements'],
  }),
  qsealc('two-defects', 'Roles without their SEQUENCE, and the name of another role at the first.', {
    defects: ['flattened-roles', 'role-name-mismatch'],
  }),
]

/** Dates and serial numbers. */
const fields: readonly CertificateVector[] = [
  qsealc('into-2050', 'Ends in 2050: notBefore is UTCTime, notAfter GeneralizedTime.', {
    notBefore: new Date('2049-06-01T00:00:00Z'),
    notAfter: new Date('2050-05-31T23:59:59Z'),
  }),
  qsealc('last-utc-time', 'Ends in the last second that UTCTime has.', {
    notBefore: new Date('2049-01-01T00:00:00Z'),
    notAfter: new Date('2049-12-31T23:59:59Z'),
  }),
  qsealc('after-2050', 'Begins and ends after 2050: both dates are GeneralizedTime.', {
    notBefore: new Date('2051-01-01T00:00:00Z'),
    notAfter: new Date('2052-12-31T23:59:59Z'),
  }),
  qsealc('no-end', 'Ends on 9999-12-31, which RFC 5280 has for no end.', {
    notAfter: new Date('9999-12-31T23:59:59Z'),
  }),
  qsealc('one-second', 'Begins and ends in the same second.', {
    notBefore: new Date('2026-06-01T12:00:00Z'),
    notAfter: new Date('2026-06-01T12:00:00Z'),
  }),
  qsealc('eleven-years', 'Valid for eleven years, as no QTSP issues leaves.', {
    notAfter: new Date('2036-12-31T23:59:59Z'),
  }),
  qsealc('serial-zero', 'The serial number is zero.', { serialNumber: 0n }),
  qsealc('serial-one', 'The serial number is one.', { serialNumber: 1n }),
  qsealc('serial-20-octets', 'The serial number has 20 octets, the most there may be.', {
    serialNumber: (1n << 159n) - 1n,
  }),
]

/** Defects that show in another way in each kind, and so are made in both; else a QSealC has those for both. */
const inBothKinds: ReadonlySet<DefectName> = new Set([
  'wrong-qc-type',
  'two-qc-types',
  'missing-qc-type',
  'missing-qc-statements',
  'missing-psd2-statement',
  'missing-organization-identifier',
  'organization-identifier-vat',
  'organization-identifier-unknown-country',
  'organization-identifier-unknown-nca',
  'missing-certificate-policies',
  'any-extended-key-usage',
  'missing-key-usage',
  'leaf-is-ca',
  'expired',
])

function kindsOf(name: DefectName): readonly LeafKind[] {
  const { kinds } = defects[name]
  return kinds.length === 1 || inBothKinds.has(name) ? kinds : ['QSealC']
}

/** One for every deliberate mistake of issuance. */
const deliberate: readonly CertificateVector[] = defectNames.flatMap((name) =>
  kindsOf(name).map((kind) => (kind === 'QWAC' ? qwac : qsealc)(name, defects[name].says, { defects: [name] })),
)

/** All vectors, in the order of the index. */
export const certificateVectors: readonly CertificateVector[] = [
  ...authorities,
  ...ordinary,
  ...algorithms,
  ...roles,
  ...identifiers,
  ...names,
  ...statements,
  ...fields,
  ...deliberate,
]

function qwac(name: string, says: string, options: LeafOptions = {}): CertificateVector {
  return { id: name === '' ? 'qwac' : `qwac-${name}`, says, kind: 'QWAC', options }
}

function qsealc(name: string, says: string, options: LeafOptions = {}): CertificateVector {
  return { id: name === '' ? 'qsealc' : `qsealc-${name}`, says, kind: 'QSealC', options }
}

/** A seal certificate with an organizationIdentifier that is wrong, or an authority that is. */
function misidentified(
  name: string,
  says: string,
  organizationIdentifier: string,
  ncaId = 'FR-ACPR',
  countryName = 'FR',
): CertificateVector {
  return qsealc(`identifier-${name}`, says, { organizationIdentifier, ncaId, countryName })
}

function numbered(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `host-${index + 1}.example.com`)
}
