import { Octets } from '../../core/octets.ts'
import { type Cursor, contextConstructed, contextPrimitive, readInteger, Tag } from '../../der/index.ts'
import { type GeneralName, readGeneralNames } from './general-name.ts'

/** authorityKeyIdentifier (RFC 5280 4.2.1.1). */
export interface AuthorityKeyIdentifier {
  readonly keyIdentifier: Octets | undefined
  readonly authorityCertIssuer: readonly GeneralName[]
  readonly authorityCertSerialNumber: Octets | undefined
}

const none: readonly GeneralName[] = Object.freeze([])

/**
 * ```text
 * AuthorityKeyIdentifier ::= SEQUENCE { keyIdentifier [0] OCTET STRING OPTIONAL,
 *   authorityCertIssuer [1] GeneralNames OPTIONAL, authorityCertSerialNumber [2] INTEGER OPTIONAL }
 * ```
 */
export function readAuthorityKeyIdentifier(cursor: Cursor): AuthorityKeyIdentifier {
  const end = cursor.open(Tag.SEQUENCE, '')
  let keyIdentifier: Octets | undefined
  let authorityCertIssuer = none
  let authorityCertSerialNumber: Octets | undefined
  if (cursor.next(contextPrimitive(0))) {
    cursor.read(contextPrimitive(0), 'keyIdentifier')
    keyIdentifier = new Octets(cursor.bytes, cursor.valueStart, cursor.valueEnd)
  }
  if (cursor.next(contextConstructed(1))) {
    authorityCertIssuer = readGeneralNames(cursor, 'authorityCertIssuer', contextConstructed(1))
  }
  if (cursor.next(contextPrimitive(2))) {
    readInteger(cursor, 'authorityCertSerialNumber', contextPrimitive(2))
    authorityCertSerialNumber = new Octets(cursor.bytes, cursor.valueStart, cursor.valueEnd)
  }
  cursor.close(end)
  return { keyIdentifier, authorityCertIssuer, authorityCertSerialNumber }
}

/** subjectKeyIdentifier: `OCTET STRING` (RFC 5280 4.2.1.2). */
export function readSubjectKeyIdentifier(cursor: Cursor): Octets {
  cursor.read(Tag.OCTET_STRING, '')
  return new Octets(cursor.bytes, cursor.valueStart, cursor.valueEnd)
}
