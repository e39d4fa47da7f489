import { describe, expect, it } from 'vitest'
import { decodePem, encodePem, type PemOptions } from '../../src/x509/index.ts'
import { authority, base64, bytesOf, expectLinear, found, pem, qsealc, qwac, thrownBy } from './support.ts'

const one = pem(qwac)
const two = pem(qsealc)
const begin = '-----BEGIN CERTIFICATE-----'
const end = '-----END CERTIFICATE-----'

const octets = (text: string | Uint8Array, options?: PemOptions): string[] =>
  decodePem(text, options).map(({ bytes }) => Buffer.from(bytes).toString('hex'))
const hexOf = (...ders: Uint8Array[]): string[] => ders.map((der) => Buffer.from(der).toString('hex'))

describe('decodePem reads', () => {
  const accepted: Readonly<Record<string, [text: string, ...ders: Uint8Array[]]>> = {
    'one block': [one, qwac],
    'two blocks': [one + two, qwac, qsealc],
    'blocks without an empty line between': [one.trimEnd() + two, qwac, qsealc],
    'text around blocks': [`subject: x\n${one}\nissuer: y\n${two}\nend\n`, qwac, qsealc],
    'text with dashes around': [`-- a --\n----- not a block -----\n${one}`, qwac],
    CRLF: [(one + two).replaceAll('\n', '\r\n'), qwac, qsealc],
    'spaces and tabs at line ends': [one.replaceAll('\n', ' \t\n'), qwac],
    'empty lines in the block': [one.replaceAll('\n', '\n\n'), qwac],
    'no line break at the end': [one.trimEnd(), qwac],
    'all base64 in one line': [`${begin}\n${base64(qwac)}\n${end}`, qwac],
    'lines of 76 characters': [`${begin}\n${base64(qwac).replaceAll(/.{76}/g, '$&\n')}\n${end}\n`, qwac],
    'a byte order mark': [`\ufeff${one}`, qwac],
    'text of another language': [`Émetteur : Société «ZÉRO» 証明書\n${one}`, qwac],
  }
  it.each(Object.entries(accepted))('%s', (_, [text, ...ders]) => {
    expect(octets(text)).toEqual(hexOf(...ders))
    expect(octets(bytesOf(text))).toEqual(hexOf(...ders))
  })

  it('label, line and offset of each block', () => {
    const text = `intro\r\n${one}\n\n${pem(authority, 'X509 CRL')}`
    const blocks = decodePem(text)
    expect(blocks.map(({ label }) => label)).toEqual(['CERTIFICATE', 'X509 CRL'])
    expect(blocks.map(({ offset }) => offset)).toEqual([7, text.indexOf('-----BEGIN X509')])
    expect(blocks.map(({ line }) => line)).toEqual([
      2,
      text.slice(0, text.indexOf('-----BEGIN X509')).split('\n').length,
    ])
  })

  it('what encodePem writes, in lines of 64 characters', () => {
    const text = encodePem('CERTIFICATE', base64(qwac))
    expect(octets(text)).toEqual(hexOf(qwac))
    const lines = text.trimEnd().split('\n').slice(1, -1)
    expect(lines.slice(0, -1).every((line) => line.length === 64)).toBe(true)
    expect(lines.at(-1)?.length).toBeLessThanOrEqual(64)
  })

  it('a view with an offset of its own', () => {
    const whole = bytesOf(`junk-----BEGIN X-----${one}`)
    expect(octets(whole.subarray('junk-----BEGIN X-----'.length))).toEqual(hexOf(qwac))
  })
})

describe('decodePem refuses', () => {
  const body = base64(qwac)
  const refused: Readonly<Record<string, [text: string, code: string]>> = {
    'an empty text': ['', 'PEM_NONE'],
    'text without a block': ['MIIB', 'PEM_NONE'],
    'four dashes': [one.replaceAll('-----', '----'), 'PEM_NONE'],
    'begin in small letters': [one.replace('BEGIN', 'begin'), 'PEM_NONE'],
    'another label at the end': [one.replace('END CERTIFICATE', 'END X509 CRL'), 'PEM_END_LABEL'],
    'a label that only begins the same': [one.replace('END CERTIFICATE', 'END CERTIFICATES'), 'PEM_END_LABEL'],
    'no END line': [one.replace(end, ''), 'PEM_END_MISSING'],
    'an END line without its dashes': [one.replace(end, '-----END CERTIFICATE'), 'PEM_END_LABEL'],
    'a BEGIN line that does not end': ['-----BEGIN CERTIFICATE\nAAAA', 'PEM_END_MISSING'],
    'a block in a block': [one.replace('\n', `\n${begin}\n`), 'PEM_END_MISSING'],
    'header lines': [one.replace('\n', '\nProc-Type: 4,ENCRYPTED\n\n'), 'PEM_HEADERS'],
    'missing padding': [`${begin}\n${base64(Uint8Array.of(1))}\n${end}`.replaceAll('=', ''), 'PEM_BASE64'],
    'too much padding': [`${begin}\n${body.replaceAll('=', '')}====\n${end}`, 'PEM_BASE64'],
    'padding within': [`${begin}\nAQ==AQ==\n${end}`, 'PEM_BASE64'],
    'bits that belong to no octet': [`${begin}\nAR==\n${end}`, 'PEM_BASE64'],
    'the alphabet of URLs': [`${begin}\n_-_-\n${end}`, 'PEM_BASE64'],
    NUL: [one.replace('\nMII', '\n\0MII'), 'PEM_BASE64'],
    'a space in a line': [one.replace('\nMII', '\nM II'), 'PEM_BASE64'],
    'a no-break space': [one.replace('\nMII', '\n\u00a0MII'), 'PEM_BASE64'],
    'an exclamation mark': [one.replace('\nMII', '\n!MII'), 'PEM_BASE64'],
    'an empty block': [`${begin}\n${end}`, 'PEM_EMPTY'],
    'a block of white space': [`${begin}\n \t\r\n\n${end}`, 'PEM_EMPTY'],
  }
  it.each(Object.entries(refused))('%s', (_, [text, code]) => {
    const error = thrownBy(() => decodePem(text))
    expect(error.code).toBe(code)
    expect(error.mend).toBeTruthy()
    expect(error.citation).toMatchObject({ document: 'RFC 7468' })
    expect(thrownBy(() => decodePem(bytesOf(text))).code).toBe(code)
  })

  it('and says the line and offset of the block', () => {
    const text = `${one}${two.replace('\nMII', '\n!MII')}`
    const error = thrownBy(() => decodePem(text))
    expect(error.path).toBe(`line ${one.split('\n').length}`)
    expect(error.offset).toBe(one.length)
    expect(error.message).toContain(error.path)
  })

  it('and never shows the text of a block', () => {
    const secret = 'c2VjcmV0IHNlY3JldA'
    for (const text of [
      `-----BEGIN PRIVATE KEY-----\n${secret}\n-----END PRIVATE KEY-----`,
      `-----BEGIN PRIVATE KEY-----\n${secret}: x\n-----END PRIVATE KEY-----`,
      `-----BEGIN PRIVATE KEY-----\n${secret}\n-----END KEY-----`,
    ]) {
      expect(JSON.stringify(thrownBy(() => decodePem(text)))).not.toContain(secret)
      expect(String(thrownBy(() => decodePem(text)).stack)).not.toContain(secret)
    }
  })

  it('a caller who gives no text or an unknown option', () => {
    expect(() => decodePem(1 as unknown as string)).toThrow(TypeError)
    expect(() => decodePem(null as unknown as string)).toThrow(TypeError)
    expect(() => decodePem(one, { lable: 'CERTIFICATE' } as unknown as PemOptions)).toThrow(TypeError)
  })
})

describe('the label option', () => {
  const bundle = pem(authority, 'X509 CRL') + one + two

  it('chooses blocks', () => {
    expect(octets(bundle, { label: 'CERTIFICATE' })).toEqual(hexOf(qwac, qsealc))
    expect(octets(bundle, { label: 'X509 CRL' })).toEqual(hexOf(authority))
    expect(octets(bundle)).toEqual(hexOf(authority, qwac, qsealc))
  })

  it('passes over what is wrong with others', () => {
    const broken = '-----BEGIN DH PARAMETERS-----\n!\n-----END DH PARAMETERS-----\n'
    expect(octets(broken + one, { label: 'CERTIFICATE' })).toEqual(hexOf(qwac))
    expect(thrownBy(() => decodePem(broken + one)).code).toBe('PEM_BASE64')
    expect(thrownBy(() => decodePem(broken + one, { label: 'DH PARAMETERS' })).code).toBe('PEM_BASE64')
  })

  it('tells a text without that label from one without blocks', () => {
    const error = thrownBy(() => decodePem(one, { label: 'PKCS7' }))
    expect(error.code).toBe('PEM_LABEL')
    expect(error.message).toContain('PKCS7')
    expect(thrownBy(() => decodePem('', { label: 'PKCS7' })).code).toBe('PEM_NONE')
  })

  it('compares exactly', () => {
    expect(thrownBy(() => decodePem(one, { label: 'certificate' })).code).toBe('PEM_LABEL')
    expect(thrownBy(() => decodePem(one, { label: 'CERT' })).code).toBe('PEM_LABEL')
  })
})

describe('one bad block hides no other', () => {
  const broken: Readonly<Record<string, [text: string, code: string]>> = {
    'no END line': [`${begin}\nAAAA\n`, 'PEM_END_MISSING'],
    'another END label': [`${begin}\nAAAA\n-----END X-----\n`, 'PEM_END_LABEL'],
    'no base64': [`${begin}\n!\n${end}\n`, 'PEM_BASE64'],
    'an empty block': [`${begin}\n${end}\n`, 'PEM_EMPTY'],
    'header lines': [`${begin}\na: b\n\nAAAA\n${end}\n`, 'PEM_HEADERS'],
  }
  it.each(Object.entries(broken))('%s', (_, [text, code]) => {
    const entries = found(one + text + two)
    expect(entries.map((entry) => entry.code ?? entry.der)).toEqual([...hexOf(qwac), code, ...hexOf(qsealc)])
    expect(entries[1]?.place).toBe(`line ${one.split('\n').length}`)
  })

  it('20,000 BEGIN lines without END give as many errors, and the block after them is read', () => {
    const entries = found(`${begin}\n`.repeat(20_000) + one)
    expect(entries).toHaveLength(20_001)
    expect(entries.slice(0, -1).every(({ code }) => code === 'PEM_END_MISSING')).toBe(true)
    expect(entries.at(-1)).toMatchObject({ place: 'line 20001', der: hexOf(qwac)[0] })
  })
})

describe('work is linear in', () => {
  const inputs: Readonly<Record<string, [size: number, make: (size: number) => string]>> = {
    'BEGIN lines without END': [10_000, (size) => `${begin}\n`.repeat(size)],
    'BEGIN without a label end': [50_000, (size) => '-----BEGIN x\n'.repeat(size)],
    'long labels': [5_000, (size) => `-----BEGIN ${'x'.repeat(100)}-----\n`.repeat(size)],
    'blocks in one line': [20_000, (size) => '-----BEGIN A-----AAAA-----END A-----'.repeat(size)],
    'blocks in many lines': [20_000, (size) => '-----BEGIN A-----\nAAAA\n-----END A-----\n'.repeat(size)],
    'spaces in a line of a block': [12_000, (size) => `${begin}\n${' '.repeat(size)}x\n${end}`],
    'tabs before the END line': [12_000, (size) => `${begin}\nAAAA\n${'\t'.repeat(size)}x${end}`],
    'carriage returns': [200_000, (size) => `${begin}\n${'\r'.repeat(size)}${end}`],
    'empty lines': [200_000, (size) => `${begin}\n${'\n'.repeat(size)}${end}`],
    dashes: [1_250_000, (size) => '-'.repeat(size)],
    'dashes after BEGIN': [1_250_000, (size) => `-----BEGIN ${'-'.repeat(size)}`],
    'dashes in a block': [1_250_000, (size) => `${begin}\n${'-'.repeat(size)}\n${end}`],
    'the longest block': [1_000_000, (size) => `${begin}\n${'A'.repeat(size)}\n${end}`],
  }
  it.each(Object.entries(inputs))('%s', (_, [size, make]) => {
    expectLinear(size, (n) => bytesOf(make(n)), found)
  })
})
