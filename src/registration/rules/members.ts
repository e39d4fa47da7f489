import { isJsonObject } from '../../core/json.ts'
import { step } from '../pointer.ts'
import { isDangerous } from '../texts.ts'
import { at, isPresent, own, page, type RegistrationRule, rfc, rule } from './rule.ts'

/** Members of the page, by the operations that list them, and those of its answers. */
const requiredNames = [
  'redirect_uris',
  'token_endpoint_auth_method',
  'grant_types',
  'response_types',
  'client_name',
  'scope',
  'contact',
  'provider_legal_id',
  'jwks',
  'software_id',
] as const
const optionalNames = [
  'client_legal_id',
  'software_version',
  'client_uri',
  'logo_uri',
  'tos_uri',
  'policy_uri',
  'logo',
  'software_statement',
  'jwks_uri',
  'client_id',
]
/** What the bank answers beside: good to send back, and ignored. */
const answerNames = [
  'registration_client_uri',
  'registration_access_token',
  'client_secret',
  'client_id_issued_at',
  'client_secret_expires_at',
]
const known: ReadonlySet<string> = new Set([...requiredNames, ...optionalNames, ...answerNames])

/** Letters and digits alone, without a plural, so that `redirectUri` and `redirect_uris` are one. */
function bare(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .replace(/s$/, '')
}

const byBareName: ReadonlyMap<string, string> = new Map(
  [...requiredNames, ...optionalNames].map((name) => [bare(name), name]),
)

/** Findings of one kind: an attacker could have thousands. */
const most = 16

/** Members whose text people see. */
const namesForPeople = ['client_name', 'software_id', 'software_version'] as const
const longestName = 140
const longestText = 2048

/** Names of the group that a TPP must not be taken for. */
const groupNames =
  /\b(?:groupe\s*bpce|bpce|banque\s*populaire|caisse\s*d.?\s*epargne|natixis|banque\s*palatine|credit\s*cooperatif)\b/

/** Small letters without accents, and letters of other alphabets as the Latin ones that they look like. */
function skeleton(text: string): string {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  return Array.from(plain, (letter) => lookAlikes[letter] ?? letter).join('')
}

const lookAlikes: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries({
    a: 'аα',
    b: 'ьβ',
    c: 'сϲ',
    d: 'ԁ',
    e: 'еεє',
    g: 'ɡ',
    i: 'іιı',
    l: 'ӏ',
    n: 'пη',
    o: 'оο',
    p: 'рρ',
    q: 'ԛ',
    r: 'г',
    s: 'ѕ',
    t: 'тτ',
    u: 'υ',
    x: 'хχ',
    y: 'у',
  }).flatMap(([latin, others]) => Array.from(others, (letter) => [letter, latin])),
)

/** True where a word mixes alphabets. */
function mixesAlphabets(text: string): boolean {
  return text
    .split(/[^\p{L}]+/u)
    .some(
      (word) =>
        /\p{Script=Latin}/u.test(word) && /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}]/u.test(word),
    )
}

export const memberRules: readonly RegistrationRule[] = [
  rule({
    slug: 'member-dangerous',
    rows: ['R-002', 'R-116'],
    clause: own,
    grounding: 'C',
    title: 'no member has a name that objects have of themselves',
    why: '__proto__, constructor and the like poison readers that copy members',
    mend: 'remove the member',
    check: ({ texts }, report) => {
      for (const { problem, path } of texts) if (problem === 'name') report(at(path))
    },
  }),
  rule({
    slug: 'member-unknown',
    rows: ['R-002', 'R-116'],
    clause: rfc(7591, '2'),
    modal: 'may',
    title: 'the members are those of the page',
    why: 'an unknown member is ignored: what was meant by it does not happen',
    mend: 'remove the member, or write the name as the page has it',
    check: ({ body }, report) => {
      const names = Object.keys(body).filter((name) => !known.has(name) && !isDangerous(name))
      for (const name of names.slice(0, most)) {
        const right = name.length > 64 ? undefined : byBareName.get(bare(name))
        report(at(step(name)), right === undefined ? {} : { message: `meant is ${right}`, mend: `write "${right}"` })
      }
      if (names.length > most) report(at(''), { message: `there are ${names.length - most} more unknown members` })
    },
  }),
  rule({
    slug: 'whole-body',
    rows: [undefined, 'R-116'],
    clause: page('PUT /register/{client_id}, HTTP Body'),
    title: 'an update has the whole body, every required member of it',
    why: 'it replaces what was registered; it is no patch, and what is left out is not kept',
    mend: 'read the registration, change it, and send all of it',
    check: ({ body }, report) => {
      const missing = requiredNames.filter((name) => !isPresent(body[name]))
      if (missing.length > 0) report(at(''), { message: 'the body is not whole', actual: missing.join(', ') })
    },
  }),
  rule({
    slug: 'text-characters',
    rows: ['R-048', 'R-106'],
    clause: own,
    grounding: 'C',
    title: 'no text has control, bidirectional or invisible characters',
    why: 'names are shown to users and go into mails, logs and pages: such characters turn, hide and inject',
    mend: 'remove the character',
    check: ({ texts }, report) => {
      for (const { problem, path } of texts) if (problem === 'characters') report(at(path))
    },
  }),
  rule({
    slug: 'text-length',
    rows: ['R-082', 'R-113'],
    clause: own,
    grounding: 'C',
    title: `names have at most ${longestName} characters, other texts at most ${longestText}`,
    why: 'a name that fills the screen hides what stands behind it',
    mend: 'shorten the text',
    check: ({ body }, report) => {
      for (const name of Object.keys(body)) {
        const value = body[name]
        if (typeof value !== 'string' || name === 'software_statement') continue
        const limit = (namesForPeople as readonly string[]).includes(name) ? longestName : longestText
        if (value.length > limit) report(at(step(name)), { actual: `${value.length} characters` })
      }
      const { contact } = body
      if (!isJsonObject(contact)) return
      for (const [name, value] of Object.entries(contact)) {
        if (typeof value === 'string' && value.length > 254) report(at(`/contact${step(name)}`))
      }
    },
  }),
  rule({
    slug: 'name-markup',
    rows: ['R-082', 'R-113'],
    clause: 'software_id',
    modal: 'should',
    grounding: 'C',
    title: 'names have no markup',
    why: 'users are shown the name: a page that forgets to escape it runs it',
    mend: 'remove < and >; whoever shows a name escapes it all the same',
    check: ({ body }, report) => {
      for (const name of namesForPeople) {
        const value = body[name]
        if (typeof value === 'string' && /[<>]/.test(value)) report(at(`/${name}`))
      }
    },
  }),
  rule({
    slug: 'name-look-alike',
    rows: ['R-082', 'R-113'],
    clause: 'software_id',
    modal: 'should',
    grounding: 'C',
    title: 'names neither mix alphabets nor read like a bank of the group',
    why: 'the user who authenticates sees this name and decides by it',
    mend: 'use the name of the app, in one alphabet',
    check: ({ body }, report) => {
      for (const name of namesForPeople) {
        const value = body[name]
        if (typeof value !== 'string' || value.length > longestText) continue
        if (mixesAlphabets(value)) report(at(`/${name}`), { message: 'a word mixes alphabets' })
        else if (groupNames.test(skeleton(value)))
          report(at(`/${name}`), { message: 'it reads like a bank of the group' })
      }
    },
  }),
  rule({
    slug: 'private-key-text',
    rows: ['R-081', 'R-081'],
    clause: page('Eligibility'),
    title: 'no text holds a private key',
    why: 'the page wants public keys only; a private key that was sent is burned',
    mend: 'have the certificate revoked and make a new key; the value was neither shown nor kept',
    check: ({ texts }, report) => {
      for (const { problem, path } of texts) if (problem === 'private-key') report(at(path))
    },
  }),
]
