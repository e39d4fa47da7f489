import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addTally, countReport, emptyTally } from '../../../src/report/audit/tally.ts'
import { at, finding, report, unreadable } from './support.ts'

const moment = Date.parse(at)
const severity = fc.constantFrom('fatal', 'error', 'warning', 'notice', 'info')
const rule = fc.constantFrom('rfc5280.serial-number', 'cabf.web', 'constructor')
const reports = fc.array(
  fc.oneof(
    fc.constant(unreadable()),
    fc
      .array(
        fc.record({ severity, rule }).map((each) => finding(each as never)),
        { maxLength: 4 },
      )
      .map((list) => report(list)),
  ),
  { maxLength: 12 },
)
const count = (list: readonly ReturnType<typeof report>[]) => {
  const tally = emptyTally()
  for (const each of list) countReport(tally, each, moment)
  return tally
}

describe('the sums of an audit', () => {
  it('of parts add up to the sums of the whole, wherever it is cut', () => {
    fc.assert(
      fc.property(reports, fc.nat(12), (list, cut) => {
        const sum = count(list.slice(0, cut))
        addTally(sum, count(list.slice(cut)))
        expect(sum).toEqual(count(list))
      }),
    )
  })

  it('count a rule once a certificate, and its findings', () => {
    const { rules } = count([report([finding(), finding()]), report([finding({ severity: 'warning' })]), report()])
    expect(rules).toEqual({ 'rfc5280.serial-number': { severity: 'error', certificates: 2, findings: 3 } })
  })

  it('keep what a baseline accepts apart', () => {
    const { accepted, findings, rules } = count([report([finding({ accepted: 'known' })])])
    expect({ accepted, error: findings.error, rules }).toEqual({ accepted: 1, error: 0, rules: {} })
  })

  it('put ends of validity into months, with ends far away together', () => {
    const ending = (notAfter: string) => {
      const each = report()
      return { ...each, about: { ...(each.about as NonNullable<typeof each.about>), notAfter } }
    }
    const ends = [
      '2026-05-31T23:59:59Z',
      '2026-06-01T00:00:00Z',
      '2031-06-30T00:00:00Z',
      '2031-07-01T00:00:00Z',
      '1990-01-01T00:00:00Z',
    ]
    const { expiry, expired } = count(ends.map(ending))
    expect(expiry).toEqual({ '2026-05': 1, '2026-06': 1, '2031-06': 1, later: 1, earlier: 1 })
    expect(expired).toBe(2)
  })

  it('do not grow with the names that certificates choose', () => {
    const many = Array.from({ length: 2000 }, (_, index) => {
      const each = report()
      return {
        ...each,
        about: { ...(each.about as NonNullable<typeof each.about>), signatureAlgorithm: `1.2.${index}` },
      }
    })
    const { signatureAlgorithms } = count(many)
    expect(Object.keys(signatureAlgorithms).length).toBeLessThan(400)
    expect(Object.values(signatureAlgorithms).reduce((sum, each) => sum + each)).toBe(2000)
  })
})
