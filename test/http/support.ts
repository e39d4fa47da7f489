import { constants, createHmac, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto'
import { Psd2Error } from '../../src/core/errors.ts'
import type { SignatureAlgorithmName } from '../../src/crypto/algorithms.ts'
import {
  type HttpMessage,
  type HttpResponse,
  type ParseSignatureOptions,
  parseSignatures,
  readMessage,
  type Signer,
  type SignOptions,
  selectSignature,
  signMessage,
  type Verifier,
  verifySignatureOf,
} from '../../src/http/index.ts'

interface Primitive {
  readonly hash: string | null
  readonly options: object
}

const pss = (salt: number): object => ({ padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: salt })

/** node:crypto's own way of each algorithm, so that no code of the toolkit verifies itself. */
const primitives: Readonly<Partial<Record<SignatureAlgorithmName, Primitive>>> = {
  'rsa-v1_5-sha256': { hash: 'sha256', options: {} },
  'rsa-v1_5-sha512': { hash: 'sha512', options: {} },
  'rsa-pss-sha512': { hash: 'sha512', options: pss(64) },
  'rsa-pss-sha256': { hash: 'sha256', options: pss(32) },
  'ecdsa-p256-sha256': { hash: 'sha256', options: { dsaEncoding: 'ieee-p1363' } },
  'ecdsa-p384-sha384': { hash: 'sha384', options: { dsaEncoding: 'ieee-p1363' } },
  ed25519: { hash: null, options: {} },
}

export function signerOf(algorithm: SignatureAlgorithmName, key: KeyObject): Signer {
  const { hash, options } = primitives[algorithm] as Primitive
  return {
    algorithm,
    sign: async (data) => new Uint8Array(sign(hash, data, { key, ...options })),
  }
}

export function verifierOf(algorithm: SignatureAlgorithmName, key: KeyObject): Verifier {
  const { hash, options } = primitives[algorithm] as Primitive
  return {
    algorithm,
    verify: async (data, signature) => verify(hash, data, { key, ...options }, signature),
  }
}

export function hmac(secret: Uint8Array): Signer & Verifier {
  const mac = (data: Uint8Array): Buffer => createHmac('sha256', secret).update(data).digest()
  return {
    algorithm: 'hmac-sha256',
    sign: async (data) => new Uint8Array(mac(data)),
    verify: async (data, signature) => mac(data).equals(signature),
  }
}

export const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
export const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' })
export const ed25519 = generateKeyPairSync('ed25519')

export const rsaSigner = signerOf('rsa-v1_5-sha256', rsa.privateKey)
export const rsaVerifier = verifierOf('rsa-v1_5-sha256', rsa.publicKey)

export const octets = (text: string): Uint8Array => new TextEncoder().encode(text)

/** The code of the error that something raises; the text 'accepted' where it raises none. */
export async function codeOf(run: () => unknown): Promise<string> {
  try {
    await run()
    return 'accepted'
  } catch (error) {
    if (!(error instanceof Psd2Error)) throw error
    // Every refusal tells people what to do and where it is written.
    if (!error.mend || !error.citation) throw new Error(`${error.code} says neither clause nor mend`)
    return error.code
  }
}

export const post: HttpMessage = {
  method: 'POST',
  target: '/v1/payments?id=42&x=%2F',
  headers: [
    ['Host', 'api.bank.example'],
    ['Date', 'Sun, 22 Nov 2026 09:00:00 GMT'],
    ['Content-Type', 'application/json'],
    ['Digest', 'SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE='],
    ['X-Request-ID', '99391c7e-ad88-49ec-a2ad-99ddcb1f7721'],
    ['PSU-IP-Address', '192.0.2.1'],
    ['Accept', 'application/json'],
  ],
  body: octets('{"hello": "world"}'),
}

export const at = new Date('2026-11-22T09:00:10Z')

/** A message with headers set (in the place of those of the same name), or removed where the value is undefined. */
export function withHeaders<Message extends HttpMessage | HttpResponse>(
  message: Message,
  changes: Readonly<Record<string, string | undefined>>,
): Message {
  const lower = Object.keys(changes).map((name) => name.toLowerCase())
  const kept = message.headers.filter(([name]) => !lower.includes(name.toLowerCase()))
  const added = Object.entries(changes).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return { ...message, headers: [...kept, ...added] }
}

export async function signed<Message extends HttpMessage | HttpResponse>(
  message: Message,
  options: SignOptions,
  signer: Signer = rsaSigner,
): Promise<Message> {
  const { headers } = await signMessage(readMessage(message), options, signer)
  return { ...message, headers: [...message.headers, ...headers] }
}

/** Parses the signature that counts and verifies it. */
export async function verified(
  message: HttpMessage | HttpResponse,
  options: ParseSignatureOptions,
  verifier: Verifier = rsaVerifier,
): Promise<void> {
  const view = readMessage(message)
  await verifySignatureOf(view, selectSignature(parseSignatures(view, options)), verifier)
}
