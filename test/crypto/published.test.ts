import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { decodeBase64 } from '../../src/core/base64.ts'
import {
  algorithmByCavage,
  type CryptoProvider,
  keysMatch,
  privateKeyFrom,
  publicKeyFrom,
  type SignatureAlgorithmName,
  secretKeyFrom,
  signerOf,
  verifierOf,
} from '../../src/crypto/index.ts'
import { describeCorpus } from '../support/corpus.ts'
import { codeOf, providers, text } from './support.ts'

interface Rfc9421 {
  readonly keys: Readonly<
    Record<
      string,
      { readonly public_pem: string; readonly private_pem: string; readonly jwk: object; readonly base64: string }
    >
  >
  readonly cases: readonly {
    readonly id: string
    readonly keyid: string
    readonly alg: SignatureAlgorithmName
    readonly expect_valid: boolean
    readonly signature_base_built: string
    readonly signature_base64: string
  }[]
}

interface Cavage {
  readonly key: { readonly public_pem: string; readonly private_pem: string }
  readonly cases: readonly {
    readonly algorithm: string
    readonly signing_string: string
    readonly signature_base64: string
  }[]
}

/** What the documents print: keys in the forms that people have, and signatures over strings that are given. */
describeCorpus('published keys and signatures', ['http'], (folder) => {
  const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'))

  it.each(Object.entries(providers))('%s: RFC 9421', async (_, make) => {
    const provider = await make()
    const { keys, cases } = read('rfc9421.json') as Rfc9421
    for (const { public_pem, private_pem, jwk, base64 } of Object.values(keys)) {
      if (base64 !== undefined) continue
      const publicKey = await publicKeyFrom(public_pem, provider)
      expect(await keysMatch(await privateKeyFrom(private_pem, provider), publicKey.spki, provider)).toBe(true)
      expect(await keysMatch(await privateKeyFrom(jwk, provider), publicKey.spki, provider)).toBe(true)
    }
    for (const { id, keyid, alg, expect_valid, signature_base_built, signature_base64 } of cases) {
      const verifier = verifierOf(alg, await verificationKey(keys[keyid], provider), provider)
      const valid = await verifier.verify(text(signature_base_built), decodeBase64(signature_base64))
      expect(valid, id).toBe(expect_valid)
    }
    expect(cases.length).toBe(20)
  })

  async function verificationKey(key: Rfc9421['keys'][string] | undefined, provider: CryptoProvider) {
    if (key === undefined) throw new Error('unknown key')
    return key.base64 === undefined
      ? publicKeyFrom(key.public_pem, provider)
      : secretKeyFrom(decodeBase64(key.base64), provider)
  }

  it.each(Object.entries(providers))('%s: draft-cavage, with its key of 1024 bits', async (_, make) => {
    const { key, cases } = read('cavage.json') as Cavage
    const strict = await make()
    expect(await codeOf(publicKeyFrom(key.public_pem, strict))).toBe('KEY_RSA_SIZE')
    expect(await codeOf(privateKeyFrom(key.private_pem, strict))).toBe('KEY_RSA_SIZE')
    const provider = await make({ minimumRsaBits: 1024 })
    for (const { algorithm, signing_string, signature_base64 } of cases) {
      const name = algorithmByCavage(algorithm)?.name as SignatureAlgorithmName
      const data = text(signing_string)
      const signer = signerOf(name, await privateKeyFrom(key.private_pem, provider), provider)
      const verifier = verifierOf(name, await publicKeyFrom(key.public_pem, provider), provider)
      expect(Buffer.from(await signer.sign(data)).toString('base64')).toBe(signature_base64)
      expect(await verifier.verify(data, decodeBase64(signature_base64))).toBe(true)
    }
    expect(cases.length).toBe(3)
  })
})
