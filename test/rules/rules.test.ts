import { describe, expect, it } from 'vitest'
import { certificateRules, readerCode, readerCodes } from '../../src/rules/index.ts'
import { notRules } from '../../src/rules/not-rules.ts'
import { foundByCheck } from '../../src/rules/reader-codes.ts'

describe('rules', () => {
  it('speak for every code of the readers, so that no refusal is without a rule', () => {
    const spoken = new Set(certificateRules.flatMap(({ codes = [] }) => codes))
    const silent = readerCodes.filter((code) => !spoken.has(code) && !Object.hasOwn(foundByCheck, code))
    expect(silent).toEqual([])
  })

  it('find by themselves the codes that they do not name, none of which is a refusal', () => {
    const rules = new Map(certificateRules.map((rule) => [rule.id, rule]))
    for (const [code, id] of Object.entries(foundByCheck)) {
      expect(rules.get(id)?.check, `${code}: ${id}`).toBeTypeOf('function')
      expect(certificateRules.filter(({ codes = [] }) => codes.includes(code)).map((rule) => rule.id)).toEqual([])
      expect(readerCode(code)?.leniency, code).not.toBe('refuse')
    }
  })

  it('name only codes that the readers have', () => {
    const known = new Set(readerCodes)
    const unknown = certificateRules.flatMap(({ id, codes = [] }) =>
      codes.filter((code) => !known.has(code)).map((code) => `${id} ${code}`),
    )
    expect(unknown).toEqual([])
  })

  it('have ids of a folder and a slug, each once, and words for people', () => {
    const ids = certificateRules.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { id, title, why, mend } of certificateRules) {
      expect(id).toMatch(/^[a-z]+[0-9]*(?:-[0-9])?\.[a-z0-9]+(?:-[a-z0-9]+)*$/)
      for (const text of [title, why, mend]) {
        expect(text.length, id).toBeGreaterThan(5)
        expect(text, id).not.toMatch(/\.$/)
      }
    }
  })

  it('cite a document and a clause, and name a row of the requirements', () => {
    for (const { id, citation, requirement } of certificateRules) {
      expect(citation.document, id).not.toBe('')
      expect(citation.clause, id).not.toBe('')
      expect(requirement, id).toMatch(/^[A-Z0-9-]+:[A-Za-z0-9.-]+$/)
    }
  })

  it('are apart from the rows that are no rules', () => {
    const requirements = new Set(certificateRules.map(({ requirement }) => requirement))
    expect(notRules.filter(({ requirement }) => requirements.has(requirement))).toEqual([])
    for (const { requirement, reason } of notRules) expect(reason.length, requirement).toBeGreaterThan(20)
  })
})
