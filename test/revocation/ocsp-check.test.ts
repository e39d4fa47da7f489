import { describe, expect, it } from 'vitest'
import {
  createOcspError,
  createOcspResponder,
  type OcspResponderOptions,
  type OcspResponseOptions,
  type OcspStatusOptions,
} from '../../src/issuance/index.ts'
import { type CheckRevocationOptions, checkRevocation } from '../../src/trust/index.ts'
import { at, authority, crl, impostor, later, leaf, ocsp, responder, webCa } from './support.ts'

const ask = (bytes: Uint8Array, more: Partial<CheckRevocationOptions> = {}) =>
  checkRevocation({ certificate: leaf, issuer: webCa, at, ocspResponses: [bytes], ...more })

const delegate = (options: Partial<OcspResponderOptions> = {}) =>
  createOcspResponder({ issuer: authority.webCa, notBefore: later(-30), notAfter: later(30), ...options })

const nonce = new Uint8Array(16).fill(7)

describe('a response that does not count', () => {
  type Case = readonly [response: Partial<OcspResponseOptions>, status: Partial<OcspStatusOptions>, code: string]
  const cases: Readonly<Record<string, () => Promise<Case>>> = {
    'about another serial number': async () => [{ defects: ['other-serial'] }, {}, 'REVOCATION_OCSP_OTHER_CERTIFICATE'],
    'about another issuer': async () => [{ defects: ['other-issuer-key'] }, {}, 'REVOCATION_OCSP_OTHER_CERTIFICATE'],
    'replayed after nextUpdate': async () => [
      { producedAt: later(-9) },
      { thisUpdate: later(-9), nextUpdate: later(-8) },
      'REVOCATION_OCSP_EXPIRED',
    ],
    'old and without nextUpdate': async () => [
      { producedAt: later(-1) },
      { nextUpdate: undefined } as never,
      'REVOCATION_OCSP_EXPIRED',
    ],
    'of tomorrow': async () => [
      { producedAt: later(1) },
      { thisUpdate: later(1), nextUpdate: later(2) },
      'REVOCATION_OCSP_NOT_YET',
    ],
    'signed tomorrow about today': async () => [{ producedAt: later(1) }, {}, 'REVOCATION_OCSP_NOT_YET'],
    'with a wrong signature': async () => [{ defects: ['wrong-signature'] }, {}, 'REVOCATION_OCSP_SIGNATURE'],
    'of the issuer with a wrong signature': async () => [
      { responder: authority.webCa, defects: ['wrong-signature'] },
      {},
      'REVOCATION_OCSP_SIGNATURE',
    ],
    'with an unknown critical extension': async () => [
      { defects: ['unknown-critical-extension'] },
      {},
      'REVOCATION_OCSP_CRITICAL_EXTENSION',
    ],
    'without the certificate of its responder': async () => [
      { defects: ['no-certificates'] },
      {},
      'REVOCATION_OCSP_RESPONDER',
    ],
    'of a responder of another authority': async () => [
      { responder: await delegate({ issuer: authority.sealCa }) },
      {},
      'REVOCATION_OCSP_RESPONDER',
    ],
    'of a responder of an authority of the same name': async () => [
      { responder: await delegate({ issuer: impostor.webCa }) },
      {},
      'REVOCATION_OCSP_RESPONDER',
    ],
    'of an authority of the same name, under that name': async () => [
      { responder: impostor.webCa, responderId: 'name' },
      {},
      'REVOCATION_OCSP_RESPONDER',
    ],
    'of a certificate that is not for OCSPSigning': async () => [
      { responder: await delegate({ purpose: false }) },
      {},
      'REVOCATION_OCSP_RESPONDER_PURPOSE',
    ],
    'of a responder that has expired': async () => [
      { responder: await delegate({ notAfter: later(-0.5) }) },
      {},
      'REVOCATION_OCSP_RESPONDER_VALIDITY',
    ],
    'of a responder that may be revoked': async () => [
      { responder: await delegate({ noCheck: false }) },
      {},
      'REVOCATION_OCSP_RESPONDER_REVOCATION',
    ],
    'that says unknown': async () => [{}, { status: 'unknown' }, 'REVOCATION_OCSP_UNKNOWN'],
  }
  it.each(Object.entries(cases))('%s', async (_, make) => {
    const [response, status, code] = await make()
    const answer = await ask(await ocsp(response, status))
    expect([answer.status, answer.code]).toEqual(['unknown', code])
    expect(answer.evidence.map((item) => [item.source, item.status, item.code])).toEqual([['ocsp', 'unknown', code]])
  })

  it('of nobody: errors are not signed', async () => {
    const answer = await ask(createOcspError(3))
    expect([answer.status, answer.code, answer.evidence[0]?.detail]).toEqual([
      'unknown',
      'REVOCATION_OCSP_STATUS',
      'tryLater',
    ])
  })

  it('unreadable', async () => {
    const answer = await ask(new TextEncoder().encode('<html>'))
    expect([answer.status, answer.code]).toEqual(['unknown', 'REVOCATION_OCSP_UNREADABLE'])
  })

  it('that says two things', async () => {
    const about = { certificate: leaf.bytes, issuer: authority.webCa.certificate, thisUpdate: later(-1) } as const
    const responses = [
      { ...about, status: 'good' },
      { ...about, status: { date: later(-2) } },
    ] as const
    expect(await ask(await ocsp({ responses }))).toMatchObject({ status: 'unknown', code: 'REVOCATION_OCSP_CONFLICT' })
  })

  it('without the nonce that was sent, or with another', async () => {
    const without = await ask(await ocsp(), { nonce })
    const other = await ask(await ocsp({ nonce: nonce.map((octet) => octet + 1) }), { nonce })
    expect([without.code, other.code]).toEqual(['REVOCATION_OCSP_NONCE', 'REVOCATION_OCSP_NONCE'])
  })
})

describe('a response that counts', () => {
  type Case = readonly [Partial<OcspResponseOptions>, Partial<OcspStatusOptions>, Partial<CheckRevocationOptions>]
  const cases: Readonly<Record<string, Case>> = {
    'of a delegated responder, by key': [{}, {}, {}],
    'of a delegated responder, by name': [{ responderId: 'name' }, {}, {}],
    'of the issuer, by key': [{ responder: authority.webCa }, {}, {}],
    'of the issuer, by name': [{ responder: authority.webCa, responderId: 'name' }, {}, {}],
    'with SHA-256 in CertID': [{}, { hash: 'SHA-256' }, {}],
    'with SHA-384 in CertID': [{}, { hash: 'SHA-384' }, {}],
    'with SHA-512 in CertID': [{}, { hash: 'SHA-512' }, {}],
    'with the nonce that was sent': [{ nonce }, {}, { nonce }],
    'with a nonce that nobody asked for': [{ nonce }, {}, {}],
    'of this minute, without nextUpdate': [{ producedAt: at }, { thisUpdate: at, nextUpdate: undefined } as never, {}],
    'without nextUpdate, where a day is allowed': [{}, { nextUpdate: undefined } as never, { ocspMaxAge: 86_400 }],
    'for an issuer that is a key': [
      {},
      {},
      { issuer: { subject: webCa.subject, publicKey: webCa.publicKey, certificate: undefined } },
    ],
  }
  it.each(Object.entries(cases))('%s says good', async (_, [response, status, more]) => {
    expect(await ask(await ocsp(response, status), more)).toMatchObject({
      status: 'good',
      code: 'REVOCATION_OCSP_GOOD',
    })
  })

  it('says why and when', async () => {
    const date = later(-3)
    expect(await ask(await ocsp({}, { status: { date, reason: 'superseded' } }))).toMatchObject({
      status: 'revoked',
      code: 'REVOCATION_OCSP_REVOKED',
      revocation: { date, reason: 'superseded', invalidityDate: undefined },
    })
  })

  it('proves a revocation when it is old, but no hold', async () => {
    const old = { thisUpdate: later(-9), nextUpdate: later(-8) }
    const revoked = await ocsp({}, { ...old, status: { date: later(-10) } })
    const held = await ocsp({}, { ...old, status: { date: later(-10), reason: 'certificateHold' } })
    expect([(await ask(revoked)).status, (await ask(held)).code]).toEqual(['revoked', 'REVOCATION_OCSP_EXPIRED'])
  })

  it('is of a responder that a list shows not to be revoked', async () => {
    const checked = await delegate({ noCheck: false, serialNumber: 99n })
    const response = await ocsp({ responder: checked })
    const good = await ask(response, { crls: [await crl({ revoked: [] })] })
    expect(good.evidence.map(({ code }) => code)).toEqual(['REVOCATION_CRL_GOOD', 'REVOCATION_OCSP_GOOD'])
    const revoked = await ask(response, { crls: [await crl({ revoked: [{ serialNumber: 99n, date: later(-2) }] })] })
    expect(revoked.evidence.map(({ code }) => code)).toEqual([
      'REVOCATION_CRL_GOOD',
      'REVOCATION_OCSP_RESPONDER_REVOKED',
    ])
  })

  it('is outweighed by a list that revokes', async () => {
    const { serialNumber } = leaf
    const crls = [await crl({ revoked: [{ serialNumber, date: later(-2) }] })]
    expect(await ask(await ocsp(), { crls })).toMatchObject({ status: 'revoked', code: 'REVOCATION_CRL_REVOKED' })
  })
})

it('a responder is delegated by the very issuer', () => {
  expect(responder.chain[1]).toEqual(authority.webCa.certificate)
})
