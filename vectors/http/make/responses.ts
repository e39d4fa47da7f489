import type { HttpResponse } from '../../../src/http/index.ts'
import { digestOf } from './forge.ts'
import { type Forgery9421, forged9421, withContentDigest } from './forge-9421.ts'
import { octets, withHeaders } from './messages.ts'
import type { ResponseVector } from './vector.ts'

const body = octets('{"client_id":"2f1d5a6e"}')
const answer: HttpResponse = {
  status: 201,
  headers: [
    ['Content-Type', 'application/json'],
    ['Content-Digest', `sha-256=:${digestOf(body)}:`],
  ],
  body,
  request: withContentDigest,
}
const list = ['"@status"', '"content-digest"', '"@target-uri";req']
const signed = (forgery: Forgery9421<HttpResponse> = {}): HttpResponse =>
  forged9421({ message: answer, list, ...forgery })
const otherRequest = { ...withContentDigest, target: '/stet/setting/v1/register?id=43' }

const rows: readonly (readonly [family: string, says: string, message: HttpResponse, expected: string])[] = [
  ['control', 'an answer that is bound to its request', signed(), 'accepted'],
  ['SIG-35', 'an answer to another request', { ...signed(), request: otherRequest }, 'SIGNATURE_INVALID'],
  ['SIG-35', 'an answer without its request', { ...signed(), request: undefined }, 'SIGNATURE_REQUEST_MISSING'],
  ['SIG-35', 'an answer that is not bound', signed({ list: list.slice(0, 2) }), 'SIGNATURE_REQUIRED_NOT_COVERED'],
  ['SIG-35', 'another status', { ...signed(), status: 200 }, 'SIGNATURE_INVALID'],
  [
    'SIG-35',
    'a header that is not covered is another: control',
    { ...signed(), request: withHeaders(withContentDigest, { 'PSU-ID': 'x' }) },
    'accepted',
  ],
  ['DIG-01', 'an answer with another body', { ...signed(), body: octets('{}') }, 'DIGEST_MISMATCH'],
]

export const responseVectors: readonly ResponseVector[] = rows.map(([family, says, message, expected]) => ({
  kind: 'response',
  family,
  says,
  profile: 'bound-answers',
  message,
  expected,
}))
