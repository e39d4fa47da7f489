/** One competent authority of the European list. */
export interface CompetentAuthority {
  /** nCAId, for example `FR-ACPR`. */
  readonly ncaId: string
  readonly country: string
  readonly name: string
  /** On the EBA's list, version 4 of 2023-02. */
  readonly onEbaList: boolean
  /** In ETSI TS 119 495 Annex D, editions up to 1.4.1 of 2019-11. */
  readonly inAnnexD: boolean
  /** The nCAId that took its place. */
  readonly supersededBy?: string
  /** First day on which this entry no longer stands for new certificates, ISO 8601. */
  readonly until?: string
  /** Spellings that certificates and sandboxes use instead, none of them published by the authority. */
  readonly aliases?: readonly string[]
}

/**
 * Competent authorities by nCAId: EBA list v4 (2023-02) and ETSI TS 119 495 Annex D. An authority may have published
 * another code since: an unknown one is a remark, never an error.
 */
export const competentAuthorities: readonly CompetentAuthority[] = Object.freeze([
  { ncaId: 'AT-FMA', country: 'AT', name: 'Austria Financial Market Authority', onEbaList: true, inAnnexD: true },
  { ncaId: 'BE-NBB', country: 'BE', name: 'National Bank of Belgium', onEbaList: true, inAnnexD: true },
  { ncaId: 'BG-BNB', country: 'BG', name: 'Bulgarian National Bank', onEbaList: true, inAnnexD: true },
  { ncaId: 'HR-HNB', country: 'HR', name: 'Croatian National Bank', onEbaList: true, inAnnexD: false },
  {
    ncaId: 'HR-CNB',
    country: 'HR',
    name: 'Croatian National Bank',
    onEbaList: false,
    inAnnexD: true,
    supersededBy: 'HR-HNB',
    until: '2023-02-01',
  },
  { ncaId: 'CY-CBC', country: 'CY', name: 'Central Bank of Cyprus', onEbaList: true, inAnnexD: true },
  { ncaId: 'CZ-CNB', country: 'CZ', name: 'Czech National Bank', onEbaList: true, inAnnexD: true },
  { ncaId: 'DK-DFSA', country: 'DK', name: 'Danish Financial Supervisory Authority', onEbaList: true, inAnnexD: true },
  { ncaId: 'EE-FI', country: 'EE', name: 'Estonia Financial Supervisory Authority', onEbaList: true, inAnnexD: true },
  {
    ncaId: 'FI-FINFSA',
    country: 'FI',
    name: 'Finnish Financial Supervisory Authority',
    onEbaList: true,
    inAnnexD: true,
    aliases: ['FI-FSA'],
  },
  {
    ncaId: 'FR-ACPR',
    country: 'FR',
    name: 'Prudential Supervisory and Resolution Authority',
    onEbaList: true,
    inAnnexD: true,
  },
  {
    ncaId: 'DE-BAFIN',
    country: 'DE',
    name: 'Federal Financial Supervisory Authority',
    onEbaList: true,
    inAnnexD: true,
  },
  { ncaId: 'GR-BOG', country: 'GR', name: 'Bank of Greece', onEbaList: true, inAnnexD: true, aliases: ['EL-BOG'] },
  { ncaId: 'HU-CBH', country: 'HU', name: 'Central Bank of Hungary', onEbaList: true, inAnnexD: true },
  { ncaId: 'IS-CBI', country: 'IS', name: 'Central Bank of Iceland', onEbaList: true, inAnnexD: false },
  {
    ncaId: 'IS-FME',
    country: 'IS',
    name: 'Financial Supervisory Authority (Iceland)',
    onEbaList: false,
    inAnnexD: true,
    supersededBy: 'IS-CBI',
    until: '2023-02-01',
  },
  { ncaId: 'IE-CBI', country: 'IE', name: 'Central Bank of Ireland', onEbaList: true, inAnnexD: true },
  { ncaId: 'IT-BI', country: 'IT', name: 'Bank of Italy', onEbaList: true, inAnnexD: true },
  { ncaId: 'LI-FMA', country: 'LI', name: 'Financial Market Authority Liechtenstein', onEbaList: true, inAnnexD: true },
  { ncaId: 'LV-BL', country: 'LV', name: 'Bank of Latvia', onEbaList: true, inAnnexD: false },
  {
    ncaId: 'LV-FCMC',
    country: 'LV',
    name: 'Financial and Capital Markets Commission',
    onEbaList: false,
    inAnnexD: true,
    supersededBy: 'LV-BL',
    until: '2023-02-01',
  },
  { ncaId: 'LT-BL', country: 'LT', name: 'Bank of Lithuania', onEbaList: true, inAnnexD: true },
  {
    ncaId: 'LU-CSSF',
    country: 'LU',
    name: 'Commission for the Supervision of Financial Sector',
    onEbaList: true,
    inAnnexD: true,
  },
  {
    ncaId: 'NO-FSA',
    country: 'NO',
    name: 'The Financial Supervisory Authority of Norway',
    onEbaList: true,
    inAnnexD: true,
  },
  { ncaId: 'MT-MFSA', country: 'MT', name: 'Malta Financial Services Authority', onEbaList: true, inAnnexD: true },
  { ncaId: 'NL-DNB', country: 'NL', name: 'The Netherlands Bank', onEbaList: true, inAnnexD: true },
  { ncaId: 'PL-PFSA', country: 'PL', name: 'Polish Financial Supervision Authority', onEbaList: true, inAnnexD: true },
  { ncaId: 'PT-BP', country: 'PT', name: 'Bank of Portugal', onEbaList: true, inAnnexD: true },
  { ncaId: 'RO-NBR', country: 'RO', name: 'National bank of Romania', onEbaList: true, inAnnexD: true },
  { ncaId: 'SK-NBS', country: 'SK', name: 'National Bank of Slovakia', onEbaList: true, inAnnexD: true },
  { ncaId: 'SI-BS', country: 'SI', name: 'Bank of Slovenia', onEbaList: true, inAnnexD: true },
  { ncaId: 'ES-BE', country: 'ES', name: 'Bank of Spain', onEbaList: true, inAnnexD: true, aliases: ['ES-BDE'] },
  { ncaId: 'SE-FINA', country: 'SE', name: 'Swedish Financial Supervision Authority', onEbaList: true, inAnnexD: true },
  {
    ncaId: 'GB-FCA',
    country: 'GB',
    name: 'Financial Conduct Authority',
    onEbaList: false,
    inAnnexD: true,
    until: '2021-01-01',
    aliases: ['GB-OB', 'UK-FCA'],
  },
])

const byId: ReadonlyMap<string, CompetentAuthority> = /* @__PURE__ */ new Map(
  competentAuthorities.map((authority) => [authority.ncaId, authority]),
)

/** The authority with this nCAId; undefined where no list has it. Spelling is compared exactly: aliases are not taken. */
export function findAuthority(ncaId: string): CompetentAuthority | undefined {
  return byId.get(ncaId)
}

/** The authority that somebody means by an unpublished spelling; for hints in messages only. */
export function findAuthorityByAlias(spelling: string): CompetentAuthority | undefined {
  return competentAuthorities.find((authority) => authority.aliases?.includes(spelling) === true)
}
