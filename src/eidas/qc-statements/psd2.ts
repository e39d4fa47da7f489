import { Seen } from '../../core/seen.ts'
import { type Cursor, type Step, stringText, Tag, tagName } from '../../der/index.ts'
import { byNumber, readIdentifier } from '../../der/oid.ts'
import { readText } from '../../der/string.ts'
import { findAuthority, findAuthorityByAlias } from '../authorities.ts'
import { report } from '../report.ts'
import { type PspRole, pspRoles } from '../roles.ts'

/** RoleOfPSP as the certificate has it. */
export class Psd2Role {
  declare readonly oid: string
  /** By object identifier; null where no edition defines it. */
  declare readonly role: PspRole | null
  /** roleOfPspName: untrusted text, which never decides anything. */
  declare readonly name: string
  readonly #offset: number

  constructor(oid: string, role: PspRole | null, name: string, offset: number) {
    this.oid = oid
    this.role = role
    this.name = name
    this.#offset = offset
  }

  /** Absolute offset of roleOfPspOid. */
  get offset(): number {
    return this.#offset
  }
}

/** PSD2QcType (ETSI TS 119 495 Annex A). */
export interface Psd2Statement {
  readonly roles: readonly Psd2Role[]
  readonly ncaName: string
  readonly ncaId: string
  /** Absolute offset of rolesOfPSP. */
  readonly rolesOffset: number
  /** Absolute offset of nCAName. */
  readonly ncaNameOffset: number
  /** Absolute offset of nCAId. */
  readonly ncaIdOffset: number
}

/**
 * ```text
 * PSD2QcType ::= SEQUENCE { rolesOfPSP RolesOfPSP, nCAName NCAName, nCAId NCAId }
 * ```
 */
export function readPsd2Statement(cursor: Cursor): Psd2Statement {
  const end = cursor.open(Tag.SEQUENCE, 'statementInfo')
  const rolesOffset = cursor.position
  const roles = readRoles(cursor)
  const ncaNameOffset = cursor.position
  const ncaName = readName(cursor, 'nCAName')
  const start = cursor.position
  const ncaId = readName(cursor, 'nCAId')
  if ((ncaId === 'NA') !== roles.some(isInternational)) {
    report(cursor, 'PSD2_NCA_NOT_APPLICABLE', 'nCAId', start, ncaId)
  }
  if (ncaId !== 'NA' && findAuthority(ncaId) === undefined) reportAuthority(cursor, ncaId, start)
  cursor.close(end)
  return { roles, ncaName, ncaId, rolesOffset, ncaNameOffset, ncaIdOffset: start }
}

function isInternational({ role }: Psd2Role): boolean {
  return role === 'PSP_CB' || role === 'PSP_PA'
}

/** Says what is wrong with an nCAId that no list has. */
function reportAuthority(cursor: Cursor, ncaId: string, start: number): void {
  if (!/^[A-Z]{2}-[A-Z]{2,8}$/.test(ncaId)) {
    report(cursor, 'PSD2_NCA_ID_FORM', 'nCAId', start, ncaId)
    return
  }
  const meant = findAuthorityByAlias(ncaId)
  const detail = meant === undefined ? ncaId : `${ncaId}; ${meant.ncaId} is published`
  report(cursor, 'PSD2_NCA_UNKNOWN', 'nCAId', start, detail)
}

/**
 * ```text
 * RolesOfPSP ::= SEQUENCE OF RoleOfPSP
 * RoleOfPSP  ::= SEQUENCE { roleOfPspOid OBJECT IDENTIFIER, roleOfPspName UTF8String }
 * ```
 *
 * Two other encodings are in circulation: the pairs of all roles in one RoleOfPSP, and the pairs without any RoleOfPSP.
 */
function readRoles(cursor: Cursor): Psd2Role[] {
  const start = cursor.position
  const end = cursor.open(Tag.SEQUENCE, 'rolesOfPSP')
  const seen = new Seen()
  const roles: Psd2Role[] = []
  if (cursor.isEmpty) report(cursor, 'PSD2_ROLES_NONE', '', start)
  if (cursor.next(Tag.OBJECT_IDENTIFIER)) {
    report(cursor, 'PSD2_ROLES_FLATTENED', '', start)
    while (!cursor.isEmpty) readRole(cursor, roles, seen)
  }
  for (let index = 0; !cursor.isEmpty; index++) {
    const itemStart = cursor.position
    const itemEnd = cursor.open(Tag.SEQUENCE, index)
    readRole(cursor, roles, seen)
    if (cursor.next(Tag.OBJECT_IDENTIFIER)) {
      report(cursor, 'PSD2_ROLES_FLATTENED', '', itemStart)
      while (!cursor.isEmpty) readRole(cursor, roles, seen)
    }
    cursor.close(itemEnd)
  }
  cursor.close(end)
  return roles
}

const rolesByNumber = /* @__PURE__ */ byNumber(pspRoles.map(({ oid, role }) => [oid, role] as const))

/** One pair of object identifier and name. */
function readRole(cursor: Cursor, roles: Psd2Role[], seen: Seen): void {
  const start = cursor.position
  const { text: oid, number } = readIdentifier(cursor, 'roleOfPspOid')
  const role = rolesByNumber[number] ?? null
  const nameStart = cursor.position
  const form = readText(cursor, 'roleOfPspName')
  const isUsual = role !== null && (form & 0xff) === Tag.UTF8_STRING && hasText(cursor, role)
  const name = isUsual ? role : readOtherName(cursor, form, oid, role, start, nameStart)
  if (seen.again(oid, number, roles)) report(cursor, 'PSD2_ROLE_TWICE', 'roleOfPspOid', start, oid)
  roles.push(new Psd2Role(oid, role, name, start))
}

/** The name of a role that is not as the documents have it, or the role is not. */
function readOtherName(
  cursor: Cursor,
  form: number,
  oid: string,
  role: PspRole | null,
  start: number,
  nameStart: number,
): string {
  const name = nameText(cursor, 'roleOfPspName', form)
  if (role === null) report(cursor, 'PSD2_ROLE_UNKNOWN', 'roleOfPspOid', start, oid)
  else if (name !== role) {
    report(cursor, 'PSD2_ROLE_NAME', 'roleOfPspName', nameStart, `'${name}' for ${oid}, which is ${role}`)
  }
  return name
}

function readName(cursor: Cursor, step: Step): string {
  return nameText(cursor, step, readText(cursor, step))
}

/** UTF8String (SIZE (1..256)), read last, as text. */
function nameText(cursor: Cursor, step: Step, form: number): string {
  const { bytes, elementStart: start, valueStart, valueEnd } = cursor
  const tag = form & 0xff
  if (tag !== Tag.UTF8_STRING) report(cursor, 'PSD2_STRING_TYPE', step, start, tagName(tag))
  const text = stringText(bytes, form, valueStart, valueEnd)
  if (text.length === 0 || text.length > 256) checkSize(cursor, step, start, text)
  return text
}

/** SIZE counts characters, and a character beyond the basic plane is two units of a JavaScript string. */
function checkSize(cursor: Cursor, step: Step, start: number, text: string): void {
  const { length } = Array.from(text)
  if (length === 0 || length > 256) report(cursor, 'PSD2_STRING_SIZE', step, start, `${length} characters`)
}

/** True where the content read last is this ASCII text. */
function hasText({ bytes, valueStart, valueEnd }: Cursor, text: string): boolean {
  if (valueEnd - valueStart !== text.length) return false
  for (let i = 0; i < text.length; i++) if (bytes[valueStart + i] !== text.charCodeAt(i)) return false
  return true
}
