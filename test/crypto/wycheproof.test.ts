import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { Psd2Error } from '../../src/core/errors.ts'
import { decodeBase64url, parseJson } from '../../src/core/index.ts'
import {
  algorithmByJose,
  type CryptoProvider,
  ecdsaRawFromDer,
  publicKeyFrom,
  type SignatureAlgorithmName,
  secretKeyFrom,
  verifierOf,
} from '../../src/crypto/index.ts'
import { describeCorpus } from '../support/corpus.ts'
import { providers } from './support.ts'

interface Test {
  readonly tcId: number
  readonly comment: string
  readonly flags: readonly string[]
  readonly result: 'valid' | 'invalid' | 'acceptable'
}
interface SignatureTest extends Test {
  readonly msg: string
  readonly sig: string
}
interface File<Group> {
  readonly testGroups: readonly Group[]
}
interface SignatureGroup {
  readonly publicKeyDer: string
  readonly tests: readonly SignatureTest[]
}
interface JwsGroup {
  readonly comment: string
  readonly private?: Readonly<Record<string, unknown>>
  readonly public?: Readonly<Record<string, unknown>>
  readonly tests: readonly (Test & { readonly jws: string })[]
}

type Decode = (signature: Uint8Array) => Uint8Array

const asIs: Decode = (signature) => signature

/** Which algorithm each file is about, and how its signatures become ours. */
const files: readonly (readonly [file: string, algorithm: SignatureAlgorithmName, decode: Decode])[] = [
  ['ecdsa_secp256r1_sha256_p1363_test.json', 'ecdsa-p256-sha256', asIs],
  ['ecdsa_secp256r1_sha256_test.json', 'ecdsa-p256-sha256', (der) => ecdsaRawFromDer(der, 'P-256')],
  ['rsa_pss_2048_sha256_mgf1_32_test.json', 'rsa-pss-sha256', asIs],
  ['rsa_signature_2048_sha256_test.json', 'rsa-v1_5-sha256', asIs],
  ['rsa_signature_3072_sha256_test.json', 'rsa-v1_5-sha256', asIs],
  ['rsa_signature_4096_sha256_test.json', 'rsa-v1_5-sha256', asIs],
]

/** Valid or acceptable tests that are refused here, with the reason. Everything else that is valid must verify. */
const refusedOnPurpose: readonly { readonly file: string; readonly flag: string; readonly reason: string }[] = [
  ...['2048', '3072', '4096'].map((bits) => ({
    file: `rsa_signature_${bits}_sha256_test.json`,
    flag: 'MissingNull',
    reason: 'DigestInfo without NULL: RFC 8017 9.2 lets a verifier refuse it, and every platform does',
  })),
]

const octets = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, 'hex'))

/** What a promise of a verification comes to; an error of ours is a refusal, any other fails the test. */
async function accepted(verification: () => Promise<boolean>): Promise<boolean> {
  try {
    return await verification()
  } catch (error) {
    if (error instanceof Psd2Error) return false
    throw error
  }
}

const makers = Object.entries(providers)

describeCorpus('wycheproof', ['wycheproof'], (folder) => {
  const read = <Group>(file: string): File<Group> => JSON.parse(readFileSync(join(folder, file), 'utf8'))

  const rows = makers.flatMap(([name, make]) => files.map(([file, ...rest]) => [name, file, make, ...rest] as const))
  it.each(rows)('%s: %s', async (_, file, make, algorithm, decode) => {
    const provider = await make()
    const wrong: string[] = []
    const refused = new Map<string, number>()
    let verified = 0
    for (const group of read<SignatureGroup>(file).testGroups) {
      const key = await provider.importPublicKey(octets(group.publicKeyDer))
      for (const test of group.tests) {
        const ok = await accepted(() => provider.verify(algorithm, key, decode(octets(test.sig)), octets(test.msg)))
        if (ok) verified++
        const told = `${test.tcId} ${test.comment} (${test.flags.join()})`
        if (ok && test.result === 'invalid') wrong.push(`accepted ${told}`)
        if (ok || test.result === 'invalid') continue
        const purpose = refusedOnPurpose.find((entry) => entry.file === file && test.flags.includes(entry.flag))
        if (purpose === undefined) wrong.push(`refused ${told}`)
        else refused.set(purpose.flag, (refused.get(purpose.flag) ?? 0) + 1)
      }
    }
    expect(wrong).toEqual([])
    expect(verified).toBeGreaterThan(5)
    const expected = refusedOnPurpose.filter((entry) => entry.file === file).map((entry) => entry.flag)
    expect([...refused.keys()]).toEqual(expected)
  })

  /** JWS tests are about JWS; what they say of algorithms, keys and base64url is of this room. */
  for (const file of ['json_web_signature_test.json', 'json_web_key_test.json']) {
    it.each(makers)(`%s: ${file}`, async (_, make) => {
      const provider = await make()
      const wrong: string[] = []
      const contradictory: number[] = []
      const refused: number[] = []
      let valid = 0
      for (const group of read<JwsGroup>(file).testGroups) {
        const sound = new Set(group.tests.filter((test) => test.result === 'valid').map((test) => test.jws))
        for (const test of group.tests) {
          const ok = await accepted(() => verifyJws(test.jws, group.public ?? group.private ?? {}, provider))
          const told = `${test.tcId} ${group.comment} ${test.comment}`
          if (ok) valid++
          if (ok && test.result === 'invalid') {
            if (sound.has(test.jws)) contradictory.push(test.tcId)
            else wrong.push(`accepted ${told}`)
          } else if (!ok && test.result === 'valid') {
            if (jwsRefused[file]?.[test.tcId] === undefined) wrong.push(`refused ${told}`)
            refused.push(test.tcId)
          }
        }
      }
      expect(wrong).toEqual([])
      expect(contradictory).toEqual(jwsContradictory[file])
      expect(refused).toEqual(Object.keys(jwsRefused[file] ?? {}).map(Number))
      expect(valid).toBeGreaterThan(0)
    })
  }
})

/** Valid JWS tests that are refused on purpose, by tcId. */
const jwsRefused: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  'json_web_signature_test.json': {
    346: 'the key says PS256, the header PS384',
    347: 'the key says ES521, which JOSE does not have',
    350: 'the key says PS256, the header PS384',
    351: 'the key says ES521, which JOSE does not have',
    372: 'a character outside base64url in the header',
    373: 'a character outside base64url in the payload',
  },
  'json_web_key_test.json': {
    14: 'HS384 is not used here',
    15: 'HS512 is not used here',
  },
}

/** Tests called invalid whose text is, octet for octet, that of a valid one of the same key: their padding got lost. */
const jwsContradictory: Readonly<Record<string, readonly number[]>> = {
  'json_web_signature_test.json': [367, 370],
  'json_web_key_test.json': [],
}

/** Compact JWS, just enough: one key, whose alg decides; the header must say the same. */
async function verifyJws(jws: string, key: Jwk, provider: CryptoProvider): Promise<boolean> {
  if (typeof jws !== 'string') return false
  const [head, payload, signature, ...rest] = jws.split('.')
  if (head === undefined || payload === undefined || signature === undefined || rest.length > 0) return false
  const header = parseJson(decodeBase64url(head)) as Jwk
  const jwk = keyOf(key, header.kid)
  if (jwk === undefined || header.alg !== jwk.alg || header.crit !== undefined) return false
  const algorithm = algorithmByJose(String(header.alg))
  if (algorithm === undefined) return false
  decodeBase64url(payload)
  const imported = await (algorithm.family === 'hmac'
    ? secretKeyFrom(jwk, provider)
    : publicKeyFrom(publicPart(jwk), provider))
  const verifier = verifierOf(algorithm.name, imported, provider)
  return verifier.verify(new TextEncoder().encode(`${head}.${payload}`), decodeBase64url(signature))
}

type Jwk = Readonly<Record<string, unknown>>

/** The one key of a set with this kid, or the key itself. */
function keyOf(key: Jwk, kid: unknown): Jwk | undefined {
  if (!Array.isArray(key.keys)) return key
  // Secrets and public keys in one set: whose key verifies is anybody's guess.
  if (new Set((key.keys as readonly Jwk[]).map((entry) => entry.kty === 'oct')).size > 1) return undefined
  const found = (key.keys as readonly Jwk[]).filter((entry) => entry.kid === kid)
  return found.length === 1 ? found[0] : undefined
}

function publicPart({ kty, n, e, crv, x, y, alg, use, key_ops }: Jwk): Jwk {
  const members = Object.entries({ kty, n, e, crv, x, y, alg, use, key_ops })
  return Object.fromEntries(members.filter(([, value]) => value !== undefined))
}
