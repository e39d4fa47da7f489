import { encodeBase64 } from '../../core/base64.ts'
import { httpError } from '../refuse.ts'
import type { BareItem, Dictionary, InnerList, Item, List, Member, Parameters } from './types.ts'

const utf8 = /* @__PURE__ */ new TextEncoder()
const key = /^[a-z*][a-z0-9_\-.*]*$/
const token = /^[A-Za-z*][!#$%&'*+\-.^_`|~:/0-9A-Za-z]*$/

/** Serialisation (RFC 9651 clause 4.1): one text for one value. */
export function serialiseDictionary(dictionary: Dictionary): string {
  let text = ''
  for (const [name, member] of dictionary) {
    if (text !== '') text += ', '
    text += serialiseKey(name)
    const isTrue = member.kind === 'item' && member.value.type === 'boolean' && member.value.value
    text += isTrue ? serialiseParameters(member.parameters) : `=${serialiseMember(member)}`
  }
  return text
}

export function serialiseList(list: List): string {
  return list.map(serialiseMember).join(', ')
}

export function serialiseMember(member: Member): string {
  return member.kind === 'item' ? serialiseItem(member) : serialiseInnerList(member)
}

export function serialiseInnerList(list: InnerList): string {
  return `(${list.items.map(serialiseItem).join(' ')})${serialiseParameters(list.parameters)}`
}

export function serialiseItem(item: Item): string {
  return serialiseBareItem(item.value) + serialiseParameters(item.parameters)
}

export function serialiseParameters(parameters: Parameters): string {
  let text = ''
  for (const [name, value] of parameters) {
    text += `;${serialiseKey(name)}`
    if (value.type !== 'boolean' || !value.value) text += `=${serialiseBareItem(value)}`
  }
  return text
}

/** Nothing that is escaped. */
const plain = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/

export function serialiseString(value: string): string {
  if (plain.test(value)) return `"${value}"`
  if (!/^[\x20-\x7e]*$/.test(value)) throw unserialisable('a string beyond visible ASCII')
  return `"${value.replace(/["\\]/g, '\\$&')}"`
}

type Serialisers = {
  readonly [Type in BareItem['type']]: (value: Extract<BareItem, { type: Type }>['value']) => string
}

const serialisers: Serialisers = {
  integer: serialiseInteger,
  decimal: serialiseDecimal,
  string: serialiseString,
  token: (value) => {
    if (!token.test(value)) throw unserialisable('a token')
    return value
  },
  bytes: (value) => `:${encodeBase64(value)}:`,
  boolean: (value) => (value ? '?1' : '?0'),
  date: (value) => `@${serialiseInteger(value)}`,
  'display-string': serialiseDisplayString,
}

export function serialiseBareItem(item: BareItem): string {
  return (serialisers[item.type] as (value: BareItem['value']) => string)(item.value)
}

function serialiseInteger(value: number): string {
  if (!Number.isInteger(value) || Math.abs(value) > 999_999_999_999_999) throw unserialisable('an integer')
  return String(value === 0 ? 0 : value)
}

function serialiseDecimal(value: number): string {
  if (!Number.isFinite(value) || Math.abs(value) >= 1e12) throw unserialisable('a decimal')
  return value.toFixed(3).replace(/0{1,2}$/, '')
}

function serialiseDisplayString(value: string): string {
  let text = '%"'
  for (const octet of utf8.encode(value)) {
    const plain = octet >= 0x20 && octet <= 0x7e && octet !== 0x22 && octet !== 0x25
    text += plain ? String.fromCharCode(octet) : `%${octet.toString(16).padStart(2, '0')}`
  }
  return `${text}"`
}

function serialiseKey(name: string): string {
  if (!key.test(name)) throw unserialisable('a key')
  return name
}

function unserialisable(what: string): Error {
  return httpError('STRUCTURED_FIELD_SYNTAX', `${what} cannot be written as a structured field`)
}
