import { describe, expect, it } from 'vitest'
import { distinct, vector } from '../../bench/support/subjects.ts'
import { readyProfile } from '../../src/audit/index.ts'
import type { BatchItem } from '../../src/batch/items.ts'
import { type AuditJob, readyJob } from '../../src/batch/job.ts'
import { auditBatch, type BatchOptions } from '../../src/batch/run.ts'
import { survey, withKnowledge } from '../../src/batch/survey.ts'
import { reportWriter } from '../../src/batch/write-report.ts'
import type { AuditTally } from '../../src/core/audit-run.ts'
import { Psd2Error } from '../../src/core/errors.ts'
import { formatNames } from '../../src/report/audit/formats.ts'

const job: AuditJob = {
  tool: { name: 'psd2-toolkit', version: '1.2.3' },
  at: new Date('2026-06-01T00:00:00Z'),
  profile: readyProfile('auto').profile,
  format: 'ndjson',
  colour: false,
  issuers: [],
  baseline: [{ rule: 'rfc5280.serial-number', reason: 'known' }],
}

/** Certificates of three shapes, one line that cannot be read among every hundred, and one record. */
function mixed(count: number): BatchItem[] {
  const shapes = ['qwac', 'qsealc-flattened-roles', 'qsealc-all-statements'].map((name) =>
    distinct(vector(name), count),
  )
  return Array.from({ length: count }, (_, index): BatchItem => {
    const about = { source: `${index}`, index: 0, place: '' }
    const der = shapes[index % 3]?.[index] as Uint8Array
    if (index % 100 === 7)
      return { ...about, error: new Psd2Error('INPUT_UNKNOWN', 'no certificate', { mend: 'convert' }) }
    if (index % 100 !== 9) return { ...about, der }
    const record = JSON.stringify({ id: `record ${index}`, der: Buffer.from(der).toString('base64') })
    return { ...about, record: new TextEncoder().encode(record) }
  })
}

async function* stream(items: readonly BatchItem[]): AsyncGenerator<BatchItem> {
  yield* items
}

interface Outcome {
  readonly text: string
  readonly tally: AuditTally
  readonly used: readonly number[]
  readonly parts: number
}

async function runAll(items: readonly BatchItem[], about: AuditJob, options: BatchOptions): Promise<Outcome> {
  const ready = readyJob(about)
  let text = ''
  const writer = reportWriter(ready, async (data) => {
    text += typeof data === 'string' ? data : new TextDecoder().decode(data)
  })
  const used = new Set<number>()
  let parts = 0
  await writer.begin()
  for await (const part of auditBatch(stream(items), ready, options)) {
    await writer.add(part)
    for (const index of part.used) used.add(index)
    parts++
  }
  await writer.end({ complete: true, unusedBaseline: [] })
  return { text, tally: writer.tally, used: [...used], parts }
}

describe('a batch', () => {
  const items = mixed(700)

  it.each(formatNames)('is the same on one thread and on workers: %s', async (format) => {
    const some = items.slice(0, 320)
    const alone = await runAll(some, { ...job, format }, { workers: 0 })
    const together = await runAll(some, { ...job, format }, { workers: 2, expected: 5000 })
    expect(together.text).toBe(alone.text)
    expect(together.tally).toEqual(alone.tally)
    expect(alone.tally.reports).toBe(320)
    expect(together.parts).toBe(5)
  })

  it('keeps the order of the input', async () => {
    const { text } = await runAll(items, job, { workers: 3, expected: 5000 })
    const sources = text
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { source: string }).source)
    expect(sources).toEqual(items.map(({ source }, index) => (index % 100 === 9 ? `record ${index}` : source)))
  })

  it('gives its first reports before it has read much', async () => {
    let read = 0
    async function* counted(): AsyncGenerator<BatchItem> {
      for (const item of items) {
        read++
        yield item
      }
    }
    for await (const part of auditBatch(counted(), readyJob(job), { workers: 0 })) {
      expect(part.items).toBeLessThanOrEqual(20)
      break
    }
    expect(read).toBeLessThanOrEqual(21)
  })

  it('takes no more from its source than the workers can use', async () => {
    let read = 0
    async function* counted(): AsyncGenerator<BatchItem> {
      for (const item of items) {
        read++
        yield item
      }
    }
    for await (const part of auditBatch(counted(), readyJob(job), { workers: 2, expected: 5000 })) {
      expect(part.items).toBe(20)
      // Four chunks of 20, 40, 80 and 160: one a worker, one that waits for each to be done, and the one that was given.
      expect(read).toBe(300)
      break
    }
  })

  it('ends after what has been begun when it is stopped', async () => {
    const stop = new AbortController()
    let given = 0
    for await (const part of auditBatch(stream(items), readyJob(job), { workers: 0, signal: stop.signal })) {
      given += part.items
      stop.abort()
    }
    expect(given).toBeGreaterThan(0)
    expect(given).toBeLessThan(100)
  })

  it('lets go of its workers when nobody wants more', async () => {
    const before = process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length
    for await (const _ of auditBatch(stream(items), readyJob(job), { workers: 2, expected: 5000 })) break
    expect(process.getActiveResourcesInfo().filter((name) => name === 'MessagePort').length).toBe(before)
  })

  it('hands an error of the source on', async () => {
    async function* broken(): AsyncGenerator<BatchItem> {
      yield* items.slice(0, 30)
      throw new Error('disk')
    }
    await expect(async () => {
      for await (const _ of auditBatch(broken(), readyJob(job), { workers: 0 }));
    }).rejects.toThrow('disk')
  })
})

describe('the look before the audit', () => {
  const [one, two, three] = distinct(vector('qwac'), 3) as [Uint8Array, Uint8Array, Uint8Array]
  const [other] = distinct(vector('qsealc-ed25519'), 1) as [Uint8Array]
  const item = (source: string, der: Uint8Array): BatchItem => ({ source, index: 0, place: '', der })
  const known = async (list: readonly BatchItem[], withKeys = true) => {
    const found = await survey(stream(list), withKeys)
    const result = []
    for await (const each of withKnowledge(stream(list), found)) result.push(each)
    return result
  }

  it('brings the places of one certificate together, at the first of them', async () => {
    const list = [item('a', one), item('b', other), item('c', one), item('d', one)]
    const result = await known(list, false)
    expect(result.map(({ source, duplicates }) => [source, duplicates?.map((place) => place.source)])).toEqual([
      ['a', ['c', 'd']],
      ['b', undefined],
    ])
  })

  it('finds certificates of one key, and never counts a certificate as its own other', async () => {
    const result = await known([item('a', one), item('b', other), item('c', two), item('d', one), item('e', three)])
    expect(result.map(({ source, keyUse }) => [source, keyUse?.sameKey])).toEqual([
      ['a', ['c', 'e']],
      ['b', []],
      ['c', ['a', 'e']],
      ['e', ['a', 'c']],
    ])
    for (const { keyUse } of result) expect(keyUse?.sameModulus).toEqual([])
  })

  it('finds one modulus under two exponents', async () => {
    // 65537 stands at the end of the key, before the extensions: 02 03 01 00 01.
    const at = Buffer.from(two).indexOf(Buffer.from([2, 3, 1, 0, 1]))
    const changed = Uint8Array.from(two)
    changed[at + 4] = 3
    const result = await known([item('a', one), item('b', changed), item('c', other)])
    expect(result.map(({ keyUse }) => keyUse)).toEqual([
      { sameKey: [], sameModulus: ['b'] },
      { sameKey: [], sameModulus: ['a'] },
      { sameKey: [], sameModulus: [] },
    ])
  })

  it('says nothing of keys where there is nothing to compare with', async () => {
    const [only] = await known([item('a', one), item('b', one)])
    expect(only).not.toHaveProperty('keyUse')
  })

  it('names some of very many', async () => {
    const many = distinct(vector('qwac'), 200).map((der, index) => item(`${index}`, der))
    for (const { keyUse } of await known(many)) {
      expect(keyUse?.sameKey).toHaveLength(21)
      expect(keyUse?.sameKey.at(-1)).toBe('and more')
    }
  })

  it('passes over what cannot be read', async () => {
    const result = await known([item('a', one), item('b', Uint8Array.of(1)), item('c', two)])
    expect(result.map(({ keyUse }) => keyUse?.sameKey)).toEqual([['c'], undefined, ['a']])
  })
})
