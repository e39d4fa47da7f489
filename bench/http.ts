import { createHash, createPrivateKey, createPublicKey, type KeyObject, randomUUID, sign, verify } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { HttpMessage } from 'psd2-toolkit/http'
import { createSigner, createVerifier, profileOf, type SigningProfile, signRequest } from 'psd2-toolkit/signature'
import { parseCertificate } from 'psd2-toolkit/x509'
import { httpPeers } from './support/http-peers.ts'
import type { Measured } from './support/measure.ts'
import { measureAsync } from './support/measure-async.ts'
import { printRows } from './support/print.ts'
import { vector } from './support/subjects.ts'

const at = new Date('2026-06-01T00:00:00Z')

/** The dialect of the RFC with the demands of the bank, so that only the dialect differs. */
const rfc9421 = profileOf({
  ...profileOf('bpce'),
  name: 'rfc9421',
  dialect: 'rfc9421',
  algorithms: ['rsa-v1_5-sha256', 'ecdsa-p256-sha256'],
  digest: { field: 'Content-Digest', algorithm: 'sha-256', ofEmptyBody: false },
  components: {
    withBody: ['@method', '@target-uri', 'content-digest', 'x-request-id'],
    withoutBody: ['@method', '@target-uri', 'x-request-id'],
  },
  policy: {
    required: ['@method', '@target-uri', 'x-request-id'],
    algorithms: ['rsa-v1_5-sha256', 'ecdsa-p256-sha256'],
    clock: { maxAge: 300 },
    digest: { required: 'with-body', fields: ['Content-Digest'] },
  },
})

const cavage = profileOf({
  ...profileOf('bpce'),
  name: 'cavage',
  algorithms: rfc9421.algorithms,
  policy: { ...profileOf('bpce').policy, algorithms: rfc9421.algorithms },
})

/** Verifying and signing a request with a body of 4 KB, beside the platform's own primitives on the same key. */
export async function benchHttp(): Promise<void> {
  const keys = { 'RSA-2048': 'qsealc-rsa-2048', 'P-256': 'qsealc-p-256' } as const
  for (const [name, id] of Object.entries(keys)) await benchKey(name, id)
}

async function benchKey(name: string, id: string): Promise<void> {
  const certificate = parseCertificate(vector(id))
  const pem = readFileSync(new URL(`../vectors/certificates/keys/${keyFile(id)}.key`, import.meta.url), 'utf8')
  const privateKey = createPrivateKey(pem.slice(pem.indexOf('-----BEGIN')))
  const publicKey = createPublicKey(privateKey)
  const body = new Uint8Array(4096).fill(0x61)
  const next = {
    cavage: inTurn(await differentRequests(cavage, privateKey)),
    rfc9421: inTurn(await differentRequests(rfc9421, privateKey)),
    bare: inTurn(await differentRequests(cavage, privateKey)),
  }
  const resolveKey = () => certificate
  const verifiers = {
    cavage: createVerifier({ profile: cavage, resolveKey }),
    rfc9421: createVerifier({ profile: rfc9421, resolveKey }),
  }
  const rows = await measureAsync(
    {
      // What the requests cannot do without: their own bodies, and signatures over what they sign.
      'verify + SHA-256': async () => {
        const { message, base, signature } = next.bare()
        createHash('sha256').update(message.body).digest()
        return verify('sha256', base, { key: publicKey, dsaEncoding: 'ieee-p1363' }, signature)
      },
      'verifyRequest, cavage': async () => verifiers.cavage.verifyRequest(next.cavage().message, { at }),
      'verifyRequest, RFC 9421': async () => verifiers.rfc9421.verifyRequest(next.rfc9421().message, { at }),
      ...httpPeers(
        { cavage: next.cavage().message, rfc9421: next.rfc9421().message },
        publicKey,
        name.startsWith('RSA'),
      ),
    },
    31,
  )
  console.log(`${name}, body of ${body.length} octets`)
  printRows(rows, ['verify + SHA-256'])
  printRows(await benchSigning(body, privateKey), ['sign + SHA-256'])
}

/** Signing, beside the platform's own signature over what cavage signs of such requests. */
async function benchSigning(body: Uint8Array, privateKey: KeyObject): Promise<Measured[]> {
  const signers = {
    cavage: await createSigner({ profile: cavage, key: privateKey, keyId: 'client' }),
    rfc9421: await createSigner({ profile: rfc9421, key: privateKey, keyId: 'client' }),
  }
  const bases = inTurn(await differentRequests(cavage, privateKey))
  const next = inTurn(Array.from({ length: 64 }, () => requestWith(body)))
  return measureAsync(
    {
      'sign + SHA-256': async () => {
        createHash('sha256').update(body).digest()
        return sign('sha256', bases().base, { key: privateKey, dsaEncoding: 'ieee-p1363' })
      },
      'signRequest, cavage': () => signers.cavage.signRequest(next(), { at }),
      'signRequest, RFC 9421': () => signers.rfc9421.signRequest(next(), { at }),
    },
    21,
  )
}

/** A signed request, and what there is to verify of it: the octets that are signed and a signature over them alone. */
interface Signed {
  readonly message: HttpMessage & { readonly body: Uint8Array }
  readonly base: Uint8Array
  readonly signature: Uint8Array
}

/** Requests of one sender that differ in id, body and time: what repeats from one to the next is what repeats in the field. */
async function differentRequests(profile: SigningProfile, key: KeyObject): Promise<Signed[]> {
  const requests: Signed[] = []
  for (let i = 0; i < 64; i++) {
    const time = new Date(at.getTime() - (i % 20) * 1000)
    requests.push(await signedRequest(profile, new Uint8Array(4096).fill(i), key, time))
  }
  return requests
}

function inTurn<Request>(requests: readonly Request[]): () => Request {
  let i = 0
  return () => requests[i++ % requests.length] as Request
}

async function signedRequest(profile: SigningProfile, body: Uint8Array, key: KeyObject, time: Date): Promise<Signed> {
  const unsigned = requestWith(body)
  const { headers, base } = await signRequest(unsigned, { profile, key, keyId: 'client', at: time })
  return {
    message: { ...unsigned, headers: [...unsigned.headers, ...headers], body },
    base: base.octets,
    signature: sign('sha256', base.octets, { key, dsaEncoding: 'ieee-p1363' }),
  }
}

function requestWith(body: Uint8Array): HttpMessage {
  const headers: [string, string][] = [
    ['Host', 'api.example.com'],
    ['X-Request-ID', randomUUID()],
    ['Content-Type', 'application/json'],
  ]
  return { method: 'POST', target: '/stet/setting/v1/register', headers, body }
}

function keyFile(id: string): string {
  return id === 'qsealc-p-256' ? 'leaf-p-256' : 'leaf-rsa-2048'
}
