import {
  serializeBoolean,
  serializeByteSequence,
  serializeInteger,
  serializeKey,
  serializeString,
} from 'structured-headers'
import { httpError } from '../refuse.ts'
import type { BareItem, Dictionary, InnerList, Item, List, Member, Parameters } from './types.ts'

const utf8 = /* @__PURE__ */ new TextEncoder()
const token = /^[A-Za-z*][!#$%&'*+\-.^_`|~:/0-9A-Za-z]*$/

/**
 * Serialisation (RFC 9651 clause 4.1): one text for one value. The library writes what it tells apart; a decimal that is a
 * whole number, and what it would write without a look at it, stand below.
 */
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

export const serialiseString = written('a string', serializeString)
const serialiseKey = written('a key', serializeKey)
const writeInteger = written('an integer', serializeInteger)

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
  bytes: (value) => serializeByteSequence(value as Uint8Array<ArrayBuffer>),
  boolean: serializeBoolean,
  date: (value) => `@${serialiseInteger(value)}`,
  'display-string': serialiseDisplayString,
}

export function serialiseBareItem(item: BareItem): string {
  return (serialisers[item.type] as (value: BareItem['value']) => string)(item.value)
}

export function serialiseInteger(value: number): string {
  if (!Number.isInteger(value)) throw unserialisable('an integer')
  return writeInteger(value)
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

/** Under the code of this toolkit. */
function written<Value>(what: string, write: (value: Value) => string): (value: Value) => string {
  return (value) => {
    try {
      return write(value)
    } catch (cause) {
      throw unserialisable(what, cause)
    }
  }
}

function unserialisable(what: string, cause?: unknown): Error {
  return httpError('STRUCTURED_FIELD_SYNTAX', `${what} cannot be written as a structured field`, { cause })
}
