import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Inspection, type InspectionFailure, inspectCertificate } from '../../src/audit/index.ts'
import type { InspectionResult } from '../../src/core/inspection.ts'
import { implicit, sequence, utf8String } from '../../src/der/writer.ts'
import { inspectionsToJson, inspectionToNdjson, inspectionToText, type Paint } from '../../src/report/index.ts'
import { decodePem } from '../../src/x509/index.ts'
import {
  certificate,
  extension,
  nameOf,
  oids,
  psd2Info,
  psd2Statement,
  qcStatementsExtension,
  role,
} from '../support/build.ts'

const at = new Date('2026-06-01T00:00:00Z')
const text = (result: InspectionResult, moment = at): string => inspectionToText(result, { at: moment })

async function fixture(name: string): Promise<Inspection> {
  const [block] = decodePem(await readFile(new URL(`fixtures/${name}.pem`, import.meta.url)))
  if (block === undefined) throw new Error('no block')
  const result = await inspectCertificate(block.bytes, { source: `${name}.pem`, place: 'line 1' })
  if ('error' in result) throw new Error(result.error.message)
  return result
}

let qwac: Inspection
let qsealc: Inspection
let failure: InspectionFailure

beforeAll(async () => {
  qwac = await fixture('qwac')
  qsealc = await fixture('qsealc-with-deviations')
  failure = (await inspectCertificate(Uint8Array.of(2, 1, 0), { source: 'x.der' })) as InspectionFailure
})

/** The value of a row. */
function row(result: InspectionResult, label: string, moment = at): string | undefined {
  return new RegExp(`^  ${label} +(.*)$`, 'm').exec(text(result, moment))?.[1]
}

describe('text', () => {
  it('of a QWAC', async () => {
    await expect(text(qwac)).toMatchFileSnapshot('fixtures/qwac.txt')
  })

  it('of a QSealC with deviations', async () => {
    await expect(text(qsealc)).toMatchFileSnapshot('fixtures/qsealc-with-deviations.txt')
  })

  it('of what cannot be read', async () => {
    await expect(text(failure)).toMatchFileSnapshot('fixtures/unreadable.txt')
  })

  it('ends in one empty line, so that one may follow another', () => {
    for (const result of [qwac, qsealc, failure]) expect(text(result)).toMatch(/[^\n]\n\n$/)
  })

  it('names source and place', () => {
    expect(text({ ...qwac, source: 'a.pem', place: 'line 9' }).split('\n')[0]).toContain('a.pem (line 9)')
    expect(text({ ...qwac, source: 'a.der', place: '' }).split('\n')[0]).not.toContain('(')
    expect(text({ ...failure, source: 'a.pem', place: 'line 9' }).split('\n')[0]).toBe('a.pem (line 9)  unreadable')
  })

  it('leaves out what the certificate does not say', () => {
    const bare = {
      ...qwac,
      psd2: null,
      organizationIdentifier: null,
      policies: [],
      subjectAltNames: [],
      qcStatements: [],
    }
    for (const label of ['PSP', 'Authority', 'Roles', 'Policies', 'Names', 'QC statements']) {
      expect(row(bare, label), label).toBeUndefined()
    }
  })

  it('says a role whose name differs, one that nobody knows, and that there is none', () => {
    const psd2 = { ncaName: 'N', ncaId: 'FR-ACPR' }
    const roles = (...list: { oid: string; role: string | null; name: string }[]) =>
      row({ ...qwac, psd2: { ...psd2, roles: list } }, 'Roles')
    expect(roles({ oid: '0.4.0.19495.1.3', role: 'PSP_AI', name: 'PSP_AI' })).toBe('PSP_AI   account information')
    expect(roles({ oid: '0.4.0.19495.1.3', role: 'PSP_AI', name: 'PSP_PI' })).toContain("named 'PSP_PI'")
    expect(roles({ oid: '1.2.3', role: null, name: 'PSP_PI' })).toBe("unknown 1.2.3 'PSP_PI'")
    expect(roles()).toBe('none')
  })
})

describe('validity', () => {
  const validity = { notBefore: '2026-01-01T00:00:00Z', notAfter: '2026-12-31T23:59:59Z' }
  const valid = (moment: string): string | undefined => row({ ...qwac, validity }, 'Valid', new Date(moment))

  it.each([
    ['2025-12-22T00:00:00Z', 'begins in 10 days'],
    ['2025-12-31T00:00:00Z', 'begins in 1 day'],
    ['2026-01-01T00:00:00Z', '364 days left'],
    ['2026-06-01T00:00:00Z', '213 days left'],
    ['2026-12-30T00:00:00Z', '1 day left'],
    ['2027-01-02T00:00:00Z', 'ended 1 day ago'],
    ['2027-02-01T00:00:00Z', 'ended 31 days ago'],
  ])('at %s: %s', (moment, expected) => {
    expect(valid(moment)).toBe(`2026-01-01T00:00:00Z to 2026-12-31T23:59:59Z, ${expected}`)
  })

  it('is inclusive at both ends', () => {
    expect(valid('2026-01-01T00:00:00Z')).toContain('left')
    expect(valid('2026-12-31T23:59:59Z')).toContain('left')
    expect(valid('2025-12-31T23:59:59Z')).toContain('begins')
    expect(valid('2027-01-01T00:00:00Z')).toContain('ended')
  })

  it('at no moment is the mistake of the caller', () => {
    expect(() => valid('yesterday')).toThrow(TypeError)
  })
})

describe('deviations in text', () => {
  const deviation = { message: 'm', clause: 'RFC 1 2', mend: 'do it' }
  const list: Inspection['deviations'] = [
    { ...deviation, code: 'A_A', path: 'p[0]', offset: 1, leniency: 'strict' },
    { ...deviation, code: 'B_B', path: 'q', offset: 2, leniency: 'note', detail: 'd' },
    { ...deviation, code: 'A_A', path: 'p[1]', offset: 3, leniency: 'strict' },
  ]

  it('are grouped by code, each place once, in order', () => {
    const lines = text({ ...qwac, deviations: list }).split('\n')
    const start = lines.findIndex((line) => line.startsWith('  Deviations'))
    expect(lines.slice(start).map((line) => line.trim())).toEqual([
      'Deviations      3; strict reading refuses the certificate for 2 of them',
      'breach A_A: m [RFC 1 2]',
      'offset 1, p[0]',
      'offset 3, p[1]',
      'mend: do it',
      'remark B_B: m [RFC 1 2]',
      'offset 2, q: d',
      'mend: do it',
      '',
      '',
    ])
  })

  it('say nothing of strict reading where it refuses for none', () => {
    const remarks = list.filter(({ leniency }) => leniency === 'note')
    expect(row({ ...qwac, deviations: remarks }, 'Deviations')).toBe('1')
    expect(row({ ...qwac, deviations: [] }, 'Deviations')).toBe('none')
  })
})

describe('paint', () => {
  const wrap = (mark: string) => (content: string) => `<${mark}>${content}</${mark}>`
  const paint: Paint = { bold: wrap('b'), dim: wrap('d'), good: wrap('g'), warn: wrap('w'), bad: wrap('x') }
  const painted = (result: InspectionResult, moment = at): string => inspectionToText(result, { at: moment, paint })

  it('adds nothing but emphasis', () => {
    for (const result of [qwac, qsealc, failure]) {
      expect(painted(result).replaceAll(/<\/?[bdgwx]>/g, '')).toBe(text(result))
    }
  })

  it('warns in the last 30 days and shows an end as bad', () => {
    const end = Date.parse(qwac.validity.notAfter)
    const day = 86_400_000
    expect(painted(qwac, new Date(end - 31 * day))).toContain('<g>31 days left</g>')
    expect(painted(qwac, new Date(end - 29 * day))).toContain('<w>29 days left</w>')
    expect(painted(qwac, new Date(end + 2 * day))).toContain('<x>ended 2 days ago</x>')
  })

  it('never stands within what the certificate says', () => {
    expect(painted({ ...qwac, subject: '\u001b[31mred' })).toContain('\\u{1b}[31mred')
  })
})

describe('JSON and NDJSON', () => {
  it('read back as the same results', () => {
    const results = [qwac, failure, qsealc]
    expect(JSON.parse(inspectionsToJson(results))).toEqual(results)
    for (const result of results) expect(JSON.parse(inspectionToNdjson(result))).toEqual(result)
  })

  it('are an array, and one line each', () => {
    expect(JSON.parse(inspectionsToJson([]))).toEqual([])
    expect(inspectionsToJson([qwac])).toMatch(/^\[\n[\s\S]*\]\n$/)
    expect(inspectionToNdjson(qsealc)).toMatch(/^\{[^\n\r\u2028\u2029]*\}\n$/)
  })
})

describe('what a certificate says never appears raw', () => {
  const evil = [
    ...['\u0001', '\u0007', '\u001b', '\r', '\n', '\t', '\u007f', '\u0085', '\u009b', '\u009d'],
    ...['\u200b', '\u200d', '\u200e', '\u202a', '\u202e', '\u2066', '\u2069', '\u061c', '\u2028', '\u2029'],
    ...['\ufeff', '\u00ad', '\u2060', '\u{e0041}', '\ufe0f'],
  ]
  const raw = /\p{Cc}|\p{Zl}|\p{Zp}|\p{Bidi_Control}|\p{Default_Ignorable_Code_Point}/u
  const name = fc
    .array(fc.oneof(fc.constantFrom(...evil), fc.constantFrom(...'aZ 1.,+="\\<>;#\u00e9')), {
      minLength: 1,
      maxLength: 12,
    })
    .map((parts) => parts.join(''))

  it('in text, JSON or NDJSON, wherever the certificate says it', async () => {
    await fc.assert(
      fc.asyncProperty(name, name, async (one, two) => {
        const names = nameOf([oids.commonName, utf8String(one)], [oids.organizationIdentifier, utf8String(two)])
        const roles = sequence(role('PSP_AI'), sequence(role('PSP_PI').subarray(2, 11), utf8String(one)))
        const der = certificate({
          subject: names,
          issuer: names,
          extensions: [
            qcStatementsExtension(psd2Statement(psd2Info(roles, utf8String(one), utf8String(two)))),
            extension('2.5.29.17', sequence(implicit(2, new TextEncoder().encode(two)))),
          ],
        })
        const result = await inspectCertificate(der, { source: one, place: two })
        expect('error' in result).toBe(false)
        for (const written of [text(result), inspectionsToJson([result]), inspectionToNdjson(result)]) {
          expect(written.replaceAll('\n', '')).not.toMatch(raw)
        }
        // A name cannot add a line: their number depends on what is said, not on how.
        expect(inspectionToNdjson(result).split('\n')).toHaveLength(2)
        expect(JSON.parse(inspectionToNdjson(result))).toEqual(result)
        for (const line of text(result).split('\n').slice(1)) expect(line).toMatch(/^(?: {2}.*)?$/)
      }),
      { numRuns: 400 },
    )
  })

  it('in the record of what cannot be read', () => {
    const { error } = failure
    for (const character of evil) {
      const result = {
        ...failure,
        source: character,
        place: character,
        error: { ...error, message: character, mend: character },
      }
      for (const written of [text(result), inspectionsToJson([result]), inspectionToNdjson(result)]) {
        expect(written.replaceAll('\n', '')).not.toMatch(raw)
      }
      expect(text(result).split('\n')).toHaveLength(text(failure).split('\n').length)
    }
  })
})
