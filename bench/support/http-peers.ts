import { createHash, type KeyObject, verify } from 'node:crypto'
import { createRequire } from 'node:module'
import { cavage, httpbis, type VerifyConfig } from 'http-message-signatures'
import type { HttpMessage } from 'psd2-toolkit/http'
import type { AsyncWork } from './measure-async.ts'

/** http-signature has no types. */
interface HttpSignature {
  parseRequest(request: object, options: object): object
  verifySignature(parsed: object, pem: string): boolean
}

const httpSignature = createRequire(import.meta.url)('http-signature') as HttpSignature

/**
 * Other libraries on the same messages and the same key. None of them looks at the digest against the body, so that is
 * added; none looks at a certificate, a policy, or a second header of a name.
 */
export function httpPeers(
  messages: { readonly cavage: HttpMessage; readonly rfc9421: HttpMessage },
  key: KeyObject,
  isRsa: boolean,
): Readonly<Record<string, AsyncWork>> {
  const dsaEncoding = 'ieee-p1363'
  const config: VerifyConfig = {
    notAfter: new Date('2100-01-01'),
    keyLookup: async () => ({
      verify: async (data: Buffer, signature: Buffer) => verify('sha256', data, { key, dsaEncoding }, signature),
    }),
  }
  const requests = { cavage: requestOf(messages.cavage), rfc9421: requestOf(messages.rfc9421) }
  const pem = key.export({ type: 'spki', format: 'pem' }).toString()
  const works: Record<string, AsyncWork> = {
    'http-message-signatures, RFC 9421': async () => {
      checkDigest(messages.rfc9421)
      return requireTrue(await httpbis.verifyMessage(config, requests.rfc9421))
    },
  }
  if (!isRsa) return works
  works['http-message-signatures, cavage'] = async () => {
    checkDigest(messages.cavage)
    return requireTrue(await cavage.verifyMessage(config, requests.cavage))
  }
  works['http-signature, key as PEM'] = async () => {
    checkDigest(messages.cavage)
    const { method, url, headers } = requests.cavage
    const parsed = httpSignature.parseRequest(
      { method, url: new URL(url).pathname + new URL(url).search, headers, httpVersion: '1.1' },
      {
        authorizationHeaderName: 'signature',
        headers: ['(request-target)', 'digest', 'x-request-id'],
        clockSkew: 1e9,
      },
    )
    return requireTrue(httpSignature.verifySignature(parsed, pem))
  }
  return works
}

function requestOf({ method, target, headers }: HttpMessage) {
  const lower = Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]))
  return { method, url: `https://api.example.com${target}`, headers: lower }
}

/** What these libraries leave to their caller. */
function checkDigest({ headers, body = new Uint8Array(0) }: HttpMessage): void {
  const value = headers.find(([name]) => name.toLowerCase().endsWith('digest'))?.[1] ?? ''
  requireTrue(value.includes(createHash('sha256').update(body).digest('base64')))
}

function requireTrue(verdict: unknown): true {
  if (verdict !== true) throw new Error(`the peer answered ${verdict}`)
  return true
}
