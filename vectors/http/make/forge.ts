import { constants, createHash, createHmac, createPrivateKey, createPublicKey, sign } from 'node:crypto'
import type { HttpMessage } from '../../../src/http/index.ts'
import { base64, header, octets, post, seals, withHeaders } from './messages.ts'

export const digestOf = (body: Uint8Array, name = 'sha256'): string => createHash(name).update(body).digest('base64')

/** A POST that has its digest already. */
export const withDigest: HttpMessage = withHeaders(post, { Digest: `SHA-256=${digestOf(post.body as Uint8Array)}` })

/** How a signature by draft -10 is put together here, without any code of the toolkit. */
export interface Forgery {
  readonly message?: HttpMessage
  /** The parameter `headers`, as it is written. */
  readonly list?: string
  readonly keyId?: string
  /** The parameter `algorithm`; null for none. */
  readonly algorithm?: string | null
  /** The parameter `headers` is left out. */
  readonly noList?: boolean
  /** PEM text. */
  readonly key?: string
  readonly hash?: string | null
  readonly pss?: boolean
  /** What is signed, in the place of what the list says. */
  readonly string?: (text: string) => string
  readonly carrier?: 'Signature' | 'Authorization'
  readonly more?: string
}

export const all = '(request-target) digest x-request-id psu-ip-address psu-id'

/** The message with a signature that is right for what it claims, whatever that is. */
export function forged(forgery: Forgery = {}): HttpMessage {
  const { message = withDigest, list = all, keyId = 'https://tpp.example/seal.pem', algorithm = 'rsa-sha256' } = forgery
  const { key = seals.rsa.key, hash = 'sha256', pss = false, string = (text: string) => text } = forgery
  const lines = list.split(' ').map((name) => `${name.toLowerCase()}: ${valueIn(message, name.toLowerCase())}`)
  // Without salt, so that it comes out the same each time.
  const padding = pss ? { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 0 } : {}
  const signature = sign(hash, octets(string(lines.join('\n'))), { key, dsaEncoding: 'ieee-p1363', ...padding })
  const parameters = [
    `keyId="${keyId}"`,
    ...(algorithm === null ? [] : [`algorithm="${algorithm}"`]),
    ...(forgery.noList === true ? [] : [`headers="${list}"`]),
    `signature="${signature.toString('base64')}"`,
  ]
  const text = `${parameters.join(',')}${forgery.more ?? ''}`
  const { carrier = 'Signature' } = forgery
  const value = carrier === 'Signature' ? text : `Signature ${text}`
  return { ...message, headers: [...message.headers, [carrier, value]] }
}

function valueIn(message: HttpMessage, name: string): string {
  if (name === '(request-target)') return `${message.method.toLowerCase()} ${message.target}`
  const values = message.headers.filter(([own]) => own.toLowerCase() === name).map(([, value]) => value.trim())
  return values.join(', ')
}

/** Signed with HMAC, keyed with the public key as anybody can have it. */
export function keyedWithPublicKey(): HttpMessage {
  const message = forged({ algorithm: 'hmac-sha256' })
  const pem = createPublicKey(createPrivateKey(seals.rsa.key)).export({ format: 'pem', type: 'spki' })
  const mac = createHmac('sha256', pem).update('(request-target): x').digest()
  return withHeaders(message, {
    Signature: header(message, 'Signature').replace(/signature="[^"]+"/, `signature="${base64(mac)}"`),
  })
}
