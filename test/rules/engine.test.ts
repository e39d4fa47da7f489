import { describe, expect, it } from 'vitest'
import { type Rule, ruleSet, runRules } from '../../src/rules/index.ts'

const base: Rule<number> = {
  id: 'test.even',
  requirement: 'TEST:1',
  citation: { document: 'Test', clause: '1' },
  modal: 'shall',
  grounding: 'A',
  title: 'the number is even',
  why: 'odd numbers are refused',
  mend: 'add one',
}
const place = { path: 'number', offset: 3, length: 1 }
const even: Rule<number> = {
  ...base,
  check: (number, report) => {
    if (number % 2 !== 0) report(place, { message: 'the number is odd', actual: String(number) })
  },
}
const input = (subject: number, facts = {}) => ({
  subject,
  facts: { at: new Date(0), ...facts },
  issued: Date.UTC(2024, 0, 1),
  deviations: [],
})
const outcome = (rule: Rule<number>, subject: number, facts = {}) =>
  runRules(ruleSet([rule]), input(subject, facts)).outcomes[0]

describe('runRules', () => {
  it('tells a breach with its place, clause, mend and the severity of the modal verb', () => {
    const { findings, outcomes } = runRules(ruleSet([even]), input(3))
    expect(outcomes).toEqual(['finding'])
    expect(findings).toEqual([
      {
        rule: 'test.even',
        severity: 'error',
        message: 'the number is odd',
        citation: { document: 'Test', clause: '1' },
        grounding: 'A',
        path: 'number',
        offset: 3,
        length: 1,
        actual: '3',
        mend: 'add one',
      },
    ])
  })

  it('passes what holds, and keeps apart what is not applicable, not effective and not checked', () => {
    expect(outcome(even, 2)).toBe('pass')
    expect(outcome({ ...even, applies: () => false }, 3)).toBe('not-applicable')
    expect(outcome({ ...even, effective: { from: '2024-01-02' } }, 3)).toBe('not-effective')
    expect(outcome({ ...even, effective: { until: '2024-01-01' } }, 3)).toBe('not-effective')
    expect(outcome({ ...even, effective: { from: '2024-01-01', until: '2024-01-02' } }, 3)).toBe('finding')
    expect(outcome({ ...even, needs: ['register'] }, 3)).toBe('not-checked')
    const register = { verdict: 'match', evidence: 'test' }
    expect(outcome({ ...even, needs: ['register'] }, 3, { register })).toBe('finding')
  })

  it('names the facts that a rule waits for', () => {
    const { notChecked } = runRules(ruleSet([{ ...even, needs: ['register', 'path'] }]), input(3))
    expect(notChecked).toEqual([{ rule: 'test.even', needs: ['register', 'path'] }])
  })

  it('turns codes of the readers into findings of their rules, every one of them', () => {
    const deviations = [
      { code: 'X509_SERIAL_TOO_LONG', path: 'tbsCertificate.serialNumber', offset: 13, detail: '21 octets' },
      { code: 'X509_SERIAL_NOT_POSITIVE', path: 'tbsCertificate.serialNumber', offset: 13 },
      { code: 'DER_BOOLEAN', path: '', offset: 0 },
    ]
    const rule = { ...base, codes: ['X509_SERIAL_TOO_LONG', 'X509_SERIAL_NOT_POSITIVE'] }
    const { findings, outcomes } = runRules(ruleSet([rule]), { ...input(2), deviations })
    expect(outcomes).toEqual(['finding'])
    expect(findings.map(({ message, actual, offset }) => [message, actual, offset])).toEqual([
      ['the serial number has more than 20 octets (X509_SERIAL_TOO_LONG)', '21 octets', 13],
      ['the serial number is zero or negative (X509_SERIAL_NOT_POSITIVE)', undefined, 13],
    ])
  })

  it('makes a rule that throws a fatal finding, drops what it had half said, and goes on', () => {
    const broken: Rule<number> = {
      ...base,
      id: 'test.broken',
      check: (_, report) => {
        report(place)
        throw new RangeError('secret text')
      },
    }
    const { findings, outcomes } = runRules(ruleSet([broken, even]), input(3))
    expect(outcomes).toEqual(['finding', 'finding'])
    expect(findings.map(({ rule, severity }) => [rule, severity])).toEqual([
      ['engine.rule-crashed', 'fatal'],
      ['test.even', 'error'],
    ])
    expect(findings[0]?.message).not.toContain('secret text')
  })

  it('leaves a deviation to the rule that it is about', () => {
    const deviations = [
      { code: 'QC_STATEMENT_INFO', path: 'a', offset: 1 },
      { code: 'QC_STATEMENT_INFO', path: 'b', offset: 2 },
    ]
    const rule = (id: string, path: string): Rule<number> => ({
      ...base,
      id,
      codes: ['QC_STATEMENT_INFO'],
      takes: (deviation) => deviation.path === path,
    })
    const rules = ruleSet([rule('test.a', 'a'), rule('test.b', 'b'), rule('test.c', 'c')])
    const { findings, outcomes } = runRules(rules, { ...input(2), deviations })
    expect(findings.map((finding) => [finding.rule, finding.path])).toEqual([
      ['test.a', 'a'],
      ['test.b', 'b'],
    ])
    expect(outcomes).toEqual(['finding', 'finding', 'pass'])
  })

  it('says what is wrong in the words of the rule, else denies its title', () => {
    const odd: Rule<number> = { ...base, check: (_, report) => report(place) }
    const message = (rule: Rule<number>) => runRules(ruleSet([rule]), input(3)).findings[0]?.message
    expect(message(odd)).toBe('not so: the number is even')
    expect(message({ ...odd, breach: 'the number is odd' })).toBe('the number is odd')
  })

  it('takes the severity of the profile', () => {
    const { findings } = runRules(ruleSet([even], new Map([['test.even', 'notice']])), input(3))
    expect(findings[0]?.severity).toBe('notice')
  })

  it('takes days only', () => {
    expect(() => ruleSet([{ ...even, effective: { from: 'yesterday' } }])).toThrow(TypeError)
  })
})
