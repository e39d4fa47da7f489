import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { findCertificates } from '../../src/x509/index.ts'
import {
  authority,
  base64,
  bytesOf,
  certificateAt,
  type Entry,
  found,
  onlyError,
  pem,
  qsealc,
  qwac,
} from './support.ts'

const x5c = [base64(qsealc), base64(authority)]
const publicKey = { kty: 'EC', crv: 'P-256', x: 'AQ', y: 'Ag' }
const jsonOf = (value: unknown, space?: number): string => JSON.stringify(value, null, space)

describe('certificates are found in', () => {
  const chain = (prefix: string): Entry[] => [
    certificateAt(`${prefix}/x5c/0`, qsealc),
    certificateAt(`${prefix}/x5c/1`, authority),
  ]
  const inputs: Readonly<Record<string, [json: string, entries: Entry[]]>> = {
    'a JWK': [jsonOf({ ...publicKey, x5c }), chain('')],
    'a JWK with nothing else': [jsonOf({ x5c }), chain('')],
    'a JWKS': [jsonOf({ keys: [{ ...publicKey, x5c }] }), chain('/keys/0')],
    'a JWKS of several keys': [
      jsonOf({ keys: [publicKey, { x5c: [base64(qwac)] }, { x5c }] }),
      [certificateAt('/keys/1/x5c/0', qwac), ...chain('/keys/2')],
    ],
    'a list of JWK': [jsonOf([{ x5c }, { x5c }]), [...chain('/0'), ...chain('/1')]],
    'a list of one JWK': [jsonOf([{ x5c }]), chain('/0')],
    'indented JSON': [jsonOf({ keys: [{ x5c }] }, 2), chain('/keys/0')],
    'JSON with a byte order mark': [`\ufeff${jsonOf({ x5c })}`, chain('')],
    'JSON after white space': [`\r\n\t ${jsonOf({ x5c })}\n`, chain('')],
    'JSON with escapes': [jsonOf({ x5c }).replace('x5c', '\\u0078\\u0035\\u0063').replaceAll('/', '\\/'), chain('')],
    'a JWKS with members that nobody knows': [
      jsonOf({ issuer: 'x', keys: [{ x5c, '': [] }], z: null }),
      chain('/keys/0'),
    ],
  }
  it.each(Object.entries(inputs))('%s', (_, [json, entries]) => {
    expect(found(json)).toEqual(entries)
  })
})

describe('JSON that holds a PEM block in a string', () => {
  const block = pem(qsealc)

  it('is JSON all the same: its x5c is read', () => {
    const jwk = { note: block, x5c: [base64(qwac)], [block]: 1 }
    expect(found(jsonOf({ keys: [jwk] }))).toEqual([certificateAt('/keys/0/x5c/0', qwac)])
    expect(found(jsonOf(jwk, 2))).toEqual([certificateAt('/x5c/0', qwac)])
    expect(found(jsonOf({ note: '-----BEGIN ', x5c: [base64(qwac)] }))).toEqual([certificateAt('/x5c/0', qwac)])
  })

  it('and no x5c is told as JSON without certificates', () => {
    expect(onlyError(jsonOf({ certificate: block })).code).toBe('INPUT_JSON')
  })
})

describe('an item that is no certificate is an entry of its own', () => {
  const body = base64(qsealc)
  const items: Readonly<Record<string, unknown>> = {
    'a number': 1,
    null: null,
    'a list': [body],
    'base64 in lines': body.replace(/.{64}/, '$&\n'),
    'base64 in the alphabet of URLs': `_${body.slice(1)}`,
    'base64 without padding': body.replace(/=*$/, '').slice(0, -1),
    'a PEM block': `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`,
  }
  it.each(Object.entries(items))('%s', (_, item) => {
    expect(found(jsonOf({ keys: [{ x5c: [base64(qwac), item, body] }] }))).toEqual([
      certificateAt('/keys/0/x5c/0', qwac),
      { place: '/keys/0/x5c/1', code: 'PEM_BASE64' },
      certificateAt('/keys/0/x5c/2', qsealc),
    ])
  })
})

describe('secret members', () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = privateKey.export({ format: 'jwk' })

  it('are an entry of their own, and the certificates beside them are read', () => {
    expect(found(jsonOf({ keys: [{ ...jwk, x5c }] }))).toEqual([
      { place: '/keys/0/d', code: 'INPUT_PRIVATE_KEY' },
      certificateAt('/keys/0/x5c/0', qsealc),
      certificateAt('/keys/0/x5c/1', authority),
    ])
    expect(found(jsonOf({ ...jwk, x5c }))).toHaveLength(3)
  })

  it('are found in a key without certificates', () => {
    expect(found(jsonOf(jwk))).toEqual([{ place: '/d', code: 'INPUT_PRIVATE_KEY' }])
    expect(found(jsonOf({ keys: [publicKey, jwk] }))).toEqual([{ place: '/keys/1/d', code: 'INPUT_PRIVATE_KEY' }])
  })

  it.each(['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'])('%s is one', (name) => {
    expect(found(jsonOf({ kty: 'RSA', [name]: 'AQ', x5c: [base64(qwac)] }))).toEqual([
      { place: `/${name}`, code: 'INPUT_PRIVATE_KEY' },
      certificateAt('/x5c/0', qwac),
    ])
  })

  it('are never shown, whatever is wrong beside them', () => {
    const secret = String(jwk.d)
    const whole = jsonOf({ ...jwk, x5c })
    const texts = [
      whole,
      jsonOf([jwk, jwk]),
      whole.slice(0, -1),
      whole.slice(0, whole.indexOf(secret) + 20),
      whole.replace('"d":', '"d":1,"d":'),
      whole.replace(secret, `${secret}\\x`),
      whole.replace(`"${secret}"`, `${secret}`),
      whole.replace(secret, `${secret}\\ud800`),
      jsonOf({ keys: [{ d: [secret] }, { x5c: [secret] }] }),
      jsonOf({ x5c: [secret] }),
    ]
    for (const text of texts) {
      for (const entry of findCertificates(bytesOf(text))) {
        if (!('error' in entry)) continue
        const { message, stack, cause } = entry.error
        const told = `${entry.place} ${message} ${stack} ${String(cause)} ${jsonOf(entry.error)}`
        expect(told).not.toContain(secret.slice(0, 20))
      }
    }
  })
})

describe('JSON without certificates', () => {
  const inputs: Readonly<Record<string, [json: string, code: string]>> = {
    'an empty object': ['{}', 'INPUT_JSON'],
    'an empty list': ['[]', 'INPUT_JSON'],
    'an empty JWKS': ['{"keys":[]}', 'INPUT_JSON'],
    'keys without x5c': [jsonOf({ keys: [publicKey] }), 'INPUT_JSON'],
    'an empty x5c': ['{"x5c":[]}', 'INPUT_JSON'],
    'keys that are no objects': ['{"keys":[1,null,"x",[]]}', 'INPUT_JSON'],
    'keys that are no list': ['{"keys":{"x5c":["AA=="]}}', 'INPUT_JSON'],
    'something else': ['{"certificate":"MIIB"}', 'INPUT_JSON'],
    'a member twice': [`{"x5c":["AA=="],"x5c":["${base64(qwac)}"]}`, 'JSON_MEMBER_TWICE'],
    'a member twice, once escaped': [`{"x5c":["AA=="],"x5\\u0063":["${base64(qwac)}"]}`, 'JSON_MEMBER_TWICE'],
    'a list that does not end': ['[', 'JSON_TRUNCATED'],
    'a text that goes on': ['{"x5c":["AA=="]} {', 'JSON_TRAILING_DATA'],
    'a hundred thousand lists': ['['.repeat(100_000), 'LIMIT_JSON_DEPTH'],
  }
  it.each(Object.entries(inputs))('%s', (_, [json, code]) => {
    const error = onlyError(json)
    expect(error.code).toBe(code)
    expect(error.mend).toBeTruthy()
  })

  it('takes names of object members for nothing else', () => {
    expect(onlyError('{"__proto__":{"x5c":["AA=="]}}').code).toBe('INPUT_JSON')
    expect(onlyError('{"constructor":{"keys":[]}}').code).toBe('INPUT_JSON')
  })
})
