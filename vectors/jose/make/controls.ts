import { seal } from './material.ts'
import { at, changed, type JoseVector, qsealc, setOf } from './vector.ts'

/** What must be accepted. */

const { jwk } = qsealc

function whole(id: string, says: string, name: string): JoseVector {
  return { id, family: 'control', says, text: setOf(seal(name).jwk), findings: [] }
}

const elliptic = seal('qsealc-p-256').jwk
const edwards = seal('qsealc-ed25519').jwk
const notRsa = ['JWK_KEY_NOT_RSA', at('x5c/0'), 'notice'] as const

export const controlVectors: readonly JoseVector[] = [
  whole('control', 'The JWK Set of a QSealC with all defaults.', 'qsealc'),
  {
    ...whole('control-first-second', 'Verified in the second in which the certificate begins.', 'qsealc'),
    at: '2026-01-01T00:00:00Z',
  },
  {
    ...whole('control-last-second', 'Verified in the last second of the certificate.', 'qsealc'),
    at: '2027-12-31T23:59:59Z',
  },
  {
    id: 'control-compact',
    family: 'control',
    says: 'The text has no white space.',
    text: JSON.stringify({ keys: [jwk] }),
    findings: [],
  },
  {
    id: 'control-reversed',
    family: 'control',
    says: 'The members stand in another order.',
    text: setOf(Object.fromEntries(Object.entries(jwk).reverse())),
    findings: [],
  },
  {
    id: 'control-escaped',
    family: 'control',
    says: 'Names and values have escapes.',
    text: setOf(jwk)
      .replace('"kty"', '"\\u006bty"')
      .replace('"sig"', '"\\u0073ig"')
      .replace('x5t#S256', 'x5t\\u0023S256'),
    findings: [],
  },
  whole('control-rsa-2048', 'The key has 2048 bits.', 'qsealc-rsa-2048'),
  whole('control-rsa-4096', 'The key has 4096 bits.', 'qsealc-rsa-4096'),
  whole('control-rs512', 'The certificate is signed with SHA-512, the key makes RS256.', 'qsealc-rs512'),
  whole('control-ecdsa-issuer', 'The certificate is signed with ECDSA, the key is RSA.', 'qsealc-ecdsa-issuer'),
  whole('control-serial-one', 'kid is 1.', 'qsealc-serial-one'),
  whole('control-expired', 'The certificate has ended, and no moment is asked for.', 'qsealc-expired'),
  changed(
    'control-without-n-and-e',
    'control',
    'n and e are absent, as the page of the bank has it.',
    { n: undefined, e: undefined },
    ['JWK_KEY_ABSENT', '/keys/0', 'notice'],
  ),
  changed(
    'control-null-x5u',
    'control',
    'x5u and x5t are null, as answers of the bank have them.',
    { x5u: null, x5t: null },
    ['JWK_MEMBER_NULL', at('x5u'), 'notice'],
    ['JWK_MEMBER_NULL', at('x5t'), 'notice'],
  ),
  changed('control-kid-256', 'control', 'kid has 256 characters.', { kid: '1'.repeat(256) }),
  changed('control-kid-sql', 'control', 'kid has the signs of other languages, which are text here.', {
    kid: "1'; DROP TABLE keys; -- <b>&{{7*7}}",
  }),
  changed('control-kid-inner-blank', 'control', 'kid has a blank within.', { kid: 'QSealC 2026' }),
  {
    ...changed(
      'control-x5u-accepted',
      'control',
      'x5u is there, and the caller accepts it.',
      { x5u: 'https://psp.example/' },
      ['JWK_X5U', at('x5u'), 'notice'],
    ),
    accept: ['JWK_X5U'],
  },
  {
    ...whole(
      'control-pss-accepted',
      'The certificate is signed with RSASSA-PSS, and the caller accepts it.',
      'qsealc-pss-signature',
    ),
    accept: ['JWK_CERTIFICATE_PSS'],
    findings: [['JWK_CERTIFICATE_PSS', at('x5c/0'), 'notice']],
  },
  {
    ...whole('control-qwac-accepted', 'The certificate is the QWAC, and the caller accepts it.', 'qwac'),
    accept: ['JWK_CERTIFICATE_KIND'],
    findings: [['JWK_CERTIFICATE_KIND', at('x5c/0'), 'notice']],
  },
  {
    id: 'control-p-256-accepted',
    family: 'control',
    says: 'The key is on P-256, and the caller accepts it.',
    text: setOf({ ...elliptic, alg: 'ES256' }),
    accept: ['JWK_KEY_NOT_RSA'],
    findings: [notRsa],
  },
  {
    id: 'control-ed25519-accepted',
    family: 'control',
    says: 'The key is Ed25519, and the caller accepts it.',
    text: setOf({ ...edwards, alg: 'EdDSA' }),
    accept: ['JWK_KEY_NOT_RSA'],
    findings: [notRsa],
  },
  {
    id: 'p-256-accepted-alg',
    family: 'JWK-12',
    says: 'The key is on P-256, which the caller accepts; alg is RS256.',
    text: setOf(elliptic),
    accept: ['JWK_KEY_NOT_RSA'],
    findings: [notRsa, ['JWK_ALG', at('alg')]],
  },
  {
    id: 'p-256-accepted-coordinate',
    family: 'JWK-14',
    says: 'The key is on P-256, which the caller accepts; x lacks its first octet.',
    text: setOf({
      ...elliptic,
      alg: 'ES256',
      x: Buffer.from(String(elliptic.x), 'base64url').subarray(1).toString('base64url'),
    }),
    accept: ['JWK_KEY_NOT_RSA'],
    findings: [notRsa, ['JWK_COORDINATE_LENGTH', at('x')]],
  },
]
