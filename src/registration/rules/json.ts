import { own, type RegistrationRule, rfc, rule } from './rule.ts'

/** What reading the octets refuses, by code. Nothing else can be decided then. */
const unreadable = (): void => {}

/**
 * Rules that the reader of the octets decides: it refuses with a code, and the rule of that code speaks for it.
 */
export const jsonRules: readonly RegistrationRule[] = [
  {
    ...rule({
      slug: 'json',
      rows: ['R-002', 'R-116'],
      clause: rfc(8259, '2'),
      title: 'the body is one JSON text in UTF-8, and an object',
      why: 'what one reader repairs another one refuses',
      mend: 'send JSON with straight quotation marks, without comments, without a byte order mark',
      check: unreadable,
    }),
    codes: ['JSON_TRAILING_DATA', 'JSON_TEXT', 'JSON_NUMBER', 'JSON_TRUNCATED', 'JSON_SYNTAX', 'REGISTRATION_TYPE'],
  },
  {
    ...rule({
      slug: 'json-twice',
      rows: ['R-002', 'R-116'],
      clause: rfc(8259, '4'),
      title: 'no member stands twice in an object',
      why: 'a gateway takes the first and the bank the last: they read two registrations',
      mend: 'send the member once',
      check: unreadable,
    }),
    codes: ['JSON_MEMBER_TWICE'],
  },
  {
    ...rule({
      slug: 'json-limits',
      rows: ['R-002', 'R-116'],
      clause: own,
      grounding: 'C',
      title: 'the body has at most 64 KiB and 16 levels',
      why: 'a registration has a few KiB: more is a mistake or an attack',
      mend: 'send the members of the page and no more',
      check: unreadable,
    }),
    codes: ['LIMIT_JSON_SIZE', 'LIMIT_JSON_DEPTH'],
  },
]
