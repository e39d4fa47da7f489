import { type FetchListsOptions, fetchTrustedLists, httpFetcher, requireLocation } from 'psd2-toolkit/lists'
import { describe, expect, it } from 'vitest'
import { certificate, signers } from '../../vectors/trusted-lists/make/material.ts'
import { listOfLists, signed } from '../../vectors/trusted-lists/make/vector.ts'
import { codeOf } from './corpus-lists.ts'

const octets = (text: string): Uint8Array => new TextEncoder().encode(text)
const notice = 'https://eur-lex.europa.eu/notice'
const home = 'https://lists.example.com'
const pointers = [
  { territory: 'EU', location: `${home}/eu.xml`, type: 'EUlistofthelists', signers: ['qsealc-rsa-4096', 'qsealc'] },
  { territory: 'FR', location: `${home}/fr-moved.xml`, signers: ['qsealc-rsa-2048'] },
  { territory: 'FR', location: 'https://fr.example.com/fr.xml', signers: ['qsealc-rsa-2048'] },
  { territory: 'EL', location: 'http://el.example.com/el.xml', signers: ['qsealc-rsa-2048'] },
  { territory: 'BE', location: 'https://be.example.com/be.xml', signers: ['qsealc-rsa-2048'] },
]
const web: Record<string, Uint8Array> = {
  [`${home}/eu.xml`]: octets(
    listOfLists(
      { sequenceNumber: '302', pointers, uris: [`${home}/pivot.xml`, notice, `${home}/older.xml`] },
      { signer: signers.listsLater },
    ),
  ),
  [`${home}/pivot.xml`]: octets(listOfLists({ sequenceNumber: '301', pointers, uris: [notice] })),
  'https://fr.example.com/fr.xml': octets(signed()),
  'https://be.example.com/be.xml': octets(signed({ territory: 'DE' })),
}

const asked: string[] = []
const options: FetchListsOptions = {
  location: `${home}/eu.xml`,
  anchors: { certificates: [certificate(signers.lists.certificate)] },
  at: new Date('2026-06-01T00:00:00Z'),
  fetch: async ({ href }) => {
    asked.push(href)
    const found = web[href]
    if (found === undefined) throw new Error('404')
    return found
  },
}

describe('fetchTrustedLists', () => {
  it('asks for the list of lists, its pivots and what it points to, and for nothing else', async () => {
    asked.length = 0
    const { listOfLists: found, lists, failures } = await fetchTrustedLists(options)
    expect([found.list.sequenceNumber, found.pivots.length]).toEqual([302, 1])
    expect(lists.map(({ territory }) => territory)).toEqual(['FR'])
    expect(failures.map(({ territory, error }) => [territory, error.code])).toEqual([
      ['EL', 'TSL_POINTER_LOCATION'],
      ['BE', 'TSL_TERRITORY_DIFFERS'],
    ])
    expect(asked).toEqual([`${home}/eu.xml`, `${home}/pivot.xml`, `${home}/fr-moved.xml`, ...Object.keys(web).slice(2)])
  })

  it('asks for the territories that are wanted', async () => {
    asked.length = 0
    const { lists, failures } = await fetchTrustedLists({ ...options, territories: ['FR', 'DE'] })
    expect([lists.length, failures.map(({ territory, error }) => [territory, error.code])]).toEqual([
      1,
      [['DE', 'TSL_POINTER_MISSING']],
    ])
    expect(asked).not.toContain('https://be.example.com/be.xml')
  })

  it('takes no list that is older than the known one', async () => {
    const known = (sequenceNumber: number) => ({ lists: [{ territory: 'FR', sequenceNumber }] })
    const fetched = (number: number) => fetchTrustedLists({ ...options, territories: ['FR'], known: known(number) })
    expect((await fetched(7)).lists.length).toBe(1)
    expect((await fetched(8)).failures.map(({ error }) => error.code)).toEqual(['TSL_SEQUENCE_LOWER'])
  })

  it('says what failed, and never that something is good', async () => {
    const failing = { ...options, fetch: async () => Promise.reject(new Error('ECONNRESET')) }
    expect(await codeOf(() => fetchTrustedLists(failing))).toBe('TSL_FETCH')
    const { lists, failures } = await fetchTrustedLists({
      ...options,
      territories: ['FR'],
      fetch: async (url) => (url.href.includes('fr') ? Promise.reject(new Error('ECONNRESET')) : options.fetch(url)),
    })
    expect([lists.length, failures[0]?.error.code]).toEqual([0, 'TSL_FETCH'])
    expect(await codeOf(() => fetchTrustedLists({ ...options, location: 'http://lists.example.com/eu.xml' }))).toBe(
      'TSL_POINTER_LOCATION',
    )
    await expect(fetchTrustedLists({ ...options, fetch: (async () => 'text') as never })).rejects.toThrow(TypeError)
    await expect(fetchTrustedLists({ ...options, territory: 'FR' } as never)).rejects.toThrow(TypeError)
  })

  it('asks no other host for a pivot', async () => {
    const away = octets(listOfLists({ uris: ['https://elsewhere.example.com/pivot.xml', notice] }))
    asked.length = 0
    const fetch = async (url: URL) => (url.href === options.location ? away : options.fetch(url))
    expect(await codeOf(() => fetchTrustedLists({ ...options, fetch }))).toBe('TSL_POINTER_LOCATION')
    expect(asked).toEqual([])
  })
})

describe('requireLocation', () => {
  it.each(['https://ec.europa.eu/tools/lotl/eu-lotl.xml', 'https://xn--80a.example.org/a?b#c'])(
    'takes %s',
    (location) => {
      expect(requireLocation(location).href).toBe(location)
    },
  )

  const refused = [
    'http://a.example.org/',
    'ftp://a.example.org/',
    'https://localhost/',
    'https://a/',
    'https://10.0.0.1/',
    'https://0x7f.1/',
    'https://[::]/',
    'https://a.example.org./',
    'https://printer.local/',
    'https://u@a.example.org/',
    'https://a.example.org:444/',
    '//a.example.org/',
    '',
  ]
  it.each(refused)('refuses %s', async (location) => {
    expect(await codeOf(() => requireLocation(location))).toBe('TSL_POINTER_LOCATION')
  })
})

describe('httpFetcher', () => {
  const here = new URL('https://a.example.org/list.xml')
  const answer = (...responses: readonly Response[]) => {
    const left = [...responses]
    const seen: string[] = []
    const fetch = (async (url: URL, init: RequestInit) => {
      seen.push(`${url} ${init.redirect} ${init.credentials}`)
      return left.shift() ?? new Response(null, { status: 500 })
    }) as typeof globalThis.fetch
    return { seen, get: (size?: number) => httpFetcher({ fetch, ...(size === undefined ? {} : { size }) })(here) }
  }
  const to = (location: string) => new Response(null, { status: 302, headers: { location } })

  it('gives the octets, follows redirects to addresses that may be asked', async () => {
    const { seen, get } = answer(to('/next.xml'), to('https://b.example.org/'), new Response('abc'))
    expect(Buffer.from(await get()).toString()).toBe('abc')
    expect(seen).toEqual([
      'https://a.example.org/list.xml manual omit',
      'https://a.example.org/next.xml manual omit',
      'https://b.example.org/ manual omit',
    ])
  })

  it('refuses others, too many, another status, and too much', async () => {
    expect(await codeOf(() => answer(to('http://a.example.org/')).get())).toBe('TSL_POINTER_LOCATION')
    expect(await codeOf(() => answer(to('https://169.254.169.254/')).get())).toBe('TSL_POINTER_LOCATION')
    expect(await codeOf(() => answer(to('/1'), to('/2'), to('/3'), to('/4'), new Response('a')).get())).toBe(
      'TSL_FETCH',
    )
    expect(await codeOf(() => answer(new Response('not here', { status: 404 })).get())).toBe('TSL_FETCH')
    expect(await codeOf(() => answer(new Response(null, { status: 304 })).get())).toBe('TSL_FETCH')
    expect(await codeOf(() => answer(new Response('abcd')).get(3))).toBe('LIMIT_LIST_SIZE')
    expect((await answer(new Response('abc')).get(3)).length).toBe(3)
    expect((await answer(new Response(null)).get()).length).toBe(0)
  })
})
