import { type ReadListOptions, readTrustedList, verifyListSignature } from 'psd2-toolkit/lists'
import { loadTrustedList } from 'psd2-toolkit/trust'
import { parseCertificate } from 'psd2-toolkit/x509'
import { describe, expect, it } from 'vitest'
import { listText, replaceOnce } from '../../vectors/trusted-lists/make/list.ts'
import { certificate, ellipticSigner, signers } from '../../vectors/trusted-lists/make/material.ts'
import { signList } from '../../vectors/trusted-lists/make/sign.ts'
import { signed, web } from '../../vectors/trusted-lists/make/vector.ts'
import { codeOf } from './corpus-lists.ts'

const at = new Date('2026-06-01T00:00:00Z')
const operator = [certificate(signers.national.certificate)]
const octets = (text: string): Uint8Array => new TextEncoder().encode(text)
const read = (text: string, options: Partial<ReadListOptions> = {}) =>
  codeOf(() => readTrustedList(octets(text), { signers: operator, at, ...options }))

describe('readTrustedList', () => {
  it('takes ECDSA, bound to the key', async () => {
    const text = signList(listText({ services: [web] }), { signer: ellipticSigner })
    const own = { signers: [certificate(ellipticSigner.certificate)] }
    expect(await read(text, own)).toBe('verified')
    expect(await read(replaceOnce(text, 'ecdsa-sha256', 'ecdsa-sha384'), own)).toBe('TSL_SIGNATURE_INVALID')
    expect(await read(replaceOnce(text, 'ecdsa-sha256', 'rsa-sha256'), own)).toBe('TSL_SIGNER_KEY')
    expect(await read(text)).toBe('TSL_SIGNER_UNKNOWN')
  })

  it('takes RSASSA-PSS, and tells it from RSASSA-PKCS1-v1_5', async () => {
    const pss = 'http://www.w3.org/2007/05/xmldsig-more#sha256-rsa-MGF1'
    const text = signed({}, { algorithm: pss })
    expect(await read(text)).toBe('verified')
    expect(await read(replaceOnce(text, pss, 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'))).toBe(
      'TSL_SIGNATURE_INVALID',
    )
    expect(await read(replaceOnce(signed(), 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', pss))).toBe(
      'TSL_SIGNATURE_INVALID',
    )
  })

  it('takes any of the signers, given as octets or as certificates', async () => {
    const both = [certificate('qwac'), ...operator]
    expect(await read(signed(), { signers: both })).toBe('verified')
    expect(await read(signed(), { signers: both.map((der) => parseCertificate(der)) })).toBe('verified')
  })

  it('takes a certificate only, not another of its key', async () => {
    // qwac-rsa-2048 has the key of the operator and is not the certificate that was pinned.
    expect(await read(signed(), { signers: [certificate('qwac-rsa-2048')] })).toBe('TSL_SIGNER_UNKNOWN')
  })

  it('takes octets as they were when it was called', async () => {
    const bytes = octets(signed())
    const reading = readTrustedList(bytes, { signers: operator, at })
    bytes.fill(0)
    expect((await reading).territory).toBe('FR')
  })

  it('marks a list that is out of date, where that is accepted', async () => {
    const options = { signers: operator, at: new Date('2027-01-01T00:00:00Z') }
    const list = await readTrustedList(octets(signed()), { ...options, acceptStale: true })
    expect([list.stale, list.services.length]).toEqual([true, 2])
    expect(await read(signed(), options)).toBe('TSL_STALE')
    expect(await read(signed({ nextUpdate: '' }), { acceptStale: true })).toBe('verified')
  })

  it('says the same of version 5 and of version 6', async () => {
    const five = await readTrustedList(octets(signed({ version: '5' })), { signers: operator, at })
    const six = await readTrustedList(octets(signed({ version: '6' }, { v2: true })), { signers: operator, at })
    expect([five.version, six.version]).toEqual([5, 6])
    expect(six.services).toEqual(five.services)
    expect(five.services.length).toBe(2)
  })

  const wrong: Readonly<Record<string, Partial<Record<keyof ReadListOptions, unknown>>>> = {
    'no signers': { signers: [] },
    'signers that are none': { signers: undefined },
    'no moment': { at: new Date(Number.NaN) },
    'a moment as text': { at: '2026-06-01' },
    'too small a key': { minimumRsaBits: 512 },
    'no number of bits': { minimumRsaBits: Number.NaN },
    'a limit of another name': { limits: { octets: 1 } },
  }
  it.each(Object.entries(wrong))('tells the caller of %s', async (_, options) => {
    const all = { signers: operator, at, ...options } as unknown as ReadListOptions
    await expect(readTrustedList(octets(signed()), all)).rejects.toThrow(TypeError)
  })

  it('tells the caller of an unknown option, a text, and a missing verifier', async () => {
    const options = { signers: operator, at }
    await expect(readTrustedList(octets(signed()), { ...options, acceptstale: true } as never)).rejects.toThrow(
      /acceptstale/,
    )
    await expect(readTrustedList(signed() as never, options)).rejects.toThrow(TypeError)
    await expect(loadTrustedList(octets(signed()), options as never)).rejects.toThrow(/verifyListSignature/)
    expect(() => verifyListSignature(octets(signed()), { signers: [] })).toThrow(TypeError)
  })
})

describe('loadTrustedList', () => {
  it('reads what its verifier verified, and nothing of the file', async () => {
    const other = verifyListSignature(octets(signed({ sequenceNumber: '9' })), {
      signers: operator.map((der) => parseCertificate(der)),
    })
    const list = await loadTrustedList(octets(signed()), { verify: () => other, signers: operator, at })
    expect(list.sequenceNumber).toBe(9)
  })
})

describe('the shape of a signature', () => {
  const sound = signed()
  const cases: Readonly<Record<string, readonly [code: string, text: string]>> = {
    'a root of another name': ['TSL_ROOT', sound.replaceAll('TrustServiceStatusList', 'TrustList')],
    'a root of another namespace': [
      'TSL_ROOT',
      replaceOnce(sound, 'xmlns="http://uri.etsi.org/02231/v2#"', 'xmlns="urn:x"'),
    ],
    'two KeyInfo': ['TSL_SIGNATURE_SHAPE', replaceOnce(sound, '<ds:KeyInfo>', '<ds:KeyInfo/><ds:KeyInfo>')],
    'two values': [
      'TSL_SIGNATURE_SHAPE',
      replaceOnce(sound, '<ds:SignatureValue>', '<ds:SignatureValue/><ds:SignatureValue>'),
    ],
    'a method of another namespace': [
      'TSL_FIELD_MISSING',
      replaceOnce(sound, '<ds:SignatureMethod', '<SignatureMethod'),
    ],
    'a third reference': [
      'TSL_REFERENCES',
      replaceOnce(sound, '<ds:Reference URI="">', '<ds:Reference URI="#list"/><ds:Reference URI="">'),
    ],
    'no reference to the whole list': [
      'TSL_REFERENCES',
      replaceOnce(sound, '<ds:Reference URI="">', '<ds:Reference URI="#list">'),
    ],
    'a reference with an XPointer': [
      'TSL_REFERENCES',
      replaceOnce(sound, 'URI="#properties"', 'URI="#xpointer(id(\'properties\'))"'),
    ],
    'a reference to a file': ['TSL_REFERENCES', replaceOnce(sound, 'URI="#properties"', 'URI="file:///etc/passwd"')],
    'properties of another type': ['TSL_REFERENCES', replaceOnce(sound, '01903#SignedProperties', '01903#Other')],
    'properties outside of the signature': [
      'TSL_REFERENCES',
      replaceOnce(replaceOnce(sound, 'Id="properties"', 'Id="others"'), 'Id="list"', 'Id="properties"'),
    ],
    'prefixes for a transform': [
      'TSL_TRANSFORMS',
      replaceOnce(
        sound,
        '<ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>',
        '<ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"><x PrefixList="ds"/></ds:Transform>',
      ),
    ],
    'a certificate that is no base64': [
      'TSL_KEY_INFO',
      replaceOnce(sound, '<ds:X509Certificate>', '<ds:X509Certificate>!'),
    ],
    'many certificates': [
      'LIMIT_LIST_SIGNERS',
      replaceOnce(sound, '<ds:X509Data>', `<ds:X509Data>${'<ds:X509Certificate>AA==</ds:X509Certificate>'.repeat(10)}`),
    ],
    'a value that is no base64': [
      'TSL_SIGNATURE_INVALID',
      replaceOnce(sound, '<ds:SignatureValue>', '<ds:SignatureValue>!'),
    ],
    'the algorithm exchanged for one of the same key': [
      'TSL_SIGNATURE_INVALID',
      replaceOnce(sound, '#rsa-sha256', '#rsa-sha512'),
    ],
  }
  it.each(Object.entries(cases))('is refused with %s', async (_, [code, text]) => {
    expect(await read(text)).toBe(code)
  })

  it('is refused before a tree is built of more children in one element than lists have', async () => {
    const wide = (count: number) =>
      replaceOnce(sound, '<SchemeInformation>', `<SchemeInformation>${'<a/>'.repeat(count)}`)
    expect(await read(wide(150_000))).toBe('LIMIT_LIST_CHILDREN')
    // However many are allowed, no call takes them as arguments.
    const limits = { elements: 200_000, children: 200_000 }
    expect(await read(replaceOnce(wide(150_000), '#rsa-sha256', '#rsa-md5'), { limits })).toBe(
      'TSL_SIGNATURE_ALGORITHM',
    )
  })

  it('is refused where the signed properties are others than those of XAdES', async () => {
    const plan = { signer: signers.national }
    const properties = (from: string, to: string) =>
      signList(listText({}), { ...plan, properties: (text) => text.replaceAll(from, to) })
    expect(await read(properties('SigningCertificate', 'SigningCertificates'))).toBe('TSL_SIGNED_PROPERTIES')
    expect(await read(properties('xades:Cert>', 'xades:Certificate>'))).toBe('TSL_SIGNED_PROPERTIES')
    expect(await read(properties('xmlenc#sha256', 'xmlenc#ripemd160'))).toBe('TSL_DIGEST_ALGORITHM')
    expect(await read(properties('</xades:SigningTime>', '</xades:SigningTime><xades:SigningCertificateV2/>'))).toBe(
      'TSL_SIGNED_PROPERTIES',
    )
  })

  it('has a cap on the signers of a pointer', async () => {
    const pointers = [
      { territory: 'EU', location: 'https://lists.example.com/', signers: Array.from({ length: 101 }, () => 'qwac') },
    ]
    expect(await read(signed({ pointers }))).toBe('LIMIT_LIST_SIGNERS')
  })
})
