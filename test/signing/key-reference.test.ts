import { describe, expect, it } from 'vitest'
import { nodeCrypto } from '../../src/crypto/node.ts'
import { isSameName } from '../../src/signing/distinguished-name.ts'
import { parseKeyReference, refersTo } from '../../src/signing/index.ts'
import { certificate, seals, sha256 } from './support.ts'

const fingerprint = 'a'.repeat(64)

describe('parseKeyReference', () => {
  const forms: readonly (readonly [value: string, form: string, detail?: string | readonly bigint[]])[] = [
    [`https://tpp.example/seal_${fingerprint}`, 'url', fingerprint],
    [`https://tpp.example/a_b_${fingerprint}`, 'url', fingerprint],
    ['https://tpp.example/seal.pem', 'url'],
    ['https://tpp.example/26:c7:b8:8e.pem', 'url'],
    [`http://tpp.example/seal_${fingerprint}`, 'url'],
    [`https://user@tpp.example/seal_${fingerprint}`, 'url'],
    [`https://tpp.example/seal_${fingerprint}?x=1`, 'url'],
    [`https://tpp.example/seal?_${fingerprint}`, 'url'],
    [`https://tpp.example/seal#_${fingerprint}`, 'url'],
    [`https://tpp.example/seal_${fingerprint}.pem`, 'url'],
    [`https://tpp.example/seal_${fingerprint.toUpperCase()}`, 'url'],
    [`https://tpp.example/seal_${fingerprint}a`, 'url'],
    [`https://tpp.example/ seal_${fingerprint}`, 'url'],
    [`https://tpp.example/seal${fingerprint}`, 'url'],
    ['file:///etc/passwd', 'url'],
    ['HTTPS://tpp.example/seal', 'url'],
    ['SN=1A2B,CA=CN=x', 'issuer-serial', [0x1a2bn]],
    ['SN=1a2b,CA=CN=x', 'issuer-serial', [0x1a2bn]],
    ['SN=10,CA=CN=x', 'issuer-serial', [16n, 10n]],
    ['SN=7,CA=CN=x', 'issuer-serial', [7n]],
    ['SN=0x10,CA=CN=x', 'issuer-serial', [16n]],
    ['SN=0X10,CA=CN=x', 'issuer-serial', [16n]],
    ['SN=00:1a:2b,CA=CN=x', 'issuer-serial', [0x1a2bn]],
    ['SN=10:11,CA=CN=x', 'issuer-serial', [0x1011n]],
    ['sn=1A, ca=CN=x', 'issuer-serial', [26n]],
    [`SN=${'f'.repeat(42)},CA=CN=x`, 'issuer-serial', [BigInt(`0x${'f'.repeat(42)}`)]],
    [`SN=${'1'.repeat(50)},CA=CN=x`, 'issuer-serial', [BigInt('1'.repeat(50))]],
    ['1A2B', 'serial', [0x1a2bn]],
    ['SN=1A2B', 'serial', [0x1a2bn]],
    [' 12 ', 'serial', [0x12n, 12n]],
    [
      '5448667811826975824161486376202',
      'serial',
      [0x5448667811826975824161486376202n, 5448667811826975824161486376202n],
    ],
    [`${'f'.repeat(43)}`, 'identifier'],
    [`${'1'.repeat(51)}`, 'identifier'],
    ['PSDFR-ACPR-12345', 'identifier'],
    ['1PSDNL-DNB-33031431-0-RWMH', 'identifier'],
    ['99391c7e-ad88-49ec-a2ad-99ddcb1f7721', 'identifier'],
    ['SN=,CA=CN=x', 'identifier'],
    ['SN=-1,CA=CN=x', 'identifier'],
    ['SN=1g,CA=CN=x', 'identifier'],
    ['SN=0x,CA=CN=x', 'identifier'],
    ['SN=1.5,CA=CN=x', 'identifier'],
    ['CA=CN=x,SN=1A', 'identifier'],
    ['://x', 'identifier'],
    ['', 'identifier'],
    [' ', 'identifier'],
    ['x'.repeat(8192), 'identifier'],
  ]

  it.each(forms.map((row) => [row[0], row[1], row[2]] as const))('%s is %s', (value, form, detail) => {
    const reference = parseKeyReference(value)
    expect(reference).toMatchObject({ untrusted: true, value, form })
    if (reference.form === 'url') expect(reference.fingerprint).toBe(detail)
    if ('serials' in reference) expect(reference.serials).toEqual(detail)
  })

  const issuers: readonly (readonly [value: string, issuer: string])[] = [
    ['SN=1,CA=CN=Example CA,O=Example QTSP,C=FR', 'CN=Example CA,O=Example QTSP,C=FR'],
    ['SN=1,CA=CN=Example%20CA', 'CN=Example CA'],
    ['SN=1, CA=CN=x', 'CN=x'],
    ['SN=1,CA=', ''],
    ['SN=1,CA=O="a,CA=b",C=FR', 'O="a,CA=b",C=FR'],
  ]

  it.each(issuers)('%s has the issuer %s', (value, issuer) => {
    expect(parseKeyReference(value)).toMatchObject({ form: 'issuer-serial', issuer })
  })

  it('takes time that grows with the text and no faster', () => {
    const hostile = [`https://${'_a'.repeat(500_000)}`, `SN=1,${' '.repeat(1_000_000)}`, ':'.repeat(1_000_000)]
    const started = performance.now()
    for (const text of hostile) parseKeyReference(text)
    expect(performance.now() - started).toBeLessThan(2000)
  })
})

describe('isSameName', () => {
  const { issuer } = seals.rsa.certificate
  const [c, o, id, cn] = [
    'C=FR',
    'O=Test QTSP (for test only)',
    'organizationIdentifier=NTRFR-000000000',
    'CN=TEST ONLY Seal CA',
  ] as const

  const same: readonly string[] = [
    [c, o, id, cn].join(','),
    [c, o, id, cn].join(', '),
    [cn, id, o, c].join(','),
    [cn, id, o, c].join(' ; '),
    [cn, '2.5.4.97=NTRFR-000000000', o, c].join(','),
    [cn, 'OID.2.5.4.97=NTRFR-000000000', o, c].join(','),
    [cn, 'ORGANIZATIONIDENTIFIER=NTRFR-000000000', o, c].join(','),
    [cn, id, 'O="Test QTSP (for test only)"', c].join(','),
    [cn, id, 'o = Test QTSP (for test only)', 'c = FR'].join(' , '),
    [cn, id, 'O=Test\\20QTSP\\ (for test only)', c].join(','),
    [cn, id, 'O=\\54est QTSP \\(for test only)', c].join(','),
  ]

  it.each(same)('%s is the issuer', (text) => {
    expect(isSameName(text, issuer)).toBe(true)
  })

  const other: readonly string[] = [
    '',
    'junk',
    '=FR',
    ',',
    [c, o, id].join(','),
    [c, o, id, cn, cn].join(','),
    [o, c, id, cn].join(','),
    [c, o, id, 'CN=TEST ONLY Web CA'].join(','),
    [c, o, id, 'CN=test only seal ca'].join(','),
    [c, o, id, 'CN="TEST ONLY Seal CA'].join(','),
    [c, o, id, 'CN=TEST ONLY Seal CA\\'].join(','),
    [c, o, id, 'CN=TEST ONLY Seal CA\\ff'].join(','),
    [c, o, id, 'OU=TEST ONLY Seal CA'].join(','),
    [c, o, id, 'XX=TEST ONLY Seal CA'].join(','),
    [c, o, id, 'constructor=TEST ONLY Seal CA'].join(','),
    [c, o, `${id}\\,CN=TEST ONLY Seal CA`].join(','),
    [c, `O="Test QTSP (for test only),${id}"`, cn].join(','),
    `${[c, o, id, cn].join(',')},`,
    [c, o, id, `CN=${'x'.repeat(4096)}`].join(','),
  ]

  it.each(other)('%s is not', (text) => {
    expect(isSameName(text, issuer)).toBe(false)
  })

  it('takes octets as hexadecimal pairs, as RFC 4514 has them', () => {
    for (const id of ['qsealc-name-accents', 'qsealc-name-cyrillic', 'qsealc-name-greek', 'qsealc-name-decomposed']) {
      const name = certificate(id).subject
      const octets = (text: string): string => Buffer.from(text).toString('hex').replace(/../g, '\\$&')
      const ascii = String(name).replace(/[^ -~]+/g, octets)
      expect(isSameName(String(name), name), id).toBe(true)
      expect(isSameName(ascii, name), id).toBe(true)
      expect(isSameName(ascii.replace(/\\[0-9a-f]{2}/, '\\41'), name), id).toBe(false)
    }
  })
})

describe('refersTo', () => {
  const crypto = nodeCrypto()
  const own = seals.rsa.certificate
  const serial = own.serialNumber.toString(16)
  const rows: readonly (readonly [says: string, keyId: string, own: boolean, other: boolean])[] = [
    ['fingerprint', `https://tpp.example/seal_${sha256(own.bytes)}`, true, false],
    ['address alone', 'https://tpp.example/seal.pem', true, true],
    ['serial and issuer', `SN=${serial},CA=${own.issuer}`, true, false],
    ['serial in upper case', `SN=${serial.toUpperCase()},CA=${own.issuer}`, true, false],
    ['serial with colons', `SN=${serial.replace(/..(?!$)/g, '$&:')},CA=${own.issuer}`, true, false],
    ['serial in decimal', `SN=${own.serialNumber},CA=${own.issuer}`, true, false],
    ['another issuer', `SN=${serial},CA=CN=x`, false, false],
    ['no issuer', `SN=${serial},CA=`, false, false],
    ['another serial', `SN=1,CA=${own.issuer}`, false, false],
    ['serial alone', serial, true, false],
    ['serial alone, decimal', String(own.serialNumber), true, false],
    ['identifier', 'PSDFR-ACPR-12345', true, true],
  ]

  it.each(rows)('%s', async (_, keyId, isOwn, isOther) => {
    const reference = parseKeyReference(keyId)
    expect(await refersTo(reference, own, crypto)).toBe(isOwn)
    expect(await refersTo(reference, seals.otherRsa.certificate, crypto)).toBe(isOther)
  })
})
