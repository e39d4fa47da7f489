import { describe, expect, it } from 'vitest'
import { auditFormats } from '../../../src/report/audit/formats.ts'
import { finding, report, run, unreadable, written } from './support.ts'

describe('text of an audit', () => {
  const notice = finding({ rule: 'cabf.web', severity: 'notice', message: 'a name is old' })
  const many = Array.from({ length: 12 }, (_, index) => finding({ offset: 20 + index }))

  it('of one certificate', async () => {
    const given = report([notice, finding(), finding({ offset: 40, length: 1 })], {
      duplicates: [{ source: 'copy.pem', index: 0, place: 'line 4' }],
    })
    await expect(written('text', [given])).toMatchFileSnapshot('fixtures/one.txt')
  })

  it('of a batch', async () => {
    const closing = {
      complete: false,
      unusedBaseline: [{ entry: { rule: 'a.b', reason: 'why' }, because: 'unused' as const }],
    }
    const given = [report(), report([finding({ accepted: 'known' })]), unreadable()]
    await expect(written('text', given, closing)).toMatchFileSnapshot('fixtures/batch.txt')
  })

  it('has the gravest first, whatever the order of the rules', () => {
    const text = written('text', [report([notice, finding(), finding({ rule: 'x.y', severity: 'fatal' })])])
    const order = ['FATAL x.y', 'ERROR rfc5280.serial-number', 'NOTICE cabf.web'].map((part) => text.indexOf(part))
    expect(order).toEqual([...order].sort((a, b) => a - b))
    expect(order.every((place) => place > 0)).toBe(true)
  })

  it('of one certificate fits a screen, however often one rule is broken', () => {
    const text = written('text', [report(many)])
    expect(text).toContain('and 7 more places')
    expect(text.split('\n').length).toBeLessThan(40)
  })

  it('escapes what a certificate says', () => {
    const text = written('text', [report([finding({ actual: '\u001b[2J\u202e', message: 'a\nb' })])])
    expect(text).toContain('\\u{1b}[2J\\u{202e}')
    expect(text).toContain('a\\u{a}b')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202a-\u202e]/)
  })

  it('says the same with emphasis and without', () => {
    const entry = { number: 1, report: report([finding(), notice]), evidence: {} }
    const coloured = auditFormats.text(run, { colour: true }).entry(entry)
    expect(coloured).toContain('\u001b[31mFAIL\u001b[39m')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is to be taken away
    const plain = coloured.replaceAll(/\u001b\[\d+m/g, '')
    expect(plain).toBe(auditFormats.text(run, { colour: false }).entry(entry))
  })
})
