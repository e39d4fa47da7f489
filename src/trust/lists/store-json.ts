import { Psd2Error } from '../../core/errors.ts'
import { type JsonObject, type JsonValue, parseJson } from '../../core/json.ts'
import { keyUsageNames } from '../../x509/index.ts'
import { listError } from './codes.ts'
import type { Criteria, Criterion } from './criteria.ts'
import type { ListFacts, ServiceStatus } from './model.ts'

/** A service as the store keeps it: its keys are in tables of their own. */
export interface StoredService {
  /** Number of its list. */
  readonly list: number
  readonly provider: string
  readonly name: string
  readonly statuses: readonly ServiceStatus[]
}

/** A list as the store keeps it. */
export type StoredList = ListFacts & {
  /** Subject of the certificate that signed it. */
  readonly signer: string
}

/** The JSON of a record; dates are ISO 8601 there. */
export function writeRecord(record: StoredService | StoredList): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(record))
}

/** @throws Psd2Error `TSL_STORE_CONTENT` */
export function readStoredService(bytes: Uint8Array): StoredService {
  return reading(() => {
    const record = object(parseJson(bytes))
    return {
      list: count(record.list),
      provider: text(record.provider),
      name: text(record.name),
      statuses: array(record.statuses).map(readStatus),
    }
  })
}

/** @throws Psd2Error `TSL_STORE_CONTENT` */
export function readStoredList(bytes: Uint8Array): StoredList {
  return reading(() => {
    const record = object(parseJson(bytes))
    return {
      territory: text(record.territory),
      type: text(record.type),
      version: oneOf(count(record.version), [5, 6]),
      sequenceNumber: count(record.sequenceNumber),
      operator: text(record.operator),
      issued: moment(record.issued),
      nextUpdate: record.nextUpdate === undefined ? undefined : moment(record.nextUpdate),
      signer: text(record.signer),
    }
  })
}

/** A record that is no JSON, or not of its form, is one and the same to the caller: the store is not ours. */
function reading<Value>(read: () => Value): Value {
  try {
    return read()
  } catch (cause) {
    if (cause instanceof Psd2Error && cause.code !== 'TSL_STORE_CONTENT')
      throw listError('TSL_STORE_CONTENT', { cause })
    throw cause
  }
}

function readStatus(value: JsonValue): ServiceStatus {
  const status = object(value)
  return {
    from: moment(status.from),
    status: text(status.status),
    type: text(status.type),
    uses: array(status.uses).map((use) => oneOf(text(use), ['web', 'eseal', 'esign'])),
    qualifications: array(status.qualifications).map((item) => {
      const { qualifiers, criteria } = object(item)
      return { qualifiers: array(qualifiers).map(text), criteria: readCriteria(criteria) }
    }),
    notUnderstood: array(status.notUnderstood).map(text),
    takenOver: boolean(status.takenOver),
  }
}

function readCriteria(value: JsonValue | undefined): Criteria {
  const { assert, of } = object(value)
  return { assert: oneOf(text(assert), ['all', 'atLeastOne', 'none']), of: array(of).map(readCriterion) }
}

function readCriterion(value: JsonValue): Criterion {
  const { kind, bits, oids, criteria, name } = object(value)
  const known = oneOf(text(kind), ['keyUsage', 'policies', 'purposes', 'subject', 'criteria', 'unknown'])
  if (known === 'keyUsage') {
    return {
      kind: known,
      bits: array(bits).map((bit) => {
        const [bitName, set] = array(bit)
        return [oneOf(text(bitName), keyUsageNames), boolean(set)]
      }),
    }
  }
  if (known === 'criteria') return { kind: known, criteria: readCriteria(criteria) }
  if (known === 'unknown') return { kind: known, name: text(name) }
  return { kind: known, oids: array(oids).map(text) }
}

function object(value: JsonValue | undefined): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw listError('TSL_STORE_CONTENT')
  return value as JsonObject
}

function array(value: JsonValue | undefined): readonly JsonValue[] {
  if (!Array.isArray(value)) throw listError('TSL_STORE_CONTENT')
  return value
}

function text(value: JsonValue | undefined): string {
  if (typeof value !== 'string') throw listError('TSL_STORE_CONTENT')
  return value
}

function boolean(value: JsonValue | undefined): boolean {
  if (typeof value !== 'boolean') throw listError('TSL_STORE_CONTENT')
  return value
}

function count(value: JsonValue | undefined): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw listError('TSL_STORE_CONTENT')
  return value
}

function moment(value: JsonValue | undefined): Date {
  const date = new Date(text(value))
  if (Number.isNaN(date.getTime())) throw listError('TSL_STORE_CONTENT')
  return date
}

function oneOf<Value extends string | number>(value: string | number, values: readonly Value[]): Value {
  const found = values.find((candidate) => candidate === value)
  if (found === undefined) throw listError('TSL_STORE_CONTENT')
  return found
}
