import { chmodSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { AuditReport } from '../../src/core/audit-report.ts'
import { root } from '../support/package.ts'
import { folderWith, pem, psd2 } from './support.ts'

const vector = (name: string): string => readFileSync(join(root, `vectors/certificates/${name}.pem`), 'utf8')
const octets = (name: string): Buffer => Buffer.from(vector(name).replace(/-----[^-]+-----|\s/g, ''), 'base64')

/** Rules whose verdict on the vectors no other rule changes. */
const profile = { name: 'serials', title: 'serial numbers only', rules: ['rfc5280.serial-number', 'issuer.signature'] }

const folder = folderWith({
  'good.pem': vector('qwac'),
  'good.der': octets('qsealc-all-statements'),
  'long.pem': vector('qsealc-long-serial-number'),
  'key.pem': `-----BEGIN PRIVATE KEY-----\nc2VjcmV0c2VjcmV0\n-----END PRIVATE KEY-----\n${vector('qwac')}`,
  'junk.der': new Uint8Array([...octets('qwac'), 0]),
  'serials.json': JSON.stringify(profile),
  'no.json': 'rules: all',
  'half.json': JSON.stringify({ name: 'half', title: 'half', rules: ['rfc5280.serial-numbr'] }),
})
const file = (name: string): string => join(folder, name)
const reports = (out: string): AuditReport[] => (JSON.parse(out) as { reports: AuditReport[] }).reports
const audit = (...args: string[]) => psd2(['audit', '--profile', file('serials.json'), ...args])

describe('psd2 audit', () => {
  it('writes text by default, and exits 0 where nothing is found', async () => {
    const { code, out, err } = await audit(file('good.pem'))
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toContain(`${file('good.pem')} (line 1)  PASS  QWAC`)
    expect(out).toContain('no breach found; trust: not checked (profile serials)')
  })

  it('tells rule, clause, place, value and mend of what is found, and exits 1', async () => {
    const { code, out } = await audit(file('long.pem'))
    expect(code).toBe(1)
    expect(out).toContain('FAIL')
    expect(out).toContain('ERROR rfc5280.serial-number [RFC 5280 4.1.2.2]')
    expect(out).toContain('tbsCertificate.serialNumber, octets 13 to')
    expect(out).toContain('mend: ')
  })

  it('writes JSON as one object with a report a certificate', async () => {
    const inputs = [file('good.pem'), file('long.pem'), file('good.der')]
    const { code, out, err } = await audit('--format', 'json', '--at', '2026-06-01', ...inputs)
    expect({ code, err }).toEqual({ code: 1, err: '' })
    expect(JSON.parse(out)).toMatchObject({
      schemaVersion: '1.0',
      tool: { name: 'psd2-toolkit', version: '1.2.3' },
      at: '2026-06-01T00:00:00.000Z',
      complete: true,
      summary: { reports: 3, verdicts: { pass: 2, fail: 1, unreadable: 0 } },
    })
    expect(reports(out).map(({ source, kind, verdict, trust }) => [source, kind, verdict, trust])).toEqual([
      [file('good.pem'), 'QWAC', 'pass', 'not-checked'],
      [file('long.pem'), 'QSealC', 'fail', 'not-checked'],
      [file('good.der'), 'QSealC', 'pass', 'not-checked'],
    ])
    const [finding] = reports(out)[1]?.findings ?? []
    expect(finding).toMatchObject({ rule: 'rfc5280.serial-number', severity: 'error', offset: 13 })
  })

  it('gives what cannot be read a report of its own, goes on, and exits 3', async () => {
    const { code, out } = await audit('--format', 'json', file('junk.der'), file('none'), file('good.pem'))
    expect(code).toBe(3)
    expect(reports(out).map(({ verdict, findings }) => [verdict, findings[0]?.severity])).toEqual([
      ['unreadable', 'fatal'],
      ['unreadable', 'fatal'],
      ['pass', undefined],
    ])
  })

  it('reports the certificate beside a private key, and shows nothing of the key in any format', async () => {
    for (const format of ['text', 'json', 'ndjson', 'sarif', 'junit', 'csv', 'html']) {
      const { code, out, err } = await audit('--format', format, file('key.pem'))
      expect(code).toBe(3)
      expect(out).toContain('INPUT_PRIVATE_KEY')
      // SARIF has findings only.
      if (format !== 'sarif') expect(out).toContain(file('key.pem'))
      if (!['sarif', 'junit'].includes(format)) expect(out).toContain('PSDFR-ACPR-12345')
      expect(out + err).not.toContain('c2VjcmV0')
    }
  })

  it('writes to a file', async () => {
    const { code, out } = await audit('--format', 'json', '--output', file('out.json'), file('good.pem'))
    expect({ code, out }).toEqual({ code: 0, out: '' })
    expect(reports(readFileSync(file('out.json'), 'utf8'))).toHaveLength(1)
  })

  it('puts no emphasis into a file', async () => {
    await audit('--color', 'always', '--output', file('out.txt'), file('long.pem'))
    expect(readFileSync(file('out.txt'), 'utf8')).not.toContain('\u001b')
    expect((await audit('--color', 'always', file('long.pem'))).out).toContain('\u001b[31mFAIL')
  })
})

describe('--fail-on', () => {
  it.each([
    ['fatal', 0],
    ['error', 1],
    ['info', 1],
    ['none', 0],
  ] as const)('%s exits %i on an error', async (severity, expected) => {
    expect((await audit('--fail-on', severity, file('long.pem'))).code).toBe(expected)
  })

  it('does not hide what cannot be read', async () => {
    expect((await audit('--fail-on', 'none', file('junk.der'))).code).toBe(3)
  })

  it('of another severity is a wrong use', async () => {
    expect((await audit('--fail-on', 'grave', file('good.pem'))).code).toBe(2)
  })
})

describe('--rule and --no-rule', () => {
  const rulesOf = async (...args: string[]) => {
    const { out } = await psd2(['audit', '--format', 'json', ...args, file('long.pem')])
    return reports(out)[0]?.counts.rules
  }

  it('take rules by id and by folder', async () => {
    expect(await rulesOf('--rule', 'rfc5280.serial-number')).toMatchObject({ finding: 1, pass: 0 })
    const folderOnly = Object.values((await rulesOf('--rule', 'ts119495.*')) ?? {}).reduce((sum, each) => sum + each)
    const both = await rulesOf('--rule', 'ts119495.*', '--rule', 'rfc5280.serial-number')
    expect(Object.values(both ?? {}).reduce((sum, each) => sum + each)).toBe(folderOnly + 1)
    expect((await rulesOf('--no-rule', 'rfc5280.serial-number'))?.finding).toBe(0)
    expect(await rulesOf('--rule', 'rfc5280.serial-number', '--no-rule', 'ts119495.*')).toMatchObject({ finding: 1 })
  })

  it('name the nearest where there is none', async () => {
    for (const option of ['--rule', '--no-rule']) {
      const { code, err, out } = await audit(option, 'rfc5280.serial-numbr', file('good.pem'))
      expect({ code, out }).toEqual({ code: 2, out: '' })
      expect(err).toContain('rfc5280.serial-number')
    }
  })

  it('must leave something', async () => {
    const { code, err } = await audit('--no-rule', 'rfc5280.serial-number,issuer.signature', file('good.pem'))
    expect(code).toBe(2)
    expect(err).toContain('no rule is left')
  })
})

describe('--profile', () => {
  it('with an unknown name names the nearest', async () => {
    const { code, err, out } = await psd2(['audit', '--profile', 'bpec', file('good.pem')])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain('bpce')
  })

  it.each([
    ['no.json', 'JSON'],
    ['half.json', 'rfc5280.serial-number'],
    ['none.json', 'INPUT_NOT_FOUND'],
  ])('with the file %s says what is wrong, and exits 3', async (name, says) => {
    const { code, err, out } = await psd2(['audit', '--profile', file(name), file('good.pem')])
    expect({ code, out }).toEqual({ code: 3, out: '' })
    expect(err).toContain(says)
  })
})

describe('--output', () => {
  it('that cannot be written is said before any work, and exits 2', async () => {
    writeFileSync(file('plain'), '')
    mkdirSync(file('closed'), { recursive: true })
    chmodSync(file('closed'), 0o500)
    for (const [name, says] of [
      ['none/out.json', 'no such folder'],
      ['plain/out.json', 'no such folder'],
      ['.', 'a folder'],
    ] as const) {
      const { code, out, err } = await audit('--output', file(name), file('good.pem'))
      expect({ code, out }).toEqual({ code: 2, out: '' })
      expect(err).toContain(says)
    }
  })

  it('that is an input is refused, and the input kept', async () => {
    const before = readFileSync(file('good.pem'), 'utf8')
    for (const name of [file('good.pem'), join(folder, '.', 'good.pem')]) {
      const { code, err } = await audit('--output', name, file('good.pem'))
      expect(code).toBe(2)
      expect(err).toContain('is an input')
    }
    expect(readFileSync(file('good.pem'), 'utf8')).toBe(before)
    expect((await audit('--output', file('serials.json'), file('good.pem'))).code).toBe(2)
    expect(JSON.parse(readFileSync(file('serials.json'), 'utf8'))).toEqual(profile)
  })
})

describe('inputs', () => {
  const tree = folderWith({
    'a.pem': vector('qwac'),
    'b/copy.pem': `${vector('qsealc-long-serial-number')}${vector('qwac')}`,
    'b/readme.txt': 'nothing',
    'empty/readme.txt': 'nothing',
  })

  it('of a folder are audited once each, with every place of a duplicate', async () => {
    const { out } = await audit('--format', 'json', tree)
    const [first, second] = reports(out)
    expect(reports(out)).toHaveLength(2)
    expect(first).toMatchObject({
      source: `${tree}/a.pem`,
      duplicates: [{ source: `${tree}/b/copy.pem`, index: 1, place: expect.stringMatching(/^line \d+$/) }],
    })
    expect(second).toMatchObject({ source: `${tree}/b/copy.pem`, index: 0, verdict: 'fail' })
    expect(second).not.toHaveProperty('duplicates')
    expect(JSON.parse(out).summary).toMatchObject({ reports: 2, duplicates: 1 })
  })

  it('of an empty folder are a report that says so, and exit 3', async () => {
    const { code, out } = await audit(join(tree, 'empty'))
    expect(code).toBe(3)
    expect(out).toContain('INPUT_FOLDER_EMPTY')
  })

  it('too large are not opened', async () => {
    writeFileSync(file('large.der'), '')
    truncateSync(file('large.der'), 100_000_000)
    const { code, out } = await audit(file('large.der'))
    expect(code).toBe(3)
    expect(out).toContain('INPUT_TOO_LARGE')
  })

  it('of standard input are PEM, or records with an id', async () => {
    const bundle = await psd2(['audit', '--format', 'json', '-'], vector('qwac') + vector('qsealc-all-statements'))
    expect(reports(bundle.out).map(({ source, index, kind }) => [source, index, kind])).toEqual([
      ['-', 0, 'QWAC'],
      ['-', 1, 'QSealC'],
    ])
    const record = (id: unknown, der: string) => JSON.stringify({ id, der, more: [1] })
    const lines = [
      record('first', octets('qwac').toString('base64')),
      '',
      record(7, octets('qsealc-all-statements').toString('base64')),
      '{"id":"broken"',
      record('no base64', '%'),
      record('twice', octets('qwac').toString('base64')),
    ]
    const { code, out } = await psd2(['audit', '--format', 'ndjson', '-'], `${lines.join('\n')}\n`)
    const records = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as AuditReport)
    expect(code).toBe(3)
    expect(records.map(({ source, place, kind, verdict }) => [source, place, kind, verdict])).toEqual([
      ['first', '', 'QWAC', records[0]?.verdict],
      ['7', '', 'QSealC', records[1]?.verdict],
      ['-', 'line 4', 'other', 'unreadable'],
      ['-', 'line 5', 'other', 'unreadable'],
      ['twice', '', 'QWAC', records[0]?.verdict],
    ])
    expect(records[2]?.findings[0]?.message).toContain('JSON_')
    expect(records[3]?.findings[0]?.message).toContain('BASE64_')
  })

  it('of standard input that are a JWK Set are no records', async () => {
    const set = JSON.stringify({ keys: [{ x5c: [octets('qwac').toString('base64')] }] })
    const { out } = await psd2(['audit', '--format', 'json', '-'], set)
    expect(reports(out)).toMatchObject([{ kind: 'QWAC', place: '/keys/0/x5c/0' }])
  })

  it('in a file of records are read as records', async () => {
    writeFileSync(file('shard.ndjson'), `{"id":"a","der":"${octets('qwac').toString('base64')}"}\n`)
    const { out } = await psd2(['audit', '--format', 'json', file('shard.ndjson')])
    expect(reports(out)).toMatchObject([{ source: 'a', kind: 'QWAC' }])
  })

  it('of one key are known to the rules that ask for it', async () => {
    const other = pem(octets('qwac-all-statements'))
    const shared = folderWith({ 'one.pem': vector('qwac'), 'two.pem': other })
    const { out } = await psd2(['audit', '--profile', 'crypto', '--format', 'json', shared])
    for (const { notChecked } of reports(out)) {
      expect(notChecked.filter(({ needs }) => needs.includes('keyUse'))).toEqual([])
    }
    const alone = await psd2(['audit', '--profile', 'crypto', '--format', 'json', join(shared, 'one.pem')])
    expect(reports(alone.out)[0]?.notChecked.some(({ needs }) => needs.includes('keyUse'))).toBe(true)
  })
})

describe('--issuer', () => {
  const statusOf = async (...args: string[]) => {
    const { out } = await psd2(['audit', '--format', 'json', ...args])
    const [report] = reports(out)
    return { trust: report?.trust, needs: report?.notChecked.flatMap(({ needs }) => needs) ?? [] }
  }
  const vectors = join(root, 'vectors/certificates')

  it('verifies the signature, which alone makes nobody trusted', async () => {
    const { trust, needs } = await statusOf('--issuer', join(vectors, 'ca-web.pem'), join(vectors, 'qwac.pem'))
    expect(needs).not.toContain('issuerSignature')
    expect(needs).not.toContain('issuer')
    expect(trust).toBe('not-checked')
  })

  it('of another name says nothing', async () => {
    const { needs } = await statusOf('--issuer', join(vectors, 'ca-seal.pem'), join(vectors, 'qwac.pem'))
    expect(needs).toContain('issuerSignature')
  })

  it('finds a wrong signature', async () => {
    const der = octets('qwac')
    der[der.length - 1] = (der[der.length - 1] as number) ^ 1
    writeFileSync(file('forged.pem'), pem(der))
    const { trust } = await statusOf('--issuer', join(vectors, 'ca-web.pem'), file('forged.pem'))
    expect(trust).toBe('untrusted')
  })

  it('that is no certificate exits 3', async () => {
    expect((await audit('--issuer', file('no.json'), file('good.pem'))).code).toBe(3)
  })
})

describe('--baseline', () => {
  const withBaseline = (entries: unknown, ...args: string[]) => {
    writeFileSync(file('baseline.json'), typeof entries === 'string' ? entries : JSON.stringify({ accepted: entries }))
    return audit('--baseline', file('baseline.json'), '--format', 'json', ...args)
  }
  const entry = { rule: 'rfc5280.serial-number', reason: 'the register knows it by this number' }

  it('takes what it accepts out of verdict and exit code, and still shows it', async () => {
    const { code, out, err } = await withBaseline([entry], file('long.pem'))
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const [report] = reports(out)
    expect(report).toMatchObject({ verdict: 'pass', counts: { findings: { error: 0 } } })
    expect(report?.findings[0]).toMatchObject({ rule: entry.rule, accepted: entry.reason })
    expect(JSON.parse(out).summary).toMatchObject({ accepted: 1, findings: { error: 0 } })
  })

  it.each([
    ['another certificate', { sha256: '0'.repeat(64) }],
    ['another issuer', { issuer: 'CN=Other' }],
    ['another path', { path: 'tbsCertificate.subject' }],
    ['another rule', { rule: 'rfc5280.other' }],
  ])('does not accept what it says of %s, and names the entry as unused', async (_, over) => {
    const { code, out, err } = await withBaseline([{ ...entry, ...over }], file('long.pem'))
    expect(code).toBe(1)
    expect(JSON.parse(out).unusedBaseline).toEqual([{ entry: { ...entry, ...over }, because: 'unused' }])
    expect(err).toContain('baseline entry unused')
  })

  it('ends at the end of its last day', async () => {
    const until = { ...entry, until: '2026-06-01' }
    expect((await withBaseline([until], '--at', '2026-06-01T23:59:59Z', file('long.pem'))).code).toBe(0)
    const { code, err } = await withBaseline([until], '--at', '2026-06-02', file('long.pem'))
    expect(code).toBe(1)
    expect(err).toContain('baseline entry expired')
  })

  it('cannot make readable what is not', async () => {
    expect((await withBaseline([{ rule: 'engine.unreadable', reason: 'x' }], file('none'))).code).toBe(3)
  })

  it.each([
    ['no JSON', 'accepted:', 'JSON_'],
    ['no list', '{"accepted":{}}', '/accepted'],
    ['another member', '{"accepted":[],"x":1}', '/x'],
    ['no reason', '{"accepted":[{"rule":"a.b"}]}', 'a reason'],
    ['an empty reason', '{"accepted":[{"rule":"a.b","reason":" "}]}', '/accepted/0/reason'],
    ['no hash', '{"accepted":[{"rule":"a.b","reason":"x","sha256":"AB"}]}', '/accepted/0/sha256'],
    ['no day', '{"accepted":[{"rule":"a.b","reason":"x","until":"2026-02-30"}]}', '/accepted/0/until'],
  ])('with %s is refused, and exits 3', async (_, text, says) => {
    const { code, out, err } = await withBaseline(text, file('long.pem'))
    expect({ code, out }).toEqual({ code: 3, out: '' })
    expect(err).toContain(says)
  })
})

describe('--format sarif', () => {
  it('points to the line that holds the octet, whatever stands before and however wide the lines are', async () => {
    const der = octets('qsealc-flattened-roles')
    const block = (width: number, end: string) => {
      const base64 = der.toString('base64').match(new RegExp(`.{1,${width}}`, 'g')) ?? []
      return ['-----BEGIN CERTIFICATE-----', ...base64, '-----END CERTIFICATE-----', ''].join(end)
    }
    for (const [width, end] of [
      [64, '\n'],
      [76, '\r\n'],
      [5000, '\n'],
    ] as const) {
      const content = `subject=x\n\n${vector('qwac')}some text\n${block(width, end)}`
      writeFileSync(file('lines.pem'), content)
      const { out } = await psd2(['audit', '--rule', 'ts119495.roles-shape', '--format', 'sarif', file('lines.pem')])
      const { results } = JSON.parse(out).runs[0]
      expect(results).toHaveLength(1)
      const { startLine } = results[0].locations[0].physicalLocation.region
      const { derOffset, derLength } = results[0].properties
      expect(derLength).toBeGreaterThan(2)
      const lines = content.split(/\r?\n/)
      const begin = lines.lastIndexOf('-----BEGIN CERTIFICATE-----') + 1
      const octetsUpTo = (line: number) => Math.floor((lines.slice(begin, line).join('').length * 3) / 4)
      expect(octetsUpTo(startLine - 1)).toBeLessThanOrEqual(derOffset)
      expect(octetsUpTo(startLine)).toBeGreaterThan(derOffset)
    }
  })
})
