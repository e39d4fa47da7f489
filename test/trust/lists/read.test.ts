import { loadTrustedList, type TrustedList } from 'psd2-toolkit/trust'
import { parseCertificate } from 'psd2-toolkit/x509'
import { describe, expect, it } from 'vitest'
import { matchCriteria } from '../../../src/trust/lists/criteria.ts'
import { type ListPlan, listText, qualification } from '../../../vectors/trusted-lists/make/list.ts'
import { certificate } from '../../../vectors/trusted-lists/make/material.ts'
import { web } from '../../../vectors/trusted-lists/make/vector.ts'
import { codeOf } from '../../lists/corpus-lists.ts'

const signer = parseCertificate(certificate('qsealc'))
const qsealc = signer

/** Reads a text as if it had been signed: what this room does with octets that were verified. */
function read(plan: ListPlan | string): Promise<TrustedList> {
  const octets = new TextEncoder().encode(typeof plan === 'string' ? plan : listText({ services: [web], ...plan }))
  const verify = () => ({ octets, signer, algorithm: '' })
  return loadTrustedList(octets, { verify, signers: [signer], at: new Date('2026-06-01T00:00:00Z') })
}
const refusal = (plan: ListPlan | string): Promise<string> => codeOf(() => read(plan))

describe('a list that was verified', () => {
  const moments: Readonly<Record<string, string | undefined>> = {
    '2026-05-01T00:00:00Z': '2026-05-01T00:00:00.000Z',
    '2026-05-01T00:00:00': '2026-05-01T00:00:00.000Z',
    '2026-05-01T02:30:00+02:30': '2026-05-01T00:00:00.000Z',
    '2026-04-30T23:00:00-01:00': '2026-05-01T00:00:00.000Z',
    '2026-05-01T00:00:00.25Z': '2026-05-01T00:00:00.250Z',
    ' 2026-05-01T00:00:00Z\n': '2026-05-01T00:00:00.000Z',
    '2024-02-29T00:00:00Z': '2024-02-29T00:00:00.000Z',
    '2026-02-29T00:00:00Z': undefined,
    '2026-13-01T00:00:00Z': undefined,
    '2026-05-01T24:00:00Z': undefined,
    '2026-05-01T00:60:00Z': undefined,
    '2026-05-01T00:00:60Z': undefined,
    '2026-05-01T00:00:00+15:00': undefined,
    '0099-05-01T00:00:00Z': undefined,
    '2026-05-01': undefined,
    'Fri, 01 May 2026 00:00:00 GMT': undefined,
    '': undefined,
  }
  it.each(Object.entries(moments))('issued %j', async (issued, moment) => {
    if (moment === undefined) expect(await refusal({ issued })).toBe('TSL_FIELD_VALUE')
    else expect((await read({ issued })).issued.toISOString()).toBe(moment)
  })

  it('has names in English, or in the first language there is', async () => {
    expect((await read({})).operator).toBe('Test operator & Co')
    expect(
      (await read({ exchange: [['<Name xml:lang="en">Test operator', '<Name xml:lang="de">Test operator']] })).operator,
    ).toBe("Exploitant d'essai")
    expect(
      (await read({ exchange: [['<TSPName><Name xml:lang="en">Test QTSP</Name>', '<TSPName>']] })).services[0]
        ?.provider,
    ).toBe('')
    expect(
      (await read({ exchange: [['<Name xml:lang="en">Test QTSP', '<Name>Test\n  QTSP']] })).services[0]?.provider,
    ).toBe('Test QTSP')
  })

  it('has no services where it has no providers', async () => {
    const text = listText({}).replace(/<TrustServiceProviderList>[\s\S]*<\/TrustServiceProviderList>/, '')
    expect((await read(text)).services).toEqual([])
    expect((await read(text.replace(/<PointersToOtherTSL>.*<\/PointersToOtherTSL>/, ''))).pointers).toEqual([])
  })

  it('is a list', async () => {
    expect(await refusal('<TrustServiceStatusList/>')).toBe('TSL_ROOT')
    expect(await refusal('<a xmlns="http://uri.etsi.org/02231/v2#"/>')).toBe('TSL_ROOT')
  })

  it('goes on without a certificate that cannot be read', async () => {
    const identities = [
      'ca-web',
      '<DigitalId><X509Certificate>!</X509Certificate></DigitalId>',
      '<DigitalId><X509SKI>AA==</X509SKI></DigitalId>',
    ]
    const { services, remarks } = await read({ services: [{ ...web, identities }] })
    expect([services[0]?.keys.length, remarks.map(({ code }) => code)]).toEqual([1, ['TSL_CERTIFICATE']])
    expect(remarks[0]?.path).toContain('X509Certificate')
    const many = Array.from({ length: 101 }, () => 'ca-web')
    expect(await refusal({ services: [{ ...web, identities: many }] })).toBe('LIMIT_LIST_SIGNERS')
  })

  it('keeps what it says about a key once, whatever certificates it has', async () => {
    const { services } = await read({ services: [{ ...web, identities: ['ca-web', 'ca-web', 'ca-ec-web'] }] })
    expect(services[0]?.keys.map(({ spki }) => Buffer.from(spki).toString('hex'))).toEqual(
      ['ca-web', 'ca-ec-web'].map((id) => parseCertificate(certificate(id)).publicKey.hex),
    )
  })

  it('does not say that a service without keys lacks them where no certificate is looked for', async () => {
    const { remarks } = await read({ services: [{ ...web, type: 'TSA/QTST', identities: [] }] })
    expect(remarks).toEqual([])
  })

  it('has pointers as far as they say something', async () => {
    const pointer = { territory: 'DE', location: 'https://de.example.com/', signers: ['qwac'] }
    const one = async (exchange: ListPlan['exchange'] = []) => (await read({ pointers: [pointer], exchange })).pointers
    expect(await one()).toEqual([{ ...pointer, type: 'EUgeneric', signers: [certificate('qwac')] }])
    const without = (name: RegExp) => listText({ pointers: [pointer] }).replace(name, '')
    expect((await read(without(/<OtherInformation><TSLType>.*?<\/OtherInformation>/))).pointers[0]?.type).toBe('')
    expect(
      (await read(without(/<OtherInformation><SchemeTerritory>.*?<\/OtherInformation>/))).pointers[0]?.territory,
    ).toBe('')
    expect((await read(without(/<OtherInformation><tslx:MimeType>.*?<\/OtherInformation>/))).pointers.length).toBe(1)
    expect(
      (await read(without(/<ServiceDigitalIdentities>.*?<\/ServiceDigitalIdentities>/))).pointers[0]?.signers,
    ).toEqual([])
    expect((await one([['<X509Certificate>', '<X509Certificate>!']]))[0]?.signers).toEqual([])
  })
})

describe('extensions of a service', () => {
  const status = async (extensions: string) =>
    (await read({ services: [{ ...web, extensions }] })).services[0]?.statuses[0]
  const unknown = (critical: string) => status(`<Extension${critical}><x:Limit xmlns:x="urn:x"/></Extension>`)

  it('count as critical where they do not say that they are not', async () => {
    const met = await Promise.all(
      [' Critical="true"', ' Critical="1"', '', ' Critical="no"', ' Critical="false"', ' Critical="0"'].map(unknown),
    )
    expect(met.map((one) => one?.notUnderstood)).toEqual([['Limit'], ['Limit'], ['Limit'], ['Limit'], [], []])
    expect(
      (await status('<Extension Critical="true"><ExpiredCertsRevocationInfo/></Extension>'))?.notUnderstood,
    ).toEqual([])
  })

  const criteria = (assert: string, content: string) =>
    qualification(['NotQualified'], `<ecc:CriteriaList${assert}>${content}</ecc:CriteriaList>`)
  const criterionOf = async (content: string) =>
    (await status(criteria(' assert="all"', content)))?.qualifications[0]?.criteria.of[0]
  const bit = (name: string, value: string) =>
    `<ecc:KeyUsage><ecc:KeyUsageBit name="${name}">${value}</ecc:KeyUsageBit></ecc:KeyUsage>`

  it('have criteria with names of bits in whatever case, and values as booleans', async () => {
    expect(await criterionOf(bit('crlSign', '1'))).toEqual({ kind: 'keyUsage', bits: [['cRLSign', true]] })
    expect(await criterionOf(bit('keyCertSign', '0'))).toEqual({ kind: 'keyUsage', bits: [['keyCertSign', false]] })
    for (const [name, value] of [
      ['sign', 'true'],
      ['', 'true'],
      ['keyCertSign', 'yes'],
    ] as const) {
      expect(await criterionOf(bit(name, value))).toEqual({ kind: 'unknown', name: 'KeyUsageBit' })
    }
    expect(await criterionOf('<ecc:KeyUsage><ecc:KeyUsageBit>true</ecc:KeyUsageBit></ecc:KeyUsage>')).toMatchObject({
      kind: 'unknown',
    })
  })

  it('have criteria with object identifiers, and leave open what is none', async () => {
    const policies = (content: string) =>
      criterionOf(`<ecc:PolicySet><ecc:PolicyIdentifier>${content}</ecc:PolicyIdentifier></ecc:PolicySet>`)
    expect(await policies('<xades:Identifier> URN:OID:1.2.3 </xades:Identifier>')).toEqual({
      kind: 'policies',
      oids: ['1.2.3'],
    })
    expect(await policies('<xades:Identifier>EVCP</xades:Identifier>')).toEqual({ kind: 'unknown', name: 'policies' })
    expect(await policies('')).toEqual({ kind: 'unknown', name: 'policies' })
  })

  it('have criteria that must all be met where nothing is said, and no other word for it', async () => {
    expect((await status(criteria('', '')))?.qualifications[0]?.criteria).toEqual({ assert: 'all', of: [] })
    const service = { ...web, extensions: criteria(' assert="any"', '') }
    expect(await refusal({ services: [service] })).toBe('TSL_FIELD_VALUE')
    const foreign =
      '<Extension Critical="true"><ecc:Qualifications><ecc:QualificationElement><ecc:Qualifiers><ecc:Qualifier uri="urn:x"/><ecc:Qualifier/></ecc:Qualifiers><ecc:CriteriaList/></ecc:QualificationElement></ecc:Qualifications></Extension>'
    expect((await status(foreign))?.qualifications[0]?.qualifiers).toEqual(['urn:x', ''])
  })
})

describe('matchCriteria', () => {
  const yes = { kind: 'policies', oids: ['0.4.0.194112.1.1'] } as const
  const no = { kind: 'policies', oids: ['1.2.3'] } as const
  const open = { kind: 'unknown', name: 'x' } as const
  const table = [
    ['all', [], 'yes'],
    ['atLeastOne', [], 'no'],
    ['none', [], 'yes'],
    ['all', [yes, yes], 'yes'],
    ['all', [yes, no], 'no'],
    ['all', [yes, open], 'unclear'],
    ['all', [no, open], 'no'],
    ['atLeastOne', [no, yes], 'yes'],
    ['atLeastOne', [no, no], 'no'],
    ['atLeastOne', [no, open], 'unclear'],
    ['atLeastOne', [yes, open], 'yes'],
    ['none', [no, no], 'yes'],
    ['none', [no, yes], 'no'],
    ['none', [no, open], 'unclear'],
    ['none', [yes, open], 'no'],
  ] as const
  it.each(table)('%s of %j is %s', (assert, of, match) => {
    expect(matchCriteria({ assert, of }, qsealc)).toBe(match)
  })

  it('asks what the certificate does not have as absent', () => {
    const bare = parseCertificate(certificate('ca-root'))
    expect(bare.extension('extKeyUsage')).toBeUndefined()
    const purposes = { kind: 'purposes', oids: ['1.3.6.1.5.5.7.3.1'] } as const
    expect(matchCriteria({ assert: 'all', of: [purposes] }, bare)).toBe('no')
    expect(matchCriteria({ assert: 'all', of: [{ kind: 'policies', oids: ['1.2.3'] }] }, bare)).toBe('no')
    const keyUsage = {
      kind: 'keyUsage',
      bits: [
        ['digitalSignature', false],
        ['keyCertSign', true],
      ],
    } as const
    expect(matchCriteria({ assert: 'all', of: [keyUsage] }, bare)).toBe('yes')
    expect(matchCriteria({ assert: 'all', of: [{ kind: 'subject', oids: ['2.5.4.3', '2.5.4.10'] }] }, bare)).toBe('yes')
    const without = parseCertificate(certificate('qsealc-missing-key-usage'), { mode: 'tolerant' })
    expect(matchCriteria({ assert: 'all', of: [keyUsage] }, without)).toBe('no')
  })
})
