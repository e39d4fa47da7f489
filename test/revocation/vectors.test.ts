import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkRevocation } from '../../src/trust/index.ts'
import { parseCertificate } from '../../src/x509/index.ts'
import { certificateOf, indexEntry, revocationVectors } from '../../vectors/revocation/make.ts'

const folder = new URL('../../vectors/revocation/', import.meta.url)
const index = JSON.parse(readFileSync(new URL('index.json', folder), 'utf8')) as {
  certificate: string
  issuer: string
  at: string
  vectors: { id: string; source: 'crl' | 'ocsp'; nonce?: string; status: string; code: string }[]
}
const certificate = parseCertificate(certificateOf(index.certificate))
const issuer = parseCertificate(certificateOf(index.issuer))

describe('vectors/revocation', () => {
  it('has a file for each vector, and no other', () => {
    const files = readdirSync(folder).filter((file) => file.endsWith('.der'))
    expect(files.sort()).toEqual(index.vectors.map(({ id }) => `${id}.der`).sort())
    expect(index.vectors).toEqual(revocationVectors.map(indexEntry))
  })

  it.each(index.vectors)('$id is answered', async ({ id, source, nonce, status, code }) => {
    const bytes = new Uint8Array(readFileSync(new URL(`${id}.der`, folder)))
    const sources = source === 'crl' ? { crls: [bytes] } : { ocspResponses: [bytes] }
    const asked = nonce === undefined ? {} : { nonce: new Uint8Array(Buffer.from(nonce, 'hex')) }
    const answer = await checkRevocation({ certificate, issuer, at: new Date(index.at), ...sources, ...asked })
    expect([answer.status, answer.code]).toEqual([status, code])
    expect(answer.evidence.map((item) => [item.source, item.status, item.code])).toEqual([[source, status, code]])
  })

  it.each(revocationVectors)('$id is what the table makes', async ({ id, make }) => {
    expect(Buffer.from(await make()).equals(readFileSync(new URL(`${id}.der`, folder)))).toBe(true)
  })
})
