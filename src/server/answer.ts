import { encodeBase64url } from '../core/base64.ts'
import { type PrivateKeySource, privateKeyFrom } from '../crypto/keys.ts'
import type { CryptoProvider } from '../crypto/provider.ts'
import { formatHttpDate } from '../http/index.ts'
import { checkSigningCertificate } from '../signing/certificate-check.ts'
import { createSigner, type MessageSigner } from '../signing/index.ts'
import { bpce } from '../signing/profiles/bpce.ts'
import type { Certificate } from '../x509/index.ts'

/** What is to be answered. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Readonly<Record<string, unknown>> | undefined
  /** Why it was refused, for the log. */
  readonly code?: string
}

/** The seal with which the bank signs its answers. */
export interface BankSeal {
  readonly key: PrivateKeySource
  readonly certificate: Certificate
  /** Address of the certificate, as the bank names it. */
  readonly keyId: string
}

/** Checks that the seal is one, and imports its key once. */
export async function readySeal(
  { key, certificate, keyId }: BankSeal,
  at: Date,
  crypto: CryptoProvider,
): Promise<MessageSigner> {
  checkSigningCertificate(certificate, bpce.certificate, at)
  const made = { profile: 'bpce', key: await privateKeyFrom(key, crypto), keyId, crypto } as const
  // This one shows that the two belong together. The other signs on when the certificate ends: TPPs see that, and why.
  await createSigner({ ...made, certificate })
  return createSigner(made)
}

/** A name that the sender chose for its request, where it is one that may be repeated in an answer. */
export function echoable(requestId: string | undefined): string | undefined {
  return requestId !== undefined && /^[\x21-\x7e]{1,128}$/.test(requestId) ? requestId : undefined
}

/** What of a request its answer repeats and signs. */
export interface Answered {
  readonly requestId: string | undefined
  readonly method: string
  /** As it stood on the request line. */
  readonly target: string
}

/**
 * Text of a body, and the header lines of the answer, signed where there is a seal and a request to name. The signature
 * covers the target of the request, so that the answer cannot be played back to another one.
 */
export async function responseOf(
  answer: Answer,
  { requestId, method, target }: Answered,
  seal: MessageSigner | undefined,
  at: Date,
): Promise<Response> {
  const text = answer.body === undefined ? undefined : JSON.stringify(answer.body)
  const headers: Record<string, string> = { 'cache-control': 'no-store', date: formatHttpDate(at) }
  if (text !== undefined) headers['content-type'] = 'application/json'
  if (requestId !== undefined) headers['x-request-id'] = requestId
  Object.assign(headers, answer.headers)
  if (seal !== undefined && requestId !== undefined) {
    const body = text === undefined ? undefined : new TextEncoder().encode(text)
    const signed = await seal.signResponse(
      { status: answer.status, headers: Object.entries(headers), body, request: { method, target, headers: [] } },
      { at },
    )
    Object.assign(headers, Object.fromEntries(signed.headers))
  }
  return new Response(text ?? null, { status: answer.status, headers })
}

/** SHA-256 as text that is the key of a row. */
export async function hashText(octets: Uint8Array, crypto: CryptoProvider): Promise<string> {
  return encodeBase64url(await crypto.digest('sha-256', octets))
}
