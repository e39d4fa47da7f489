import { readFileSync } from 'node:fs'
import { Psd2Error } from '../../src/core/errors.ts'
import type { HttpMessage } from '../../src/http/index.ts'
import { profileOf, type SigningProfile, signRequest, verifyRequest } from '../../src/signing/index.ts'
import { type Certificate, decodePem, parseCertificate } from '../../src/x509/index.ts'
import { type HeaderProfile, type Row, rows, type SealName } from './rows.ts'

export const at = new Date('2026-06-01T12:00:00Z')
const folder = new URL('../../vectors/certificates/', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, folder), 'utf8')

interface Seal {
  readonly certificate: Certificate
  readonly key: string
}

function seal(id: string, key: string): Seal {
  const [pem] = decodePem(read(`${id}.pem`))
  return { certificate: parseCertificate((pem as { bytes: Uint8Array }).bytes), key: read(`keys/${key}.key`) }
}

export const seals: Readonly<Record<SealName, Seal>> = {
  rsa: seal('qsealc', 'qsealc-rsa-3072'),
  p256: seal('qsealc-p-256', 'leaf-p-256'),
  ed25519: seal('qsealc-ed25519', 'leaf-ed25519'),
}

const body = new TextEncoder().encode('{"amount":"12.50"}')
const fields: readonly (readonly [string, string])[] = [
  ['Host', 'api.bank.example'],
  ['Authorization', 'Bearer 0123456789'],
  ['X-Request-ID', '99391c7e-ad88-49ec-a2ad-99ddcb1f7721'],
  ['Date', 'Mon, 01 Jun 2026 12:00:00 GMT'],
  ['PSU-IP-Address', '192.0.2.1'],
  ['App', 'example'],
  ['Client', 'PSDFR-ACPR-12345'],
  ['Id', '4711'],
]

export const bodies = ['withBody', 'withoutBody'] as const
export type BodyKind = (typeof bodies)[number]

/** A request with every header that some profile wants. Authorization is left out where the signature stands in it. */
export function requestFor(name: HeaderProfile, kind: BodyKind, { certificate }: Seal): HttpMessage {
  const { certificateHeader, carrier } = rows[name]
  const own = fields.filter(([field]) => carrier !== 'Authorization' || field !== 'Authorization')
  const sent = certificateHeader === undefined ? [] : [[certificateHeader, base64(certificate.bytes)] as const]
  const headers = [...own, ...sent]
  if (kind === 'withoutBody') return { method: 'GET', target: '/v1/accounts?page=2', headers }
  const content = [
    ['Content-Type', 'application/json'],
    ['Content-Length', String(body.length)],
  ] as const
  return { method: 'POST', target: '/v1/payments', headers: [...headers, ...content], body }
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

export interface Signed {
  readonly message: HttpMessage
  /** What signing added. */
  readonly headers: readonly (readonly [string, string])[]
}

/** Signs for a profile as its row says. `change` makes the profile another one, as a careless sender would have it. */
export async function sign(
  name: HeaderProfile,
  kind: BodyKind,
  sealName: SealName,
  change: (profile: SigningProfile) => SigningProfile = (profile) => profile,
  message: HttpMessage = requestFor(name, kind, seals[sealName]),
): Promise<Signed> {
  const { key, certificate } = seals[sealName]
  const keyId = rows[name].keyId(certificate)
  const { headers } = await signRequest(message, { profile: change(profileOf(name)), key, certificate, keyId, at })
  return { headers, message: { ...message, headers: [...message.headers, ...headers] } }
}

export function verify(name: HeaderProfile, message: HttpMessage, sealName: SealName) {
  return verifyRequest(message, { profile: name, resolveKey: () => seals[sealName].certificate, at })
}

export async function codeOf(run: () => Promise<unknown>): Promise<string> {
  try {
    await run()
    return 'accepted'
  } catch (error) {
    if (error instanceof Psd2Error) return error.code
    throw error
  }
}

const ofSignature: readonly string[] = ['signature', 'x-jws-signature', 'signature-input']

/** The message without its signature: what a sender has who signs once more. */
export function unsigned({ message }: Signed, { carrier }: Row): HttpMessage {
  const gone = [...ofSignature, ...(carrier === 'Authorization' ? ['authorization'] : [])]
  return { ...message, headers: message.headers.filter(([name]) => !gone.includes(name.toLowerCase())) }
}

/** The headers that signing added, without the octets of the signature, and a JWS header as its JSON. */
export function withoutSignature(headers: Signed['headers']): string[] {
  return headers.map(([name, value]) =>
    name === 'x-jws-signature'
      ? `${name}: ${protectedText(value)}..`
      : `${name}: ${value.replace(/signature="[^"]+"/, 'signature=""')}`,
  )
}

/** The list of names in what signing added. */
export function coveredIn(headers: Signed['headers']): string {
  const [name, value] = headers.at(-1) as readonly [string, string]
  if (name !== 'x-jws-signature') return /headers="([^"]*)"/.exec(value)?.[1] ?? ''
  return (protectedHeader(value) as { sigD: { pars: string[] } }).sigD.pars.join(' ')
}

export function protectedHeader(value: string): Record<string, unknown> {
  return JSON.parse(protectedText(value)) as Record<string, unknown>
}

function protectedText(value: string): string {
  return Buffer.from(value.slice(0, value.indexOf('.')), 'base64url').toString()
}
