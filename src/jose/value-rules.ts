import type { JsonValue } from '../core/json.ts'
import type { JoseCode } from './codes.ts'
import type { Findings } from './findings.ts'
import type { KeyShape } from './key-shapes.ts'
import type { Member, Members } from './members.ts'

/** A member that has one right value. */
interface ValueRule {
  readonly name: string
  readonly code: JoseCode
  readonly right: (shape: KeyShape) => string | readonly string[]
}

const rules: readonly ValueRule[] = [
  { name: 'kty', code: 'JWK_KTY', right: ({ kty }) => kty },
  { name: 'use', code: 'JWK_USE', right: () => 'sig' },
  { name: 'alg', code: 'JWK_ALG', right: ({ alg }) => alg },
  { name: 'key_ops', code: 'JWK_KEY_OPS', right: () => ['verify'] },
]

/** Members that the bank names and does not use. */
const unused: readonly (readonly [name: string, code: JoseCode])[] = [
  ['x5u', 'JWK_X5U'],
  ['x5t', 'JWK_X5T'],
]

/** Everything of which {@link checkValues} takes care. */
export const valueNames: readonly string[] = [...rules.map(({ name }) => name), ...unused.map(([name]) => name)]

/** Collects what is wrong with the members that have one right value, and with those that must not be there. */
export function checkValues(members: Members, path: string, shape: KeyShape, findings: Findings): void {
  for (const { name, code, right } of rules) {
    const member = required(members, name, path, findings)
    if (member !== undefined) checkValue(member, code, right(shape), findings)
  }
  for (const [name, code] of unused) {
    const member = members.get(name)
    // The bank's own answers have these members with null: what it sent must be good to send back.
    if (member !== undefined) findings.add(member.value === null ? 'JWK_MEMBER_NULL' : code, member.path)
  }
}

/** The member, or a finding that it is missing. */
export function required(members: Members, name: string, path: string, findings: Findings): Member | undefined {
  const member = members.get(name)
  if (member === undefined) findings.add('JWK_MEMBER_MISSING', `${path}/${name}`, name, `send ${name}`)
  return member
}

/** The text of the member, or a finding that it is none. */
export function textOf({ value, path }: Member, findings: Findings): string | undefined {
  if (typeof value === 'string') return value
  findings.add('JWK_MEMBER_TYPE', path, 'not a string')
  return undefined
}

function checkValue(member: Member, code: JoseCode, right: string | readonly string[], findings: Findings): void {
  const { value, path } = member
  if (typeof right === 'string') {
    const text = textOf(member, findings)
    if (text === undefined || text === right) return
    if (code === 'JWK_KTY' && text === 'oct') findings.add('JWK_SYMMETRIC_KEY', path)
    else findings.add(code, path, shown(text), `send "${right}"`)
  } else if (!isTexts(value)) findings.add('JWK_MEMBER_TYPE', path, 'not an array of strings')
  else if (value.length !== right.length || value.some((item, i) => item !== right[i])) {
    findings.add(code, path, value.length === 0 ? 'empty' : value.slice(0, 8).map(shown).join(', '))
  }
}

function isTexts(value: JsonValue): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

/** Short names of algorithms and uses are shown; anything else could be a secret, or long. */
function shown(text: string): string {
  return /^[A-Za-z0-9+._-]{0,20}$/.test(text) ? `"${text}"` : `a text of ${text.length} characters`
}
