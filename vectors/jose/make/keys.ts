import { seal } from './material.ts'
import { at, changed, type JoseVector, qsealc, setOf } from './vector.ts'

/** JWK-01, JWK-09 to JWK-11 and JWK-14: the key itself. */

const other = seal('qsealc-rsa-2048')
const elliptic = seal('qsealc-p-256')
const { jwk } = qsealc
const n = String(jwk.n)
const octets = Buffer.from(n, 'base64url')

/** The same octets for a lenient decoder: the last character has bits to spare. */
function withUnusedBits(text: string): string {
  const last = text.charCodeAt(text.length - 1)
  return text.slice(0, -1) + String.fromCharCode(last + 1)
}

/** A modulus of 385 octets has bits to spare in its last character; so has one of 256. */
const { n: n2048 } = other.jwk as { n: string }

const secrets: readonly JoseVector[] = ['d', 'p', 'q', 'dp', 'dq', 'qi'].map((name) =>
  changed(
    `private-${name}`,
    'JWK-09',
    `The member ${name} of a private key is there.`,
    { [name]: 'U0VDUkVULVNFQ1JFVC1TRUNSRVQ' },
    ['JWK_PRIVATE_KEY', at(name)],
  ),
)

export const keyVectors: readonly JoseVector[] = [
  changed('key-of-other-certificate', 'JWK-01', 'n is that of another key.', { n: other.jwk.n }, [
    'JWK_KEY_MISMATCH',
    at('n'),
  ]),
  changed('key-exponent-3', 'JWK-01', 'e is 3, the certificate has 65537.', { e: 'Aw' }, ['JWK_KEY_MISMATCH', at('e')]),
  changed(
    'key-x5c-of-other-key',
    'JWK-01',
    'x5c and x5t#S256 are those of another QSealC.',
    { x5c: other.jwk.x5c, 'x5t#S256': other.jwk['x5t#S256'] },
    ['JWK_KEY_MISMATCH', at('n')],
  ),
  changed(
    'key-n-one-bit',
    'JWK-01',
    'One bit of n is another.',
    { n: `${n.slice(0, -2)}${n.at(-2) === 'A' ? 'B' : 'A'}${n.at(-1)}` },
    ['JWK_KEY_MISMATCH', at('n')],
  ),
  changed('key-n-alone', 'JWK-01', 'e is missing.', { e: undefined }, ['JWK_MEMBER_MISSING', at('e')]),
  changed('key-e-alone', 'JWK-01', 'n is missing.', { n: undefined }, ['JWK_MEMBER_MISSING', at('n')]),
  ...secrets,
  changed(
    'private-oth',
    'JWK-09',
    'Further primes of a private key are there.',
    { oth: [{ r: 'AQ', d: 'AQ', t: 'AQ' }] },
    ['JWK_PRIVATE_KEY', at('oth')],
  ),
  changed(
    'private-whole',
    'JWK-09',
    'A whole private key is there.',
    { d: 'AQ', p: 'AQ', q: 'AQ', dp: 'AQ', dq: 'AQ', qi: 'AQ' },
    ['JWK_PRIVATE_KEY', at('d')],
    ['JWK_PRIVATE_KEY', at('p')],
    ['JWK_PRIVATE_KEY', at('q')],
    ['JWK_PRIVATE_KEY', at('dp')],
    ['JWK_PRIVATE_KEY', at('dq')],
    ['JWK_PRIVATE_KEY', at('qi')],
  ),
  changed('private-null', 'JWK-09', 'd is null: the member is refused, whatever it holds.', { d: null }, [
    'JWK_PRIVATE_KEY',
    at('d'),
  ]),
  {
    id: 'private-in-set',
    family: 'JWK-09',
    says: 'd stands beside keys.',
    text: JSON.stringify({ d: 'U0VDUkVU', keys: [jwk] }),
    findings: [['JWK_PRIVATE_KEY', '/d']],
  },
  {
    id: 'private-in-second-key',
    family: 'JWK-09',
    says: 'The second of two keys is private.',
    text: setOf(jwk, { ...jwk, d: 'U0VDUkVU' }),
    findings: [
      ['JWK_SET_SEVERAL', '/keys/1'],
      ['JWK_PRIVATE_KEY', '/keys/1/d'],
    ],
  },
  changed(
    'private-pem-in-x5c',
    'JWK-09',
    'x5c has a private key in PEM in place of the certificate.',
    { x5c: ['-----BEGIN PRIVATE KEY-----\nU0VDUkVU\n-----END PRIVATE KEY-----\n'] },
    ['JWK_PRIVATE_KEY', at('x5c/0')],
  ),
  changed('symmetric-k', 'JWK-10', 'The member k of a symmetric key is there.', { k: 'U0VDUkVU' }, [
    'JWK_SYMMETRIC_KEY',
    at('k'),
  ]),
  changed('symmetric-kty', 'JWK-10', 'kty is oct, with an x5c.', { kty: 'oct' }, ['JWK_SYMMETRIC_KEY', at('kty')]),
  {
    id: 'symmetric-whole',
    family: 'JWK-10',
    says: 'A symmetric key with the x5c of a QSealC.',
    text: setOf({ ...jwk, kty: 'oct', k: 'U0VDUkVU', n: undefined, e: undefined }),
    findings: [
      ['JWK_SYMMETRIC_KEY', at('k')],
      ['JWK_SYMMETRIC_KEY', at('kty')],
      ['JWK_KEY_ABSENT', '/keys/0', 'notice'],
    ],
  },
  ...(
    [
      ['ec', 'EC'],
      ['okp', 'OKP'],
      ['lower-case', 'rsa'],
      ['empty', ''],
      ['blank', 'RSA '],
      ['unknown', 'RSA-PSS'],
    ] as const
  ).map(([id, kty]) =>
    changed(`kty-${id}`, 'JWK-11', `kty is ${JSON.stringify(kty)}.`, { kty }, ['JWK_KTY', at('kty')]),
  ),
  changed('kty-missing', 'JWK-11', 'kty is missing.', { kty: undefined }, ['JWK_MEMBER_MISSING', at('kty')]),
  changed('kty-array', 'JWK-11', 'kty is an array.', { kty: ['RSA'] }, ['JWK_MEMBER_TYPE', at('kty')]),
  changed('kty-null', 'JWK-11', 'kty is null.', { kty: null }, ['JWK_MEMBER_TYPE', at('kty')]),
  changed(
    'kty-two-keys',
    'JWK-11',
    'The coordinates of an elliptic key stand beside n and e.',
    { crv: 'P-256', x: elliptic.jwk.x, y: elliptic.jwk.y },
    ['JWK_MEMBER_FOREIGN', at('crv')],
    ['JWK_MEMBER_FOREIGN', at('x')],
    ['JWK_MEMBER_FOREIGN', at('y')],
  ),
  {
    id: 'kty-elliptic-seal',
    family: 'JWK-11',
    says: 'A sound JWK of a QSealC with a key on P-256.',
    text: setOf({ ...elliptic.jwk, alg: 'ES256' }),
    findings: [
      ['JWK_KEY_NOT_RSA', at('x5c/0')],
      ['JWK_KTY', at('kty')],
      ['JWK_ALG', at('alg')],
      ['JWK_MEMBER_FOREIGN', at('crv')],
      ['JWK_MEMBER_FOREIGN', at('x')],
      ['JWK_MEMBER_FOREIGN', at('y')],
      ['JWK_KEY_ABSENT', '/keys/0', 'notice'],
    ],
  },
  changed(
    'n-leading-zero',
    'JWK-14',
    'n has the sign octet of DER.',
    { n: Buffer.concat([Buffer.of(0), octets]).toString('base64url') },
    ['JWK_INTEGER_LEADING_ZERO', at('n')],
  ),
  changed('n-standard-base64', 'JWK-14', 'n is in the alphabet with + and /.', { n: octets.toString('base64') }, [
    'JWK_BASE64URL',
    at('n'),
  ]),
  changed('n-padding', 'JWK-14', 'n has padding.', { n: `${n}=` }, ['JWK_BASE64URL', at('n')]),
  changed('n-line-break', 'JWK-14', 'n has a line break within.', { n: `${n.slice(0, 64)}\n${n.slice(64)}` }, [
    'JWK_BASE64URL',
    at('n'),
  ]),
  changed('n-blank', 'JWK-14', 'n has a blank at its end.', { n: `${n} ` }, ['JWK_BASE64URL', at('n')]),
  {
    id: 'n-unused-bits',
    family: 'JWK-14',
    says: 'The last character of n has bits that belong to no octet.',
    text: setOf({ ...other.jwk, n: withUnusedBits(n2048) }),
    findings: [['JWK_BASE64URL', at('n')]],
  },
  changed(
    'n-hexadecimal',
    'JWK-14',
    'n is hexadecimal, which base64url takes for other octets.',
    { n: octets.toString('hex') },
    ['JWK_KEY_MISMATCH', at('n')],
  ),
  changed('n-empty', 'JWK-14', 'n is empty.', { n: '' }, ['JWK_INTEGER_LEADING_ZERO', at('n')]),
  changed('n-number', 'JWK-14', 'n is a number.', { n: 65537 }, ['JWK_MEMBER_TYPE', at('n')]),
  changed('n-cut-off', 'JWK-14', 'n has a length that no octets have.', { n: n.slice(0, -3) }, [
    'JWK_BASE64URL',
    at('n'),
  ]),
  changed('e-leading-zero', 'JWK-14', 'e is AAEAAQ, with a leading zero octet.', { e: 'AAEAAQ' }, [
    'JWK_INTEGER_LEADING_ZERO',
    at('e'),
  ]),
  changed('e-unused-bits', 'JWK-14', 'e is Aw with unused bits set.', { e: 'Ax' }, ['JWK_BASE64URL', at('e')]),
  changed('e-number', 'JWK-14', 'e is the number 65537.', { e: 65537 }, ['JWK_MEMBER_TYPE', at('e')]),
  changed('e-zero', 'JWK-14', 'e is zero.', { e: 'AA' }, ['JWK_INTEGER_LEADING_ZERO', at('e')]),
  changed('e-padding', 'JWK-14', 'e has padding.', { e: 'AQ==' }, ['JWK_BASE64URL', at('e')]),
]
