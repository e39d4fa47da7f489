import { constants, sign } from 'node:crypto'
import type { HttpMessage } from '../../../src/http/index.ts'
import { now } from './forge-9421.ts'
import { octets, seals } from './messages.ts'
import type { RequestVector } from './vector.ts'

const claim = (name: string): string => `http://openbanking.org.uk/${name}`
const critical = [claim('iat'), claim('iss'), claim('tan')]
const usual = {
  alg: 'PS256',
  typ: 'JOSE',
  cty: 'application/json',
  kid: 'client',
  [claim('iat')]: now,
  [claim('iss')]: 'PSDGB-FCA-123456',
  [claim('tan')]: 'openbanking.org.uk',
  crit: critical,
}
const raw = { ...usual, b64: false, crit: ['b64', ...critical] }
const body = octets('{"Data":{"Initiation":{"InstructionIdentification":"1"}}}')
const without = (name: string): object => Object.fromEntries(Object.entries(usual).filter(([own]) => own !== name))

/** A request whose signature is right for what its header says. Put together without any code of the toolkit. */
function request(header: object | string, isRaw = false, content: Uint8Array = body): HttpMessage {
  const text = typeof header === 'string' ? header : JSON.stringify(header)
  const serialised = Buffer.from(text).toString('base64url')
  const payload = isRaw ? Buffer.from(content) : Buffer.from(Buffer.from(content).toString('base64url'))
  const input = Buffer.concat([Buffer.from(`${serialised}.`), payload])
  // Without salt it comes out the same each time; the length of the salt is then not that of PS256, so controls are apart.
  const key = { key: seals.rsa.key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 0 }
  const signature = sign('sha256', input, key).toString('base64url')
  return {
    method: 'POST',
    target: '/open-banking/v3.1/pisp/domestic-payments',
    headers: [
      ['Content-Type', 'application/json'],
      ['x-jws-signature', `${serialised}..${signature}`],
    ],
    body: content,
  }
}

const changed = (change: (value: string) => string): HttpMessage => {
  const message = request(usual)
  const [type, [name, value]] = message.headers as [[string, string], [string, string]]
  return { ...message, headers: [type, [name, change(value)]] }
}

type Row = readonly [says: string, message: HttpMessage, expected: string, profile?: 'obie-3.1.3']

const rows: readonly Row[] = [
  ['OBIE, a salt of no octets under PS256', request(usual), 'SIGNATURE_INVALID'],
  ['OBIE, b64 where it must not be', request(raw, true), 'JWS_B64'],
  ['OBIE, b64 true', request({ ...usual, b64: true }), 'JWS_B64'],
  ['OBIE 3.1.3, no b64', request(usual), 'JWS_B64', 'obie-3.1.3'],
  ['OBIE 3.1.3, b64 not critical', request({ ...raw, crit: critical }, true), 'JWS_CRITICAL', 'obie-3.1.3'],
  ['OBIE, crit missing', request(without('crit')), 'JWS_CRITICAL'],
  ['OBIE, crit without iss', request({ ...usual, crit: critical.slice(0, 1) }), 'JWS_CRITICAL'],
  ['OBIE, crit with a name twice', request({ ...usual, crit: [...critical, critical[0]] }), 'JWS_CRITICAL'],
  [
    'OBIE, crit with an unknown name',
    request({ ...usual, x: 1, crit: [...critical.slice(0, 2), 'x'] }),
    'JWS_CRITICAL',
  ],
  ['OBIE, another register', request({ ...usual, [claim('tan')]: 'evil.example' }), 'JWS_TRUST_ANCHOR'],
  ['OBIE, iat that is a text', request({ ...usual, [claim('iat')]: String(now) }), 'SIGNATURE_TIME'],
  ['OBIE, iat in the future', request({ ...usual, [claim('iat')]: now + 60 }), 'SIGNATURE_CREATED_IN_FUTURE'],
  ['OBIE, iat long ago', request({ ...usual, [claim('iat')]: now - 400 }), 'SIGNATURE_TOO_OLD'],
  ['OBIE, no kid', request(without('kid')), 'JWS_HEADER'],
  ['OBIE, an address for the key', request({ ...usual, jku: 'https://evil.example/' }), 'JWS_HEADER'],
  ['OBIE, a key in the header', request({ ...usual, jwk: {} }), 'JWS_HEADER'],
  ['OBIE, another content type', request({ ...usual, cty: 'text/plain' }), 'JWS_HEADER'],
  ['OBIE, alg none', request({ ...usual, alg: 'none' }), 'SIGNATURE_ALGORITHM_NOT_ALLOWED'],
  ['OBIE, alg of a shared secret', request({ ...usual, alg: 'HS256' }), 'SIGNATURE_ALGORITHM_NOT_ALLOWED'],
  ['OBIE, alg RS256', request({ ...usual, alg: 'RS256' }), 'SIGNATURE_ALGORITHM_NOT_ALLOWED'],
  ['OBIE, a member twice', request(JSON.stringify(usual).replace('{', '{"alg":"none",')), 'JSON_MEMBER_TWICE'],
  ['OBIE, no body', request(usual, false, new Uint8Array(0)), 'SIGNATURE_COMPONENT_VALUE'],
  ['OBIE, a payload in the middle', changed((value) => value.replace('..', '.AAAA.')), 'JWS_SYNTAX'],
  ['OBIE, no signature', changed((value) => value.split('..')[0] as string), 'JWS_SYNTAX'],
]

/** Detached signatures over the body. Those that are accepted have a salt, and so stand in test/signing/obie.test.ts. */
export const obieVectors: readonly RequestVector[] = rows.map(([says, message, expected, profile = 'obie']) => ({
  kind: 'request',
  family: 'form',
  says,
  profile,
  message,
  expected,
}))
