import { encodeBase64 } from '../../../src/core/base64.ts'
import type { HttpMessage, HttpResponse } from '../../../src/http/index.ts'
import { bpceVectors } from './bpce.ts'
import { cavage12Vectors } from './cavage-12.ts'
import { digestVectors } from './digests.ts'
import { obieVectors } from './obie.ts'
import { referenceVectors } from './references.ts'
import { responseVectors } from './responses.ts'
import { rfc9421Vectors } from './rfc9421.ts'
import type { HttpVector } from './vector.ts'

/** Every message and digest that is a vector, always of the same octets. */
export async function httpVectors(): Promise<readonly HttpVector[]> {
  return [
    ...bpceVectors,
    ...cavage12Vectors,
    ...rfc9421Vectors,
    ...(await referenceVectors()),
    ...obieVectors,
    ...responseVectors,
    ...digestVectors,
  ]
}

/** One entry of `index.json`. */
export interface HttpIndexEntry {
  readonly id: string
  readonly kind: HttpVector['kind']
  readonly family: string
  readonly says: string
  readonly expected: string
  /** Of messages. */
  readonly profile?: string
  readonly certificate?: string | null
  readonly at?: string
  readonly replayed?: true
  /** Of digests; the body in base64. */
  readonly field?: string
  readonly value?: string
  readonly body?: string
}

/** Family and words, as the name of a file. */
export function idOf(vector: HttpVector): string {
  const { family } = vector
  const says = vector.kind === 'digest' ? `${vector.field} ${vector.says}` : vector.says
  const words = says
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
  return `${family.toLowerCase()}-${words}`.replace(/^-|-$/g, '')
}

/** What the index says of a vector. */
export function indexEntry(vector: HttpVector): HttpIndexEntry {
  const { kind, family, says, expected } = vector
  const told = { id: idOf(vector), kind, family, says, expected }
  if (vector.kind === 'digest') {
    return { ...told, field: vector.field, value: vector.value, body: encodeBase64(vector.body) }
  }
  const { profile, certificate, at, replayed } = vector
  return {
    ...told,
    profile,
    ...(certificate === undefined ? {} : { certificate }),
    ...(at === undefined ? {} : { at }),
    ...(replayed === undefined ? {} : { replayed }),
  }
}

/** A message in the form that the command reads; the file of the vector. */
export function messageFile(message: HttpMessage | HttpResponse): object {
  const { headers, body } = message
  const content = { headers, ...(body === undefined ? {} : { body: encodeBase64(body) }) }
  if ('method' in message) return { method: message.method, target: message.target, ...content }
  const { status, request } = message
  return { status, ...content, ...(request === undefined ? {} : { request: messageFile(request) }) }
}
