import type { Octets } from '../core/octets.ts'
import { ORGANIZATION_IDENTIFIER } from '../eidas/attributes.ts'
import { QC_STATEMENTS, type QcStatement } from '../eidas/qc-statements/read.ts'
import type { Certificate } from '../x509/certificate.ts'
import type { Extension } from '../x509/extension.ts'
import { type ExtensionName, extensionReaders } from '../x509/extensions/table.ts'
import type { NameAttribute } from '../x509/name.ts'
import type { Place } from './rule.ts'

/** Where the list of extensions stands, for what it lacks. */
export function extensionsPlace(certificate: Certificate): Place {
  const offset = certificate.extensions[0]?.offset ?? certificate.tbs.offset
  return { path: 'tbsCertificate.extensions', offset, length: 0 }
}

/** The value of an extension. */
export function extensionPlace(extension: Extension): Place {
  return { path: `${extension.path}.${extension.name}`, offset: extension.offset, length: extension.length }
}

/** The value of an extension by name; the list of extensions where the certificate lacks it. */
export function placeOfExtension(certificate: Certificate, name: ExtensionName): Place {
  const extension = certificate.extensionByOid(extensionReaders[name].oid)
  return extension === undefined ? extensionsPlace(certificate) : extensionPlace(extension)
}

/** The list of QC statements, for what it lacks. */
export function statementsPlace(certificate: Certificate): Place {
  const extension = certificate.extensionByOid(QC_STATEMENTS)
  return extension === undefined ? extensionsPlace(certificate) : extensionPlace(extension)
}

export function statementPlace({ path, offset, length }: QcStatement): Place {
  return { path, offset, length }
}

/** The whole subject or issuer, for what it lacks. */
export function namePlace(certificate: Certificate, field: 'subject' | 'issuer'): Place {
  const { offset, length } = certificate[field]
  return { path: `tbsCertificate.${field}`, offset, length }
}

export function attributePlace(certificate: Certificate, field: 'subject' | 'issuer', attribute: NameAttribute): Place {
  const { offset, length } = attribute
  return { path: certificate[field].pathOf(`tbsCertificate.${field}`, attribute), offset, length }
}

/** organizationIdentifier of the subject; the subject where it has none. */
export function identifierPlace(certificate: Certificate): Place {
  const [attribute] = certificate.subject.all(ORGANIZATION_IDENTIFIER)
  return attribute === undefined ? namePlace(certificate, 'subject') : attributePlace(certificate, 'subject', attribute)
}

export function signaturePlace({ signatureAlgorithm: { offset, length } }: Certificate): Place {
  return { path: 'tbsCertificate.signature', offset, length }
}

export function publicKeyPlace({ publicKey: { offset, length } }: Certificate): Place {
  return { path: 'tbsCertificate.subjectPublicKeyInfo', offset, length }
}

/** The validity stands between issuer and subject. */
export function validityPlace({ issuer, subject }: Certificate): Place {
  const offset = issuer.offset + issuer.length
  return { path: 'tbsCertificate.validity', offset, length: subject.offset - offset }
}

/** A field inside an element that has a place of its own. */
export function fieldPlace(certificate: Certificate, path: string, offset: number): Place {
  return { path, offset, length: elementLength(certificate.bytes, offset) }
}

/** Octets of the element at an offset: its header was checked when the certificate was read. */
function elementLength(bytes: Uint8Array, offset: number): number {
  const first = bytes[offset + 1] as number
  if (first < 0x80) return 2 + first
  const count = first & 0x7f
  let length = 0
  for (let i = 0; i < count; i++) length = length * 256 + (bytes[offset + 2 + i] as number)
  return 2 + count + length
}

/** An element inside an extension. */
export function itemPlace(extension: Extension, step: string, { offset, length }: Octets): Place {
  return { path: `${extension.path}.${extension.name}${step}`, offset, length }
}
