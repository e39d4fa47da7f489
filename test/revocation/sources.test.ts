import { describe, expect, it } from 'vitest'
import { explicit, nullValue, sequence } from '../../src/der/writer.ts'
import { type ExtensionContent, encodeExtension } from '../../src/issuance/extensions.ts'
import { uriName } from '../../src/issuance/qc-statements.ts'
import { signCertificate } from '../../src/issuance/structure.ts'
import { checkRevocation, createRevocationChecker, type FetchRequest } from '../../src/trust/index.ts'
import { type Certificate, encodePem, parseCertificate, parseOcspResponse } from '../../src/x509/index.ts'
import { at, authority, certificateWith, crl, entry, impostor, later, leaf, ocsp, webCa } from './support.ts'

const noRevAvail: ExtensionContent = { oid: '2.5.29.56', critical: false, value: nullValue() }
const validityAssured: ExtensionContent = { oid: '0.4.0.194121.2.1', critical: false, value: nullValue() }
const points: ExtensionContent = {
  oid: '2.5.29.31',
  critical: false,
  value: encodeExtension.crlDistributionPoints('http://pki.example.com/web-ca.crl'),
}
const policies: ExtensionContent = {
  oid: '2.5.29.32',
  critical: false,
  value: encodeExtension.certificatePolicies(['0.4.0.194112.1.4']),
}
const isCa: ExtensionContent = { oid: '2.5.29.19', critical: true, value: encodeExtension.basicConstraints(true) }

const access = (...urls: string[]): ExtensionContent => ({
  oid: '1.3.6.1.5.5.7.1.1',
  critical: false,
  value: encodeExtension.authorityInfoAccess(urls[0], 'http://pki.example.com/ca.cer'),
})

describe('a certificate of which nothing is published', () => {
  const ask = (certificate: Certificate, crls: Uint8Array[] = []) =>
    checkRevocation({ certificate, issuer: webCa, at, crls })

  it.each([
    ['noRevAvail', [noRevAvail], {}, 'good', 'REVOCATION_NOT_AVAILABLE'],
    ['noRevAvail beside a list', [noRevAvail, points], {}, 'unknown', 'REVOCATION_NOT_AVAILABLE_CONTRADICTED'],
    [
      'noRevAvail beside a responder',
      [noRevAvail, access('http://o.example.com')],
      {},
      'unknown',
      'REVOCATION_NOT_AVAILABLE_CONTRADICTED',
    ],
    ['noRevAvail in a CA', [noRevAvail, isCa], {}, 'unknown', 'REVOCATION_NOT_AVAILABLE_CONTRADICTED'],
    ['validity-assured', [validityAssured], {}, 'good', 'REVOCATION_SHORT_TERM'],
    [
      'validity-assured for a month',
      [validityAssured],
      { notBefore: later(-15), notAfter: later(15) },
      'unknown',
      'REVOCATION_SHORT_TERM_TOO_LONG',
    ],
    ['validity-assured in a CA', [validityAssured, isCa], {}, 'unknown', 'REVOCATION_SHORT_TERM_TOO_LONG'],
    ['both', [noRevAvail, validityAssured], {}, 'good', 'REVOCATION_NOT_AVAILABLE'],
    ['neither', [policies], {}, 'unknown', 'REVOCATION_NO_SOURCE'],
  ] as const)('%s', async (_, extensions, validity, status, code) => {
    expect(await ask(await certificateWith(extensions, validity))).toMatchObject({ status, code })
  })

  it('is revoked where a list has it all the same', async () => {
    const certificate = await certificateWith([noRevAvail])
    expect(await ask(certificate, [await crl({ revoked: [entry] })])).toMatchObject({ status: 'revoked' })
  })

  it('may live longer where the caller says so', async () => {
    const certificate = await certificateWith([validityAssured], { notBefore: later(-1), notAfter: later(6) })
    const answer = await checkRevocation({ certificate, issuer: webCa, at, shortTermHours: 168 })
    expect(answer.code).toBe('REVOCATION_SHORT_TERM')
  })
})

describe('a fetcher', () => {
  const asking = async (answers: Readonly<Record<string, Uint8Array | Error | string>>, certificate = leaf) => {
    const asked: [string, FetchRequest][] = []
    const fetcher = async (url: string, request: FetchRequest) => {
      asked.push([url, request])
      const answer = answers[url] ?? new Error('secret of the proxy')
      if (answer instanceof Error) throw answer
      return answer as Uint8Array
    }
    return { asked, answer: await checkRevocation({ certificate, issuer: webCa, at, fetcher }) }
  }
  const responderUrl = 'http://pki.example.com/ocsp'
  const listUrl = 'http://pki.example.com/web-ca.crl'

  it('is asked for a response first, with a request that names the certificate', async () => {
    const { asked, answer } = await asking({ [responderUrl]: await ocsp() })
    expect(answer).toMatchObject({ status: 'good', code: 'REVOCATION_OCSP_GOOD' })
    expect(asked.map(([url, { kind, method }]) => [url, kind, method])).toEqual([[responderUrl, 'ocsp', 'POST']])
    const [, request] = asked[0] as (typeof asked)[number]
    expect(Buffer.from(request.body as Uint8Array).includes(Buffer.from(leaf.serial.value))).toBe(true)
    expect(request.headers).toContainEqual(['content-type', 'application/ocsp-request'])
  })

  it('is asked for the list where the responder does not answer', async () => {
    const { asked, answer } = await asking({ [listUrl]: await crl() })
    expect(asked.map(([url]) => url)).toEqual([responderUrl, listUrl])
    expect(answer).toMatchObject({ status: 'good', code: 'REVOCATION_CRL_GOOD' })
    expect(answer.evidence.map(({ code }) => code)).toEqual(['REVOCATION_FETCH_FAILED', 'REVOCATION_CRL_GOOD'])
  })

  it.each([
    ['fails', {}, 'REVOCATION_FETCH_FAILED'],
    ['gives text', { [responderUrl]: 'no', [listUrl]: 'no' }, 'REVOCATION_FETCH_FAILED'],
    [
      'gives a page of a portal',
      { [responderUrl]: new TextEncoder().encode('<html>'), [listUrl]: new TextEncoder().encode('<html>') },
      'REVOCATION_OCSP_UNREADABLE',
    ],
  ] as const)('that %s gives unknown, never good', async (_, answers, code) => {
    const { answer } = await asking(answers)
    expect([answer.status, answer.code, answer.evidence.length]).toEqual(['unknown', code, 2])
    expect(JSON.stringify(answer)).not.toContain('secret')
  })

  it('is not asked where what was given decides', async () => {
    let asked = 0
    const fetcher = async () => {
      asked++
      return new Uint8Array()
    }
    await checkRevocation({ certificate: leaf, issuer: webCa, at, fetcher, crls: [await crl()] })
    expect(asked).toBe(0)
  })

  it('gets a nonce, which the response must have', async () => {
    const nonce = () => new Uint8Array(32).fill(9)
    const answerWith = (bytes: Uint8Array) =>
      checkRevocation({ certificate: leaf, issuer: webCa, at, nonce, fetcher: async () => bytes })
    expect((await answerWith(await ocsp({ nonce: nonce() }))).status).toBe('good')
    expect((await answerWith(await ocsp())).code).toBe('REVOCATION_OCSP_NONCE')
  })

  it.each([
    'http://169.254.169.254/latest',
    'http://localhost/ocsp',
    'http://LOCALHOST./ocsp',
    'http://127.1/ocsp',
    'http://0x7f000001/',
    'http://2130706433/',
    'http://[::1]/ocsp',
    'http://[::ffff:10.0.0.1]/ocsp',
    'http://intranet/ocsp',
    'http://ocsp.corp/',
    'http://metadata.google.internal/',
    'file:///etc/passwd',
    'ldap://ldap.example.com/',
    'http://user:pass@ocsp.example.com/',
    'javascript:alert(1)',
    'not an address',
  ])('never gets %s', async (url) => {
    const { asked, answer } = await asking({}, await certificateWith([access(url)]))
    expect(asked).toEqual([])
    expect(answer).toMatchObject({ status: 'unknown', code: 'REVOCATION_FETCH_ADDRESS' })
  })

  it('gets only a few addresses of one certificate', async () => {
    const many = Array.from({ length: 50 }, (_, i) =>
      sequence(explicit(0, explicit(0, uriName(`http://a${i}.example.com/`)))),
    )
    const { asked } = await asking({}, await certificateWith([{ ...points, value: sequence(...many) }]))
    expect(asked).toHaveLength(4)
  })
})

describe('an issuer', () => {
  it('of another name is told', async () => {
    const issuer = parseCertificate(authority.sealCa.certificate)
    expect(await checkRevocation({ certificate: leaf, issuer, at, crls: [await crl()] })).toMatchObject({
      status: 'unknown',
      code: 'REVOCATION_ISSUER',
    })
  })

  const ca = async (...names: ('keyCertSign' | 'cRLSign')[]) => {
    const der = await signCertificate(
      {
        serialNumber: 1n,
        issuer: Uint8Array.from(webCa.issuer.value),
        notBefore: later(-100),
        notAfter: later(100),
        subject: Uint8Array.from(webCa.subject.value),
        publicKey: Uint8Array.from(webCa.publicKey.value),
        extensions:
          names.length === 0
            ? [isCa]
            : [isCa, { oid: '2.5.29.15', critical: true, value: encodeExtension.keyUsage(names) }],
      },
      { key: authority.root.privateKey, scheme: 'ES256' },
      globalThis.crypto,
    )
    return parseCertificate(der)
  }

  it('without cRLSign signs no lists; without keyUsage it may', async () => {
    const ask = async (issuer: Certificate) =>
      (await checkRevocation({ certificate: leaf, issuer, at, crls: [await crl()] })).code
    expect(await ask(await ca('keyCertSign'))).toBe('REVOCATION_CRL_KEY_USAGE')
    expect(await ask(await ca('cRLSign'))).toBe('REVOCATION_CRL_GOOD')
    expect(await ask(await ca())).toBe('REVOCATION_CRL_GOOD')
  })

  it('may let another sign its lists, where the certificate and the caller say so', async () => {
    const root = parseCertificate(authority.root.certificate)
    const point = sequence(sequence(element2(root)))
    const certificate = await certificateWith([{ ...points, value: point }])
    const named = { ...entry, certificateIssuer: authority.webCa.certificate }
    const scope = { indirectCRL: true } as const
    const ask = async (revoked: object[], crlIssuers: Certificate[]) => {
      const list = await crl({ issuer: authority.root, scope, revoked: revoked as never })
      const answer = await checkRevocation({ certificate, issuer: webCa, at, crls: [list], crlIssuers })
      return [answer.status, answer.code]
    }
    expect(await ask([named], [root])).toEqual(['revoked', 'REVOCATION_CRL_REVOKED'])
    expect(await ask([{ ...named, certificateIssuer: authority.sealCa.certificate }], [root])).toEqual([
      'good',
      'REVOCATION_CRL_GOOD',
    ])
    // The issuer that an entry names holds for those after it.
    const first = { ...named, serialNumber: 1n }
    expect(await ask([first, entry], [root])).toEqual(['revoked', 'REVOCATION_CRL_REVOKED'])
    expect(await ask([named], [])).toEqual(['unknown', 'REVOCATION_CRL_INDIRECT'])
  })
})

/** `cRLIssuer [2]` with one directoryName. */
function element2(certificate: Certificate): Uint8Array {
  const name = explicit(4, certificate.subject.value)
  return Uint8Array.from([0xa2, ...(name.length < 128 ? [name.length] : [0x81, name.length]), ...name])
}

describe('a list of everything', () => {
  it('counts, whatever the distribution points say', async () => {
    const root = parseCertificate(authority.root.certificate)
    const certificate = await certificateWith([{ ...points, value: sequence(sequence(element2(root))) }])
    expect(await checkRevocation({ certificate, issuer: webCa, at, crls: [await crl()] })).toMatchObject({
      status: 'good',
    })
    const named = await crl({ scope: { uris: ['http://pki.example.com/web-ca.crl'] } })
    const answer = await checkRevocation({ certificate, issuer: webCa, at, crls: [named] })
    expect(answer.code).toBe('REVOCATION_CRL_DISTRIBUTION_POINT')
  })

  it('may be signed with another key of the issuer, which the caller trusts', async () => {
    const list = await crl({ issuer: impostor.webCa })
    const ask = async (...crlIssuers: Certificate[]) =>
      (await checkRevocation({ certificate: leaf, issuer: webCa, at, crls: [list], crlIssuers })).code
    expect(await ask()).toBe('REVOCATION_CRL_OTHER_KEY')
    expect(await ask(parseCertificate(impostor.webCa.certificate))).toBe('REVOCATION_CRL_GOOD')
  })
})

describe('a checker', () => {
  it('answers many questions, and reads PEM', async () => {
    const list = new TextEncoder().encode(
      encodePem('X509 CRL', Buffer.from(await crl({ revoked: [entry] })).toString('base64')),
    )
    const check = createRevocationChecker({ crls: [list] })
    const other = await certificateWith([policies])
    expect((await check({ certificate: leaf, issuer: webCa, at })).status).toBe('revoked')
    expect((await check({ certificate: leaf, issuer: webCa, at })).status).toBe('revoked')
    expect((await check({ certificate: other, issuer: webCa, at })).evidence).toHaveLength(1)
  })

  it('says that a certificate had expired when its list was made', async () => {
    const certificate = await certificateWith([policies], { notBefore: later(-10), notAfter: later(-5) })
    const answer = await checkRevocation({ certificate, issuer: webCa, at, crls: [await crl()] })
    expect(answer.code).toBe('REVOCATION_CERTIFICATE_EXPIRED')
  })
})

it('a response that is read says what it says', async () => {
  const { status, basic } = parseOcspResponse(await ocsp({ responderId: 'name' }, { status: 'unknown' }))
  expect([status, basic?.responses.length, basic?.responses[0]?.status]).toEqual(['successful', 1, 'unknown'])
})
