import type { JsonValue } from '../../core/json.ts'
import type { Report } from '../../rules/rule.ts'
import { at, isPresent, type RegistrationRule, rfc, rule, shown, typeName } from './rule.ts'

/** Grants that registrations were seen to name beside the one of the page. */
const otherGrants = ['authorization_code', 'refresh_token']

function isTexts(value: JsonValue | undefined): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

/** Reports a list that is absent or none of strings; gives it otherwise. */
function textsOf(name: string, value: JsonValue | undefined, report: Report): readonly string[] | undefined {
  if (!isPresent(value)) report(at(`/${name}`), { message: `${name} is missing` })
  else if (isTexts(value)) return value
  else report(at(`/${name}`), { message: `${name} is ${typeName(value)}, not an array of strings` })
  return undefined
}

/** A required text: what is reported where it is absent, of another type, or blank. */
function requiredText(name: string): (subject: { body: Record<string, JsonValue> }, report: Report) => void {
  return ({ body }, report) => {
    const value = body[name]
    if (!isPresent(value)) report(at(`/${name}`), { message: `${name} is missing` })
    else if (typeof value !== 'string') report(at(`/${name}`), { message: `${name} is ${typeName(value)}, no string` })
    else if (value.trim() === '') report(at(`/${name}`), { message: `${name} is empty` })
  }
}

export const metadataRules: readonly RegistrationRule[] = [
  rule({
    slug: 'token-endpoint-auth-method',
    rows: ['R-045', 'R-103'],
    clause: 'token_endpoint_auth_method',
    title: 'token_endpoint_auth_method is tls_client_auth',
    why: 'the client authenticates by its QWAC; any other method would let somebody in without it',
    mend: 'send "token_endpoint_auth_method": "tls_client_auth"',
    check: ({ body: { token_endpoint_auth_method: method } }, report) => {
      const place = at('/token_endpoint_auth_method')
      if (!isPresent(method)) report(place, { message: 'token_endpoint_auth_method is missing' })
      else if (method !== 'tls_client_auth') {
        report(place, { actual: shown(method), expected: '"tls_client_auth"' })
      }
    },
  }),
  rule({
    slug: 'grant-types',
    rows: ['R-046', 'R-104'],
    clause: 'grant_types',
    title: 'grant_types is an array of strings with client_credentials',
    why: 'it is the grant that the page names',
    mend: 'send "grant_types": ["client_credentials"]',
    check: ({ body: { grant_types: grants } }, report) => {
      const list = textsOf('grant_types', grants, report)
      if (list === undefined) return
      const place = at('/grant_types')
      const known = ['client_credentials', ...otherGrants]
      const unknown = list.filter((grant) => !known.includes(grant.toLowerCase()))
      if (unknown.length > 0) {
        report(place, { message: 'a grant type is unknown', actual: unknown.slice(0, 8).map(shown).join(', ') })
      }
      if (!list.some((grant) => grant.toLowerCase() === 'client_credentials')) {
        report(place, { message: 'grant_types has no client_credentials' })
      }
      if (new Set(list).size !== list.length) report(place, { message: 'a grant type occurs twice' })
    },
  }),
  rule({
    slug: 'grant-types-other',
    rows: ['R-046', 'R-104'],
    clause: 'grant_types',
    title: 'grant_types has client_credentials alone',
    why: 'the page names one value; the bank is known to accept more',
    mend: 'send "grant_types": ["client_credentials"]',
    check: ({ body: { grant_types: grants } }, report) => {
      if (!isTexts(grants)) return
      const more = grants.filter((grant) => otherGrants.includes(grant.toLowerCase()))
      if (more.length > 0) {
        report(at('/grant_types'), { actual: more.slice(0, 8).map(shown).join(', '), expected: '"client_credentials"' })
      }
    },
  }),
  rule({
    slug: 'response-types',
    rows: ['R-047', 'R-105'],
    clause: 'response_types',
    title: 'response_types is ["code"]',
    why: 'other response types put the token into the address of the browser',
    mend: 'send "response_types": ["code"]',
    check: ({ body: { response_types: types } }, report) => {
      const list = textsOf('response_types', types, report)
      if (list === undefined || (list.length === 1 && list[0]?.toLowerCase() === 'code')) return
      const actual = list.length === 0 ? 'empty' : list.slice(0, 8).map(shown).join(', ')
      report(at('/response_types'), { actual, expected: '"code"' })
    },
  }),
  rule({
    slug: 'types-case',
    rows: ['R-046', 'R-104'],
    clause: 'grant_types',
    title: 'grant and response types are written in small letters',
    why: 'the bank answers in capitals and means the same; what it takes is what the page shows',
    mend: 'write client_credentials and code in small letters',
    check: ({ body }, report) => {
      for (const name of ['grant_types', 'response_types'] as const) {
        const list = body[name]
        if (isTexts(list) && list.some((item) => /[A-Z]/.test(item))) report(at(`/${name}`))
      }
    },
  }),
  rule({
    slug: 'response-type-grant',
    rows: ['R-047', 'R-105'],
    clause: rfc(7591, '2.1'),
    modal: 'may',
    title: 'the response type code comes with the grant authorization_code',
    why: 'RFC 7591 pairs the two and lets a server refuse one without the other; the page demands just that',
    mend: 'nothing, for this bank: it wants client_credentials and code',
    check: ({ body: { grant_types: grants, response_types: types } }, report) => {
      if (!isTexts(grants) || !isTexts(types)) return
      const isCode = types.some((type) => type.toLowerCase() === 'code')
      if (isCode && !grants.some((grant) => grant.toLowerCase() === 'authorization_code')) report(at('/response_types'))
    },
  }),
  rule({
    slug: 'tls-client-auth-subject',
    rows: ['R-045', 'R-103'],
    clause: rfc(8705, '2.1.2'),
    modal: 'may',
    title: 'tls_client_auth comes with one name of the certificate that is expected',
    why: 'RFC 8705 binds the client by that name; this bank binds it by the identifier of the PSP',
    mend: 'nothing, for this bank',
    check: ({ body }, report) => {
      const isTls = body.token_endpoint_auth_method === 'tls_client_auth'
      if (isTls && !Object.keys(body).some((name) => name.startsWith('tls_client_auth_'))) {
        report(at('/token_endpoint_auth_method'))
      }
    },
  }),
  rule({
    slug: 'client-name',
    rows: ['R-048', 'R-106'],
    clause: 'client_name',
    title: 'client_name is a string that is not empty',
    why: 'it is the legal name under which the TPP is known',
    mend: 'send the legal name, as the certificate has it in O',
    check: requiredText('client_name'),
  }),
  rule({
    slug: 'client-name-organization',
    rows: ['R-048', 'R-106'],
    clause: 'client_name',
    modal: 'should',
    title: 'client_name is organizationName of the QSealC',
    why: 'the page asks for the unique legal name, which the certificate states',
    mend: 'send organizationName of the certificate; the name for users is software_id',
    applies: ({ seal }) => seal !== undefined,
    check: ({ body: { client_name: name }, seal }, report) => {
      const names = seal?.certificate.subject.all('2.5.4.10').map(({ text }) => text) ?? []
      if (typeof name === 'string' && !names.includes(name)) report(at('/client_name'))
    },
  }),
  rule({
    slug: 'software-id',
    rows: ['R-082', 'R-113'],
    clause: 'software_id',
    title: 'software_id is a string that is not empty',
    why: 'it is the name that the bank shows to the user who authenticates',
    mend: 'send the name of the app, the brand or the agent',
    check: requiredText('software_id'),
  }),
  rule({
    slug: 'software-version',
    rows: ['R-083', undefined],
    clause: 'software_version',
    title: 'software_version is there',
    why: 'the page requires it on POST and calls it unused on PUT; the bank is known to accept a POST without it',
    mend: 'send "software_version": "1.0", or the version that you have',
    check: ({ body: { software_version: version } }, report) => {
      if (!isPresent(version)) report(at('/software_version'), { message: 'software_version is missing' })
    },
  }),
  rule({
    slug: 'software-version-type',
    rows: ['R-083', 'R-114'],
    clause: 'software_version',
    title: 'software_version is a string that is not empty',
    why: 'another type breaks readers that follow the page',
    mend: 'send "software_version": "1.0", or the version that you have',
    check: ({ body: { software_version: version } }, report) => {
      if (!isPresent(version)) return
      const place = at('/software_version')
      if (typeof version !== 'string')
        report(place, { message: `software_version is ${typeName(version)}, not a string` })
      else if (version.trim() === '') report(place, { message: 'software_version is empty' })
    },
  }),
]
