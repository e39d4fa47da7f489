import { fieldName, isToken } from './field-names.ts'
import { type HttpLimits, withHttpLimits } from './limits.ts'
import { httpError } from './refuse.ts'
import { normaliseAuthority, type RequestTarget, readTarget } from './target.ts'

/** Headers in the order of the wire, names in any case, one entry a line. */
export type HeaderLines = readonly (readonly [name: string, value: string])[]

/** A request as it was received or as it will be sent. */
export interface HttpMessage {
  readonly method: string
  /** The request target exactly as on the request line: path and query, percent-encoded, nothing decoded. */
  readonly target: string
  /** Values have one character an octet, as HTTP parsers give them. */
  readonly headers: HeaderLines
  /** The octets of the content; absent is the same as empty. */
  readonly body?: Uint8Array | undefined
  readonly trailers?: HeaderLines | undefined
}

/** A response, with the request that it answers where a signature binds the two. */
export interface HttpResponse {
  readonly status: number
  readonly headers: HeaderLines
  readonly body?: Uint8Array | undefined
  readonly trailers?: HeaderLines | undefined
  readonly request?: HttpMessage | undefined
}

/** Values of header lines under their lower-case name, each with white space trimmed at its ends, in wire order. */
export type FieldLines = ReadonlyMap<string, readonly string[]>

/** A message that nobody else has yet: fields may be added to it. */
export interface OwnMessage extends MessageView {
  readonly fields: Map<string, readonly string[]>
}

/** What a message holds after it was checked at the door. All is copied: later changes by the caller do not matter. */
export interface MessageView {
  readonly method: string | undefined
  readonly target: RequestTarget | undefined
  readonly status: number | undefined
  readonly fields: FieldLines
  readonly trailers: FieldLines | undefined
  readonly body: Uint8Array
  readonly request: MessageView | undefined
}

export interface MessageOptions {
  readonly limits?: Partial<HttpLimits> | undefined
}

const messageNames: readonly string[] = ['method', 'target', 'headers', 'body', 'trailers']
const responseNames: readonly string[] = ['status', 'headers', 'body', 'trailers', 'request']

/**
 * Checks a request or a response once, for signing and for verifying alike: names are tokens, values have no control
 * characters, nothing is folded, there is at most one Host, and it agrees with the target.
 *
 * @throws Psd2Error `HTTP_...` or `LIMIT_...`
 * @throws TypeError where the value is not of the type, which is the caller's mistake
 *
 * @example
 * ```ts
 * import { readMessage } from 'psd2-toolkit/http'
 *
 * const view = readMessage({ method: 'GET', target: '/v1/accounts?page=2', headers: [['X-Request-ID', '42']] })
 * console.log(view.fields.get('x-request-id')) // [ '42' ]
 * ```
 */
export function readMessage(message: HttpMessage | HttpResponse, options: MessageOptions = {}): MessageView {
  for (const name in options) if (name !== 'limits') throw new TypeError(`unknown option '${name}' of readMessage`)
  return copied(readOne(message, withHttpLimits(options.limits)))
}

/** The same for whoever adds to it. */
export function copyMessage(message: HttpMessage | HttpResponse): OwnMessage {
  return copied(viewMessage(message))
}

function copied(view: OwnMessage): OwnMessage {
  return { ...view, body: new Uint8Array(view.body) }
}

/** The same with the octets of the body as the caller has them, for whoever is done with them before anything is awaited. */
export function viewMessage(message: HttpMessage | HttpResponse): OwnMessage {
  return readOne(message, withHttpLimits(undefined))
}

function readOne(message: HttpMessage | HttpResponse, limits: HttpLimits): OwnMessage {
  if (typeof message !== 'object' || message === null) throw new TypeError('a message is an object')
  return Object.hasOwn(message, 'status')
    ? readResponse(message as HttpResponse, limits)
    : readRequest(message as HttpMessage, limits)
}

function readRequest(message: HttpMessage, limits: HttpLimits): OwnMessage {
  requireNames(message, messageNames)
  const { method } = message
  if (typeof method !== 'string' || typeof message.target !== 'string') {
    throw new TypeError('a request has a method and a target, both text')
  }
  if (!isToken(method) || method.length > 64) throw httpError('HTTP_METHOD', method, { path: 'method' })
  if (message.target.length > limits.target) throw httpError('LIMIT_TARGET', undefined, { path: 'target' })
  const target = readTarget(message.target, method)
  const fields = readFields(message.headers, limits, 'headers')
  requireOneHost(target, fields)
  return {
    method,
    target,
    status: undefined,
    fields,
    trailers: readTrailers(message.trailers, limits),
    body: readBody(message.body),
    request: undefined,
  }
}

function readResponse(message: HttpResponse, limits: HttpLimits): OwnMessage {
  requireNames(message, responseNames)
  const { status, request } = message
  if (!Number.isInteger(status) || status < 100 || status > 599) {
    throw httpError('HTTP_STATUS', String(status), { path: 'status' })
  }
  return {
    method: undefined,
    target: undefined,
    status,
    fields: readFields(message.headers, limits, 'headers'),
    trailers: readTrailers(message.trailers, limits),
    body: readBody(message.body),
    request: request === undefined ? undefined : readRequest(request, limits),
  }
}

function requireNames(message: object, names: readonly string[]): void {
  for (const name in message) if (!names.includes(name)) throw new TypeError(`unknown member '${name}' of a message`)
}

const nothing = /* @__PURE__ */ new Uint8Array(0)

function readBody(body: Uint8Array | undefined): Uint8Array {
  if (body === undefined) return nothing
  if (!(body instanceof Uint8Array)) throw new TypeError('the body is a Uint8Array: octets, not text or objects')
  return body
}

function readTrailers(lines: HeaderLines | undefined, limits: HttpLimits): FieldLines | undefined {
  return lines === undefined ? undefined : readFields(lines, limits, 'trailers')
}

function readFields(lines: HeaderLines, limits: HttpLimits, where: string): Map<string, string[]> {
  if (!Array.isArray(lines)) throw new TypeError(`${where} is a list of [name, value]`)
  if (lines.length > limits.headers) throw httpError('LIMIT_HEADERS', `${lines.length}`, { path: where })
  const fields = new Map<string, string[]>()
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] as readonly [string, string]
    if (!Array.isArray(line) || line.length !== 2 || typeof line[0] !== 'string' || typeof line[1] !== 'string') {
      throw new TypeError(`${where}[${i}] is not a pair of texts`)
    }
    const [name, value] = line
    const lower = fieldName(name)
    if (lower === undefined) throw httpError('HTTP_FIELD_NAME', name, { path: `${where}[${i}]` })
    if (value.length > limits.value) throw httpError('LIMIT_HEADER_VALUE', name, { path: `${where}[${i}]` })
    if (!plainValue.test(value)) throw badValue(name, value, `${where}[${i}]`)
    const trimmed = trim(value)
    const held = fields.get(lower)
    if (held === undefined) fields.set(lower, [trimmed])
    else held.push(trimmed)
  }
  return fields
}

const plainValue = /^[\t\x20-\x7e\x80-\xff]*$/
const notPlain = /[^\t\x20-\x7e\x80-\xff]/

/** What cannot be in a header value, and where. The value itself is not repeated: it may hold a token or a name. */
function badValue(name: string, value: string, path: string): Error {
  const offset = value.search(notPlain)
  const next = value.charCodeAt(value.charCodeAt(offset + 1) === 0x0a ? offset + 2 : offset + 1)
  const folded = /[\r\n]/.test(value.charAt(offset)) && (next === 0x20 || next === 0x09)
  return httpError(folded ? 'HTTP_FIELD_FOLDED' : 'HTTP_FIELD_VALUE', name, { path, offset })
}

/** Without the optional white space at both ends: space and tab only (RFC 9110 clause 5.6.3). */
export function trim(value: string): string {
  let start = 0
  let end = value.length
  while (start < end && isSpace(value.charCodeAt(start))) start++
  while (end > start && isSpace(value.charCodeAt(end - 1))) end--
  return start === 0 && end === value.length ? value : value.slice(start, end)
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x09
}

function requireOneHost(target: RequestTarget, fields: FieldLines): void {
  const hosts = fields.get('host')
  if (hosts === undefined) return
  if (hosts.length > 1) throw httpError('HTTP_HOST_TWICE', undefined, { path: 'host' })
  const { authority, scheme } = target
  if (authority === undefined || scheme === undefined) return
  if (normaliseAuthority(authority, scheme) !== normaliseAuthority(hosts[0] as string, scheme)) {
    throw httpError('HTTP_HOST_DIFFERS', undefined, { path: 'host' })
  }
}

/** All values of a header, joined as both sides join them; undefined where it is absent. */
export function fieldValue(fields: FieldLines, name: string): string | undefined {
  const values = fields.get(name)
  return values === undefined ? undefined : values.length === 1 ? values[0] : values.join(', ')
}
