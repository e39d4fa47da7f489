import type { Citation } from '../../core/citation.ts'
import type { Modal } from '../../rules/rule.ts'
import type { RedirectProblem } from '../redirect/problem.ts'
import { mostRedirects as most } from '../subject.ts'
import { at, isPresent, own, type RegistrationRule, rfc, rule, typeName } from './rule.ts'

const member = '/redirect_uris'

/** What a rule says of each problem of a URI; rules are made from this table. */
interface UriRule {
  readonly slug: string
  readonly problems: Partial<Record<RedirectProblem, string>>
  readonly clause: string | Citation
  readonly title: string
  readonly why: string
  readonly mend: string
  readonly modal?: Modal
}

const uriRules: readonly UriRule[] = [
  {
    slug: 'redirect-uri-absolute',
    problems: {
      empty: 'a redirect URI is empty',
      relative: 'a redirect URI has no scheme',
      scheme: 'a redirect URI has another scheme than https',
      authority: 'a redirect URI has no authority',
    },
    clause: 'redirect_uris',
    title: 'every redirect URI has the scheme https and an authority',
    why: 'other schemes run code, open another app or lead nowhere; the answer of the bank would go there',
    mend: 'write the whole URI: https://, the host, the path',
  },
  {
    slug: 'redirect-uri-https',
    problems: { 'plain-http': 'a redirect URI is not protected by TLS' },
    clause: rfc(9700, '2.6'),
    title: 'a redirect URI is https; http is for the own machine, in the sandbox',
    why: 'whoever is on the way reads the code that the bank sends',
    mend: 'use https',
  },
  {
    slug: 'redirect-uri-list',
    problems: { list: 'an item holds several URIs' },
    clause: 'redirect_uris',
    title: 'each item of redirect_uris is one URI',
    why: 'the page says string array and "comma separated": joined items are compared as one text and never match',
    mend: 'write one URI an item: ["https://a.example/cb", "https://b.example/cb"]',
  },
  {
    slug: 'redirect-uri-characters',
    problems: {
      character: 'a redirect URI has a character that URIs do not have',
      escape: 'a redirect URI has a percent sign that begins no octet',
    },
    clause: rfc(3986, '2'),
    title: 'a redirect URI has the characters of RFC 3986 and no others',
    why: 'tabs, backslashes and letters of other alphabets are read in different ways by different parsers',
    mend: 'percent-encode what is not ASCII, and remove white space and backslashes',
  },
  {
    slug: 'redirect-uri-userinfo',
    problems: { userinfo: 'a redirect URI has user information' },
    clause: rfc(3986, '3.2.1'),
    title: 'a redirect URI has no user information',
    why: 'https://bank.example@evil.example leads to evil.example, and it may hold a password',
    mend: 'remove what stands before the @',
  },
  {
    slug: 'redirect-uri-fragment',
    problems: { fragment: 'a redirect URI has a fragment' },
    clause: rfc(6749, '3.1.2'),
    title: 'a redirect URI has no fragment',
    why: 'the bank puts its answer behind the URI, where a fragment hides it from the server',
    mend: 'remove the # and what follows',
  },
  {
    slug: 'redirect-uri-wildcard',
    problems: { wildcard: 'a redirect URI has a wildcard' },
    clause: rfc(9700, '2.1'),
    title: 'a redirect URI is one address, without a wildcard',
    why: 'URIs are compared character by character: a wildcard matches nothing, or too much',
    mend: 'register each URI that is used',
  },
  {
    slug: 'redirect-uri-host',
    problems: {
      'host-literal': 'a redirect URI names its host by an IP address',
      'host-local': 'a redirect URI names a host that the public does not reach',
      'host-form': 'the host of a redirect URI is no DNS name: a label is empty, too long, or has other characters',
    },
    clause: rfc(3986, '3.2.2'),
    title: 'the host of a redirect URI is a public DNS name',
    why: 'addresses and local names lead to whatever answers there for the user; a final dot makes another origin',
    mend: 'use the DNS name for which the host has its certificate; localhost only in the sandbox',
  },
  {
    slug: 'redirect-uri-idn',
    problems: { 'host-idn': 'the host of a redirect URI is an internationalised name' },
    clause: rfc(5890, '4.4'),
    title: 'the host of a redirect URI reads the same to people and to machines',
    why: 'letters of other alphabets look like those of a known name: nobody sees where the answer goes',
    mend: 'use a host name of letters, digits and hyphens; where the name is yours, accept this rule by its id',
  },
  {
    slug: 'redirect-uri-port',
    problems: { port: 'the port of a redirect URI is empty, zero, too great, or has a leading zero' },
    clause: rfc(3986, '3.2.3'),
    title: 'the port of a redirect URI is absent or a number from 1 to 65535',
    why: 'parsers differ in what they make of other ports',
    mend: 'remove the port, or write the one that is used',
  },
  {
    slug: 'redirect-uri-dot-segment',
    problems: { 'dot-segment': 'the path of a redirect URI has a segment . or ..' },
    clause: rfc(3986, '5.2.4'),
    title: 'the path of a redirect URI has no dot segments',
    why: 'browsers remove them: the URI that is used is never the one that was registered',
    mend: 'write the path that remains',
  },
  {
    slug: 'redirect-uri-length',
    problems: { length: 'a redirect URI has more than 2048 characters' },
    clause: own,
    title: 'a redirect URI has at most 2048 characters',
    why: 'longer ones are cut or refused on the way',
    mend: 'shorten the URI; what changes belongs into state',
  },
]

export const redirectUriRules: readonly RegistrationRule[] = [
  rule({
    slug: 'redirect-uris',
    rows: ['R-040', 'R-102'],
    clause: 'redirect_uris',
    title: 'redirect_uris is an array of strings',
    why: 'it names every URI to which the bank may send a user back',
    mend: 'send "redirect_uris": ["https://tpp.example/callback"]',
    check: ({ body: { redirect_uris: uris } }, report) => {
      if (!isPresent(uris)) report(at(member), { message: 'redirect_uris is missing' })
      else if (!Array.isArray(uris)) report(at(member), { message: `redirect_uris is ${typeName(uris)}` })
      else {
        for (const [index, item] of uris.slice(0, most).entries()) {
          if (typeof item === 'string') continue
          report(at(`${member}/${index}`), { message: `an item is ${typeName(item)}, not a string` })
        }
      }
    },
  }),
  rule({
    slug: 'redirect-uris-empty',
    rows: ['R-043', 'R-102'],
    clause: 'redirect_uris',
    title: 'redirect_uris has an item',
    why: 'without one no redirect of a user is ever accepted',
    mend: 'send the URIs that are used',
    check: ({ body: { redirect_uris: uris } }, report) => {
      if (Array.isArray(uris) && uris.length === 0) report(at(member), { message: 'redirect_uris is empty' })
    },
  }),
  rule({
    slug: 'redirect-uris-count',
    rows: ['R-040', 'R-102'],
    clause: own,
    grounding: 'C',
    title: `redirect_uris has at most ${most} items`,
    why: 'more are a mistake or an attack',
    mend: 'register the URIs that are used; what changes belongs into state',
    check: ({ body: { redirect_uris: uris } }, report) => {
      if (Array.isArray(uris) && uris.length > most) {
        report(at(member), { message: 'redirect_uris has too many items', actual: `${uris.length}` })
      }
    },
  }),
  rule({
    slug: 'redirect-uri-twice',
    rows: ['R-040', 'R-102'],
    clause: 'redirect_uris',
    grounding: 'C',
    title: 'each redirect URI stands there once',
    why: 'a URI that stands there twice is a list that nobody looked at',
    mend: 'send it once',
    check: ({ body: { redirect_uris: uris } }, report) => {
      if (!Array.isArray(uris)) return
      const seen = new Set<unknown>()
      for (const [index, uri] of uris.slice(0, most).entries()) {
        if (seen.has(uri)) report(at(`${member}/${index}`), { message: 'a redirect URI occurs twice' })
        seen.add(uri)
      }
    },
  }),
  ...uriRules.map(({ problems, ...rest }) =>
    rule({
      ...rest,
      rows: ['R-041', 'R-102'],
      check: ({ redirects }, report) => {
        for (const [index, problem] of redirects.entries()) {
          const message = problem === undefined ? undefined : problems[problem]
          if (message !== undefined) report(at(`${member}/${index}`), { message })
        }
      },
    }),
  ),
]

/** Problems of a URI that a rule speaks of: all of them, which a test holds. */
export const ruledProblems: readonly string[] = uriRules.flatMap(({ problems }) => Object.keys(problems))
