import { readFileSync } from 'node:fs'
import { type IncomingHttpHeaders, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import type { VerifySignatureOptions } from '../../src/adapters/admit.ts'
import { rawHeadersOf } from '../../src/adapters/index.ts'
import type { HttpMessage } from '../../src/http/index.ts'
import { signRequest } from '../../src/signing/index.ts'
import { type Certificate, decodePem, parseCertificate } from '../../src/x509/index.ts'

/** A moment at which the certificates of the vectors are valid. */
export const at = new Date('2026-06-01T12:00:00Z')
export const now = (): Date => at

const read = (path: string): string =>
  readFileSync(new URL(`../../vectors/certificates/${path}`, import.meta.url), 'utf8')
const load = (id: string): Certificate =>
  parseCertificate((decodePem(read(`${id}.pem`))[0] as { bytes: Uint8Array }).bytes)

export const seal = load('qsealc')
export const qwac = load('qwac')
export const qwacPem = read('qwac.pem')
export const keyId = 'client-4711'
export const signing = { profile: 'bpce', key: read('keys/qsealc-rsa-3072.key'), keyId } as const
export const resolveKey: VerifySignatureOptions['resolveKey'] = ({ value }) => (value === keyId ? seal : undefined)
export const octets = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)

export const body = octets('{ "amount" : "1.00" }')

/** A signed request as a PSP sends it. */
export async function signed(change: { method?: string; target?: string; body?: Uint8Array } = {}) {
  const message = {
    method: 'POST',
    target: '/v1/a%2Fb/../payments?state=x%20y&empty',
    headers: [
      ['Host', 'api.example'],
      ['X-Request-ID', '99391c7e-ad88-49ec-a2ad-99ddcb1f7721'],
      ['Content-Type', 'application/json'],
    ] as [string, string][],
    body,
    ...change,
  }
  const { headers } = await signRequest(message, { ...signing, at })
  return { ...message, headers: [...message.headers, ...headers] as [string, string][] }
}

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly text: string
  readonly json: unknown
}

/** Sends a message to a port exactly as it is. Without `end` the body is announced and not sent. */
export function send(port: number, message: HttpMessage, { chunked = false, end = true } = {}): Promise<Answer> {
  const length = String(message.body?.length ?? 0)
  const framing: [string, string] = chunked ? ['Transfer-Encoding', 'chunked'] : ['Content-Length', length]
  return new Promise((resolve, reject) => {
    const outgoing = request({
      host: '127.0.0.1',
      port,
      method: message.method,
      path: message.target,
      headers: rawHeadersOf([...message.headers, framing]),
      agent: false,
    })
    outgoing.setTimeout(5000, () => outgoing.destroy(new Error('no answer within five seconds')))
    outgoing.on('error', reject)
    outgoing.on('response', async (incoming) => {
      const text = (await buffer(incoming)).toString()
      outgoing.destroy()
      const json = incoming.headers['content-type']?.includes('json') === true ? JSON.parse(text) : undefined
      resolve({ status: incoming.statusCode as number, headers: incoming.headers, text, json })
    })
    if (end) outgoing.end(message.body)
    else outgoing.flushHeaders()
  })
}

/** A server on a free port of this machine. */
export async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

export async function close(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}
