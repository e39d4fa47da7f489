import { equalBytes } from '../core/bytes.ts'
import { checkOptionNames, unknownName } from '../core/nearest.ts'
import { type Der, element, encodeOid, explicit, nullValue, octetString, sequence } from '../der/writer.ts'
import { parseCertificate, type RevocationReason } from '../x509/index.ts'
import type { KeyAlgorithm, SignatureAlgorithm } from './algorithms.ts'
import {
  encodeExtensionItem,
  encodeReason,
  generalizedTime,
  type RevocationSigner,
  spoilLastOctet,
  unknownExtension,
} from './crl.ts'
import { type ExtensionContent, encodeExtension, keyIdentifierOf } from './extensions.ts'
import { chooseKeys, randomSerial } from './issue-leaf.ts'
import { type Issued, issued } from './issued.ts'
import { checkSignatureAlgorithm, chooseScheme, exportSpki } from './keys.ts'
import { publicKeyBits, signCertificate, signSequence } from './structure.ts'
import { encodeName, subjectAttributes } from './subject.ts'
import { wholeSecond } from './validity.ts'

/** What {@link createOcspResponder} makes. */
export interface OcspResponderOptions {
  /** The authority that delegates: a certificate with its key. */
  readonly issuer: RevocationSigner
  readonly notBefore: Date
  readonly notAfter: Date
  readonly serialNumber?: bigint
  /** Default true: extKeyUsage has OCSPSigning. */
  readonly purpose?: boolean
  /** Default true: id-pkix-ocsp-nocheck is there. */
  readonly noCheck?: boolean
  readonly keys?: CryptoKeyPair
  /** Default `P-256`. */
  readonly keyAlgorithm?: KeyAlgorithm
  /** Default `globalThis.crypto`. */
  readonly crypto?: Crypto
}

const responderNames: Readonly<Record<keyof OcspResponderOptions, true>> = {
  issuer: true,
  notBefore: true,
  notAfter: true,
  serialNumber: true,
  purpose: true,
  noCheck: true,
  keys: true,
  keyAlgorithm: true,
  crypto: true,
}

/**
 * Makes the certificate and key of an OCSP responder that an authority delegates to (RFC 6960 4.2.2.2).
 *
 * @throws TypeError on options that mean nothing
 */
export async function createOcspResponder(options: OcspResponderOptions): Promise<Issued> {
  checkOptionNames(options, responderNames)
  const { issuer, purpose = true, noCheck = true, crypto = globalThis.crypto } = options
  const keys = await chooseKeys(options.keys, 'keys', options.keyAlgorithm ?? 'P-256', crypto)
  const above = parseCertificate(issuer.certificate)
  const publicKey = await exportSpki(keys.publicKey, crypto)
  const issuerKey = above.extension('subjectKeyIdentifier')?.decoded?.value
  const extensions: ExtensionContent[] = [
    { oid: '2.5.29.15', critical: true, value: encodeExtension.keyUsage(['digitalSignature']) },
    {
      oid: '2.5.29.14',
      critical: false,
      value: encodeExtension.subjectKeyIdentifier(await keyIdentifierOf(publicKeyBits(publicKey), crypto)),
    },
  ]
  if (issuerKey !== undefined) {
    extensions.push({ oid: '2.5.29.35', critical: false, value: encodeExtension.authorityKeyIdentifier(issuerKey) })
  }
  if (purpose) {
    extensions.push({ oid: '2.5.29.37', critical: false, value: encodeExtension.extendedKeyUsage([OCSP_SIGNING]) })
  }
  if (noCheck) extensions.push({ oid: '1.3.6.1.5.5.7.48.1.5', critical: false, value: nullValue() })
  const certificate = await signCertificate(
    {
      serialNumber: options.serialNumber ?? randomSerial(crypto),
      issuer: Uint8Array.from(above.subject.value),
      notBefore: wholeSecond('notBefore', options.notBefore),
      notAfter: wholeSecond('notAfter', options.notAfter),
      subject: encodeName(subjectAttributes({ countryName: 'FR', commonName: 'TEST ONLY OCSP responder' })),
      publicKey,
      extensions,
    },
    { key: issuer.privateKey, scheme: chooseScheme(issuer.privateKey, undefined) },
    crypto,
  )
  return issued(certificate, keys.privateKey, [issuer.certificate], crypto)
}

const OCSP_SIGNING = '1.3.6.1.5.5.7.3.9'

/** What a response says of one certificate. */
export interface OcspStatusOptions {
  /** DER. */
  readonly certificate: Uint8Array
  /** DER of the certificate of its issuer. */
  readonly issuer: Uint8Array
  readonly status: 'good' | 'unknown' | { readonly date: Date; readonly reason?: RevocationReason }
  readonly thisUpdate: Date
  /** Default: none. */
  readonly nextUpdate?: Date
  /** Hash of CertID. Default `SHA-1`. */
  readonly hash?: 'SHA-1' | 'SHA-256' | 'SHA-384' | 'SHA-512'
}

/** Deliberate mistakes of a response. */
export const ocspDefectNames = [
  'wrong-signature',
  'other-serial',
  'other-issuer-key',
  'unknown-critical-extension',
  'unknown-critical-single-extension',
  'no-certificates',
] as const

export type OcspDefectName = (typeof ocspDefectNames)[number]

/** What {@link createOcspResponse} makes. */
export interface OcspResponseOptions {
  /** The issuer itself, or a responder that it delegated to; the certificate of a delegated one comes with the response. */
  readonly responder: RevocationSigner
  readonly responses: readonly OcspStatusOptions[]
  readonly producedAt: Date
  readonly nonce?: Uint8Array
  /** Default `key`. */
  readonly responderId?: 'key' | 'name'
  readonly signatureAlgorithm?: SignatureAlgorithm
  readonly defects?: readonly OcspDefectName[]
  /** Default `globalThis.crypto`. */
  readonly crypto?: Crypto
}

const responseNames: Readonly<Record<keyof OcspResponseOptions, true>> = {
  responder: true,
  responses: true,
  producedAt: true,
  nonce: true,
  responderId: true,
  signatureAlgorithm: true,
  defects: true,
  crypto: true,
}

const BASIC = '1.3.6.1.5.5.7.48.1.1'
const NONCE = '1.3.6.1.5.5.7.48.1.2'
const ENUMERATED = 0x0a

const hashOids = {
  'SHA-1': '1.3.14.3.2.26',
  'SHA-256': '2.16.840.1.101.3.4.2.1',
  'SHA-384': '2.16.840.1.101.3.4.2.2',
  'SHA-512': '2.16.840.1.101.3.4.2.3',
} as const

/** A response that tells an error and nothing else; nobody signs it (RFC 6960 4.2.1). */
export function createOcspError(status: 1 | 2 | 3 | 5 | 6): Uint8Array<ArrayBuffer> {
  return sequence(element(ENUMERATED, Uint8Array.of(status)))
}

/**
 * Makes an OCSP response for tests, signed by an issuer or by a responder that it delegated to (RFC 6960 4.2.1), with
 * deliberate mistakes where they are asked for.
 *
 * @throws TypeError on options that mean nothing
 *
 * @example
 * ```ts
 * import { createOcspResponse, createTestAuthority } from 'psd2-toolkit/issuance'
 *
 * const { webCa, issueQwac } = await createTestAuthority({ keyAlgorithm: 'P-256' })
 * const { certificate } = await issueQwac()
 * const thisUpdate = new Date('2026-06-01T12:00:00Z')
 * const response = await createOcspResponse({
 *   responder: webCa,
 *   producedAt: thisUpdate,
 *   responses: [{ certificate, issuer: webCa.certificate, status: 'good', thisUpdate }],
 * })
 * console.log(response.length)
 * ```
 */
export async function createOcspResponse(options: OcspResponseOptions): Promise<Uint8Array<ArrayBuffer>> {
  checkOptionNames(options, responseNames)
  const { responder, responderId = 'key', nonce, defects = [], crypto = globalThis.crypto } = options
  for (const name of defects) if (!ocspDefectNames.includes(name)) throw unknownName('defect', name, ocspDefectNames)
  const { subject, publicKey } = parseCertificate(responder.certificate)
  const scheme = chooseScheme(responder.privateKey, checkSignatureAlgorithm(options.signatureAlgorithm))
  const id =
    responderId === 'name'
      ? explicit(1, subject.value)
      : explicit(2, octetString(await digest('SHA-1', publicKey.key.value, crypto)))
  const singles: Der[] = []
  for (const response of options.responses) singles.push(await encodeSingle(response, defects, crypto))
  const extensions: Der[] = []
  if (nonce !== undefined) {
    extensions.push(encodeExtensionItem({ oid: NONCE, critical: false, value: octetString(nonce) }))
  }
  if (defects.includes('unknown-critical-extension')) {
    extensions.push(encodeExtensionItem(unknownExtension))
  }
  const data = [
    id,
    generalizedTime(options.producedAt),
    sequence(...singles),
    ...(extensions.length === 0 ? [] : [explicit(1, sequence(...extensions))]),
  ]
  const isIssuer = options.responses.every(({ issuer }) => equalBytes(issuer, responder.certificate))
  const certificates =
    isIssuer || defects.includes('no-certificates') ? [] : [explicit(0, sequence(responder.certificate))]
  const { privateKey: key } = responder
  const basic = await signSequence(() => data, { key, scheme }, crypto, certificates)
  if (defects.includes('wrong-signature')) {
    spoilLastOctet(basic.subarray(0, basic.length - (certificates[0]?.length ?? 0)))
  }
  return sequence(element(ENUMERATED, Uint8Array.of(0)), explicit(0, sequence(encodeOid(BASIC), octetString(basic))))
}

async function digest(hash: string, octets: Uint8Array, crypto: Crypto): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest(hash, Uint8Array.from(octets)))
}

async function encodeSingle(
  options: OcspStatusOptions,
  defects: readonly OcspDefectName[],
  crypto: Crypto,
): Promise<Der> {
  const { status, hash = 'SHA-1', thisUpdate, nextUpdate } = options
  const issuer = parseCertificate(options.issuer)
  const serial = Uint8Array.from(parseCertificate(options.certificate).serial.value)
  if (defects.includes('other-serial')) spoilLastOctet(serial)
  const keyHash = await digest(hash, issuer.publicKey.key.value, crypto)
  if (defects.includes('other-issuer-key')) spoilLastOctet(keyHash)
  const certId = sequence(
    sequence(encodeOid(hashOids[hash]), nullValue()),
    octetString(await digest(hash, issuer.subject.value, crypto)),
    octetString(keyHash),
    element(0x02, serial),
  )
  const next = nextUpdate === undefined ? [] : [explicit(0, generalizedTime(nextUpdate))]
  const extensions = defects.includes('unknown-critical-single-extension')
    ? [explicit(1, sequence(encodeExtensionItem(unknownExtension)))]
    : []
  return sequence(certId, encodeStatus(status), generalizedTime(thisUpdate), ...next, ...extensions)
}

function encodeStatus(status: OcspStatusOptions['status']): Der {
  if (status === 'good') return element(0x80)
  if (status === 'unknown') return element(0x82)
  const reason = status.reason === undefined ? [] : [explicit(0, encodeReason(status.reason))]
  return element(0xa1, generalizedTime(status.date), ...reason)
}
