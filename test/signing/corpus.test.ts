import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createDigest } from '../../src/http/digest/index.ts'
import { signRequest } from '../../src/signing/index.ts'
import { describeCorpus } from '../support/corpus.ts'
import { always, at, octets, seals, verified } from './support.ts'

interface Expected {
  readonly method: string
  readonly path: string
  readonly digest: string
  readonly signatureHeaderPrefix: string
  readonly bodyBytes: number
}

describeCorpus('a registration that a bank accepted', ['registration', 'kat'], (folder) => {
  const body = new Uint8Array(readFileSync(join(folder, 'post-register.body.json')))
  const expected = JSON.parse(readFileSync(join(folder, 'post-register.expect.json'), 'utf8')) as Expected
  const { method, path, digest, signatureHeaderPrefix, bodyBytes } = expected
  const keyId = /^keyId="([^"]+)"/.exec(signatureHeaderPrefix)?.[1] as string
  const message = { method, target: path, headers: [['X-Request-ID', '42']] as [string, string][], body }

  it('has the digest that is made of its body', async () => {
    expect(body).toHaveLength(bodyBytes)
    expect(await createDigest(body, { field: 'Digest', algorithm: 'sha-256' })).toBe(digest)
  })

  it('is signed as it was', async () => {
    const { headers, base } = await signRequest(message, { profile: 'bpce', key: seals.rsa.key, keyId, at })
    expect(headers.map(([name]) => name)).toEqual(['Digest', 'Signature'])
    expect(headers[0]?.[1]).toBe(digest)
    expect(headers[1]?.[1].startsWith(`${signatureHeaderPrefix}"`)).toBe(true)
    expect(base.text).toBe(`(request-target): ${method.toLowerCase()} ${path}\ndigest: ${digest}\nx-request-id: 42`)
    const sent = { ...message, headers: [...message.headers, ...headers] }
    const shown = await verified(sent, { resolveKey: always(seals.rsa) })
    expect(shown.keyReference).toMatchObject({ form: 'url', fingerprint: undefined })
    const changed = { ...sent, body: octets(`${new TextDecoder().decode(body)} `) }
    await expect(verified(changed)).rejects.toThrow(/digest/)
  })
})
