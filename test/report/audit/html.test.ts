import { DOMParser } from '@xmldom/xmldom'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AuditReport } from '../../../src/core/audit-report.ts'
import { mostSections } from '../../../src/report/audit/html/document.ts'
import { hexDump, hexExcerpt } from '../../../src/report/audit/html/hex.ts'
import { finding, page, report, unreadable } from './support.ts'

const der = Uint8Array.from({ length: 300 }, (_, index) => index & 0xff)
const withDer = (each: AuditReport) => ({ report: each, evidence: { der } })
const warning = finding({ rule: 'ts119495.roles', severity: 'warning', offset: 100, length: 2 })

/** The page as a tree: void elements are closed and attributes given values, so that a reader of XML can tell it whole. */
function tree(html: string) {
  const xml = html
    .replace('<!DOCTYPE html>', '')
    .replace(/<meta ([^>]*)>/g, '<meta $1/>')
    .replace(/<style>[\s\S]*?<\/style>/, '')
  const problems: string[] = []
  const errorHandler = (level: string, message: string) => problems.push(`${level}: ${message}`)
  return { document: new DOMParser({ errorHandler }).parseFromString(xml, 'text/xml'), problems }
}
const elements = (html: string, name: string) => Array.from(tree(html).document.getElementsByTagName(name))

describe('the HTML report', () => {
  const given = [withDer(report()), withDer(report([finding(), warning])), unreadable()]
  const html = page(given)

  it('needs nothing from anywhere, and no script', () => {
    expect(html).not.toMatch(/<(?:script|link|img|iframe|object|embed|form|base)\b/i)
    expect(html).not.toMatch(/\s(?:src|srcset|on[a-z]+)=/i)
    expect(html).not.toMatch(/url\(|@import|https?:/i)
    for (const link of elements(html, 'a')) expect(link.getAttribute('href')).toMatch(/^#/)
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`)
  })

  it('is well-formed, and every link has its target', () => {
    const { document, problems } = tree(html)
    expect(problems).toEqual([])
    const ids = elements(html, '*').flatMap((each) => each.getAttribute('id') || [])
    expect(new Set(ids).size).toBe(ids.length)
    for (const link of Array.from(document.getElementsByTagName('a'))) {
      expect(ids).toContain(decodeURI(link.getAttribute('href')?.slice(1) ?? ''))
    }
  })

  it('can be read without seeing it', () => {
    expect(html).toContain('<html lang="en">')
    expect(elements(html, 'main')).toHaveLength(1)
    expect(elements(html, 'h1')).toHaveLength(1)
    for (const svg of elements(html, 'svg')) {
      const named = svg.getAttribute('role') === 'img' && svg.getAttribute('aria-label') !== ''
      expect(named || svg.getAttribute('aria-hidden') === 'true').toBe(true)
    }
    for (const table of elements(html, 'table')) {
      const heads = Array.from(table.getElementsByTagName('th'))
      for (const head of heads) expect(['row', 'col']).toContain(head.getAttribute('scope'))
    }
    // What scrolls can be reached by keyboard and has a name.
    for (const region of elements(html, 'pre').filter((each) => each.getAttribute('role') === 'region')) {
      expect(region.getAttribute('tabindex')).toBe('0')
      expect(region.getAttribute('aria-label')).not.toBe('')
    }
    // Each level of headings is under the one before it.
    const levels = elements(html, '*').flatMap(({ tagName }) => (/^h[1-6]$/.test(tagName) ? Number(tagName[1]) : []))
    for (const [index, level] of levels.entries()) expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1)
  })

  it('says in words what colours say', () => {
    const tags = elements(html, 'span').filter((each) => each.getAttribute('class')?.startsWith('tag'))
    expect(new Set(tags.map((each) => each.textContent))).toEqual(
      new Set(['pass', 'fail', 'unreadable', 'error', 'warning', 'fatal']),
    )
  })

  it('sums up verdicts, rules, ends and algorithms of all', () => {
    expect(html).toContain('aria-label="Verdicts: pass 1, fail 1, unreadable 1"')
    const rows = elements(html, 'tr').map((each) => each.textContent)
    expect(rows).toContain('rfc5280.serial-number (error)1')
    expect(rows).toContain('2027-012')
    expect(rows).toContain('rsaEncryption 20482')
    expect(rows).toContain('sha256WithRSAEncryption2')
  })

  it('lists the worst first, and has their sections in the order of the run', () => {
    const table = elements(html, 'table').find((each) => each.getAttribute('class') === 'list')
    const verdicts = Array.from(table?.getElementsByTagName('span') ?? []).map((each) => each.textContent)
    expect(verdicts).toEqual(['unreadable', 'fail', 'pass'])
    expect(elements(html, 'section').map((each) => each.getAttribute('id'))).toEqual(['c1', 'c2', 'c3'])
  })

  it('marks the octets that a finding points to, and tells clause, value and mend', () => {
    const [, section] = elements(html, 'section')
    const marks = Array.from(section?.getElementsByTagName('mark') ?? [])
    expect(marks.filter((each) => each.getAttribute('class') === 'error').map((each) => each.textContent)).toContain(
      '14 15 16',
    )
    expect(marks.filter((each) => each.getAttribute('class') === 'warning').map((each) => each.textContent)).toContain(
      '64 65',
    )
    for (const part of ['RFC 5280 4.1.2.2', 'is -1', 'expected a positive number', 'Issue again.']) {
      expect(section?.textContent).toContain(part)
    }
  })

  it('says what was not checked, and what a pass means', () => {
    const [section] = elements(html, 'section')
    expect(section?.textContent).toContain("1 rule waits for the issuer's signature")
    expect(html).toContain('What a pass means.')
  })

  it('says that a run was interrupted, and which entries of the baseline match nothing', () => {
    const unusedBaseline = [{ entry: { rule: 'a.b', reason: '<why>' }, because: 'unused' as const }]
    const broken = page(given, { complete: false, unusedBaseline })
    expect(broken).toContain('The run was interrupted.')
    expect(broken).toContain('unused; &lt;why&gt;')
    expect(html).not.toContain('interrupted')
  })

  it('of very many has all in the sums, the worst in detail, and says so', () => {
    const many = Array.from({ length: mostSections + 50 }, (_, index) =>
      withDer(report(index % 5 === 0 ? [finding()] : [], { source: `${index}.pem` })),
    )
    const large = page(many)
    const sections = elements(large, 'section').map((each) => Number(each.getAttribute('id')?.slice(1)))
    expect(sections).toHaveLength(mostSections)
    for (let index = 0; index < many.length; index += 5) expect(sections).toContain(index + 1)
    expect(large).toContain(`${mostSections} of ${many.length} certificates are shown in detail: the worst ones.`)
    expect(large).toContain(`aria-label="Verdicts: pass 200, fail 50, unreadable 0"`)
    const rows = elements(large, 'table').find((each) => each.getAttribute('class') === 'list')
    expect(Array.from(rows?.getElementsByTagName('tr') ?? [])).toHaveLength(many.length + 1)
  })

  it('of nothing is a page all the same', () => {
    expect(tree(page([])).problems).toEqual([])
  })

  it('shows whatever a certificate says as text', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '</style><script>alert(1)</script>',
        '"><svg onload=alert(1)>',
        "' onmouseover='x",
        '&lt;',
        ']]>',
        '\u202e',
      ),
    )
    fc.assert(
      fc.property(hostile, (text) => {
        const odd = report([finding({ message: text, path: text, actual: text, expected: text, mend: text })], {
          source: text,
          place: text,
          kindReason: text,
          duplicates: [{ source: text, index: 0, place: text }],
        })
        const about = odd.about as NonNullable<AuditReport['about']>
        const plain = report([finding()])
        const made = page([
          withDer({
            ...odd,
            about: { ...about, subject: text, issuer: text, publicKey: text, signatureAlgorithm: text, roles: [text] },
          }),
        ])
        const { problems, document } = tree(made)
        expect(problems).toEqual([])
        expect(document.getElementsByTagName('script')).toHaveLength(0)
        expect(made).not.toMatch(/<[^>]*\son[a-z]+=/)
        // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not be there
        expect(made).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/)
        expect(document.getElementsByTagName('section')).toHaveLength(
          tree(page([plain])).document.getElementsByTagName('section').length,
        )
      }),
      { numRuns: 60 },
    )
  })
})

describe('the hex view', () => {
  const text = (html: string) =>
    html
      .replace(/<[^>]*>/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&')

  it('shows every octet once, wherever marks are', () => {
    const place = fc.record({ offset: fc.integer({ min: 0, max: 320 }), length: fc.integer({ min: 0, max: 320 }) })
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.array(place, { maxLength: 5 }), (octets, places) => {
        const lines = text(
          hexDump(
            octets,
            places.map((each) => finding(each)),
          ),
        ).split('\n')
        const hex = lines.map((line) => line.slice(8, 8 + 47).trim()).join(' ')
        expect(hex.trim()).toBe(
          Buffer.from(octets)
            .toString('hex')
            .replace(/..(?!$)/g, '$& '),
        )
        for (const [index, line] of lines.entries()) {
          if (octets.length > 0) expect(line.startsWith((index * 16).toString(16).padStart(6, '0'))).toBe(true)
        }
      }),
    )
  })

  it('marks exactly the octets of the findings', () => {
    const dump = hexDump(der, [finding({ offset: 14, length: 4 })])
    const marked = [...dump.matchAll(/<mark class="error">([^<]*)<\/mark>/g)].map(([, part]) => part)
    expect(marked).toEqual(['0e 0f', '··', '10 11', '··'])
  })

  it('gives an octet to the gravest of its findings', () => {
    const dump = hexDump(der, [
      finding({ severity: 'fatal', offset: 2, length: 1 }),
      finding({ severity: 'notice', offset: 1, length: 3 }),
    ])
    expect(dump).toContain(
      '<mark class="notice">01</mark> <mark class="fatal">02</mark> <mark class="notice">03</mark>',
    )
  })

  it('does not grow without end', () => {
    const large = hexDump(new Uint8Array(1 << 20), [finding({ offset: 0, length: 1 << 20 })])
    expect(large).toContain('more octets are not shown')
    expect(large.length).toBeLessThan(500_000)
  })

  it('shows the rows around a finding, and nothing for what is absent', () => {
    const excerpt = hexExcerpt(der, finding({ offset: 100, length: 2 })) ?? ''
    expect(
      text(excerpt)
        .split('\n')
        .map((line) => line.slice(0, 6)),
    ).toEqual(['000050', '000060', '000070'])
    expect(hexExcerpt(der, finding({ length: 0 }))).toBeUndefined()
    expect(hexExcerpt(der, finding({ offset: 300, length: 2 }))).toBeUndefined()
    expect(hexExcerpt(der, finding({ offset: 0, length: 300 }))).toContain('more octets')
  })
})
