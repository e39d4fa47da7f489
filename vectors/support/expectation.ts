import type { DerCode } from '../../src/der/index.ts'
import type { X509Code } from '../../src/x509/index.ts'
import type { Encoded, Place } from './part.ts'

/** One error or deviation as a reader must give it. */
export interface Finding {
  readonly code: string
  readonly path: string
  readonly offset: number
}

/** The whole outcome of one reading. */
export type Outcome = { readonly accept: true; readonly deviations: readonly Finding[] } | { readonly refuse: Finding }

/** Finds a place in the encoding, from the tree that it was made of. */
export type Where = (encoded: Encoded) => { readonly path: string; readonly offset: number }

/** A code and where it stands; a string is the label of the element that begins there. */
export type Breach = readonly [code: DerCode | X509Code, where: Where | string]

/** What reading a vector must give, in both modes. */
export interface Expectation {
  readonly strict: ExpectedOutcome
  readonly tolerant: ExpectedOutcome
}

type ExpectedOutcome = { readonly refuse: Breach } | { readonly accept: readonly Breach[] }

/** The path of a label. */
export function pathOf(label: string): string {
  return label.replace(/:.*$/, '')
}

function placeOf({ places }: Encoded, label: string): Place {
  const found = places.filter((place) => place.label === label)
  const [place] = found
  if (place === undefined || found.length > 1) throw new Error(`${found.length} places are labelled '${label}'`)
  return place
}

/** The identifier octet of an element. */
export function start(label: string): Where {
  return (encoded) => ({ path: pathOf(label), offset: placeOf(encoded, label).start })
}

/** An octet of an element's content. */
export function content(label: string, plus = 0): Where {
  return (encoded) => ({ path: pathOf(label), offset: placeOf(encoded, label).content + plus })
}

/** Behind an element's last octet, or some octets before that. */
export function end(label: string, minus = 0): Where {
  return (encoded) => ({ path: pathOf(label), offset: placeOf(encoded, label).end - minus })
}

/** A place under another path: of a field that is not there, for example. */
export function named(path: string, where: Where): Where {
  return (encoded) => ({ path, offset: where(encoded).offset })
}

/** The element that a reader meets as number `count`. */
export function elementNumber(count: number): Where {
  return ({ places }) => {
    const place = places[count - 1]
    if (place === undefined) throw new Error(`there are only ${places.length} elements`)
    return { path: pathOf(place.label), offset: place.start }
  }
}

/** Element number `count` where the list `label` holds equal elements of `size` octets from its content on. */
export function equalElementNumber(count: number, label: string, size: number): Where {
  return (encoded) => {
    const before = encoded.places.findIndex((place) => place.label === label) + 1
    const index = count - before - 1
    return { path: `${pathOf(label)}[${index}]`, offset: placeOf(encoded, label).content + size * index }
  }
}

/** Sound in both modes. */
export const accepted: Expectation = { strict: { accept: [] }, tolerant: { accept: [] } }

/** An error in both modes. */
export function refused(...breach: Breach): Expectation {
  return { strict: { refuse: breach }, tolerant: { refuse: breach } }
}

/** An error in strict mode; recorded in tolerant mode, with what comes after it. */
export function stepped(first: Breach, ...more: readonly Breach[]): Expectation {
  return { strict: { refuse: first }, tolerant: { accept: [first, ...more] } }
}

/** Recorded in both modes. */
export function noted(...breaches: readonly Breach[]): Expectation {
  return { strict: { accept: breaches }, tolerant: { accept: breaches } }
}

/** One error in strict mode, another in tolerant mode, which steps over the first. */
export function refusedLater(strict: Breach, tolerant: Breach): Expectation {
  return { strict: { refuse: strict }, tolerant: { refuse: tolerant } }
}

/** An error in strict mode; in tolerant mode the extension has no value and that is recorded, where the error is. */
export function unreadable(...[code, where]: Breach): Expectation {
  return { strict: { refuse: [code, where] }, tolerant: { accept: [unreadableValue(where)] } }
}

/** What tolerant mode records for a value that breaks at `where`. */
export function unreadableValue(where: Where | string): Breach {
  const inner = typeof where === 'string' ? start(where) : where
  return [
    'X509_EXTENSION_VALUE',
    (encoded) => {
      const { path, offset } = inner(encoded)
      const [extension] = /^tbsCertificate\.extensions\[\d+\]\.\w+/.exec(path) ?? []
      if (extension === undefined) throw new Error(`'${path}' is in no extension`)
      return { path: extension, offset }
    },
  ]
}

/** The expectation with paths and offsets. */
export function resolve(expected: ExpectedOutcome, encoded: Encoded): Outcome {
  const finding = ([code, where]: Breach): Finding => ({
    code,
    ...(typeof where === 'string' ? start(where) : where)(encoded),
  })
  if ('refuse' in expected) return { refuse: finding(expected.refuse) }
  return { accept: true, deviations: expected.accept.map(finding) }
}
