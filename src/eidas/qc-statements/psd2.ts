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
}

/**
 * ```text
 * PSD2QcType ::= SEQUENCE { rolesOfPSP RolesOfPSP, nCAName NCAName, nCAId NCAId }
 * ```
 */
export function readPsd2Statement(outer: Cursor): Psd2Statement {
  const cursor = outer.enter(Tag.SEQUENCE, 'statementInfo')
  const roles = readRoles(cursor)
  const ncaName = readName(cursor, 'nCAName')
  const start = cursor.position
  const ncaId = readName(cursor, 'nCAId')
  cursor.finish()
  // NA is for international institutions, which no national authority supervises.
  if (ncaId !== 'NA') {
    if (!/^[A-Z]{2}-[A-Z]{2,8}$/.test(ncaId)) report(cursor, 'PSD2_NCA_ID_FORM', 'nCAId', start, ncaId)
    else if (findAuthority(ncaId) === undefined) {
      const meant = findAuthorityByAlias(ncaId)
      const detail = meant === undefined ? ncaId : `${ncaId}; ${meant.ncaId} is published`
      report(cursor, 'PSD2_NCA_UNKNOWN', 'nCAId', start, detail)
    }
  }
  return { roles, ncaName, ncaId }
}

/**
 * ```text
 * RolesOfPSP ::= SEQUENCE OF RoleOfPSP
 * RoleOfPSP  ::= SEQUENCE { roleOfPspOid OBJECT IDENTIFIER, roleOfPspName UTF8String }
 * ```
 *
 * Two other encodings are in circulation: the pairs of all roles in one RoleOfPSP, and the pairs without any RoleOfPSP.
 */
function readRoles(outer: Cursor): Psd2Role[] {
  const cursor = outer.enter(Tag.SEQUENCE, 'rolesOfPSP')
  const roles: Psd2Role[] = []
  if (cursor.isEmpty) report(outer, 'PSD2_ROLES_NONE', 'rolesOfPSP', cursor.start)
  if (cursor.next(Tag.OBJECT_IDENTIFIER)) {
    report(outer, 'PSD2_ROLES_FLATTENED', 'rolesOfPSP', cursor.start)
    while (!cursor.isEmpty) readRole(cursor, roles)
    return roles
  }
  while (!cursor.isEmpty) {
    const item = cursor.enter(Tag.SEQUENCE, roles.length)
    readRole(item, roles)
    if (item.next(Tag.OBJECT_IDENTIFIER)) {
      report(item, 'PSD2_ROLES_FLATTENED', '', item.start)
      while (!item.isEmpty) readRole(item, roles)
    }
    item.finish()
  }
  return roles
}

/** One pair of object identifier and name. */
function readRole(cursor: Cursor, roles: Psd2Role[]): void {
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
  roles.push({ oid, role: info?.role ?? null, name })
}

/** UTF8String (SIZE (1..256)). */
function readName(cursor: Cursor, step: Step): string {
  const start = cursor.position
  const tag = readString(cursor, step)
  if (tag !== Tag.UTF8_STRING) report(cursor, 'PSD2_STRING_TYPE', step, start, tagName(tag))
  const text = stringText(cursor.bytes, tag, cursor.valueStart, cursor.valueEnd)
  if (text.length === 0 || text.length > 256) {
    report(cursor, 'PSD2_STRING_SIZE', step, start, `${text.length} characters`)
  }
  return text
}
