import { sign } from 'node:crypto'
import type { HttpMessage, HttpResponse } from '../../../src/http/index.ts'
import { digestOf } from './forge.ts'
import { at, octets, post, seals, withHeaders } from './messages.ts'

/** Seconds of the moment of the vectors. */
export const now = at.getTime() / 1000

/** A POST with its Content-Digest, and the host that `@target-uri` needs. */
export const withContentDigest: HttpMessage = withHeaders(post, {
  Host: 'api.bank.example',
  'Content-Digest': `sha-256=:${digestOf(post.body as Uint8Array)}:`,
})

/** How a signature by RFC 9421 is put together here, without any code of the toolkit. */
export interface Forgery9421<Message = HttpMessage> {
  readonly message?: Message
  /** Components with their parameters, as they are written. */
  readonly list?: readonly string[]
  /** What follows the list in Signature-Input. */
  readonly parameters?: string
  readonly label?: string
  /** Lines for components that are not put together here, by their text. */
  readonly values?: Readonly<Record<string, string>>
  readonly key?: string
  readonly hash?: string | null
}

export const all9421: readonly string[] = ['"@method"', '"@target-uri"', '"content-digest"', '"x-request-id"']
export const parameters9421 = `;created=${now};keyid="client";tag="psd2"`

/** The message with a signature that is right for what it claims, whatever that is. */
export function forged9421<Message extends HttpMessage | HttpResponse = HttpMessage>(
  forgery: Forgery9421<Message> = {},
): Message {
  const { message = withContentDigest as Message, list = all9421, parameters = parameters9421 } = forgery
  const { label = 'sig1', values = {}, key = seals.rsa.key, hash = 'sha256' } = forgery
  const input = `(${list.join(' ')})${parameters}`
  const lines = list.map((component) => `${component}: ${values[component] ?? valueIn(message, component)}`)
  const base = [...lines, `"@signature-params": ${input}`].join('\n')
  const signature = sign(hash, octets(base), key).toString('base64')
  const headers = [
    ...message.headers,
    ['Signature-Input', `${label}=${input}`],
    ['Signature', `${label}=:${signature}:`],
  ]
  return { ...message, headers } as Message
}

function valueIn(message: HttpMessage | HttpResponse, component: string): string {
  const [name = '', parameter] = component.replaceAll('"', '').split(';')
  const request = 'method' in message ? message : message.request
  if (parameter === 'req') return request === undefined ? '' : valueIn(request, `"${name}"`)
  if (name === '@status') return String((message as HttpResponse).status)
  if (name === '@method') return request?.method ?? ''
  if (name === '@path') return request?.target.split('?')[0] ?? ''
  if (name === '@target-uri') return `https://${header(request, 'host')}${request?.target}`
  return header(message, name)
}

function header(message: HttpMessage | HttpResponse | undefined, name: string): string {
  const values = message?.headers.filter(([own]) => own.toLowerCase() === name).map(([, value]) => value.trim())
  return values?.join(', ') ?? ''
}
