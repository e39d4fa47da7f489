import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { Psd2Error } from '../../src/core/errors.ts'
import { type Certificate, parseCertificate } from '../../src/x509/index.ts'
import { describeCorpus } from '../support/corpus.ts'
import outcomes from './der-outcomes.json' with { type: 'json' }

/** What strict reading makes of each hostile certificate: the first breach, refused or recorded. */
interface Outcome {
  readonly id: string
  readonly outcome: string
  readonly code: string
  readonly path: string
  readonly offset: number
}

/** A: accept, R: strict reading must refuse, P: refuse, or record a deviation in tolerant reading. */
interface Case {
  readonly id: string
  readonly expect: 'A' | 'R' | 'P'
}

const expected = new Map<string, Outcome>(outcomes.map((row) => [row.id, row]))

function attempt(der: Uint8Array, mode: 'strict' | 'tolerant'): Certificate | Psd2Error {
  try {
    return parseCertificate(der, { mode })
  } catch (error) {
    if (error instanceof Psd2Error) return error
    throw error
  }
}

describeCorpus('hostile DER', ['der'], (folder) => {
  const cases: Case[] = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8'))
  const read = (id: string, mode: 'strict' | 'tolerant') =>
    attempt(new Uint8Array(readFileSync(join(folder, `${id}.der`))), mode)

  it('has the cases that the table has', () => {
    const listed = cases.filter((row) => row.expect !== 'A').map(({ id }) => id)
    expect(listed.filter((id) => !expected.has(id))).toEqual([])
    expect([...expected.keys()].filter((id) => !listed.includes(id))).toEqual([])
    expect(cases).toHaveLength(142)
  })

  it.each(cases.filter((row) => row.expect === 'A'))('accepts $id without a remark', ({ id }) => {
    for (const mode of ['strict', 'tolerant'] as const) expect(read(id, mode)).toMatchObject({ mode, deviations: [] })
  })

  it.each(cases.filter((row) => row.expect === 'R'))('refuses $id', ({ id }) => {
    const { code, path, offset, outcome } = expected.get(id) as Outcome
    expect(outcome).toBe('refused')
    expect(read(id, 'strict')).toMatchObject({ name: 'Psd2Error', code, path, offset })
  })

  it.each(cases.filter((row) => row.expect === 'P'))('refuses or records $id', ({ id }) => {
    const { code, path, offset, outcome } = expected.get(id) as Outcome
    const strict = read(id, 'strict')
    if (outcome === 'refused') {
      expect(strict).toMatchObject({ name: 'Psd2Error', code, offset })
      expect((strict as Psd2Error).path).toContain(path)
    } else expect(strict).toMatchObject({ deviations: [{ code, path, offset }] })
    const tolerant = read(id, 'tolerant')
    if (!(tolerant instanceof Psd2Error)) expect(tolerant.deviations).not.toEqual([])
  })

  it.each(cases)('refuses or records in tolerant mode whatever is wrong with $id', (row) => {
    const tolerant = read(row.id, 'tolerant')
    if (row.expect === 'A' || tolerant instanceof Psd2Error) return
    expect(tolerant.deviations.length).toBeGreaterThan(0)
    // Every value is decoded, or named as not decoded.
    for (const { code, path, offset } of tolerant.deviations) {
      expect([code, path]).not.toContain('')
      expect(offset).toBeLessThanOrEqual(tolerant.bytes.length)
    }
  })
})
