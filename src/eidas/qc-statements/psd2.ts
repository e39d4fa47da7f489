import { type Cursor, readOid, readString, type Step, stringText, Tag, tagName } from '../../der/index.ts'
import { findAuthority, findAuthorityByAlias } from '../authorities.ts'
import { report } from '../report.ts'
import { type PspRole, roleByOid } from '../roles.ts'

/** RoleOfPSP as the certificate has it. */
export interface Psd2Role {
  readonly oid: string
  /** By object identifier; null where no edition defines it. */
  readonly role: PspRole | null
  /** roleOfPspName: untrusted text, which never decides anything. */
  readonly name: string
}

/** PSD2QcType (ETSI TS 119 495 Annex A). */
export interface Psd2Statement {
  readonly roles: readonly Psd2Role[]
  readonly ncaName: string
  readonly ncaId: string
  /** Absolute offset of rolesOfPSP. */
  readonly rolesOffset: number
  /** Absolute offset of the object identifier of each role. */
  readonly roleOffsets: readonly number[]
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
  const roleOffsets: number[] = []
  const roles = readRoles(cursor, roleOffsets)
  const ncaNameOffset = cursor.position
  const ncaName = readName(cursor, 'nCAName')
  const start = cursor.position
  const ncaId = readName(cursor, 'nCAId')
  const international = roles.some(({ role }) => role === 'PSP_CB' || role === 'PSP_PA')
  if ((ncaId === 'NA') !== international) report(cursor, 'PSD2_NCA_NOT_APPLICABLE', 'nCAId', start, ncaId)
  if (ncaId !== 'NA') {
    if (!/^[A-Z]{2}-[A-Z]{2,8}$/.test(ncaId)) report(cursor, 'PSD2_NCA_ID_FORM', 'nCAId', start, ncaId)
    else if (findAuthority(ncaId) === undefined) {
      const meant = findAuthorityByAlias(ncaId)
      const detail = meant === undefined ? ncaId : `${ncaId}; ${meant.ncaId} is published`
      report(cursor, 'PSD2_NCA_UNKNOWN', 'nCAId', start, detail)
    }
  }
  cursor.close(end)
  return { roles, ncaName, ncaId, rolesOffset, roleOffsets, ncaNameOffset, ncaIdOffset: start }
}

/**
 * ```text
 * RolesOfPSP ::= SEQUENCE OF RoleOfPSP
 * RoleOfPSP  ::= SEQUENCE { roleOfPspOid OBJECT IDENTIFIER, roleOfPspName UTF8String }
 * ```
 *
 * Two other encodings are in circulation: the pairs of all roles in one RoleOfPSP, and the pairs without any RoleOfPSP.
 */
function readRoles(cursor: Cursor, offsets: number[]): Psd2Role[] {
  const start = cursor.position
  const end = cursor.open(Tag.SEQUENCE, 'rolesOfPSP')
  const roles: Psd2Role[] = []
  if (cursor.isEmpty) report(cursor, 'PSD2_ROLES_NONE', '', start)
  if (cursor.next(Tag.OBJECT_IDENTIFIER)) {
    report(cursor, 'PSD2_ROLES_FLATTENED', '', start)
    while (!cursor.isEmpty) readRole(cursor, roles, offsets)
  }
  for (let index = 0; !cursor.isEmpty; index++) {
    const itemStart = cursor.position
    const itemEnd = cursor.open(Tag.SEQUENCE, index)
    readRole(cursor, roles, offsets)
    if (cursor.next(Tag.OBJECT_IDENTIFIER)) {
      report(cursor, 'PSD2_ROLES_FLATTENED', '', itemStart)
      while (!cursor.isEmpty) readRole(cursor, roles, offsets)
    }
    cursor.close(itemEnd)
  }
  cursor.close(end)
  return roles
}

/** One pair of object identifier and name. */
function readRole(cursor: Cursor, roles: Psd2Role[], offsets: number[]): void {
  const start = cursor.position
  const oid = readOid(cursor, 'roleOfPspOid')
  const info = roleByOid(oid)
  const nameStart = cursor.position
  const name = readName(cursor, 'roleOfPspName')
  if (info === undefined) report(cursor, 'PSD2_ROLE_UNKNOWN', 'roleOfPspOid', start, oid)
  else if (name !== info.role) {
    report(cursor, 'PSD2_ROLE_NAME', 'roleOfPspName', nameStart, `'${name}' for ${oid}, which is ${info.role}`)
  }
  // Nine roles are defined: a longer list is an attack, and is cut by the limit on elements.
  if (roles.some((role) => role.oid === oid)) report(cursor, 'PSD2_ROLE_TWICE', 'roleOfPspOid', start, oid)
  offsets.push(start)
  roles.push({ oid, role: info?.role ?? null, name })
}

/** UTF8String (SIZE (1..256)). */
function readName(cursor: Cursor, step: Step): string {
  const start = cursor.position
  const tag = readString(cursor, step)
  if (tag !== Tag.UTF8_STRING) report(cursor, 'PSD2_STRING_TYPE', step, start, tagName(tag))
  const text = stringText(cursor.bytes, tag, cursor.valueStart, cursor.valueEnd)
  if (text.length === 0 || text.length > 256) {
    // SIZE counts characters, and a character beyond the basic plane is two units of a JavaScript string.
    const { length } = Array.from(text)
    if (length === 0 || length > 256) report(cursor, 'PSD2_STRING_SIZE', step, start, `${length} characters`)
  }
  return text
}
