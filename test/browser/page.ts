/** Runs in the browser: the vectors of messages, digests and JWK Sets, over the browser's own WebCrypto. */
import { verifyDigest } from '../../src/http/digest/index.ts'
import type { HttpMessage, HttpResponse } from '../../src/http/index.ts'
import { MemoryReplayStore } from '../../src/http/index.ts'
import { verifyJwks } from '../../src/jose/index.ts'
import {
  createVerifier,
  type ProfileName,
  profileOf,
  type SigningProfile,
  signRequest,
  verifyRequest,
} from '../../src/signing/index.ts'
import { decodePem, parseCertificate } from '../../src/x509/index.ts'
import type { PageInput, PageResult } from './suite.ts'

const octets = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))

async function codeOf(run: () => Promise<unknown>): Promise<string> {
  try {
    await run()
    return 'accepted'
  } catch (error) {
    return String((error as { code?: string }).code ?? error)
  }
}

const certificateOf = (pem: string) => {
  const [block] = decodePem(new TextEncoder().encode(pem), { label: 'CERTIFICATE' })
  if (block === undefined) throw new Error('no certificate')
  return parseCertificate(block.bytes)
}

async function runMessages({ messages, certificates, profiles, at }: PageInput): Promise<PageResult[]> {
  const results: PageResult[] = []
  for (const { id, message, profile, certificate, time, replayed } of messages) {
    const answer = certificate === null ? undefined : certificateOf(certificates[certificate] as string)
    const when = new Date(time ?? at)
    const replay = replayed ? { replay: new MemoryReplayStore({ now: () => when }) } : {}
    const own = profiles[profile] as SigningProfile | undefined
    const verifier = createVerifier({
      profile: own ?? profileOf(profile as ProfileName),
      resolveKey: () => answer,
      ...replay,
    })
    const body = message.body === undefined ? {} : { body: octets(message.body) }
    const verify = () =>
      'status' in message
        ? verifier.verifyResponse(responseOf(message), { at: when })
        : verifier.verifyRequest({ ...message, ...body } as HttpMessage, { at: when })
    if (replayed) await verify()
    results.push({ id, outcome: await codeOf(verify) })
  }
  return results
}

function responseOf(message: PageInput['messages'][number]['message']): HttpResponse {
  const { body, request, ...rest } = message as { body?: string; request?: { body?: string } }
  const withBody = (one: { body?: string }) => ({ ...one, body: one.body === undefined ? undefined : octets(one.body) })
  const own = withBody({ ...rest, ...(body === undefined ? {} : { body }) })
  return (request === undefined ? own : { ...own, request: withBody(request) }) as unknown as HttpResponse
}

async function signAndVerify({ certificates, key, at }: PageInput): Promise<string> {
  const certificate = certificateOf(certificates.rsa as string)
  const body = new TextEncoder().encode('{"a":1}')
  const headers: [string, string][] = [['X-Request-ID', 'b-1']]
  const message = { method: 'POST', target: '/register', headers, body }
  const options = {
    profile: 'bpce',
    key,
    keyId: 'https://tpp.example/seal.pem',
    certificate,
    at: new Date(at),
  } as const
  const signed = await signRequest(message, options)
  const sent = { ...message, headers: [...headers, ...signed.headers] }
  const verified = await verifyRequest(sent, { profile: 'bpce', resolveKey: () => certificate, at: new Date(at) })
  return verified.components.join(' ')
}

async function run(input: PageInput): Promise<{ results: PageResult[]; round: string }> {
  const results = await runMessages(input)
  for (const { id, value, body, field } of input.digests) {
    results.push({ id, outcome: await codeOf(() => verifyDigest(value, octets(body), { field })) })
  }
  for (const { id, text, at } of input.sets) {
    const options = { profile: 'bpce', ...(at === undefined ? {} : { at: new Date(at) }) } as const
    results.push({ id, outcome: await codeOf(() => verifyJwks(octets(text), options)) })
  }
  return { results, round: await signAndVerify(input) }
}

Object.assign(globalThis, { runSuite: run })
