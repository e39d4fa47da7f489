import type { JsonObject, JsonValue } from '../../core/json.ts'
import { httpError } from '../refuse.ts'

/** Name of the mechanism by which headers are signed (ETSI TS 119 182-1 clause 5.2.8.2). */
export const httpHeadersMechanism = 'http://uri.etsi.org/19182/HttpHeaders'

/** Header members that are understood, and so may be critical. */
const understood: readonly string[] = ['b64', 'sigT', 'sigD', 'iat']

/** Members that would bring a key, or the place of one, from the sender. */
const keySources: readonly string[] = ['jwk', 'jku', 'x5u']

/** What a protected header says. */
export interface JadesHeader {
  readonly alg: string
  readonly pars: readonly JsonValue[]
  /** Seconds since 1970. */
  readonly signedAt: number | undefined
  readonly x5tS256: string | undefined
  readonly x5c: readonly string[] | undefined
  readonly kid: string | undefined
}

/**
 * The protected header of a JAdES signature over HTTP headers.
 *
 * @throws Psd2Error `JADES_...`, `SIGNATURE_TIME`
 */
export function readHeader(value: JsonValue): JadesHeader {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid('not an object')
  const header = value as JsonObject
  const source = keySources.find((name) => Object.hasOwn(header, name))
  if (source !== undefined) throw httpError('JADES_KEY_SOURCE', source, { path: source })
  const critical = readCritical(header)
  if (header.b64 !== false || !critical.includes('b64')) throw httpError('JADES_B64', undefined, { path: 'b64' })
  if (!critical.includes('sigD')) throw httpError('JADES_CRITICAL', 'sigD is not in it', { path: 'crit' })
  return {
    alg: text(header, 'alg') ?? missing('alg'),
    pars: readMechanism(header.sigD),
    signedAt: readTime(header),
    x5tS256: text(header, 'x5t#S256'),
    x5c: readChain(header.x5c),
    kid: text(header, 'kid'),
  }
}

function readCritical(header: JsonObject): readonly JsonValue[] {
  const { crit } = header
  const list = Array.isArray(crit) ? (crit as readonly JsonValue[]) : []
  const isSound = list.every(
    (name) => typeof name === 'string' && understood.includes(name) && Object.hasOwn(header, name),
  )
  if (list.length === 0 || !isSound || new Set(list).size !== list.length) {
    throw httpError('JADES_CRITICAL', undefined, { path: 'crit' })
  }
  return list
}

function readMechanism(sigD: JsonValue | undefined): readonly JsonValue[] {
  const object = typeof sigD === 'object' && sigD !== null && !Array.isArray(sigD) ? (sigD as JsonObject) : undefined
  if (object?.mId !== httpHeadersMechanism) throw httpError('JADES_MECHANISM', undefined, { path: 'sigD.mId' })
  const other = Object.keys(object).find((name) => name !== 'mId' && name !== 'pars')
  if (other !== undefined) throw invalid(`sigD has ${other}`)
  if (!Array.isArray(object.pars)) throw invalid('sigD has no pars')
  return object.pars as readonly JsonValue[]
}

const isoSeconds = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/

/** `sigT`, or `iat` of later editions; both only where they agree. */
function readTime(header: JsonObject): number | undefined {
  const { sigT, iat } = header
  const fromText = sigT === undefined ? undefined : typeof sigT === 'string' ? parseSeconds(sigT) : Number.NaN
  const wrong = [fromText, iat].some(
    (time) => time !== undefined && !(Number.isSafeInteger(time) && (time as number) >= 0),
  )
  if (wrong || (fromText !== undefined && iat !== undefined && fromText !== iat)) {
    throw httpError('SIGNATURE_TIME', undefined, { path: sigT === undefined ? 'iat' : 'sigT' })
  }
  return fromText ?? (iat as number | undefined)
}

/** Seconds of a time in UTC; NaN where it is none, or no day of the calendar. */
function parseSeconds(text: string): number {
  const time = isoSeconds.test(text) ? Date.parse(text) : Number.NaN
  return !Number.isNaN(time) && writeSeconds(new Date(time)) === text ? time / 1000 : Number.NaN
}

/** A time as `sigT` has it. */
export function writeSeconds(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`
}

function readChain(x5c: JsonValue | undefined): readonly string[] | undefined {
  if (x5c === undefined) return undefined
  if (!Array.isArray(x5c) || x5c.length === 0 || x5c.length > 16 || !x5c.every((one) => typeof one === 'string')) {
    throw invalid('x5c is no list of certificates')
  }
  return x5c as readonly string[]
}

function text(header: JsonObject, name: string): string | undefined {
  const value = header[name]
  if (value === undefined || typeof value === 'string') return value
  throw invalid(`${name} is no text`)
}

function missing(name: string): never {
  throw invalid(`${name} is missing`)
}

function invalid(detail: string): Error {
  return httpError('JADES_HEADER', detail, { path: 'x-jws-signature' })
}
