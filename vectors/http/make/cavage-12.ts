import { sign } from 'node:crypto'
import { withDigest } from './forge.ts'
import { now } from './forge-9421.ts'
import { octets, seals, withHeaders } from './messages.ts'
import type { RequestVector } from './vector.ts'

/** The time parameters of draft -12 as they are written, and what the list covers. */
interface Times {
  readonly parameters: string
  readonly list?: string
  readonly created?: string
  readonly expires?: string
  readonly algorithm?: string
}

const usual = '(request-target) (created) digest x-request-id psu-ip-address psu-id'

const rows: readonly (readonly [family: string, says: string, times: Times, expected: string])[] = [
  ['control', 'draft -12 with its time', { parameters: `created=${now}` }, 'accepted'],
  [
    'control',
    'draft -12 with both times',
    { parameters: `created=${now},expires=${now + 60}`, list: `${usual} (expires)` },
    'accepted',
  ],
  [
    'SIG-17',
    'draft -12, created in the future',
    { parameters: `created=${now + 60}`, created: String(now + 60) },
    'SIGNATURE_CREATED_IN_FUTURE',
  ],
  [
    'SIG-17',
    'draft -12, created long ago',
    { parameters: `created=${now - 400}`, created: String(now - 400) },
    'SIGNATURE_TOO_OLD',
  ],
  ['SIG-17', 'draft -12, created that is a text', { parameters: 'created="abc"', created: 'abc' }, 'SIGNATURE_TIME'],
  ['SIG-17', 'draft -12, created that is quoted', { parameters: `created="${now}"` }, 'SIGNATURE_TIME'],
  [
    'SIG-17',
    'draft -12, created that is a decimal',
    { parameters: `created=${now}.5`, created: `${now}.5` },
    'SIGNATURE_TIME',
  ],
  ['SIG-17', 'draft -12, created that is negative', { parameters: 'created=-1', created: '-1' }, 'SIGNATURE_TIME'],
  [
    'SIG-17',
    'draft -12, created beyond 2^53',
    { parameters: 'created=9007199254740993', created: '9007199254740993' },
    'SIGNATURE_TIME',
  ],
  [
    'SIG-17',
    'draft -12, created listed and missing',
    { parameters: `expires=${now + 60}` },
    'SIGNATURE_PARAMETER_MISSING',
  ],
  [
    'SIG-17',
    'draft -12, created not covered',
    { parameters: `created=${now}`, list: usual.replace(' (created)', '') },
    'SIGNATURE_REQUIRED_NOT_COVERED',
  ],
  [
    'SIG-18',
    'draft -12, expired',
    { parameters: `created=${now - 100},expires=${now - 60}`, created: String(now - 100) },
    'SIGNATURE_EXPIRED',
  ],
  [
    'SIG-18',
    'draft -12, expires before created',
    { parameters: `created=${now},expires=${now - 1}` },
    'SIGNATURE_EXPIRES_BEFORE_CREATED',
  ],
  [
    'SIG-11',
    'draft -12, times under rsa-sha256',
    { parameters: `created=${now}`, algorithm: 'rsa-sha256' },
    'SIGNATURE_CREATED_WITH_ALGORITHM',
  ],
]

function vector([family, says, times, expected]: (typeof rows)[number]): RequestVector {
  const { parameters, list = usual, algorithm = 'hs2019', created = String(now), expires = String(now + 60) } = times
  const special: Readonly<Record<string, string>> = {
    '(request-target)': `post ${withDigest.target}`,
    '(created)': created,
    '(expires)': expires,
  }
  const textOf = (name: string): string =>
    special[name] ?? withDigest.headers.find(([own]) => own.toLowerCase() === name)?.[1] ?? ''
  const text = list.split(' ').map((name) => `${name}: ${textOf(name)}`)
  const signature = sign(null, octets(text.join('\n')), seals.ed25519.key).toString('base64')
  const value = `keyId="client",algorithm="${algorithm}",${parameters},headers="${list}",signature="${signature}"`
  const message = withHeaders(withDigest, { Signature: value })
  return { kind: 'request', family, says, profile: 'cavage-12-times', certificate: 'ed25519', message, expected }
}

export const cavage12Vectors: readonly RequestVector[] = rows.map(vector)
