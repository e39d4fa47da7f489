import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { indexEbaRegister } from '../../src/lists/index.ts'
import { openEbaRegister } from '../../src/trust/index.ts'
import { readRegisterEntity } from '../../src/trust/register/entity.ts'
import { at, entry, fileOf, registerOf } from './support.ts'

const base = { CA_OwnerID: 'IE_CBI', EntityCode: 'IE_CBI!1', EntityType: 'PSD_PI' }

describe('an entry', () => {
  it.each([
    ['that is text', 'x', ''],
    ['that is a list', [], ''],
    ['that is null', null, ''],
    ['without an owner', { ...base, CA_OwnerID: '' }, '/CA_OwnerID'],
    ['whose code is a number', { ...base, EntityCode: 1 }, '/EntityCode'],
    ['whose properties are an object', { ...base, Properties: {} }, '/Properties'],
    ['whose property is a list', { ...base, Properties: [[]] }, '/Properties/0'],
    ['whose value is an object', { ...base, Properties: [{ ENT_NAM: {} }] }, '/Properties/0'],
    ['whose services are text', { ...base, Services: 'PS_070' }, '/Services'],
  ])('%s is refused', (_, value, path) => {
    expect(() => readRegisterEntity(value as never)).toThrow(expect.objectContaining({ code: 'EBA_ENTITY', path }))
  })

  it('may lack what it can lack', () => {
    const value = { ...base, Properties: [{ ENT_FLAG: true }, { ENT_NAM: null }], Services: null }
    expect(readRegisterEntity(value)).toEqual({
      owner: 'IE_CBI',
      code: 'IE_CBI!1',
      type: 'PSD_PI',
      nationalReferences: [],
      names: [],
      country: undefined,
      authorisations: [],
      services: [],
      version: undefined,
    })
  })

  it('joins what stands twice', () => {
    const value = {
      ...base,
      Properties: [{ ENT_NAM: 'a' }, { ENT_NAM: ['b'] }],
      Services: [{ IE: 'PS_070' }, { IE: 'PS_080' }],
    }
    const { names, services } = readRegisterEntity(value)
    expect([names, services]).toEqual([['a', 'b'], [{ countries: ['IE'], services: ['PS_070', 'PS_080'] }]])
  })

  it('with a country or services that no register has cannot be kept', async () => {
    const many = Array.from({ length: 200 }, (_, i) => entry({ number: `C${i}` }))
    const odd = entry({ number: 'X1', services: [{ Ireland: 'PS_070' }] })
    const endless = entry({ number: 'X2', services: [{ IE: Array.from({ length: 60 }, (_, i) => `PS_X${i}`) }] })
    const { unreadable } = await indexEbaRegister([fileOf([...many, odd, endless])])
    expect(unreadable.map(({ code, path }) => [code, path])).toEqual([
      ['EBA_ENTITY', '/1/200/Services'],
      ['EBA_ENTITY', '/1/201/Services'],
    ])
  })

  it('is found by a code without a mark, and kept without a version', async () => {
    const { __EBA_EntityVersion: _, ...bare } = entry({ code: 'C9', reference: 'x' }) as Record<string, unknown>
    const register = await registerOf(bare)
    expect(register.lookup('PSDIE-CBI-C9', { at }).match?.entity.version).toBeUndefined()
    expect(register.info.newest).toBeUndefined()
  })

  it('in a code with the owner before it', async () => {
    const register = await registerOf(entry({ code: 'IE_CBI_C9', reference: 'x' }))
    expect(register.lookup('PSDIE-CBI-C9', { at }).match?.rule).toBe('entity-code')
  })
})

describe('an index that somebody made', () => {
  const sealed = (index: Uint8Array) => {
    const copy = index.slice()
    copy.set(createHash('sha256').update(copy.subarray(56)).digest(), 24)
    return copy
  }

  it.each([
    ['whose header is no JSON', (index: Uint8Array) => sealed(index.with(56, 0x78)), 'EBA_INDEX_FORMAT'],
    ['without slots', (index: Uint8Array) => withoutSlots(index), 'EBA_INDEX_FORMAT'],
  ])('%s is refused', async (_, change, code) => {
    const { index } = await indexEbaRegister([fileOf([entry()])])
    await expect(openEbaRegister(change(index))).rejects.toMatchObject({ code })
  })

  /** Sixteen slots left out, and the octets of the records that make up for them. */
  function withoutSlots(index: Uint8Array): Uint8Array {
    const copy = index.slice()
    const view = new DataView(copy.buffer)
    view.setUint32(20, view.getUint32(20, true) + view.getUint32(16, true) * 8, true)
    view.setUint32(16, 0, true)
    return sealed(copy)
  }

  it('whose slots lead nowhere says so when it is asked', async () => {
    const { index } = await indexEbaRegister([fileOf([entry()])])
    const view = new DataView(index.buffer, index.byteOffset)
    const slots = 56 + view.getUint32(12, true)
    for (let slot = 0; slot < view.getUint32(16, true); slot++) {
      if (view.getUint32(slots + slot * 8 + 4, true) !== 0) view.setUint32(slots + slot * 8 + 4, 0xffff_fff0, true)
    }
    const register = await openEbaRegister(sealed(index))
    expect(() => register.lookup('PSDIE-CBI-C58301', { at })).toThrow(
      expect.objectContaining({ code: 'EBA_INDEX_FORMAT' }),
    )
  })
})

it.each([
  ['no octets', () => openEbaRegister('x' as never)],
  ['an unknown option', () => openEbaRegister(new Uint8Array(), { at } as never)],
  ['an unknown option of indexing', () => indexEbaRegister([], { digest: '' } as never)],
  ['a digest that is none', () => indexEbaRegister([], { sha256: 'x' })],
  ['an identifier that is no text', async () => (await registerOf(entry())).lookup(1 as never, { at })],
])('%s is wrong use', async (_, call) => {
  await expect(call()).rejects.toBeInstanceOf(TypeError)
})
