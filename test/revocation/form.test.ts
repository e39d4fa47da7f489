import { describe, expect, it } from 'vitest'
import { nodeCrypto } from '../../src/crypto/node.ts'
import {
  bitString,
  boolean,
  type Der,
  element,
  encodeOid,
  explicit,
  implicit,
  integer,
  octetString,
  printableString,
  sequence,
  setOf,
  time,
} from '../../src/der/writer.ts'
import { createOcspResponder } from '../../src/issuance/index.ts'
import { checkRevocation } from '../../src/trust/index.ts'
import { encodeOcspRequest, parseCertificate, parseCrl, parseOcspResponse } from '../../src/x509/index.ts'
import { certificateOf, revocationVectors } from '../../vectors/revocation/make.ts'
import { at, authority, crl, later, leaf, ocsp, webCa } from './support.ts'

const ecdsaSha256 = sequence(encodeOid('1.2.840.10045.4.3.2'))
const name = sequence(setOf(sequence(encodeOid('2.5.4.3'), printableString('CA'))))
const thisUpdate = time(new Date('2026-05-01T00:00:00Z'))
const nextUpdate = time(new Date('2026-07-01T00:00:00Z'))
const generalized = (digits: string): Der => element(0x18, new TextEncoder().encode(digits))
const signature = bitString(new Uint8Array(8))
const extension = (oid: string, value: Uint8Array, critical = false): Der =>
  sequence(encodeOid(oid), ...(critical ? [boolean(true)] : []), octetString(value))

const v2 = integer(1)
const listOf = (...fields: Der[]): Der => sequence(sequence(...fields), ecdsaSha256, signature)
const withEntry = (...extensions: Der[]): Der =>
  listOf(
    v2,
    ecdsaSha256,
    name,
    thisUpdate,
    nextUpdate,
    sequence(sequence(integer(5), thisUpdate, sequence(...extensions))),
  )
const withExtensions = (...extensions: Der[]): Der =>
  listOf(v2, ecdsaSha256, name, thisUpdate, nextUpdate, explicit(0, sequence(...extensions)))
const withPoint = (...fields: Uint8Array[]): Der => withExtensions(extension('2.5.29.28', sequence(...fields), true))
const reason = (number: number): Der => extension('2.5.29.21', element(0x0a, Uint8Array.of(number)))

describe('a list that is refused', () => {
  const entry = sequence(sequence(integer(5), thisUpdate))
  const cases: Readonly<Record<string, readonly [Der, string, string]>> = {
    'version 1, written out': [listOf(integer(0), ecdsaSha256, name, thisUpdate), 'CRL_VERSION', 'tbsCertList.version'],
    'version 3': [listOf(integer(2), ecdsaSha256, name, thisUpdate), 'CRL_VERSION', 'tbsCertList.version'],
    'version 1 with extensions': [
      listOf(ecdsaSha256, name, thisUpdate, entry, explicit(0, sequence(extension('2.5.29.20', integer(1))))),
      'CRL_VERSION_FIELDS',
      'tbsCertList.crlExtensions',
    ],
    'version 1 with extensions of an entry': [
      listOf(ecdsaSha256, name, thisUpdate, sequence(sequence(integer(5), thisUpdate, sequence(reason(1))))),
      'CRL_VERSION_FIELDS',
      'tbsCertList.revokedCertificates[0].crlEntryExtensions',
    ],
    'an empty issuer': [listOf(v2, ecdsaSha256, sequence(), thisUpdate), 'CRL_ISSUER_EMPTY', 'tbsCertList.issuer'],
    'another algorithm outside': [
      sequence(sequence(v2, ecdsaSha256, name, thisUpdate), sequence(encodeOid('1.2.840.10045.4.3.3')), signature),
      'X509_SIGNATURE_ALGORITHM_MISMATCH',
      'signatureAlgorithm',
    ],
    'reason 7': [withEntry(reason(7)), 'CRL_REASON', 'tbsCertList.revokedCertificates[0][0].extnValue'],
    'reason 11': [withEntry(reason(11)), 'CRL_REASON', 'tbsCertList.revokedCertificates[0][0].extnValue'],
    'an extension twice in an entry': [
      withEntry(reason(1), extension('1.2.3.4', integer(1)), reason(1)),
      'X509_EXTENSION_TWICE',
      'tbsCertList.revokedCertificates[0][2]',
    ],
    'an extension twice': [
      withExtensions(extension('2.5.29.20', integer(1)), extension('2.5.29.20', integer(1))),
      'X509_EXTENSION_TWICE',
      'tbsCertList.crlExtensions[1]',
    ],
    'an empty point': [withPoint(), 'CRL_ISSUING_POINT_EMPTY', 'tbsCertList.crlExtensions[0].extnValue'],
    'a point for users and for CAs': [
      withPoint(implicit(1, Uint8Array.of(0xff)), implicit(2, Uint8Array.of(0xff))),
      'CRL_ISSUING_POINT_SCOPE',
      'tbsCertList.crlExtensions[0].extnValue',
    ],
    'a flag that is FALSE': [
      withPoint(implicit(1, Uint8Array.of(0))),
      'DER_DEFAULT_ENCODED',
      'tbsCertList.crlExtensions[0].extnValue.onlyContainsUserCerts',
    ],
    'a flag of two octets': [
      withPoint(implicit(1, Uint8Array.of(0xff, 0xff))),
      'DER_BOOLEAN_LENGTH',
      'tbsCertList.crlExtensions[0].extnValue.onlyContainsUserCerts',
    ],
    'a flag that is 1': [
      withPoint(implicit(4, Uint8Array.of(1))),
      'DER_BOOLEAN_VALUE',
      'tbsCertList.crlExtensions[0].extnValue.indirectCRL',
    ],
    'more behind': [
      sequence(...[sequence(v2, ecdsaSha256, name, thisUpdate), ecdsaSha256, signature, integer(1)]),
      'DER_TRAILING_DATA',
      '',
    ],
  }
  it.each(Object.entries(cases))('%s', (_, [der, code, path]) => {
    expect(() => parseCrl(der)).toThrow(expect.objectContaining({ code, path }))
  })
})

describe('a list that is read', () => {
  it.each([
    ['GeneralizedTime before 2050', listOf(v2, ecdsaSha256, name, generalized('20300101000000Z')), ['CRL_TIME_FORM']],
    ['nextUpdate before thisUpdate', listOf(v2, ecdsaSha256, name, nextUpdate, thisUpdate), ['CRL_UPDATE_ORDER']],
    ['an empty list of entries', listOf(v2, ecdsaSha256, name, thisUpdate, sequence()), ['CRL_LIST_EMPTY']],
    ['GeneralizedTime from 2050 on', listOf(v2, ecdsaSha256, name, thisUpdate, generalized('20510101000000Z')), []],
    [
      'a name relative to the issuer',
      withPoint(explicit(0, element(0xa1, sequence(encodeOid('2.5.4.3'), printableString('x'))))),
      [],
    ],
    [
      'issuerAltName',
      withExtensions(extension('2.5.29.18', sequence(implicit(6, new TextEncoder().encode('http://a'))))),
      [],
    ],
    ['an extension of its own', withExtensions(extension('1.2.3.4', sequence(integer(1)))), []],
  ] as const)('%s', (_, der, codes) => {
    expect(parseCrl(der).deviations.map(({ code }) => code)).toEqual(codes)
  })

  it('says everything', () => {
    const list = parseCrl(
      withExtensions(extension('2.5.29.20', integer(300)), extension('2.5.29.27', integer(299), true)),
    )
    expect([list.number?.hex, list.deltaBase?.hex, list.version, list.size]).toEqual(['012c', '012b', 2, 0])
    expect(list.nextUpdate).toEqual(new Date('2026-07-01T00:00:00Z'))
  })
})

describe('a response that is refused', () => {
  const certId = sequence(
    sequence(encodeOid('1.3.14.3.2.26')),
    octetString(Uint8Array.of(1)),
    octetString(Uint8Array.of(2)),
    integer(3),
  )
  const moment = generalized('20260501000000Z')
  const good = element(0x80)
  const single = (status: Der, ...more: Der[]): Der => sequence(certId, status, moment, ...more)
  const key = explicit(2, octetString(new Uint8Array(20)))
  const basic = (data: Der[], ...certificates: Der[]): Der =>
    sequence(
      sequence(...data),
      ecdsaSha256,
      signature,
      ...(certificates.length === 0 ? [] : [explicit(0, sequence(...certificates))]),
    )
  const response = (status: number, bytes?: Der, type = '1.3.6.1.5.5.7.48.1.1'): Der =>
    sequence(
      element(0x0a, Uint8Array.of(status)),
      ...(bytes === undefined ? [] : [explicit(0, sequence(encodeOid(type), octetString(bytes)))]),
    )
  const sound = basic([key, moment, sequence(single(good))])

  const cases: Readonly<Record<string, readonly [Der, string]>> = {
    'a status that is not used': [response(4), 'OCSP_STATUS'],
    'a status that is not defined': [response(9), 'OCSP_STATUS'],
    'successful without an answer': [response(0), 'OCSP_RESPONSE_MISSING'],
    'an error with an answer': [response(3, sound), 'OCSP_RESPONSE_PRESENT'],
    'version 2': [response(0, basic([explicit(0, integer(1)), key, moment, sequence(single(good))])), 'OCSP_VERSION'],
    'version 1, written out': [
      response(0, basic([explicit(0, integer(0)), key, moment, sequence(single(good))])),
      'DER_DEFAULT_ENCODED',
    ],
    'a responder that is neither name nor key': [
      response(0, basic([explicit(3, name), moment, sequence(single(good))])),
      'OCSP_RESPONDER_ID',
    ],
    'a status of a certificate that is not defined': [
      response(0, basic([key, moment, sequence(single(element(0x83)))])),
      'OCSP_CERTIFICATE_STATUS',
    ],
    'good with content': [
      response(0, basic([key, moment, sequence(single(element(0x80, Uint8Array.of(1))))])),
      'DER_NULL_CONTENT',
    ],
    'a thousand and one answers': [
      response(0, basic([key, moment, sequence(...Array.from({ length: 1001 }, () => single(good)))])),
      'LIMIT_OCSP_RESPONSES',
    ],
    'seventeen certificates': [
      response(0, basic([key, moment, sequence(single(good))], ...Array.from({ length: 17 }, () => sequence()))),
      'LIMIT_OCSP_CERTIFICATES',
    ],
  }
  it.each(Object.entries(cases))('%s', (_, [der, code]) => {
    expect(() => parseOcspResponse(der)).toThrow(expect.objectContaining({ code }))
  })

  it('a sound one is read, extensions of its own too', () => {
    const extensions = explicit(1, sequence(extension('1.2.3.4', integer(1))))
    const read = parseOcspResponse(response(0, basic([key, moment, sequence(single(good, extensions)), extensions])))
    expect(read.basic?.unknownCritical).toEqual([])
    expect(read.basic?.responses[0]?.unknownCritical).toEqual([])
  })

  it('another type is told', async () => {
    const bytes = response(0, sound, '1.2.3.4')
    expect(parseOcspResponse(bytes)).toEqual({ status: 'successful', type: '1.2.3.4', basic: undefined })
    const answer = await checkRevocation({ certificate: leaf, issuer: webCa, at, ocspResponses: [bytes] })
    expect(answer.code).toBe('REVOCATION_OCSP_TYPE')
  })
})

it('a nonce has 1 to 128 octets', async () => {
  const id = { issuerNameHash: new Uint8Array(20), issuerKeyHash: new Uint8Array(20), serial: Uint8Array.of(1) }
  for (const length of [0, 129]) {
    expect(() => encodeOcspRequest(id, new Uint8Array(length))).toThrow(TypeError)
    const ask = checkRevocation({ certificate: leaf, issuer: webCa, at, nonce: new Uint8Array(length) })
    await expect(ask).rejects.toBeInstanceOf(TypeError)
  }
  expect(encodeOcspRequest(id, new Uint8Array(128)).length).toBeGreaterThan(128)
})

describe('signatures that are not accepted', () => {
  it('are those of weak algorithms', async () => {
    const weaken = (bytes: Uint8Array) => {
      const octets = Buffer.from(bytes)
      const sha256 = Buffer.from('2a8648ce3d040302', 'hex')
      for (let at = octets.indexOf(sha256); at >= 0; at = octets.indexOf(sha256, at + 1)) octets[at + 7] = 1
      return new Uint8Array(octets)
    }
    const ask = { certificate: leaf, issuer: webCa, at }
    expect((await checkRevocation({ ...ask, crls: [weaken(await crl())] })).code).toBe('REVOCATION_CRL_ALGORITHM')
    const response = weaken(await ocsp({ responder: authority.webCa }))
    expect((await checkRevocation({ ...ask, ocspResponses: [response] })).code).toBe('REVOCATION_OCSP_ALGORITHM')
  })

  it('are those of short keys', async () => {
    const find = (id: string) => revocationVectors.find((vector) => vector.id === id)?.make() ?? Promise.reject(id)
    const crypto = nodeCrypto({ minimumRsaBits: 4096 })
    const certificate = parseCertificate(certificateOf('qwac'))
    const issuer = parseCertificate(certificateOf('ca-web'))
    const ask = { certificate, issuer, at: new Date('2026-02-01T12:00:00Z'), crypto }
    expect((await checkRevocation({ ...ask, crls: [await find('crl-good')] })).code).toBe('REVOCATION_CRL_ALGORITHM')
    const response = await find('ocsp-by-issuer')
    expect((await checkRevocation({ ...ask, ocspResponses: [response] })).code).toBe('REVOCATION_OCSP_ALGORITHM')
  })
})

describe('a responder', () => {
  const ask = async (bytes: Uint8Array) =>
    (await checkRevocation({ certificate: leaf, issuer: webCa, at, ocspResponses: [bytes] })).code

  it('is not believed about a part with an unknown critical extension', async () => {
    expect(await ask(await ocsp({ defects: ['unknown-critical-single-extension'] }))).toBe(
      'REVOCATION_OCSP_CRITICAL_EXTENSION',
    )
  })

  it('says good of what had expired: that proves nothing', async () => {
    const response = await ocsp({ producedAt: later(400) }, { thisUpdate: later(400), nextUpdate: later(401) })
    const options = { certificate: leaf, issuer: webCa, at: later(400), ocspResponses: [response] }
    const byIssuer = await ocsp(
      { responder: authority.webCa, producedAt: later(400) },
      { thisUpdate: later(400), nextUpdate: later(401) },
    )
    expect((await checkRevocation(options)).code).toBe('REVOCATION_OCSP_RESPONDER_VALIDITY')
    const answer = await checkRevocation({ ...options, ocspResponses: [byIssuer] })
    expect(answer.code).toBe('REVOCATION_CERTIFICATE_EXPIRED')
  })

  it('of a name of the issuer with another key is looked for among the certificates', async () => {
    const other = await createOcspResponder({ issuer: authority.webCa, notBefore: later(-3), notAfter: later(3) })
    const response = await ocsp({
      responder: { certificate: authority.webCa.certificate, privateKey: other.privateKey },
    })
    expect(await ask(response)).toBe('REVOCATION_OCSP_SIGNATURE')
  })
})
