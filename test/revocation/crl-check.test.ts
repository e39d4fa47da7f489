import { describe, expect, it } from 'vitest'
import type { CrlOptions } from '../../src/issuance/index.ts'
import { checkRevocation } from '../../src/trust/index.ts'
import { parseCertificate } from '../../src/x509/index.ts'
import { at, authority, crl, entry, impostor, later, leaf, webCa } from './support.ts'

const ask = async (...lists: (Partial<CrlOptions> | Uint8Array)[]) =>
  checkRevocation({
    certificate: leaf,
    issuer: webCa,
    at,
    crls: await Promise.all(lists.map((list) => (list instanceof Uint8Array ? list : crl(list)))),
  })

const uri = 'http://pki.example.com/web-ca.crl'

describe('a list that does not count', () => {
  const cases: Readonly<Record<string, readonly [Partial<CrlOptions>, string]>> = {
    'of another issuer': [{ issuer: authority.sealCa }, 'REVOCATION_CRL_OTHER_ISSUER'],
    'of a key of the same name': [{ issuer: impostor.webCa }, 'REVOCATION_CRL_OTHER_KEY'],
    'with a wrong signature': [{ defects: ['wrong-signature'] }, 'REVOCATION_CRL_SIGNATURE'],
    'with another key identifier': [{ defects: ['other-key-identifier'] }, 'REVOCATION_CRL_OTHER_KEY'],
    expired: [{ thisUpdate: later(-9), nextUpdate: later(-2) }, 'REVOCATION_CRL_EXPIRED'],
    'of tomorrow': [{ thisUpdate: later(1) }, 'REVOCATION_CRL_NOT_YET'],
    'without nextUpdate': [{ nextUpdate: null }, 'REVOCATION_CRL_NO_NEXT_UPDATE'],
    'a delta list': [{ defects: ['delta'] }, 'REVOCATION_CRL_DELTA'],
    'with an unknown critical extension': [
      { defects: ['unknown-critical-extension'] },
      'REVOCATION_CRL_CRITICAL_EXTENSION',
    ],
    'with an unknown critical extension in an entry': [
      { defects: ['unknown-critical-entry-extension'], revoked: [{ serialNumber: 5n, date: later(-3) }] },
      'REVOCATION_CRL_CRITICAL_EXTENSION',
    ],
    'about CA certificates': [{ scope: { onlyContainsCACerts: true } }, 'REVOCATION_CRL_SCOPE'],
    'about attribute certificates': [{ scope: { onlyContainsAttributeCerts: true } }, 'REVOCATION_CRL_SCOPE'],
    'of another distribution point': [
      { scope: { uris: ['http://pki.example.com/other.crl'] } },
      'REVOCATION_CRL_DISTRIBUTION_POINT',
    ],
    'for some reasons': [{ scope: { onlySomeReasons: ['keyCompromise'] } }, 'REVOCATION_CRL_SOME_REASONS'],
    indirect: [{ scope: { indirectCRL: true } }, 'REVOCATION_CRL_INDIRECT'],
    'with removeFromCRL': [{ revoked: [{ ...entry, reason: 'removeFromCRL' }] }, 'REVOCATION_CRL_REMOVED'],
    'signed by a forger who lists the certificate': [
      { revoked: [entry], defects: ['wrong-signature'] },
      'REVOCATION_CRL_SIGNATURE',
    ],
  }
  it.each(Object.entries(cases))('%s', async (_, [options, code]) => {
    const answer = await ask(options)
    expect([answer.status, answer.code]).toEqual(['unknown', code])
    expect(answer.evidence.map((item) => [item.status, item.code])).toEqual([['unknown', code]])
    expect(answer.mend).not.toBe('')
  })

  it('unreadable', async () => {
    const answer = await ask(new Uint8Array([0x30, 0x80]))
    expect([answer.status, answer.code, answer.evidence[0]?.detail]).toEqual([
      'unknown',
      'REVOCATION_CRL_UNREADABLE',
      'DER_LENGTH_INDEFINITE',
    ])
  })

  it('none', async () => {
    expect(await ask()).toMatchObject({ status: 'unknown', code: 'REVOCATION_NO_SOURCE', evidence: [] })
  })
})

describe('a list that counts', () => {
  it.each([
    ['of everything', {}],
    ['of its distribution point', { scope: { uris: ['http://elsewhere.example/x.crl', uri] } }],
    ['about user certificates', { scope: { onlyContainsUserCerts: true } }],
    ['of version 1', { version: 1 }],
    ['with others revoked', { revoked: [{ serialNumber: 5n, date: later(-3), reason: 'superseded' }] }],
    ['of this second', { thisUpdate: at }],
    ['whose nextUpdate is this second', { thisUpdate: later(-7), nextUpdate: at }],
    ['half a minute ahead', { thisUpdate: new Date(at.getTime() + 30_000) }],
  ] as const)('%s says good', async (_, options) => {
    expect(await ask(options)).toMatchObject({ status: 'good', code: 'REVOCATION_CRL_GOOD', revocation: undefined })
  })

  it('says why and when', async () => {
    const invalidityDate = later(-5)
    const answer = await ask({ revoked: [{ ...entry, reason: 'keyCompromise', invalidityDate }] })
    expect(answer).toMatchObject({
      status: 'revoked',
      code: 'REVOCATION_CRL_REVOKED',
      revocation: { date: entry.date, reason: 'keyCompromise', invalidityDate },
    })
  })

  it('revokes while on hold', async () => {
    const answer = await ask({ revoked: [{ ...entry, reason: 'certificateHold' }] })
    expect(answer).toMatchObject({ status: 'revoked', revocation: { reason: 'certificateHold' } })
  })

  it('is outweighed by one that revokes', async () => {
    expect(await ask({}, { revoked: [entry] })).toMatchObject({ status: 'revoked' })
  })

  it('joins lists for some reasons each', async () => {
    const some = { onlySomeReasons: ['keyCompromise', 'cACompromise'] } as const
    const rest = {
      onlySomeReasons: [
        'affiliationChanged',
        'superseded',
        'cessationOfOperation',
        'certificateHold',
        'privilegeWithdrawn',
        'aACompromise',
      ],
    } as const
    expect(await ask({ scope: some }, { scope: rest })).toMatchObject({ status: 'good', code: 'REVOCATION_CRL_GOOD' })
    expect(await ask({ scope: some }, { scope: some })).toMatchObject({ status: 'unknown' })
  })
})

describe('a list of another time', () => {
  const old = { thisUpdate: later(-9), nextUpdate: later(-3) }

  it('proves a revocation, which is never taken back', async () => {
    const revoked = [{ ...entry, date: later(-10) }]
    expect(await ask({ ...old, revoked })).toMatchObject({ status: 'revoked' })
    expect(await ask({ thisUpdate: later(3), revoked })).toMatchObject({ status: 'revoked' })
  })

  it('proves nothing of a hold, or of a revocation to come', async () => {
    const hold = [{ ...entry, date: later(-10), reason: 'certificateHold' }] as const
    expect(await ask({ ...old, revoked: hold })).toMatchObject({ status: 'unknown', code: 'REVOCATION_CRL_EXPIRED' })
    const future = [{ ...entry, date: later(2) }]
    expect(await ask({ thisUpdate: later(3), revoked: future })).toMatchObject({ code: 'REVOCATION_CRL_NOT_YET' })
  })
})

describe('an indirect list', () => {
  const issuer = authority.root
  const asked = async (options: Partial<CrlOptions>) => {
    return checkRevocation({
      certificate: leaf,
      issuer: webCa,
      at,
      crls: [await crl({ issuer, ...options })],
      crlIssuers: [parseCertificate(authority.root.certificate)],
    })
  }
  const { certificate: ours } = authority.webCa
  const { certificate: theirs } = authority.sealCa

  it('revokes what is of the issuer that it names', async () => {
    const revoked = [{ serialNumber: 9n, date: later(-3), certificateIssuer: ours }, entry]
    expect(await asked({ scope: { indirectCRL: true }, revoked })).toMatchObject({
      code: 'REVOCATION_CRL_DISTRIBUTION_POINT',
    })
  })

  it('does not count where the certificate does not name it', async () => {
    const revoked = [{ ...entry, certificateIssuer: theirs }]
    expect(await asked({ scope: { indirectCRL: true }, revoked })).toMatchObject({ status: 'unknown' })
  })
})

describe('wrong use', () => {
  it.each([
    ['an unknown option', { crlss: [] }],
    ['no moment', { at: new Date(Number.NaN) }],
    ['a negative skew', { clockSkew: -1 }],
    ['a skew that is no number', { clockSkew: Number.NaN }],
    ['an issuer that is octets', { issuer: authority.webCa.certificate }],
    ['a list that is text', { crls: ['x'] }],
  ])('%s is a TypeError', async (_, wrong) => {
    const call = () => checkRevocation({ certificate: leaf, issuer: webCa, at, ...wrong } as never)
    await expect(call()).rejects.toBeInstanceOf(TypeError)
  })
})
