/** The roles of a PSP (ETSI TS 119 495 5.2.2, Annex A). */
export type PspRole =
  | 'Unspecified'
  | 'PSP_AS'
  | 'PSP_PI'
  | 'PSP_AI'
  | 'PSP_IC'
  | 'PSP_CB'
  | 'PSP_PA'
  | 'VOP_RS'
  | 'VOP_VS'

/** What is known of one role. */
export interface RoleInfo {
  readonly role: PspRole
  readonly oid: string
  /** What the role may do, in words. */
  readonly title: string
  /** Edition of ETSI TS 119 495 that brought it. */
  readonly since: string
}

export const pspRoles: readonly RoleInfo[] = Object.freeze([
  { role: 'Unspecified', oid: '0.4.0.19495.1.0', title: 'unspecified', since: '1.5.1' },
  { role: 'PSP_AS', oid: '0.4.0.19495.1.1', title: 'account servicing', since: '1.1.2' },
  { role: 'PSP_PI', oid: '0.4.0.19495.1.2', title: 'payment initiation', since: '1.1.2' },
  { role: 'PSP_AI', oid: '0.4.0.19495.1.3', title: 'account information', since: '1.1.2' },
  { role: 'PSP_IC', oid: '0.4.0.19495.1.4', title: 'issuing of card-based payment instruments', since: '1.1.2' },
  { role: 'PSP_CB', oid: '0.4.0.19495.1.5', title: 'international central bank', since: '1.8.1' },
  { role: 'PSP_PA', oid: '0.4.0.19495.1.6', title: 'international public authority', since: '1.8.1' },
  { role: 'VOP_RS', oid: '0.4.0.19495.1.51', title: 'verification of payee, routing', since: '1.8.1' },
  { role: 'VOP_VS', oid: '0.4.0.19495.1.52', title: 'verification of payee, verification', since: '1.8.1' },
])

const byOid: ReadonlyMap<string, RoleInfo> = /* @__PURE__ */ new Map(pspRoles.map((info) => [info.oid, info]))

/** The role of an object identifier; undefined where no edition defines it. */
export function roleByOid(oid: string): RoleInfo | undefined {
  return byOid.get(oid)
}
