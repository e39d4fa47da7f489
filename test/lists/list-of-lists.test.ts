import { type ListOfListsOptions, readListOfLists, readNationalList, signersOf } from 'psd2-toolkit/lists'
import { describe, expect, it } from 'vitest'
import { certificate, signers } from '../../vectors/trusted-lists/make/material.ts'
import { listOfLists, signed } from '../../vectors/trusted-lists/make/vector.ts'
import { codeOf } from './corpus-lists.ts'

const at = new Date('2026-06-01T00:00:00Z')
const octets = (text: string): Uint8Array => new TextEncoder().encode(text)
const notice = 'https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=uriserv:OJ.C_.2026.001.01.0001.01.ENG'
const anchors = { certificates: [certificate(signers.lists.certificate)] }
const at1 = 'https://lists.example.com/pivot-1.xml'
const at2 = 'https://lists.example.com/pivot-2.xml'

/** An edition of the list of lists: its number, who signs it, who may sign the next. */
function edition(
  sequenceNumber: string,
  signer: 'lists' | 'listsLater',
  next: readonly string[],
  uris: readonly string[] = [],
): Uint8Array {
  const pointers = [
    { territory: 'EU', location: 'https://lists.example.com/eu.xml', type: 'EUlistofthelists', signers: next },
    { territory: 'FR', location: 'https://lists.example.com/fr.xml', signers: ['qsealc-rsa-2048'] },
  ]
  return octets(listOfLists({ sequenceNumber, pointers, uris: [...uris, notice] }, { signer: signers[signer] }))
}

const first = edition('301', 'lists', ['qsealc-rsa-4096', 'qsealc'])
const second = edition('302', 'listsLater', ['qsealc'])
const current = edition('303', 'listsLater', ['qsealc'], [at2, at1])

const walk = (bytes: Uint8Array, options: Partial<ListOfListsOptions> = {}) =>
  codeOf(() => readListOfLists(bytes, { anchors, at, ...options }))

describe('readListOfLists', () => {
  it('goes from the notice over the pivots to the list', async () => {
    const found = await readListOfLists(current, { anchors, pivots: [second, first], at })
    expect(found.pivots.map(({ sequenceNumber }) => sequenceNumber)).toEqual([301, 302])
    expect([found.list.sequenceNumber, found.notice, found.announcedPivots]).toEqual([303, notice, [at2, at1]])
    expect(signersOf(found.list, 'FR')).toEqual([certificate('qsealc-rsa-2048')])
    expect(await codeOf(() => signersOf(found.list, 'DE'))).toBe('TSL_POINTER_MISSING')
  })

  it('takes the last pivot that is the list itself', async () => {
    expect(await walk(second, { pivots: [first, second] })).toBe('verified')
  })

  it('does not get there without a pivot, or with one that is not of the chain', async () => {
    expect(await walk(current)).toBe('TSL_SIGNER_UNKNOWN')
    expect(await walk(current, { pivots: [second] })).toBe('TSL_SIGNER_UNKNOWN')
    expect(await walk(current, { pivots: [first, edition('302', 'lists', ['qwac'])] })).toBe('TSL_SIGNER_UNKNOWN')
    expect(await walk(current, { pivots: [edition('301', 'lists', [])] })).toBe('TSL_POINTER_MISSING')
    expect(await walk(current, { pivots: [octets(signed())] })).toBe('TSL_SIGNER_UNKNOWN')
  })

  it('wants pivots in order, each once, and not too many', async () => {
    expect(await walk(current, { pivots: [first, first] })).toBe('TSL_PIVOT_ORDER')
    expect(await walk(first, { pivots: [first, second] })).toBe('TSL_SIGNER_UNKNOWN')
    expect(await walk(edition('300', 'listsLater', []), { pivots: [first, second] })).toBe('TSL_PIVOT_ORDER')
    expect(await walk(current, { pivots: Array.from({ length: 51 }, () => first) })).toBe('TSL_PIVOT_ORDER')
    expect(await walk(current, { pivots: [octets('<a xmlns="http://uri.etsi.org/02231/v2#"/>')] })).toBe(
      'TSL_PIVOT_ORDER',
    )
  })

  it('takes pivots that are out of date, and no list that is', async () => {
    const later = { at: new Date('2027-01-01T00:00:00Z'), pivots: [first, second] }
    expect(await walk(current, later)).toBe('TSL_STALE')
    expect(await walk(current, { ...later, acceptStale: true })).toBe('verified')
    expect(await walk(current, { pivots: [first, second], minimumSequenceNumber: 304 })).toBe('TSL_SEQUENCE_LOWER')
  })

  it('holds the notice to the anchors where their notice is given', async () => {
    const pivots = [first, second]
    expect(await walk(current, { pivots, anchors: { ...anchors, notice } })).toBe('verified')
    expect(await walk(current, { pivots, anchors: { ...anchors, notice: `${notice}x` } })).toBe('TSL_NOTICE_DIFFERS')
    const without = octets(listOfLists({ uris: ['https://example.com/eur-lex.europa.eu/'] }))
    expect(await walk(without, { anchors: { ...anchors, notice } })).toBe('TSL_NOTICE_DIFFERS')
    expect((await readListOfLists(without, { anchors, at })).notice).toBeUndefined()
  })

  it('tells the caller of no anchors, unknown options and no moment', async () => {
    const wrong = [
      { anchors: { certificates: [] } },
      { anchors: undefined },
      { pivot: [] },
      { at: new Date(Number.NaN) },
    ]
    for (const options of wrong) {
      await expect(readListOfLists(current, { anchors, at, ...options } as never)).rejects.toThrow(TypeError)
    }
  })
})

describe('readNationalList', () => {
  it('takes signers and territory from the list of lists', async () => {
    const { list } = await readListOfLists(first, { anchors, at })
    const read = (text: string) => codeOf(() => readNationalList(octets(text), { listOfLists: list, at }))
    expect(await read(signed())).toBe('verified')
    expect(await read(signed({}, { signer: signers.lists }))).toBe('TSL_SIGNER_UNKNOWN')
    expect(await read(signed({ territory: 'DE' }))).toBe('TSL_POINTER_MISSING')
    expect(await read('<a/>')).toBe('TSL_POINTER_MISSING')
    // A second territory that only this look sees does not choose the signers of another list.
    const two = signed({
      exchange: [['<SchemeTerritory>FR', '<SchemeTerritory>FR</SchemeTerritory><SchemeTerritory>DE']],
    })
    expect(await read(two)).toBe('TSL_FIELD_TWICE')
  })
})
