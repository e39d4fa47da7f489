import type { JsonObject, JsonValue } from '../../core/json.ts'
import { httpError } from '../refuse.ts'
import { criticalOf, type JwsForm } from './forms.ts'

/** What a protected header says. */
export interface JwsHeader {
  readonly alg: string
  readonly kid: string
  /** Seconds since 1970. */
  readonly issuedAt: number
  readonly issuer: string
  readonly trustAnchor: string
}

/** Members that may stand beside the critical ones, with what they may say. */
const further: Readonly<Record<string, readonly string[] | undefined>> = {
  typ: ['JOSE'],
  cty: ['application/json', 'json'],
}

/**
 * The protected header of a detached JWS over the body. Every member is one that the form has: what nobody understands is
 * refused whether or not it is critical, and so is whatever would bring a key along.
 *
 * @throws Psd2Error `JWS_HEADER`, `JWS_CRITICAL`, `JWS_B64`, `JWS_TRUST_ANCHOR`, `SIGNATURE_TIME`
 */
export function readJwsHeader(value: JsonValue, form: JwsForm): JwsHeader {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw invalid('not an object')
  const header = value as JsonObject
  const { claims, payload } = form
  const wanted = criticalOf(form)
  const b64 = header.b64
  if (payload === 'raw' ? b64 !== false : Object.hasOwn(header, 'b64'))
    throw httpError('JWS_B64', undefined, { path: 'b64' })
  requireCritical(header.crit, wanted)
  for (const name of Object.keys(header)) {
    if (name === 'alg' || name === 'kid' || name === 'crit' || wanted.includes(name)) continue
    const values = Object.hasOwn(further, name) ? further[name] : undefined
    if (values === undefined || !values.includes(header[name] as string)) throw invalid(name)
  }
  const trustAnchor = text(header, claims.trustAnchor)
  if (trustAnchor !== form.trustAnchor) throw httpError('JWS_TRUST_ANCHOR', trustAnchor, { path: claims.trustAnchor })
  return {
    alg: text(header, 'alg'),
    kid: text(header, 'kid'),
    issuedAt: seconds(header, claims.issuedAt),
    issuer: text(header, claims.issuer),
    trustAnchor,
  }
}

function requireCritical(crit: JsonValue | undefined, wanted: readonly string[]): void {
  const list = Array.isArray(crit) ? (crit as readonly JsonValue[]) : []
  if (list.length === wanted.length && wanted.every((name) => list.includes(name))) return
  throw httpError('JWS_CRITICAL', undefined, { path: 'crit' })
}

function text(header: JsonObject, name: string): string {
  const value = header[name]
  if (typeof value !== 'string' || value === '') throw invalid(`${name} is no text`)
  return value
}

function seconds(header: JsonObject, name: string): number {
  const value = header[name]
  if (Number.isSafeInteger(value) && (value as number) >= 0) return value as number
  throw httpError('SIGNATURE_TIME', undefined, { path: name })
}

function invalid(detail: string): Error {
  return httpError('JWS_HEADER', detail, { path: 'x-jws-signature' })
}
