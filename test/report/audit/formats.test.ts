import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { DOMParser } from '@xmldom/xmldom'
import { Ajv } from 'ajv'
import Ajv4 from 'ajv-draft-04'
import addFormats from 'ajv-formats'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { auditCertificate, readyProfile } from '../../../src/audit/index.ts'
import { rulesOf } from '../../../src/audit/rule-info.ts'
import type { AuditReport, Finding } from '../../../src/core/audit-report.ts'
import { type WriteOptions, writeReports } from '../../../src/report/index.ts'
import { seeds } from '../../support/build.ts'
import { parseCsv } from '../../support/csv.ts'
import { finding, report, run, unreadable, written } from './support.ts'

const warning = finding({
  rule: 'ts119495.roles',
  severity: 'warning',
  citation: { document: 'ETSI TS 119 495', edition: 'V1.7.1', clause: '5.2.2' },
})
const accepted = finding({ accepted: 'known to the bank' })
const all = [report(), report([finding(), finding({ offset: 30 }), warning]), report([accepted]), unreadable()]

/** Text that could break out of any of the formats. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    ']]>',
    '-->',
    '</script><script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '=HYPERLINK("http://x","y")',
    '\u202e\u0000\ufeff',
    'a\r\nb,c;"d"',
  ),
)
const hostileFinding = fc
  .record({ message: hostile, path: hostile, actual: hostile, expected: hostile, mend: hostile })
  .map(finding)
const hostileReport = fc
  .record({
    findings: fc.array(hostileFinding, { maxLength: 3 }),
    source: hostile,
    subject: hostile,
    identifier: hostile,
  })
  .map(({ findings, source, subject, identifier }) => {
    const plain = report(findings, { source })
    const about = plain.about as NonNullable<AuditReport['about']>
    return { ...plain, about: { ...about, subject, organizationIdentifier: identifier } }
  })

describe('json and ndjson', () => {
  const schema = JSON.parse(readFileSync(new URL('../../../docs/audit.schema.json', import.meta.url), 'utf8'))
  const ajv = new Ajv({ strict: true, allErrors: true, strictRequired: false })
  addFormats.default(ajv)
  ajv.addSchema(schema, 'audit')
  const check = (value: unknown, part = '') => {
    const validate = ajv.getSchema(`audit${part}`)
    if (validate === undefined) throw new Error('no schema')
    const good = validate(value)
    return good === true ? [] : validate.errors
  }

  it('fit the published schema', () => {
    const unusedBaseline = [{ entry: { rule: 'a.b', reason: 'c', until: '2026-01-31' }, because: 'expired' as const }]
    expect(check(JSON.parse(written('json', all, { unusedBaseline, complete: false })))).toEqual([])
    expect(check(JSON.parse(written('json', [])))).toEqual([])
    for (const line of written('ndjson', all).trimEnd().split('\n')) {
      expect(check(JSON.parse(line), '#/definitions/line')).toEqual([])
    }
  })

  it('of a real audit fit it, with every profile', async () => {
    for (const name of ['auto', 'crypto', 'bpce']) {
      const profile = readyProfile(name)
      for (const seed of [seeds.qwac, seeds.qsealc, seeds.ca, Uint8Array.of(1)]) {
        const real = await auditCertificate(seed as Uint8Array, { at: new Date(run.at), profile })
        const about = { ...run, rules: rulesOf(profile) }
        expect(check(JSON.parse(written('json', [real], {}, about)))).toEqual([])
      }
    }
  })

  it('would not fit with a member more or less, or a value of another kind', () => {
    const value = JSON.parse(written('json', all))
    const breaks: ((copy: typeof value) => void)[] = [
      (copy) => delete copy.reports[1].findings[0].citation.clause,
      (copy) => (copy.reports[0].outcomes = []),
      (copy) => (copy.reports[0].verdict = 'good'),
      (copy) => (copy.reports[1].findings[0].offset = -1),
      (copy) => delete copy.summary.early,
      (copy) => (copy.at = 'yesterday'),
      (copy) => (copy.more = 1),
    ]
    for (const change of breaks) {
      const copy = structuredClone(value)
      change(copy)
      expect(check(copy), change.toString()).not.toEqual([])
    }
  })

  it('say the same, report by report', () => {
    const { tool, at, schemaVersion, reports } = JSON.parse(written('json', all))
    const lines = written('ndjson', all).trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line))).toEqual(
      reports.map((each: object) => ({ schemaVersion, tool, at, ...each })),
    )
    const { outcomes: _, ...first } = report()
    expect(reports[0]).toEqual(first)
  })

  it('hold whatever a certificate says', () => {
    fc.assert(
      fc.property(hostileReport, (given) => {
        const text = written('ndjson', [given])
        expect(text.trimEnd().split('\n')).toHaveLength(1)
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not be there
        expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/)
        const { outcomes: _, ...rest } = given
        expect(JSON.parse(text)).toMatchObject(JSON.parse(JSON.stringify(rest)))
      }),
      { numRuns: 200 },
    )
  })
})

describe('sarif', () => {
  const require = createRequire(import.meta.url)
  const schema = JSON.parse(
    readFileSync(require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8'),
  )
  const ajv = new Ajv4.default({ strict: false, allErrors: true, unicodeRegExp: false })
  addFormats.default(ajv as never)
  const validate = ajv.compile(schema)
  const errorsOf = (text: string) => (validate(JSON.parse(text)) ? [] : validate.errors)

  it('fits the schema of SARIF 2.1.0', () => {
    expect(errorsOf(written('sarif', all))).toEqual([])
    expect(errorsOf(written('sarif', [], { complete: false }))).toEqual([])
    const broken = JSON.parse(written('sarif', all))
    broken.runs[0].results[0].level = 'grave'
    expect(errorsOf(JSON.stringify(broken))).not.toEqual([])
  })

  it('fits it whatever a certificate says', () => {
    fc.assert(
      fc.property(hostileReport, (given) => {
        expect(errorsOf(written('sarif', [given]))).toEqual([])
      }),
      { numRuns: 100 },
    )
  })

  it('tells of every rule its clause, why and mend, once', () => {
    const { driver } = JSON.parse(written('sarif', all)).runs[0].tool
    expect(driver.rules).toHaveLength(run.rules.length + 2)
    expect(driver.rules[1]).toMatchObject({
      id: 'ts119495.roles',
      name: 'Ts119495Roles',
      defaultConfiguration: { level: 'warning' },
      properties: { clause: 'ETSI TS 119 495 V1.7.1 5.2.2', 'security-severity': '5.0' },
    })
  })

  it('points each finding to its rule', () => {
    const { results, tool } = JSON.parse(written('sarif', all)).runs[0]
    expect(results).toHaveLength(5)
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex].id).toBe(ruleId)
  })

  it('marks what a baseline accepts as suppressed', () => {
    const { results } = JSON.parse(written('sarif', [report([accepted])])).runs[0]
    expect(results[0].suppressions).toEqual([{ kind: 'external', justification: 'known to the bank' }])
  })

  const regionOf = (given: Parameters<typeof written>[1][number]) =>
    JSON.parse(written('sarif', [given])).runs[0].results[0].locations[0].physicalLocation.region

  it('points to the lines of a PEM file', () => {
    // 48 octets a line: octet 20 stands in the first line of base64, octets 95 and 96 in the second and third.
    const lines = { first: 8, width: 64 }
    const region = (offset: number, length: number) =>
      regionOf({ report: report([finding({ offset, length })]), evidence: { der: new Uint8Array(200), lines } })
    expect(region(20, 3)).toEqual({ startLine: 8, endLine: 8 })
    expect(region(47, 1)).toEqual({ startLine: 8, endLine: 8 })
    expect(region(48, 0)).toEqual({ startLine: 9, endLine: 9 })
    expect(region(95, 2)).toEqual({ startLine: 9, endLine: 10 })
  })

  it('points to the line that holds the octet, for every width', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 0, max: 400 }), (width, offset) => {
        const der = new Uint8Array(402).map((_, index) => index)
        const before = Buffer.from(der.subarray(0, offset)).toString('base64').replace(/=+$/, '')
        // The first character that carries bits of the octet: the last one before it carries some where bits are left.
        const character = offset % 3 === 0 ? before.length : before.length - 1
        const given = {
          report: report([finding({ offset, length: 1 })]),
          evidence: { der, lines: { first: 1, width } },
        }
        expect(regionOf(given).startLine).toBe(1 + Math.floor(character / width))
      }),
    )
  })

  it('points to the octets of a DER file, and to the line of other text', () => {
    const evidence = { der: new Uint8Array(200) }
    expect(regionOf({ report: report([finding()], { place: '' }), evidence })).toMatchObject({
      byteOffset: 20,
      byteLength: 3,
    })
    expect(regionOf({ report: report([finding()], { place: '/keys/0/x5c/0' }), evidence })).toEqual({ startLine: 1 })
    expect(regionOf(report([finding()], { place: 'line 9, certificate 2' }))).toEqual({ startLine: 9 })
  })

  it('names files as URI references that are never a scheme', () => {
    const uriOf = (source: string) =>
      JSON.parse(written('sarif', [report([finding()], { source })])).runs[0].results[0].locations[0].physicalLocation
        .artifactLocation.uri
    expect(uriOf('a folder/ü.pem')).toBe('a%20folder/%C3%BC.pem')
    expect(uriOf('/etc/a.pem')).toBe('file:///etc/a.pem')
    expect(uriOf('javascript:alert(1)')).toBe('javascript%3Aalert(1)')
    expect(uriOf('-')).toBe('stdin')
    expect(uriOf('\ud800')).toBe('%EF%BF%BD')
  })
})

describe('junit', () => {
  const parse = (text: string) => {
    const problems: string[] = []
    const errorHandler = (level: string, message: string) => problems.push(`${level}: ${message}`)
    const document = new DOMParser({ errorHandler }).parseFromString(text, 'text/xml')
    return { document, problems }
  }
  const named = (text: string, name: string) => Array.from(parse(text).document.getElementsByTagName(name))

  it('has a suite a certificate and a case a rule', () => {
    const suites = named(written('junit', all), 'testsuite')
    expect(suites.map((suite) => suite.getAttribute('name'))).toEqual([
      'folder/qwac.pem (line 1)',
      'folder/qwac.pem (line 1)',
      'folder/qwac.pem (line 1)',
      'folder/qwac.pem',
    ])
    expect(
      suites.map((suite) => ['tests', 'failures', 'errors', 'skipped'].map((name) => suite.getAttribute(name))),
    ).toEqual([
      ['5', '0', '0', '3'],
      ['5', '2', '0', '3'],
      ['5', '0', '0', '4'],
      ['6', '0', '1', '3'],
    ])
    const [first] = suites
    const cases = Array.from(first?.getElementsByTagName('testcase') ?? [])
    expect(cases.map((each) => each.getAttribute('name'))).toEqual(run.rules.map(({ id }) => id))
  })

  it('counts what it has', () => {
    for (const suite of named(written('junit', all), 'testsuite')) {
      for (const [attribute, element] of [
        ['tests', 'testcase'],
        ['failures', 'failure'],
        ['errors', 'error'],
        ['skipped', 'skipped'],
      ] as const) {
        expect(suite.getAttribute(attribute)).toBe(String(suite.getElementsByTagName(element).length))
      }
    }
  })

  it('says why a rule was skipped', () => {
    const skipped = named(written('junit', [report([accepted])]), 'skipped')
    expect(skipped.map((each) => each.getAttribute('message'))).toEqual([
      'accepted: known to the bank',
      "not checked: needs the issuer's signature",
      'not applicable to this certificate',
      'not in force when the certificate was issued',
    ])
  })

  it('has every place of a failure with clause and mend', () => {
    const [failure] = named(written('junit', [report([finding(), finding({ offset: 30 })])]), 'failure')
    expect(failure?.getAttribute('message')).toBe('the number is negative')
    expect(failure?.textContent).toContain('octet 20')
    expect(failure?.textContent).toContain('octet 30')
    expect(failure?.textContent).toContain('clause: RFC 5280 4.1.2.2')
    expect(failure?.textContent).toContain('mend: issue again')
  })

  it('is well-formed whatever a certificate says', () => {
    fc.assert(
      fc.property(hostileReport, (given) => {
        const text = written('junit', [given])
        const { document, problems } = parse(text)
        expect(problems).toEqual([])
        expect(document.getElementsByTagName('testcase')).toHaveLength(run.rules.length)
        for (const name of ['script', 'img']) expect(document.getElementsByTagName(name)).toHaveLength(0)
      }),
      { numRuns: 200 },
    )
  })
})

describe('csv', () => {
  it('has a row a finding, and one for each report without', () => {
    const rows = parseCsv(written('csv', all))
    expect(rows.map((row) => [row.verdict, row.rule, row.severity, row.accepted])).toEqual([
      ['pass', '', '', ''],
      ['fail', 'rfc5280.serial-number', 'error', ''],
      ['fail', 'rfc5280.serial-number', 'error', ''],
      ['fail', 'ts119495.roles', 'warning', ''],
      ['pass', 'rfc5280.serial-number', 'error', 'known to the bank'],
      ['unreadable', 'engine.unreadable', 'fatal', ''],
    ])
    expect(rows[3]?.clause).toBe('ETSI TS 119 495 V1.7.1 5.2.2')
  })

  it.each([
    '=1+1',
    '+1',
    '-1',
    '@SUM(A1)',
    '|calc',
    ' =1',
    '"=1',
    "'=1",
    '\u3000=1',
    '\uff1d1',
    '\uff20x',
    'a;=1',
    'a; "=1',
  ])('makes no formula of %j', (actual) => {
    const [row] = parseCsv(written('csv', [report([finding({ actual } as Partial<Finding>)])]))
    expect(row?.actual).not.toBe(actual)
    expect(row?.actual).toMatch(/'[=+\-@|\uff1d\uff20\s"']/)
    expect(row?.actual).not.toMatch(/(?:^|;)[\s\u3000"]*[=+\-@|\uff1d\uff20]/)
  })

  it('keeps rows and columns whatever a certificate says', () => {
    const head = written('csv', []).trimEnd().split(',')
    fc.assert(
      fc.property(hostileReport, (given) => {
        const text = written('csv', [given])
        expect(text.trimEnd().split('\r\n')).toHaveLength(1 + Math.max(1, given.findings.length))
        for (const row of parseCsv(text)) expect(Object.keys(row)).toEqual(head)
      }),
      { numRuns: 200 },
    )
  })
})

describe('writeReports', () => {
  it('knows its formats and options', () => {
    const write = (options: object) => () => [...writeReports([], run, options as WriteOptions)]
    expect(write({ format: 'pdf' })).toThrow(/text, json, ndjson, sarif, junit, csv, html/)
    expect(write({ format: 'toString' })).toThrow(TypeError)
    expect(write({ format: 'text', color: true })).toThrow("unknown option 'color'")
  })

  it('gives each report as it comes', () => {
    const taken: number[] = []
    function* entries() {
      for (const number of [1, 2, 3]) {
        taken.push(number)
        yield { number, report: report(), evidence: {} }
      }
    }
    const parts = writeReports(entries(), run, { format: 'ndjson' })
    parts.next()
    parts.next()
    expect(taken).toEqual([1])
  })
})
