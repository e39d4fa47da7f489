import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Psd2Error } from '../../src/core/index.ts'
import { indexEbaRegister } from '../../src/lists/index.ts'
import { openEbaRegister } from '../../src/trust/index.ts'
import { describeCorpus } from '../support/corpus.ts'
import { at, entry, fileOf, registerOf } from './support.ts'

const agent = {
  CA_OwnerID: 'FR_ACPR',
  EntityCode: 'PSD_PI!FR_ACPR!900001!1',
  EntityType: 'PSD_AG',
  Properties: [{ ENT_NAM: 'Jeanne Exemple' }, { ENT_ADD: '2 rue Exemple' }],
}

async function refusal(call: () => Promise<unknown>): Promise<Psd2Error> {
  const thrown = await call().then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(thrown).toBeInstanceOf(Psd2Error)
  expect((thrown as Psd2Error).mend).toBeTruthy()
  return thrown as Psd2Error
}

function* pieces(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

describe('an index', () => {
  it('says what it was made of', async () => {
    const file = fileOf([entry(), entry({ owner: 'AT_FMA', type: 'PSD_EMI' }), agent])
    const made = await indexEbaRegister([file])
    const sha256 = createHash('sha256').update(file).digest('hex')
    const types = { PSD_PI: 1, PSD_EMI: 1, PSD_AG: 1 }
    expect(made).toMatchObject({ sha256, size: file.length, types, kept: 2, unreadable: [], unreadableCount: 0 })
    expect((await openEbaRegister(made.index)).info).toEqual({
      sourceSha256: sha256,
      sourceSize: file.length,
      types,
      owners: { IE_CBI: 1, AT_FMA: 1 },
      newest: '20260501000000000',
      unreadable: 0,
    })
  })

  it('keeps no agent and no address', async () => {
    const spaced = JSON.stringify([[{}], [entry(), agent]], undefined, 2)
    for (const text of [spaced, JSON.stringify([[{}], [entry(), agent]])]) {
      const { index, types } = await indexEbaRegister([new TextEncoder().encode(text)])
      expect(types).toEqual({ PSD_PI: 1, PSD_AG: 1 })
      const held = Buffer.from(index).toString('latin1')
      for (const secret of ['Jeanne', 'rue', 'Example Street']) expect(held).not.toContain(secret)
    }
  })

  it('gives back what it was given', async () => {
    const register = await registerOf(entry({ names: ['Synteettinen Oy', 'Näyte "Oy"'], reference: ['a', 'b'] }))
    expect(register.entities('IE_CBI!C58301')).toEqual([
      {
        owner: 'IE_CBI',
        code: 'IE_CBI!C58301',
        type: 'PSD_PI',
        nationalReferences: ['a', 'b'],
        names: ['Synteettinen Oy', 'Näyte "Oy"'],
        country: 'IE',
        authorisations: ['2018-07-02'],
        services: [
          { countries: ['IE'], services: ['PS_070', 'PS_080'] },
          { countries: ['FR'], services: ['PS_080'] },
        ],
        version: '20260501000000000',
      },
    ])
    expect(register.entities('IE_CBI!C58302')).toEqual([])
  })

  it('is the same however the octets come', async () => {
    const file = fileOf([entry({ names: 'quote \\" and ] and }' }), agent, entry({ number: '2', names: 'ü\u2028"]}' })])
    const whole = await indexEbaRegister([file])
    for (const size of [1, 2, 3, 7, 64, 1000]) {
      expect((await indexEbaRegister(pieces(file, size))).index).toEqual(whole.index)
    }
  })

  it('finds every one of many entries', async () => {
    const numbers = Array.from({ length: 5000 }, (_, i) => `C${i * 7}`)
    const register = await registerOf(
      ...numbers.map((number) => entry({ number, reference: `R-${number}`, names: number.repeat(60) })),
    )
    for (const number of numbers) {
      expect(register.lookup(`PSDIE-CBI-${number}`, { at }).match?.entity.code).toBe(`IE_CBI!${number}`)
    }
    expect(register.lookup('PSDIE-CBI-C1', { at }).status).toBe('no_match')
  })
})

describe('a file that is not the register', () => {
  const bytes = (text: string) => new TextEncoder().encode(text)
  const whole = fileOf([entry(), agent, entry({ number: '2' })])
  it.each([
    ['is empty', bytes(''), 'EBA_NOT_REGISTER', 'empty'],
    ['is a zip archive', bytes('PK\x03\x04....'), 'EBA_NOT_REGISTER', 'unzip'],
    ['is the metadata', bytes('{"latest_version_relative_zip_path":""}'), 'EBA_NOT_REGISTER', 'metadata'],
    ['is a trusted list', bytes('<?xml version="1.0"?>'), 'EBA_NOT_REGISTER', 'XML'],
    ['is an index', bytes('psd2eba\n0000'), 'EBA_NOT_REGISTER', 'index already'],
    ['is a certificate', bytes('-----BEGIN CERTIFICATE-----'), 'EBA_NOT_REGISTER', 'not the EBA register'],
    ['is another JSON', bytes('[1, 2]'), 'EBA_SHAPE', 'shape'],
    ['is a flat list', bytes(`[${JSON.stringify(entry())}]`), 'EBA_SHAPE', 'shape'],
    ['has one list', bytes(`[[${JSON.stringify(entry())}]]`), 'EBA_SHAPE', '1 lists'],
    ['has three lists', bytes('[[{}],[{}],[{}]]'), 'EBA_SHAPE', 'third'],
    ['has no entry', bytes('[[{}],[]]'), 'EBA_EMPTY', 'no entry'],
    ['has other entries', bytes('[[{}],[{"a":1},{"b":2}]]'), 'EBA_SHAPE', '2 of 2'],
    ['goes on', bytes('[[{}],[]] ]'), 'EBA_SYNTAX', 'no JSON'],
    ['goes on with more', bytes('[[{}],[]] [[]]'), 'EBA_SHAPE', 'shape'],
    ['is cut off in an entry', whole.subarray(0, whole.length - 40), 'EBA_TRUNCATED', 'after 2 entries'],
    ['is cut off after an entry', whole.subarray(0, whole.length - 2), 'EBA_TRUNCATED', 'after 3 entries'],
    ['has an endless entry', bytes(`[[{}],[{"a":"${'x'.repeat(1 << 20)}"}]]`), 'LIMIT_EBA_ENTRY', 'larger'],
  ])('%s', async (_, file, code, says) => {
    const error = await refusal(() => indexEbaRegister(pieces(file, 1 << 16)))
    expect(error.code).toBe(code)
    expect(error.message + error.mend).toContain(says)
  })

  it('is cut off anywhere', async () => {
    const cut = fc.asyncProperty(fc.integer({ min: 0, max: whole.length - 1 }), async (length) => {
      const error = await refusal(() => indexEbaRegister([whole.subarray(0, length)]))
      expect(['EBA_NOT_REGISTER', 'EBA_TRUNCATED']).toContain(error.code)
    })
    await fc.assert(cut, { numRuns: 150 })
  })

  it('is another than the published digest says', async () => {
    const error = await refusal(() => indexEbaRegister([whole], { sha256: '0'.repeat(64) }))
    expect(error.code).toBe('EBA_DIGEST')
    const sha256 = createHash('sha256').update(whole).digest('hex').toUpperCase()
    expect((await indexEbaRegister([whole], { sha256 })).kept).toBe(2)
  })

  it('is larger than the caller allows', async () => {
    expect((await refusal(() => indexEbaRegister([whole], { maximumSize: 100 }))).code).toBe('LIMIT_EBA_SIZE')
  })
})

describe('a few entries that cannot be read', () => {
  it('are told, and make a miss indeterminate', async () => {
    const many = Array.from({ length: 200 }, (_, i) => entry({ number: `C${i}`, reference: `C${i}` }))
    const broken = { CA_OwnerID: 'IE_CBI', EntityCode: 'IE_CBI!X1', EntityType: 'PSD_PI', Properties: [['x']] }
    const { index, unreadable, unreadableCount } = await indexEbaRegister([fileOf([...many, broken])])
    expect([unreadableCount, unreadable[0]?.code, unreadable[0]?.path]).toEqual([
      1,
      'EBA_ENTITY',
      '/1/200/Properties/0',
    ])
    const register = await openEbaRegister(index)
    expect(register.lookup('PSDIE-CBI-X1', { at }).code).toBe('REGISTER_INCOMPLETE')
    expect(register.lookup('PSDIE-CBI-C7', { at }).status).toBe('match')
  })
})

describe('an index that is not sound', () => {
  it.each([
    ['cut off', (index: Uint8Array) => index.subarray(0, index.length - 1), 'EBA_INDEX_TRUNCATED'],
    ['changed', (index: Uint8Array) => index.with(index.length - 5, 0x41), 'EBA_INDEX_DIGEST'],
    ['of another version', (index: Uint8Array) => index.with(8, 9), 'EBA_INDEX_VERSION'],
    ['another file', () => fileOf([entry()]), 'EBA_INDEX_FORMAT'],
    ['empty', () => new Uint8Array(), 'EBA_INDEX_FORMAT'],
  ])('%s is refused', async (_, change, code) => {
    const { index } = await indexEbaRegister([fileOf([entry()])])
    expect((await refusal(() => openEbaRegister(change(index)))).code).toBe(code)
  })

  it('is refused whatever octet is changed', async () => {
    const { index } = await indexEbaRegister([fileOf([entry()])])
    const changed = fc.asyncProperty(fc.nat(index.length - 1), fc.integer({ min: 1, max: 255 }), async (at, mask) => {
      await refusal(() => openEbaRegister(index.with(at, (index[at] as number) ^ mask)))
    })
    await fc.assert(changed, { numRuns: 300 })
  })

  it('does not follow what the caller changes later', async () => {
    const { index } = await indexEbaRegister([fileOf([entry()])])
    const register = await openEbaRegister(index)
    index.fill(0)
    expect(register.lookup('PSDIE-CBI-C58301', { at }).status).toBe('match')
  })
})

describeCorpus('the shape of the register', ['eba', 'eba-shape-synthetic.json'], (path) => {
  it('is read, and answers', async () => {
    const { index, types, kept } = await indexEbaRegister([readFileSync(path)])
    expect([types, kept]).toEqual([{ PSD_PI: 1, PSD_AISP: 1, PSD_EMI: 1, PSD_AG: 1 }, 3])
    const register = await openEbaRegister(index)
    const short = (identifier: string) => {
      const { status, code, match, findings } = register.lookup(identifier, { at })
      return [status, code, match?.rule, match?.authorisation, findings.map((finding) => finding.code)]
    }
    expect(short('PSDFI-FINFSA-9000001-1')).toEqual([
      'match',
      'REGISTER_MATCH',
      'entity-code',
      'withdrawn',
      ['REGISTER_WITHDRAWN'],
    ])
    expect(short('PSDES-BDE-9001')).toEqual(['match', 'REGISTER_MATCH', 'entity-code', 'in-force', []])
    expect(short('PSDES-BE-B90000001')).toEqual(['match', 'REGISTER_MATCH', 'national-reference', 'in-force', []])
    expect(short('PSDFR-ACPR-900001')).toEqual(['indeterminate', 'REGISTER_NUMBERING', undefined, undefined, []])
  })
})
