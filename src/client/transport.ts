import { Agent, type Dispatcher, request } from 'undici'
import type { HeaderLines } from '../http/index.ts'
import { RegistrationError } from './codes.ts'

/** The QWAC and its key, for TLS: in PEM, or as PKCS#12. */
export interface TlsIdentity {
  /** PEM: the certificate first, then its issuers without the root. */
  readonly certificate?: string | Uint8Array
  /** PEM. */
  readonly key?: string | Uint8Array
  /** PKCS#12, in the place of certificate and key. */
  readonly pfx?: Uint8Array
  readonly passphrase?: string
}

/** Caps on time and size. */
export interface TransportLimits {
  /** Milliseconds until the connection stands. Default 10 s. */
  readonly connectTimeout: number
  /** Milliseconds until the head of the answer is there. Default 30 s. */
  readonly headersTimeout: number
  /** Milliseconds between two parts of the answer. Default 30 s. */
  readonly bodyTimeout: number
  /** Octets of an answer. Default 256 KiB. */
  readonly maxAnswer: number
}

export const defaultTransportLimits: TransportLimits = {
  connectTimeout: 10_000,
  headersTimeout: 30_000,
  bodyTimeout: 30_000,
  maxAnswer: 1 << 18,
}

/** A request on the wire. */
export interface WireRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly url: string
  readonly headers: HeaderLines
  readonly body?: Uint8Array | undefined
}

/** An answer as it came. */
export interface WireAnswer {
  readonly status: number
  readonly headers: HeaderLines
  readonly body: Uint8Array
}

/** Sends one request once. */
export interface Transport {
  readonly send: (wire: WireRequest, signal: AbortSignal | undefined) => Promise<WireAnswer>
  readonly close: () => Promise<void>
}

/**
 * Connections to the bank under one QWAC. A redirect is an answer, never followed. What goes wrong is told by code, never
 * by the error of the library: that one knows the request.
 */
export function openTransport(
  identity: TlsIdentity | Dispatcher,
  ca: string | Uint8Array | undefined,
  limits: TransportLimits,
): Transport {
  const own = isDispatcher(identity) ? undefined : agent(identity, ca, limits)
  const dispatcher = own ?? (identity as Dispatcher)
  return {
    send: async (wire, signal) => {
      try {
        return await exchange(dispatcher, wire, limits, signal)
      } catch (error) {
        if (signal?.aborted === true) throw signal.reason
        throw error instanceof RegistrationError ? error : failure(error, wire)
      }
    },
    close: async () => {
      await own?.close()
    },
  }
}

function isDispatcher(value: TlsIdentity | Dispatcher): value is Dispatcher {
  return 'dispatch' in value && typeof value.dispatch === 'function'
}

function agent(identity: TlsIdentity, ca: string | Uint8Array | undefined, limits: TransportLimits): Agent {
  const { certificate, key, pfx, passphrase } = identity
  return new Agent({
    connect: {
      ...(certificate === undefined ? {} : { cert: asBuffer(certificate) }),
      ...(key === undefined ? {} : { key: asBuffer(key) }),
      ...(pfx === undefined ? {} : { pfx: asBuffer(pfx) }),
      ...(passphrase === undefined ? {} : { passphrase }),
      ...(ca === undefined ? {} : { ca: asBuffer(ca) }),
      rejectUnauthorized: true,
      minVersion: 'TLSv1.2',
      timeout: limits.connectTimeout,
    },
    headersTimeout: limits.headersTimeout,
    bodyTimeout: limits.bodyTimeout,
  })
}

function asBuffer(value: string | Uint8Array): Buffer {
  return Buffer.from(value)
}

async function exchange(
  dispatcher: Dispatcher,
  { method, url, headers, body }: WireRequest,
  { maxAnswer }: TransportLimits,
  signal: AbortSignal | undefined,
): Promise<WireAnswer> {
  const answer = await request(url, {
    dispatcher,
    method,
    headers: headers.flat(),
    body: body ?? null,
    ...(signal === undefined ? {} : { signal }),
  })
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of answer.body) {
    size += (chunk as Uint8Array).length
    if (size > maxAnswer) {
      answer.body.destroy()
      throw new RegistrationError('BANK_ANSWER_SIZE', { detail: `more than ${maxAnswer} octets` })
    }
    chunks.push(chunk as Uint8Array)
  }
  return { status: answer.statusCode, headers: linesOf(answer.headers), body: new Uint8Array(Buffer.concat(chunks)) }
}

function linesOf(headers: Record<string, string | string[] | undefined>): [string, string][] {
  return Object.entries(headers).flatMap(([name, value]): [string, string][] => {
    if (value === undefined) return []
    return Array.isArray(value) ? value.map((one): [string, string] => [name, one]) : [[name, value]]
  })
}

/** Errors after which the bank has certainly seen nothing. */
const notConnected: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
])
const timeouts: ReadonlySet<string> = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ETIMEDOUT'])
const tls = /^(?:ERR_SSL_|ERR_TLS_|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH|EPROTO|ERR_OSSL_)/

function failure(error: unknown, { method }: WireRequest): RegistrationError {
  const code = codeOf(error)
  const detail = code === '' ? undefined : code
  const context = detail === undefined ? {} : { detail }
  if (notConnected.has(code)) return new RegistrationError('BANK_UNREACHABLE', context)
  if (tls.test(code)) return new RegistrationError('BANK_TLS', context)
  if (method === 'POST') return new RegistrationError('BANK_OUTCOME_UNKNOWN', context)
  return new RegistrationError(timeouts.has(code) ? 'BANK_TIMEOUT' : 'BANK_CONNECTION', context)
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && /^[A-Z0-9_]{1,64}$/.test(code) ? code : ''
}
