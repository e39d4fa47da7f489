/** Codes of authorities in certificates (nCAId) that the register has under another one. */
export interface AuthorityAlias {
  readonly ncaId: string
  /** CA_OwnerID. */
  readonly owners: readonly string[]
  readonly because: string
}

/** Aliases as data. Codes that differ in hyphens only need none. */
export const authorityAliases: readonly AuthorityAlias[] = Object.freeze([
  { ncaId: 'ES-BDE', owners: ['ES_BE'], because: 'the example of ETSI TS 119 495 has BDE, the register BE' },
  { ncaId: 'HR-CNB', owners: ['HR_HNB'], because: 'the code before 2023' },
  { ncaId: 'IS-FME', owners: ['IS_CBI'], because: 'the code before 2023' },
  { ncaId: 'LV-BL', owners: ['LV_LV', 'LV_FCMC'], because: 'the register has two codes of its own for Latvia' },
  { ncaId: 'LV-FCMC', owners: ['LV_LV'], because: 'the register has two codes of its own for Latvia' },
  { ncaId: 'FI-FSA', owners: ['FI_FIN-FSA'], because: 'sandboxes write FSA' },
])

/** Authorities whose numbers in certificates are not those of the register. */
export const foreignNumbering: ReadonlyMap<string, string> = /* @__PURE__ */ new Map([
  ['FR_ACPR', 'certificates have the bank code (CIB), the register REGAFI numbers and SIREN'],
])

/** An owner and a nCAId alike: letters only, `FI_FIN-FSA` and `FI-FINFSA` are both `FIFINFSA`. */
export function authorityKey(code: string): string {
  return code.replace(/[_-]/g, '').toUpperCase()
}

const aliasesByKey: ReadonlyMap<string, AuthorityAlias> = /* @__PURE__ */ new Map(
  authorityAliases.map((alias) => [authorityKey(alias.ncaId), alias]),
)

/** The owners that a nCAId, in the form of {@link authorityKey}, may mean by an alias. */
export function aliasOwners(key: string): readonly string[] {
  return aliasesByKey.get(key)?.owners ?? none
}

const none: readonly string[] = []
