import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { TLSSocket } from 'node:tls'
import type { Issued } from 'psd2-toolkit/issuance'
import { testAuthority } from '../registration/support.ts'

/** A request that the bank saw. */
export interface Seen {
  readonly method: string
  readonly target: string
  readonly headers: [string, string][]
  readonly body: Buffer
  /** DER of the certificate of the connection; undefined where there was none. */
  readonly client: Buffer | undefined
}

export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Buffer
  /** Milliseconds before the head. */
  readonly after?: number
  /** The connection is cut before any answer. */
  readonly cut?: boolean
}

/** A bank over real TLS that asks for a client certificate, and answers what the test wants. */
export interface Bank {
  readonly base: string
  readonly ca: string
  readonly seen: Seen[]
  /** Requests but for those of tokens. */
  readonly registrations: Seen[]
  readonly tokens: Seen[]
  answer: (request: Seen, count: number) => Answer | Promise<Answer>
  answerToken: (request: Seen, count: number) => Answer
  close(): Promise<void>
}

export const token = 'KXyZabcdefghijklmopqrstuvw1234567890'

export function json(status: number, value: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) }
}

export async function startBank(tls: Issued): Promise<Bank> {
  const ca = (await testAuthority()).root.certificatePem()
  const server: Server = createServer({
    cert: tls.chainPem(),
    key: await tls.privateKeyPem(),
    ca,
    requestCert: true,
    rejectUnauthorized: false,
  })
  const seen: Seen[] = []
  const bank: Bank = {
    base: '',
    ca,
    seen,
    get registrations() {
      return seen.filter(({ target }) => !target.endsWith('/oauth/token'))
    },
    get tokens() {
      return seen.filter(({ target }) => target.endsWith('/oauth/token'))
    },
    answer: () => json(500, {}),
    answerToken: () => json(200, { access_token: token }),
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  server.on('request', async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const peer = (request.socket as TLSSocket).getPeerCertificate(false)
    const { rawHeaders } = request
    const one: Seen = {
      method: request.method ?? '',
      target: request.url ?? '',
      headers: rawHeaders.flatMap((name, i): [string, string][] => (i % 2 ? [] : [[name, rawHeaders[i + 1] ?? '']])),
      body: Buffer.concat(chunks),
      client: peer.raw,
    }
    seen.push(one)
    const isToken = one.target.endsWith('/oauth/token')
    const count = (isToken ? bank.tokens : bank.registrations).length
    const answer = await (isToken ? bank.answerToken(one, count) : bank.answer(one, count))
    if (answer.after !== undefined) await new Promise((resolve) => setTimeout(resolve, answer.after))
    if (answer.cut === true) request.socket.destroy()
    else response.writeHead(answer.status, answer.headers).end(answer.body)
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  return Object.assign(bank, { base: `https://localhost:${(server.address() as AddressInfo).port}` })
}

export function headerOf({ headers }: Pick<Seen, 'headers'>, name: string): string | undefined {
  return headers.find(([other]) => other.toLowerCase() === name)?.[1]
}
