import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { attacksPage } from '../../docs/attacks-page.ts'
import { ownRequirements, requirementSections } from '../../docs/requirements.ts'
import { collectExamples, ruleExamplesSource } from '../../docs/rule-examples.ts'
import { coveragePage, rulesPage } from '../../docs/rules-page.ts'
import { certificateRules, pairRules } from '../../src/rules/index.ts'
import { notRules } from '../../src/rules/not-rules.ts'
import { severityOf } from '../../src/rules/rule.ts'

const rules = [...certificateRules, ...pairRules]
const rows = requirementSections.flatMap((section) => section.rows)
const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')

describe('the requirements', () => {
  it('are 188 rows, each once', () => {
    expect(rows).toHaveLength(188)
    expect(new Set(rows).size).toBe(188)
  })

  it('are rules, or say why they are none: never both', () => {
    const ruled = new Set(rules.map(({ requirement }) => requirement))
    const reasoned = notRules.map(({ requirement }) => requirement)
    expect(new Set(reasoned).size).toBe(reasoned.length)
    expect(rows.filter((row) => !ruled.has(row) && !reasoned.includes(row))).toEqual([])
    expect(reasoned.filter((row) => ruled.has(row) || !rows.includes(row))).toEqual([])
    for (const { requirement, reason } of notRules) expect(reason.length, requirement).toBeGreaterThan(20)
  })

  it('are those of the table, or our own with a reason', () => {
    const ours = Object.keys(ownRequirements)
    const strangers = rules.filter(({ requirement }) => !rows.includes(requirement) && !ours.includes(requirement))
    expect(strangers.map(({ id, requirement }) => `${id}: ${requirement}`)).toEqual([])
    expect(ours.filter((row) => rules.every(({ requirement }) => requirement !== row))).toEqual([])
  })
})

describe('every rule', () => {
  it('has an id of its own: folder, dot, slug, without clause number', () => {
    const ids = rules.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.filter((id) => !/^[a-z]+[0-9]*(?:-[0-9])?\.[a-z][a-z0-9-]*$/.test(id))).toEqual([])
  })

  it('says what it demands, why, and how to mend it, in sentences without a full stop', () => {
    const texts = rules.flatMap(({ id, title, why, mend }) => [title, why, mend].map((text) => [id, text] as const))
    expect(texts.filter(([, text]) => text.length < 10 || /[.!]$|^[A-Z][a-z]+ing /.test(text))).toEqual([])
  })

  it('has a severity of its own only where that differs from its modal verb', () => {
    const same = rules.filter(({ severity, modal }) => severity === severityOf[modal])
    expect(same.map(({ id }) => id)).toEqual([])
  })

  it('decides something', () => {
    expect(rules.filter(({ check, codes = [] }) => check === undefined && codes.length === 0)).toEqual([])
  })
})

describe('the generated pages', () => {
  it.each([
    ['docs/rules.md', rulesPage],
    ['docs/coverage.md', coveragePage],
    ['docs/attacks.md', attacksPage],
  ])('%s is what the rules make', (file, page) => {
    expect(read(file)).toBe(page())
  })

  it('name every rule once, and no row as missing', () => {
    const page = rulesPage()
    for (const { id } of rules) expect(page.split(`\n| \`${id}\` |`), id).toHaveLength(2)
    expect(coveragePage()).not.toContain('missing |')
  })

  it('have examples of psd2 explain that are current, one for each end of every rule', async () => {
    expect(read('src/cli/rule-examples.ts')).toBe(await ruleExamplesSource())
    const without = [...(await collectExamples())].filter(([, { passes, fails }]) => !passes || !fails)
    expect(without.map(([id]) => id)).toEqual([])
  })
})
