import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { certificate, signers } from '../../vectors/trusted-lists/make/material.ts'
import { root } from '../support/package.ts'
import { folderWith, type Outcome, pem, psd2 } from './support.ts'

const vector = (id: string): string => join(root, 'vectors/trusted-lists', `${id}.xml`)
const folder = folderWith({
  'operator.pem': pem(certificate(signers.national.certificate)),
  'notice.pem': pem(certificate(signers.lists.certificate)),
  'stranger.pem': pem(certificate('qwac')),
  'empty.pem': '',
  'half.xml': readFileSync(vector('control')).subarray(0, 2000),
  'page.html': '<!DOCTYPE html><html><body>404</body></html>',
  'list.pdf': '%PDF-1.7\n',
})
const file = (name: string): string => join(folder, name)
const operator = ['--signers', file('operator.pem')]
const byList = ['--lotl', vector('list-of-lists'), '--anchors', file('notice.pem')]
const list = (...args: readonly string[]): Promise<Outcome> => psd2(['trust', 'list', ...args])

interface Report {
  readonly listOfLists: { readonly sequenceNumber: number; readonly notice: string } | null
  readonly lists: readonly {
    readonly source: string
    readonly territory?: string
    readonly stale?: boolean
    readonly granted?: object
    readonly services?: readonly { readonly name: string; readonly status: string; readonly uses: readonly string[] }[]
    readonly error?: { readonly code: string; readonly mend: string }
  }[]
  readonly store: { readonly lists: number; readonly services: number; readonly keys: number } | null
}
const report = ({ out }: Outcome): Report => JSON.parse(out)

describe('psd2 trust list', () => {
  it('shows territory, dates, services and signer of a list whose signer is given', async () => {
    const { code, out, err } = await list(vector('control'), ...operator)
    expect([code, err]).toEqual([0, ''])
    expect(out.split('\n').map((line) => line.trim())).toEqual([
      'FR  list 7 of version 5, issued 2026-05-01, next update 2026-11-01',
      expect.stringMatching(/^Test operator & Co; signed by C=FR, .*organizationIdentifier=PSDFR-ACPR-12345/),
      '2 services; granted CA/QC: 1 for web sites, 1 for seals, 0 for signatures',
      expect.stringMatching(/^granted since 2025-01-01 +web +Test QTSP: Web sites$/),
      expect.stringMatching(/^granted since 2025-01-01 +eseal +Test QTSP: Seals$/),
      '',
    ])
  })

  it('verifies by a list of lists, in JSON', async () => {
    const outcome = await list(vector('control'), vector('withdrawn'), ...byList, '--format', 'json')
    expect(outcome.code).toBe(0)
    const { listOfLists, lists, store } = report(outcome)
    expect([listOfLists?.sequenceNumber, store]).toEqual([300, null])
    expect(lists.map(({ territory, stale, granted }) => [territory, stale, granted])).toEqual([
      ['FR', false, { web: 1, eseal: 1, esign: 0 }],
      ['FR', false, { web: 0, eseal: 0, esign: 0 }],
    ])
    expect(lists[1]?.services).toMatchObject([{ name: 'Web sites', status: 'withdrawn', uses: ['web'] }])
  })

  it('shows the list of lists alone', async () => {
    const { code, out } = await list(...byList)
    expect(code).toBe(0)
    expect(out).toContain('EU  list of lists 300')
    expect(out).toContain('points to EU FR')
  })

  const refusals: Readonly<Record<string, readonly [exit: number, code: string, args: readonly string[]]>> = {
    'a signer that nobody names': [1, 'TSL_SIGNER_UNKNOWN', [vector('control'), '--signers', file('stranger.pem')]],
    'a forged service': [1, 'TSL_DIGEST_MISMATCH', [vector('service-more'), ...operator]],
    'a list of lists by a stranger': [
      1,
      'TSL_SIGNER_UNKNOWN',
      ['--lotl', vector('list-of-lists'), '--anchors', file('stranger.pem')],
    ],
    'a list out of date': [5, 'TSL_STALE', [vector('control'), ...operator, '--at', '2026-12-01']],
    'a closed list': [5, 'TSL_CLOSED', [vector('closed'), ...operator]],
    'a list of a territory without pointer': [5, 'TSL_POINTER_MISSING', [vector('territory-el'), ...byList]],
    'a download that broke off': [3, 'XML_TRUNCATED', [file('half.xml'), ...operator]],
    'a page of a server': [3, 'XML_NOT_XML', [file('page.html'), ...operator]],
    'the list for people': [3, 'XML_NOT_XML', [file('list.pdf'), ...operator]],
    'a certificate as a list': [3, 'XML_NOT_XML', [file('notice.pem'), ...operator]],
    'a file that is not there': [3, 'INPUT_NOT_FOUND', [file('none.xml'), ...operator]],
    'anchors without a certificate': [
      3,
      'INPUT_EMPTY',
      [vector('control'), '--lotl', vector('list-of-lists'), '--anchors', file('empty.pem')],
    ],
    'an address that cannot be fetched': [
      5,
      'TSL_FETCH',
      ['--fetch', 'https://lists.example.com/', '--anchors', file('notice.pem')],
    ],
    'an address of this machine': [
      5,
      'TSL_POINTER_LOCATION',
      ['--fetch', 'https://127.0.0.1/', '--anchors', file('notice.pem')],
    ],
    'another notice': [1, 'TSL_NOTICE_DIFFERS', [...byList, '--notice', 'https://eur-lex.europa.eu/other']],
    'a pivot that is newer': [
      1,
      'TSL_PIVOT_ORDER',
      [...byList, '--pivot', vector('list-of-lists'), '--pivot', vector('pointer-http')],
    ],
  }
  it.each(Object.entries(refusals))(
    'refuses %s with %s',
    async (_, [exit, code, args]) => {
      const outcome = await list(...args)
      expect([outcome.code, outcome.err]).toEqual([exit, expect.stringContaining(code)])
      expect(outcome.err).toMatch(/\nmend: \w/)
    },
    60_000,
  )

  const misuse: Readonly<Record<string, readonly string[]>> = {
    'no file': [],
    'nothing that says who may sign': [vector('control')],
    'a list of lists without anchors': ['--lotl', vector('list-of-lists')],
    'fetching without anchors': ['--fetch'],
    'fetching and files': [
      '--fetch',
      'https://lists.example.com/',
      '--anchors',
      file('notice.pem'),
      '--signers',
      file('notice.pem'),
    ],
    'both ways to say who may sign': [vector('control'), ...operator, ...byList],
    'a pivot without a list of lists': [vector('control'), ...operator, '--pivot', vector('list-of-lists')],
    'territories without fetching': [vector('control'), ...operator, '--territory', 'FR'],
    'an unknown format': [vector('control'), ...operator, '--format', 'xml'],
  }
  it.each(Object.entries(misuse))('tells %s as wrong use', async (_, args) => {
    const { code, out, err } = await list(...args)
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(/\w/)
  })

  it('one bad file never hides the others', async () => {
    const outcome = await list(
      file('half.xml'),
      vector('control'),
      vector('service-more'),
      ...operator,
      '--format',
      'json',
    )
    expect(outcome.code).toBe(3)
    expect(report(outcome).lists.map(({ territory, error }) => territory ?? error?.code)).toEqual([
      'XML_TRUNCATED',
      'FR',
      'TSL_DIGEST_MISMATCH',
    ])
  })

  it('saves a store, shows it, and never puts an older list in its place', async () => {
    const store = file('lists.store')
    const saved = await list(
      vector('control'),
      vector('territory-el'),
      ...operator,
      '--store',
      store,
      '--format',
      'json',
    )
    expect([saved.code, report(saved).store]).toEqual([
      0,
      { file: store, octets: expect.any(Number), lists: 2, services: 4, keys: 2 },
    ])
    const shown = await list(store)
    expect([shown.code, shown.out]).toEqual([0, expect.stringContaining('EL  list 7')])
    expect((await list(store, '--at', '2027-01-01')).code).toBe(5)

    const octets = readFileSync(store)
    const older = await list(vector('sequence-older-in-force'), ...operator, '--store', store)
    expect([older.code, older.err]).toEqual([1, expect.stringContaining('TSL_SEQUENCE_LOWER')])
    const twice = await list(vector('control'), vector('withdrawn'), ...operator, '--store', store)
    expect([twice.code, twice.err]).toEqual([1, expect.stringContaining('TSL_TERRITORY_TWICE')])
    expect(readFileSync(store).equals(octets)).toBe(true)
    expect((await list(vector('control'), ...operator, '--store', store)).err).toContain('EL is in the old store')

    writeFileSync(file('cut.store'), octets.subarray(0, 500))
    expect((await list(file('cut.store'))).err).toContain('TSL_STORE_TRUNCATED')
    const none = await list(file('half.xml'), ...operator, '--store', file('none.store'))
    expect([none.code, none.err]).toEqual([3, expect.stringContaining('is not written')])
    expect(existsSync(file('none.store'))).toBe(false)
  })
})
