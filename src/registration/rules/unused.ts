import type { RegistrationSubject } from '../subject.ts'
import { at, isPresent, type RegistrationRule, rfc, rule, typeName } from './rule.ts'

/** Members that the page lists as optional and not used, with their rows. */
const unused: readonly (readonly [name: string, create: string, update: string | undefined])[] = [
  ['software_statement', 'R-044', undefined],
  ['client_uri', 'R-049', 'R-107'],
  ['logo_uri', 'R-050', 'R-107'],
  ['tos_uri', 'R-056', 'R-107'],
  ['policy_uri', 'R-057', 'R-107'],
  ['logo', 'R-067', 'R-107'],
]

/** True where the type of `tos_uri` is that of the sentence which was copied to it from `contact`. */
function isContact(name: string, body: RegistrationSubject['body']): boolean {
  const value = body[name]
  return name === 'tos_uri' && typeof value === 'object' && value !== null
}

export const unusedRules: readonly RegistrationRule[] = [
  ...unused.map(([name, create, update]) =>
    rule({
      slug: name.replaceAll('_', '-'),
      rows: [create, update],
      clause: name,
      modal: 'should',
      title: `${name}, where it is sent, is a string`,
      why: 'the bank does not use it: it is never evaluated, fetched or shown, and another type may break its reader',
      mend: `leave ${name} out`,
      check: ({ body }, report) => {
        const value = body[name]
        if (!isPresent(value) || typeof value === 'string' || isContact(name, body)) return
        report(at(`/${name}`), { message: `${name} is ${typeName(value)}, not a string` })
      },
    }),
  ),
  rule({
    slug: 'tos-uri-contact',
    rows: ['R-056', 'R-107'],
    clause: 'tos_uri',
    title: 'tos_uri is not an object',
    why: 'the page repeats the text of contact there; nobody reads a contact in tos_uri',
    mend: 'send the object as contact; tos_uri is an address, and not used',
    check: ({ body }, report) => {
      if (isContact('tos_uri', body)) report(at('/tos_uri'), { message: 'tos_uri has what belongs into contact' })
    },
  }),
  rule({
    slug: 'jwks-uri',
    rows: ['R-058', undefined],
    clause: rfc(7591, '2'),
    modal: 'should',
    title: 'jwks_uri is absent where jwks is sent',
    why: 'RFC 7591 forbids both; the bank does not use it, and an address that is fetched leads a server elsewhere',
    mend: 'leave jwks_uri out',
    check: ({ body: { jwks_uri: value } }, report) => {
      if (isPresent(value)) report(at('/jwks_uri'), { message: 'jwks_uri is sent beside jwks' })
    },
  }),
  rule({
    slug: 'members-of-post',
    rows: [undefined, 'R-115'],
    clause: 'the table has neither software_statement nor jwks_uri',
    modal: 'should',
    title: 'an update has neither software_statement nor jwks_uri',
    why: 'the page lists them for POST alone: on PUT they are unknown and ignored',
    mend: 'leave them out',
    check: ({ body }, report) => {
      for (const name of ['software_statement', 'jwks_uri']) {
        if (isPresent(body[name])) report(at(`/${name}`), { message: `${name} is no member of an update` })
      }
    },
  }),
]
