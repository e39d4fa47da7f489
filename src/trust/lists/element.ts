import { listError } from './codes.ts'
import { namespaces } from './namespaces.ts'
import type { XmlElement } from './xml.ts'

/** An element with the way that led to it, for messages. */
export interface Place {
  readonly element: XmlElement
  readonly path: string
}

export function allOf({ element, path }: Place, name: string, namespace: string = namespaces.tsl): Place[] {
  const found = element.children.filter((child) => child.name === name && child.namespace === namespace)
  if (found.length === 1) return [{ element: found[0] as XmlElement, path: join(path, name) }]
  return found.map((child, index) => ({ element: child, path: `${join(path, name)}[${index}]` }))
}

/** The child of a name, or undefined. Two are refused: one reader takes the first and another the last. */
export function optional(place: Place, name: string, namespace?: string): Place | undefined {
  const [first, second] = allOf(place, name, namespace)
  if (second !== undefined) {
    throw listError('TSL_FIELD_TWICE', { path: join(place.path, name), offset: second.element.offset })
  }
  return first
}

export function required(place: Place, name: string, namespace?: string): Place {
  const found = optional(place, name, namespace)
  if (found === undefined) {
    throw listError('TSL_FIELD_MISSING', { path: join(place.path, name), offset: place.element.offset })
  }
  return found
}

/** The characters of an element that has no elements in it, without space around them. */
export function textOf({ element, path }: Place): string {
  if (element.children.length > 0) throw listError('TSL_FIELD_VALUE', { path, offset: element.offset })
  return element.text.trim()
}

export function attributeOf({ element }: Place, name: string, namespace = ''): string | undefined {
  return element.attributes.find((attribute) => attribute.name === name && attribute.namespace === namespace)?.value
}

/** Language of a multilingual text or address, in lower case. */
export function languageOf(place: Place): string {
  return (attributeOf(place, 'lang', 'http://www.w3.org/XML/1998/namespace') ?? '').toLowerCase()
}

/** A multilingual text: the English one, or the first where there is none. */
export function multilingual(place: Place, name: string): string {
  const texts = allOf(place, name)
  const chosen = texts.find((text) => languageOf(text) === 'en') ?? texts[0]
  return chosen === undefined ? '' : textOf(chosen).replace(/\s+/g, ' ')
}

const dateTime = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?:Z|([+-])(\d{2}):(\d{2}))?$/

/** xs:dateTime (TS 119 612 5.1.3). One without a zone is in UTC, which the clause wants of all. */
export function momentOf(place: Place): Date {
  const { path, element } = place
  const parts = dateTime.exec(textOf(place))
  const refusal = () => listError('TSL_FIELD_VALUE', { path, offset: element.offset, detail: 'no date and time' })
  if (parts === null) throw refusal()
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const millisecond = Math.trunc(Number(`0.${parts[7] ?? '0'}`) * 1000)
  const zone = parts[8] === undefined ? 0 : (Number(parts[9]) * 60 + Number(parts[10])) * (parts[8] === '-' ? -1 : 1)
  const local = new Date(Date.UTC(year, month - 1, day, hour, minute, second, millisecond))
  // Numbers out of range would move into the next unit: 30 February is no 1 March.
  const sameDay = local.getUTCFullYear() === year && local.getUTCMonth() === month - 1 && local.getUTCDate() === day
  if (!sameDay || hour > 23 || minute > 59 || second > 59 || Math.abs(zone) > 14 * 60) throw refusal()
  return new Date(local.getTime() - zone * 60_000)
}

/** xs:integer that is a count. */
export function countOf(place: Place): number {
  const text = textOf(place)
  const number = /^\d{1,15}$/.test(text) ? Number(text) : -1
  if (number < 0) {
    throw listError('TSL_FIELD_VALUE', { path: place.path, offset: place.element.offset, detail: 'no number' })
  }
  return number
}

function join(path: string, step: string): string {
  return path === '' ? step : `${path}.${step}`
}
