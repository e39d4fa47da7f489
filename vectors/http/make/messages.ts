import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { HttpMessage } from '../../../src/http/index.ts'
import { type Certificate, decodePem, parseCertificate } from '../../../src/x509/index.ts'

/** A moment at which the certificates of the vectors are valid, unless they are meant not to be. */
export const at = new Date('2026-06-01T12:00:00Z')

const folder = new URL('../../certificates/', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, folder), 'utf8')

export const certificates = new Map<string, Certificate>()

/** A certificate of the vectors, by its name. */
export function certificate(id: string): Certificate {
  const held = certificates.get(id)
  if (held !== undefined) return held
  const parsed = parseCertificate((decodePem(read(`${id}.pem`))[0] as { bytes: Uint8Array }).bytes)
  certificates.set(id, parsed)
  return parsed
}

/** PEM text of a private key of the vectors. */
export const privateKey = (id: string): string => read(`keys/${id}.key`)

/** A certificate with the key that it was issued for. */
export interface Seal {
  readonly certificate: Certificate
  readonly key: string
}

const seal = (id: string, key: string): Seal => ({ certificate: certificate(id), key: privateKey(key) })

export const seals = {
  rsa: seal('qsealc', 'qsealc-rsa-3072'),
  otherRsa: seal('qsealc-rsa-2048', 'leaf-rsa-2048'),
  p256: seal('qsealc-p-256', 'leaf-p-256'),
  ed25519: seal('qsealc-ed25519', 'leaf-ed25519'),
  expired: seal('qsealc-expired', 'qsealc-rsa-3072'),
  pssSigned: seal('qsealc-pss-signature', 'qsealc-rsa-3072'),
  web: seal('qwac', 'qwac-rsa-3072'),
} as const satisfies Record<string, Seal>

export type SealName = keyof typeof seals

export const base64 = (octets: Uint8Array): string => Buffer.from(octets).toString('base64')
export const octets = (text: string): Uint8Array => new TextEncoder().encode(text)
export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

const fields: readonly (readonly [string, string])[] = [
  ['X-Request-ID', '99391c7e-ad88-49ec-a2ad-99ddcb1f7721'],
  ['Accept', 'application/json'],
  ['PSU-IP-Address', '192.0.2.1'],
  ['PSU-ID', 'PSU-1234'],
]

export const get: HttpMessage = { method: 'GET', target: '/v1/accounts?page=2&x=%2F', headers: fields }
export const post: HttpMessage = {
  method: 'POST',
  target: '/stet/setting/v1/register?id=42',
  headers: [...fields, ['Content-Type', 'application/json']],
  body: octets('{"client_name":"Example TPP"}'),
}

/** The profiles that stand for the others: one of each kind of signature and key reference. */
export type MainProfile = 'bpce' | 'stet' | 'berlin-group' | 'berlin-group-jades'

/** keyId as each profile has it. */
export const keyIds: Readonly<Record<MainProfile, (certificate: Certificate) => string>> = {
  bpce: () => 'https://tpp.example/seal/qsealc.pem',
  stet: ({ bytes }) => `https://tpp.example/seal/qsealc_${sha256(bytes)}`,
  'berlin-group': ({ serial, issuer }) => `SN=${serial.hex},CA=${issuer}`,
  'berlin-group-jades': () => 'kid-of-the-seal',
}

export const profileNames = Object.keys(keyIds) as MainProfile[]

/** The header that the Berlin Group profiles want. */
export const certificateHeader = ({ bytes }: Certificate): [string, string] => [
  'TPP-Signature-Certificate',
  base64(bytes),
]

/** The message with the certificate in a header, as the Berlin Group profiles want it. */
export function carrying(message: HttpMessage, { certificate }: Seal, profile: string): HttpMessage {
  if (!profile.startsWith('berlin-group')) return message
  return { ...message, headers: [...message.headers, certificateHeader(certificate)] }
}

/** A message with headers put in the place of those of the same name, or removed where the value is undefined. */
export function withHeaders(message: HttpMessage, changes: Readonly<Record<string, string | undefined>>): HttpMessage {
  const lower = Object.keys(changes).map((name) => name.toLowerCase())
  const kept = message.headers.filter(([name]) => !lower.includes(name.toLowerCase()))
  const added = Object.entries(changes).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return { ...message, headers: [...kept, ...added] }
}

export function header(message: HttpMessage, name: string): string {
  return message.headers.find(([own]) => own.toLowerCase() === name.toLowerCase())?.[1] as string
}

/** The message with its Signature header changed. */
export const reSigned = (message: HttpMessage, change: (text: string) => string): HttpMessage =>
  withHeaders(message, { Signature: change(header(message, 'signature')) })
