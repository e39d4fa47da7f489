import { concatBytes } from '../core/bytes.ts'
import { checkOptionNames, unknownName } from '../core/nearest.ts'
import {
  boolean,
  type Der,
  element,
  encodeOid,
  explicit,
  integer,
  namedBits,
  octetString,
  sequence,
  time,
} from '../der/writer.ts'
import { crlReasonNames, parseCertificate, type RevocationReason, revocationReasons } from '../x509/index.ts'
import type { SignatureAlgorithm } from './algorithms.ts'
import { type ExtensionContent, encodeExtension } from './extensions.ts'
import type { Issued } from './issued.ts'
import { checkSignatureAlgorithm, chooseScheme } from './keys.ts'
import { uriName } from './qc-statements.ts'
import { signSequence } from './structure.ts'
import { wholeSecond } from './validity.ts'

/** Who signs a list or a response: a certificate with its key. */
export type RevocationSigner = Pick<Issued, 'certificate' | 'privateKey'>

/** One revoked certificate. */
export interface RevokedOptions {
  readonly serialNumber: bigint
  readonly date: Date
  readonly reason?: RevocationReason
  readonly invalidityDate?: Date
  /** DER of a certificate of the issuer that this entry is about, in an indirect list. */
  readonly certificateIssuer?: Uint8Array
}

/** What a list says that it is about (RFC 5280 5.2.5). */
export interface CrlScopeOptions {
  readonly uris?: readonly string[]
  readonly onlyContainsUserCerts?: boolean
  readonly onlyContainsCACerts?: boolean
  readonly onlySomeReasons?: readonly (typeof crlReasonNames)[number][]
  readonly indirectCRL?: boolean
  readonly onlyContainsAttributeCerts?: boolean
}

/** Deliberate mistakes of a list. */
export const crlDefectNames = [
  'wrong-signature',
  'other-key-identifier',
  'delta',
  'unknown-critical-extension',
  'unknown-critical-entry-extension',
] as const

export type CrlDefectName = (typeof crlDefectNames)[number]

/** What {@link createCrl} makes. */
export interface CrlOptions {
  readonly issuer: RevocationSigner
  readonly thisUpdate: Date
  /** Default: a week later. Null leaves it out. */
  readonly nextUpdate?: Date | null
  /** cRLNumber. Default 1. */
  readonly number?: bigint
  readonly revoked?: readonly RevokedOptions[]
  readonly scope?: CrlScopeOptions
  /** Default 2. A list of version 1 has no extensions. */
  readonly version?: 1 | 2
  readonly signatureAlgorithm?: SignatureAlgorithm
  readonly defects?: readonly CrlDefectName[]
  /** Default `globalThis.crypto`. */
  readonly crypto?: Crypto
}

const optionNames: Readonly<Record<keyof CrlOptions, true>> = {
  issuer: true,
  thisUpdate: true,
  nextUpdate: true,
  number: true,
  revoked: true,
  scope: true,
  version: true,
  signatureAlgorithm: true,
  defects: true,
  crypto: true,
}

const week = 7 * 86_400_000

/** An object identifier of the range that RFC 7299 leaves to examples. */
export const unknownExtension: ExtensionContent = { oid: '1.3.6.1.4.1.99999.1', critical: true, value: sequence() }

/**
 * Makes a certificate revocation list, signed by an issuer for tests (RFC 5280 5.1), with deliberate mistakes where they are
 * asked for.
 *
 * @throws TypeError on options that mean nothing
 *
 * @example
 * ```ts
 * import { createCrl, createTestAuthority } from 'psd2-toolkit/issuance'
 * import { parseCrl } from 'psd2-toolkit/x509'
 *
 * const { webCa } = await createTestAuthority({ keyAlgorithm: 'P-256' })
 * const date = new Date('2026-05-01T00:00:00Z')
 * const list = await createCrl({ issuer: webCa, thisUpdate: date, revoked: [{ serialNumber: 77n, date }] })
 * console.log(parseCrl(list).size) // 1
 * ```
 */
export async function createCrl(options: CrlOptions): Promise<Uint8Array<ArrayBuffer>> {
  checkOptionNames(options, optionNames)
  const { issuer, version = 2, revoked = [], defects = [], crypto = globalThis.crypto } = options
  for (const name of defects) if (!crlDefectNames.includes(name)) throw unknownName('defect', name, crlDefectNames)
  const thisUpdate = wholeSecond('thisUpdate', options.thisUpdate)
  const nextUpdate = options.nextUpdate === undefined ? new Date(thisUpdate.getTime() + week) : options.nextUpdate
  const certificate = parseCertificate(issuer.certificate)
  const scheme = chooseScheme(issuer.privateKey, checkSignatureAlgorithm(options.signatureAlgorithm))
  const entries = revoked.map((entry) => entryOf(entry, defects))
  const keyIdentifier = certificate.extension('subjectKeyIdentifier')?.decoded?.value
  const extensions = version === 1 ? [] : listExtensions(options, keyIdentifier)
  const fields = (algorithm: Der): Der[] => [
    ...(version === 1 ? [] : [integer(1)]),
    algorithm,
    Uint8Array.from(certificate.subject.value),
    time(thisUpdate),
    ...(nextUpdate === null ? [] : [time(wholeSecond('nextUpdate', nextUpdate))]),
    ...(entries.length === 0 ? [] : [sequence(...inChunks(entries))]),
    ...(extensions.length === 0 ? [] : [explicit(0, sequence(...extensions.map(encodeExtensionItem)))]),
  ]
  const list = await signSequence(fields, { key: issuer.privateKey, scheme }, crypto)
  if (defects.includes('wrong-signature')) spoilLastOctet(list)
  return list
}

/** Parts joined by the thousand: a call takes no million arguments. */
function inChunks(parts: readonly Der[]): Der[] {
  const chunks: Der[] = []
  for (let at = 0; at < parts.length; at += 1000) chunks.push(concatBytes(...parts.slice(at, at + 1000)))
  return chunks
}

/** The last octet of a signature: of the number s, or of the whole. */
export function spoilLastOctet(signed: Uint8Array): void {
  signed[signed.length - 1] = (signed[signed.length - 1] as number) ^ 1
}

export function encodeExtensionItem({ oid, critical, value }: ExtensionContent): Der {
  return sequence(encodeOid(oid), ...(critical ? [boolean(true)] : []), octetString(value))
}

export function encodeReason(reason: RevocationReason): Der {
  const number = revocationReasons.indexOf(reason)
  if (number < 0)
    throw unknownName(
      'reason',
      reason,
      revocationReasons.filter((name) => name !== undefined),
    )
  return element(0x0a, Uint8Array.of(number))
}

/** GeneralizedTime, whatever the year: times of responses and entries have no other form. */
export function generalizedTime(moment: Date): Der {
  const digits = wholeSecond('date', moment)
    .toISOString()
    .replace(/[-:T]|\.\d+/g, '')
  return element(0x18, new TextEncoder().encode(digits))
}

function entryOf(entry: RevokedOptions, defects: readonly CrlDefectName[]): Der {
  const { serialNumber, date, reason, invalidityDate, certificateIssuer } = entry
  const extensions: ExtensionContent[] = []
  if (reason !== undefined) extensions.push({ oid: '2.5.29.21', critical: false, value: encodeReason(reason) })
  if (invalidityDate !== undefined) {
    extensions.push({ oid: '2.5.29.24', critical: false, value: generalizedTime(invalidityDate) })
  }
  if (certificateIssuer !== undefined) {
    const name = Uint8Array.from(parseCertificate(certificateIssuer).subject.value)
    extensions.push({ oid: '2.5.29.29', critical: true, value: sequence(explicit(4, name)) })
  }
  if (defects.includes('unknown-critical-entry-extension')) extensions.push(unknownExtension)
  const list = extensions.length === 0 ? [] : [sequence(...extensions.map(encodeExtensionItem))]
  return sequence(integer(serialNumber), time(wholeSecond('date', date)), ...list)
}

function listExtensions(options: CrlOptions, keyIdentifier: Uint8Array | undefined): ExtensionContent[] {
  const { scope, number = 1n, defects = [] } = options
  const extensions: ExtensionContent[] = []
  if (keyIdentifier !== undefined) {
    const other = keyIdentifier.map((octet) => octet ^ 0xff)
    const value = defects.includes('other-key-identifier') ? other : keyIdentifier
    extensions.push({ oid: '2.5.29.35', critical: false, value: encodeExtension.authorityKeyIdentifier(value) })
  }
  extensions.push({ oid: '2.5.29.20', critical: false, value: integer(number) })
  if (defects.includes('delta')) extensions.push({ oid: '2.5.29.27', critical: true, value: integer(number) })
  if (scope !== undefined) extensions.push({ oid: '2.5.29.28', critical: true, value: encodeScope(scope) })
  if (defects.includes('unknown-critical-extension')) extensions.push(unknownExtension)
  return extensions
}

const scopeNames: Readonly<Record<keyof CrlScopeOptions, true>> = {
  uris: true,
  onlyContainsUserCerts: true,
  onlyContainsCACerts: true,
  onlySomeReasons: true,
  indirectCRL: true,
  onlyContainsAttributeCerts: true,
}

function encodeScope(scope: CrlScopeOptions): Der {
  checkOptionNames(scope, scopeNames)
  const { uris, onlySomeReasons } = scope
  const flag = (number: number, set: boolean | undefined): Der[] =>
    set === true ? [element(0x80 | number, Uint8Array.of(0xff))] : []
  const fields: Der[] = []
  if (uris !== undefined) fields.push(explicit(0, element(0xa0, ...uris.map(uriName))))
  fields.push(...flag(1, scope.onlyContainsUserCerts), ...flag(2, scope.onlyContainsCACerts))
  if (onlySomeReasons !== undefined) {
    const bits = namedBits(onlySomeReasons.map((name) => crlReasonNames.indexOf(name)))
    bits[0] = 0x83
    fields.push(bits)
  }
  fields.push(...flag(4, scope.indirectCRL), ...flag(5, scope.onlyContainsAttributeCerts))
  return sequence(...fields)
}
