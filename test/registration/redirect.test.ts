import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { redirectProblem } from '../../src/registration/redirect/problem.ts'

/** Texts that are nearly URIs: their parts in any order, with what parsers stumble over between them. */
const pieces = fc.constantFrom(
  ...['https:', 'http:', '//', '/', ':', '@', '#', '?', '.', '..', '%2e', '%2F', '\\', ' ', '\t', ',', '*', '[', ']'],
  ...[
    'tpp.example',
    'evil.example',
    'a',
    'xn--a',
    'localhost',
    '127.0.0.1',
    '0x7f.1',
    '443',
    '0',
    '65536',
    'é',
    '\u0430',
    '&',
    '=',
    ';',
  ],
)
const nearly = fc.array(pieces, { maxLength: 12 }).map((list) => list.join(''))
const usual = nearly.map((text) => `https://tpp.example${text}`)

describe('laws of redirect URIs', () => {
  it('what is accepted, a browser reads the same way', () => {
    let accepted = 0
    fc.assert(
      fc.property(fc.oneof(nearly, usual, fc.webUrl({ validSchemes: ['https'], withQueryParameters: true })), (uri) => {
        if (redirectProblem(uri, 'live') !== undefined) return
        accepted++
        const url = new URL(uri)
        expect(url.protocol).toBe('https:')
        expect([url.username, url.password, url.hash]).toEqual(['', '', ''])
        const [, authority = '', rest = ''] = /^https:\/\/([^/?]*)(.*)$/s.exec(uri) ?? []
        const host = authority.toLowerCase().replace(/:443$/, '')
        const path = rest.startsWith('/') ? rest : `/${rest}`
        // An apostrophe in a query is the one character that a browser writes in another way.
        expect(url.href.replaceAll("'", '%27')).toBe(`https://${host}${path}`.replaceAll("'", '%27'))
      }),
      { numRuns: 3000 },
    )
    expect(accepted).toBeGreaterThan(200)
  })

  it('the sandbox accepts what live accepts, and the own machine beside it', () => {
    fc.assert(
      fc.property(fc.oneof(nearly, usual), (uri) => {
        const [live, sandbox] = [redirectProblem(uri, 'live'), redirectProblem(uri, 'sandbox')]
        if (live === undefined) expect(sandbox).toBeUndefined()
        else if (sandbox === undefined) expect(new URL(uri).hostname).toMatch(/^(?:localhost|127\.0\.0\.1|\[::1\])$/)
      }),
      { numRuns: 2000 },
    )
  })

  it('every problem has a URI that has it first', () => {
    const examples: Readonly<Record<string, string>> = {
      empty: '',
      length: `https://tpp.example/${'x'.repeat(2048)}`,
      list: 'https://a.example/ https://b.example/',
      character: 'https://tpp.example/ ',
      escape: 'https://tpp.example/%',
      relative: 'tpp.example/cb',
      scheme: 'ftp://tpp.example/',
      'plain-http': 'http://tpp.example/',
      authority: 'https:tpp.example',
      userinfo: 'https://a@tpp.example/',
      fragment: 'https://tpp.example/#',
      wildcard: 'https://*.example/',
      'host-literal': 'https://1.2.3.4/',
      'host-local': 'https://localhost/',
      'host-form': 'https://-a.example/',
      'host-idn': 'https://xn--a.example/',
      port: 'https://tpp.example:0/',
      'dot-segment': 'https://tpp.example/./',
    }
    for (const [problem, uri] of Object.entries(examples)) expect(redirectProblem(uri, 'live')).toBe(problem)
  })
})
