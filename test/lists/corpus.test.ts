import { readListOfLists, readNationalList, readTrustedList, signersOf, verifyListSignature } from 'psd2-toolkit/lists'
import { findService, loadTrustedList, openTrustStore, packTrustStore } from 'psd2-toolkit/trust'
import { parseCertificate } from 'psd2-toolkit/x509'
import { expect, it } from 'vitest'
import { describeCorpus } from '../support/corpus.ts'
import { codeOf, exchange, listFiles, octetsOf, ownSigners } from './corpus-lists.ts'

/** Signatures that are right and refused, with one reason each. */
const refusedSignatures: Readonly<Record<string, readonly [code: string, reason: string]>> = {
  'tl_pivot_172_mp.xml': ['TSL_SIGNER_KEY', 'signed in 2017 with RSA of 1024 bits; as a pivot it is accepted'],
}

/** Lists with a right signature that are no EU trusted lists in force. */
const refusedLists: Readonly<Record<string, readonly [code: string, reason: string]>> = {
  'mra-zz-tl.xml': ['TSL_TERRITORY', 'a list for tests, of the territory ZZ'],
  'x_tl-ecdsa-brainpool.xml': ['TSL_VERSION', 'a list of version 3 of another scheme, without territory'],
}

const summer2019 = new Date('2019-09-10T00:00:00Z')
const summer2024 = new Date('2024-06-10T00:00:00Z')

describeCorpus('published trusted lists', ['trusted-lists'], (folder) => {
  const get = (file: string) => octetsOf(folder, file)

  it.each(listFiles(folder))('verifies the signature of %s, and reads it', async (file) => {
    const bytes = get(file)
    const own = ownSigners(bytes)
    const signers = own.map((der) => parseCertificate(der, { mode: 'tolerant' }))
    const refused = refusedSignatures[file]?.[0]
    if (refused !== undefined) expect(await codeOf(() => verifyListSignature(bytes, { signers }))).toBe(refused)
    const verified = verifyListSignature(bytes, refused === undefined ? { signers } : { signers, minimumRsaBits: 1024 })
    expect(verified.octets.length).toBeGreaterThan(bytes.length / 2)
    const read = async () => {
      const type = file.includes('lotl') || /^EU|pivot/.test(file) ? 'EUlistofthelists' : 'EUgeneric'
      const options = { verify: () => verified, signers: own, at: summer2019, acceptStale: true, type } as const
      const list = await loadTrustedList(bytes, options)
      expect(list.remarks).toEqual([])
      expect(list.services.length + list.pointers.length).toBeGreaterThan(1)
    }
    expect(await codeOf(read)).toBe(refusedLists[file]?.[0] ?? 'verified')
  })

  it('walks the pivots from the notice of 2016 to the list of lists of 2019, in whatever order they are given', async () => {
    const pivots = ['tl_pivot_226_mp.xml', 'tl_pivot_172_mp.xml', 'tl_pivot_247_mp.xml', 'tl_pivot_191_mp.xml'].map(get)
    const anchors = { certificates: ownSigners(get('tl_pivot_172_mp.xml')) }
    const { list, pivots: walked, notice } = await readListOfLists(get('EU.xml'), { anchors, pivots, at: summer2019 })
    expect(walked.map(({ sequenceNumber }) => sequenceNumber)).toEqual([172, 191, 226, 247])
    expect(list.sequenceNumber).toBe(248)
    expect(notice).toContain('OJ.C_.2019.276.01')
    const without = (file: number) => ({ anchors, pivots: pivots.filter((_, index) => index !== file), at: summer2019 })
    expect(await codeOf(() => readListOfLists(get('EU.xml'), without(3)))).toBe('TSL_SIGNER_UNKNOWN')
    expect(await codeOf(() => readListOfLists(get('EU.xml'), without(1)))).toBe('TSL_SIGNER_UNKNOWN')
  })

  it('walks the test pivots of a first notice, and begins anew with a second one', async () => {
    const first = { certificates: ownSigners(get('lotl_test_OJ_1_pivot_01.xml')) }
    const winter2023 = new Date('2023-12-01T00:00:00Z')
    const chain = await readListOfLists(get('lotl_test_OJ_1_pivot_02.xml'), {
      anchors: first,
      pivots: [get('lotl_test_OJ_1_pivot_01.xml')],
      at: winter2023,
    })
    expect([chain.pivots.length, chain.announcedPivots.length]).toEqual([1, 2])
    expect(chain.notice).toContain('2019.276')
    const reset = get('lotl_test_OJ_2_pivot_01.xml')
    expect(await codeOf(() => readListOfLists(reset, { anchors: first, at: winter2023 }))).toBe('TSL_SIGNER_UNKNOWN')
    const second = { certificates: ownSigners(reset) }
    const anew = await readListOfLists(reset, { anchors: second, at: winter2023 })
    expect([anew.announcedPivots.length, anew.notice]).toEqual([1, expect.stringContaining('2023.999')])
    const stillFirst = { anchors: { ...second, notice: chain.notice as string }, at: winter2023 }
    expect(await codeOf(() => readListOfLists(reset, stillFirst))).toBe('TSL_NOTICE_DIFFERS')
  })

  it('verifies national lists by the list of lists of their time, and answers from their store', async () => {
    const of2019 = (
      await readListOfLists(get('EU.xml'), {
        anchors: { certificates: ownSigners(get('EU.xml')) },
        at: summer2019,
      })
    ).list
    const of2024 = (
      await readListOfLists(get('eu-lotl-pivot-341.xml'), {
        anchors: { certificates: ownSigners(get('eu-lotl-pivot-341.xml')) },
        at: summer2024,
      })
    ).list
    const lists = await Promise.all(
      ['CY', 'DK', 'FR', 'IE'].map((code) =>
        readNationalList(get(`${code}.xml`), { listOfLists: of2019, at: summer2019 }),
      ),
    )
    const finnish = get('x_fi-v5.xml')
    expect(await codeOf(() => readNationalList(finnish, { listOfLists: of2019, at: summer2024 }))).toBe(
      'TSL_SIGNER_UNKNOWN',
    )
    lists.push(await readNationalList(finnish, { listOfLists: of2024, at: new Date('2024-12-01T00:00:00Z') }))
    expect(lists.map(({ territory, services }) => [territory, services.length])).toEqual([
      ['CY', 2],
      ['DK', 1],
      ['FR', 121],
      ['IE', 4],
      ['FI', 19],
    ])

    const store = await openTrustStore(await packTrustStore(lists))
    expect(store.lists.map(({ territory }) => territory)).toEqual(['CY', 'DK', 'FR', 'IE', 'FI'])
    // Every key of every service is found, and the answer is that of the list.
    for (const list of lists) {
      for (const service of list.services) {
        for (const key of service.keys) {
          const at = list.issued
          const { evidence, status, reason } = await findService(store, { issuer: key.spki, use: 'web', at })
          const met = evidence.find(
            (one) => one.service.name === service.name && one.service.provider === service.provider,
          )
          expect(met?.list.territory).toBe(list.territory)
          const [current] = service.statuses
          const granted = current?.type === 'CA/QC' && current.status === 'granted' && current.uses.includes('web')
          expect(met?.reason === undefined).toBe(granted)
          if (evidence.length === 1) expect(status).toBe(granted ? 'granted' : 'not-granted')
          if (!granted) expect(reason).toBeDefined()
        }
      }
    }
    const granted = lists.map(({ services }) =>
      services.filter(({ statuses: [now] }) => now?.status === 'granted' && now.type === 'CA/QC'),
    )
    expect(
      granted.map((services) => services.filter(({ statuses: [now] }) => now?.uses.includes('web')).length),
    ).toEqual([0, 0, 4, 0, 6])
  })

  it('refuses a signer that the list of lists does not name', async () => {
    const { list } = await readListOfLists(get('EU.xml'), {
      anchors: { certificates: ownSigners(get('EU.xml')) },
      at: summer2019,
    })
    const options = { signers: signersOf(list, 'FR'), at: summer2019 }
    expect(await codeOf(() => readTrustedList(get('IE.xml'), options))).toBe('TSL_SIGNER_UNKNOWN')
  })

  const genuine = () => Buffer.from(get('x_fi-v5.xml')).toString('utf8')
  const signature = /<ds:Signature [\s\S]*<\/ds:Signature>/
  const service = /<TSPService>[\s\S]*?<\/TSPService>/
  const changes: Readonly<Record<string, readonly [code: string, change: (text: string) => string]>> = {
    'a granted service withdrawn': [
      'TSL_DIGEST_MISMATCH',
      (text) => exchange(text, 'Svcstatus/granted', 'Svcstatus/withdrawn'),
    ],
    'a space more in a name': ['TSL_DIGEST_MISMATCH', (text) => exchange(text, 'Traficom', 'Traficom ')],
    'a service more': [
      'TSL_DIGEST_MISMATCH',
      (text) => exchange(text, '</TSPServices>', `${service.exec(text)?.[0]}</TSPServices>`),
    ],
    'another signature value': [
      'TSL_SIGNATURE_INVALID',
      (text) => exchange(text, /<ds:SignatureValue>../, '<ds:SignatureValue>AA'),
    ],
    'another time of signing': [
      'TSL_DIGEST_MISMATCH',
      (text) => exchange(text, 'SigningTime>2024-11-14', 'SigningTime>2024-11-15'),
    ],
    'a second signature': [
      'TSL_SIGNATURE_TWICE',
      (text) => exchange(text, signature, `${signature.exec(text)?.[0]}`.repeat(2)),
    ],
    'an unsigned signature with a forged service': [
      'TSL_SIGNATURE_TWICE',
      (text) =>
        exchange(
          text,
          signature,
          `${signature.exec(text)?.[0]}<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:Object>${service.exec(text)?.[0]}</ds:Object></ds:Signature>`,
        ),
    ],
    'a forged service in the Object of the signature': [
      'verified',
      (text) => exchange(text, '</ds:Signature>', `<ds:Object>${service.exec(text)?.[0]}</ds:Object></ds:Signature>`),
    ],
    'no signature': ['TSL_SIGNATURE_MISSING', (text) => exchange(text, signature, '')],
    'a comment between elements': [
      'verified',
      (text) => exchange(text, '<SchemeInformation>', '<SchemeInformation><!-- note -->'),
    ],
    'a comment in a value': [
      'XML_COMMENT_IN_VALUE',
      (text) => exchange(text, 'Svcstatus/granted', 'Svcstatus/gran<!---->ted'),
    ],
    'a document type': [
      'XML_DOCTYPE',
      (text) => exchange(text, '<TrustServiceStatusList', '<!DOCTYPE x><TrustServiceStatusList'),
    ],
    'half of it': ['XML_TRUNCATED', (text) => text.slice(0, text.length / 2)],
  }
  it.each(Object.entries(changes))('%s: %s', async (_, [code, change]) => {
    const signers = ownSigners(get('x_fi-v5.xml'))
    const at = new Date('2024-12-01T00:00:00Z')
    let services = -1
    const met = await codeOf(async () => {
      services = (await readTrustedList(new TextEncoder().encode(change(genuine())), { signers, at })).services.length
    })
    expect(met).toBe(code)
    // Whatever is put beside the signed octets: nothing of it is read.
    if (code === 'verified') expect(services).toBe(19)
  })
})
