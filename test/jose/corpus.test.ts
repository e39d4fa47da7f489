import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import {
  buildJwks,
  checkJwks,
  type Jwk,
  jwkFromCertificate,
  jwkThumbprint,
  verifyJwks,
  x5tS256,
} from '../../src/jose/index.ts'
import { parseCertificate } from '../../src/x509/index.ts'
import { describeCorpus } from '../support/corpus.ts'
import { errorOf, providers } from './support.ts'

interface JoseCases {
  readonly thumbprints: readonly { readonly source: string; readonly jwk: Jwk; readonly thumbprint: string }[]
  readonly x5t_s256: readonly {
    readonly source: string
    readonly certificate_der_base64: string
    readonly x5t_s256: string
  }[]
}

describeCorpus('JOSE of the corpus', ['http', 'jose.json'], (path) => {
  const { thumbprints, x5t_s256 } = JSON.parse(readFileSync(path, 'utf8')) as JoseCases

  it('has thumbprints, each as the corpus says, with every provider', async () => {
    expect(thumbprints.length).toBe(6)
    for (const { jwk, thumbprint, source } of thumbprints) {
      for (const crypto of providers) expect(await jwkThumbprint(jwk, { crypto }), source).toBe(thumbprint)
    }
  })

  it('has certificates, each with its x5t#S256', async () => {
    expect(x5t_s256.length).toBe(3)
    for (const { certificate_der_base64: text, x5t_s256: expected, source } of x5t_s256) {
      expect(await x5tS256(Buffer.from(text, 'base64')), source).toBe(expected)
    }
  })
})

describeCorpus('a registration that a bank took', ['registration', 'kat'], (folder) => {
  const body = JSON.parse(readFileSync(join(folder, 'post-register.body.json'), 'utf8')) as {
    jwks: { keys: [Jwk & { keys_ops: string[] }] }
  }
  const expected = JSON.parse(readFileSync(join(folder, 'post-register.expect.json'), 'utf8')) as {
    x5tS256: string
    kid: string
  }
  const [sent] = body.jwks.keys
  const der = Buffer.from(sent.x5c?.[0] ?? '', 'base64')
  const at = new Date('2019-06-01T00:00:00Z')

  it('has the kid and the x5t#S256 that are made from its certificate', async () => {
    const [jwk] = (await buildJwks(der, { at })).keys
    expect([jwk.kid, jwk['x5t#S256'], jwk.x5c]).toEqual([expected.kid, expected.x5tS256, sent.x5c])
    const { keys_ops, ...rest } = sent
    expect(jwk).toEqual({ ...rest, key_ops: keys_ops, ...jwkFromCertificate(parseCertificate(der)) })
  })

  it('misspells key_ops, which is refused by name, and holds once that is accepted', async () => {
    const text = JSON.stringify(body.jwks)
    const error = await errorOf(() => verifyJwks(text, { at }))
    expect([error.code, error.path, error.mend]).toEqual(['JWK_MEMBER_MISSPELT', '/keys/0/keys_ops', 'write "key_ops"'])
    const { findings, verified } = await checkJwks(text, { at, accept: ['JWK_MEMBER_MISSPELT'] })
    expect(findings.map(({ code, severity }) => [code, severity])).toEqual([
      ['JWK_MEMBER_MISSPELT', 'notice'],
      ['JWK_KEY_ABSENT', 'notice'],
    ])
    expect(verified?.jwk.kid).toBe(expected.kid)
  })

  it('ended in 2020', async () => {
    expect((await errorOf(() => buildJwks(der, { at: new Date('2021-01-01') }))).code).toBe('JWK_CERTIFICATE_EXPIRED')
  })
})

describeCorpus('a seal that a bank refused', ['registration', 'certs'], (folder) => {
  it('is signed with RSASSA-PSS', async () => {
    const der = readFileSync(join(folder, 'dtrust-pss-qsealc.der'))
    expect((await errorOf(() => buildJwks(der))).code).toBe('JWK_CERTIFICATE_PSS')
    const built = await buildJwks(der, { accept: ['JWK_CERTIFICATE_PSS'] })
    expect((await errorOf(() => verifyJwks(JSON.stringify(built)))).code).toBe('JWK_CERTIFICATE_PSS')
  })
})
