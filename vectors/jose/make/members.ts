import { at, changed, type JoseVector, qsealc, setOf } from './vector.ts'

/** JWK-12, JWK-13 and JWK-15 to JWK-18: the other members, the set, and the JSON text. */

const { jwk } = qsealc
const text = setOf(jwk)

function raw(
  id: string,
  family: string,
  says: string,
  content: string,
  ...findings: JoseVector['findings']
): JoseVector {
  return { id, family, says, text: content, findings }
}

/** The sound text with a member put before the first one. */
function withMember(member: string): string {
  return text.replace('"kty"', `${member},\n   "kty"`)
}

export const memberVectors: readonly JoseVector[] = [
  ...['HS256', 'PS256', 'none', 'RS512', 'RS384', 'ES256', 'rs256', 'RSA-OAEP', ''].map((alg) =>
    changed(
      `alg-${alg === 'rs256' ? 'lower-case' : alg.toLowerCase() || 'empty'}`,
      'JWK-12',
      `alg is ${JSON.stringify(alg)}.`,
      { alg },
      ['JWK_ALG', at('alg')],
    ),
  ),
  changed('alg-missing', 'JWK-12', 'alg is missing.', { alg: undefined }, ['JWK_MEMBER_MISSING', at('alg')]),
  changed('alg-array', 'JWK-12', 'alg is an array.', { alg: ['RS256'] }, ['JWK_MEMBER_TYPE', at('alg')]),

  changed('use-enc', 'JWK-13', 'use is enc.', { use: 'enc' }, ['JWK_USE', at('use')]),
  changed('use-upper-case', 'JWK-13', 'use is SIG.', { use: 'SIG' }, ['JWK_USE', at('use')]),
  changed('use-missing', 'JWK-13', 'use is missing.', { use: undefined }, ['JWK_MEMBER_MISSING', at('use')]),
  changed('key-ops-sign', 'JWK-13', 'key_ops is sign.', { key_ops: ['sign'] }, ['JWK_KEY_OPS', at('key_ops')]),
  changed('key-ops-sign-too', 'JWK-13', 'key_ops has sign beside verify.', { key_ops: ['verify', 'sign'] }, [
    'JWK_KEY_OPS',
    at('key_ops'),
  ]),
  changed('key-ops-encrypt-too', 'JWK-13', 'key_ops has encrypt beside verify.', { key_ops: ['verify', 'encrypt'] }, [
    'JWK_KEY_OPS',
    at('key_ops'),
  ]),
  changed('key-ops-twice', 'JWK-13', 'key_ops has verify twice.', { key_ops: ['verify', 'verify'] }, [
    'JWK_KEY_OPS',
    at('key_ops'),
  ]),
  changed('key-ops-empty', 'JWK-13', 'key_ops is empty.', { key_ops: [] }, ['JWK_KEY_OPS', at('key_ops')]),
  changed('key-ops-text', 'JWK-13', 'key_ops is a text.', { key_ops: 'verify' }, ['JWK_MEMBER_TYPE', at('key_ops')]),
  changed('key-ops-number', 'JWK-13', 'key_ops has a number.', { key_ops: ['verify', 1] }, [
    'JWK_MEMBER_TYPE',
    at('key_ops'),
  ]),
  changed('key-ops-missing', 'JWK-13', 'key_ops is missing.', { key_ops: undefined }, [
    'JWK_MEMBER_MISSING',
    at('key_ops'),
  ]),
  changed(
    'keys-ops',
    'JWK-13',
    'key_ops is spelt keys_ops, as a body that a bank took had it.',
    { key_ops: undefined, keys_ops: ['verify'] },
    ['JWK_MEMBER_MISSPELT', at('keys_ops')],
  ),
  changed(
    'keys-ops-sign',
    'JWK-13',
    'key_ops is spelt keys_ops and says sign.',
    { key_ops: undefined, keys_ops: ['sign'] },
    ['JWK_MEMBER_MISSPELT', at('keys_ops')],
    ['JWK_KEY_OPS', at('keys_ops')],
  ),
  changed(
    'keys-ops-beside',
    'JWK-13',
    'keys_ops with sign stands beside key_ops with verify.',
    { keys_ops: ['sign'] },
    ['JWK_MEMBER_MISSPELT', at('keys_ops')],
  ),
  {
    ...changed(
      'keys-ops-accepted',
      'control',
      'key_ops is spelt keys_ops, and the caller accepts it.',
      { key_ops: undefined, keys_ops: ['verify'] },
      ['JWK_MEMBER_MISSPELT', at('keys_ops'), 'notice'],
    ),
    accept: ['JWK_MEMBER_MISSPELT'],
  },

  raw('two-keys-same-kid', 'JWK-15', 'Two keys have the same kid.', setOf(jwk, { ...jwk, n: 'AQAB' }), [
    'JWK_SET_SEVERAL',
    '/keys/1',
  ]),
  raw('two-keys-other-kid', 'JWK-15', 'A second key has another kid.', setOf(jwk, { ...jwk, kid: 'second' }), [
    'JWK_SET_SEVERAL',
    '/keys/1',
  ]),
  raw('two-keys-same', 'JWK-15', 'The key is there twice.', setOf(jwk, jwk), ['JWK_SET_SEVERAL', '/keys/1']),
  raw('keys-empty', 'JWK-15', 'keys is empty.', '{"keys":[]}', ['JWK_SET_EMPTY', '/keys']),
  raw('keys-object', 'JWK-15', 'keys is an object.', JSON.stringify({ keys: jwk }), ['JWK_SET_KEYS_TYPE', '/keys']),
  raw('keys-null', 'JWK-15', 'keys is null.', '{"keys":null}', ['JWK_SET_KEYS_TYPE', '/keys']),
  raw('keys-of-null', 'JWK-15', 'The key is null.', '{"keys":[null]}', ['JWK_TYPE', '/keys/0']),
  raw('keys-of-array', 'JWK-15', 'The key is an array.', JSON.stringify({ keys: [[jwk]] }), ['JWK_TYPE', '/keys/0']),
  raw('keys-missing', 'JWK-15', 'The set is an empty object.', '{}', ['JWK_SET_KEYS_MISSING', '/keys']),
  raw('keys-misspelt', 'JWK-15', 'keys is spelt Keys.', JSON.stringify({ Keys: [jwk] }), [
    'JWK_MEMBER_MISSPELT',
    '/Keys',
  ]),
  raw('set-array', 'JWK-15', 'The set is an array.', JSON.stringify([jwk]), ['JWK_SET_TYPE', '']),
  raw('set-null', 'JWK-15', 'The set is null.', 'null', ['JWK_SET_TYPE', '']),
  raw('set-text', 'JWK-15', 'The set is a text that holds a set.', JSON.stringify(text), ['JWK_SET_TYPE', '']),
  raw(
    'set-bare-key',
    'JWK-15',
    'The key stands without a set around it.',
    JSON.stringify({ kty: 'RSA' }),
    ['JWK_MEMBER_UNKNOWN', '/kty', 'notice'],
    ['JWK_SET_KEYS_MISSING', '/keys'],
  ),

  changed('kid-missing', 'JWK-16', 'kid is missing.', { kid: undefined }, ['JWK_MEMBER_MISSING', at('kid')]),
  changed('kid-number', 'JWK-16', 'kid is a number.', { kid: 5 }, ['JWK_MEMBER_TYPE', at('kid')]),
  changed('kid-empty', 'JWK-16', 'kid is empty.', { kid: '' }, ['JWK_KID_LENGTH', at('kid')]),
  changed('kid-257', 'JWK-16', 'kid has 257 characters.', { kid: '1'.repeat(257) }, ['JWK_KID_LENGTH', at('kid')]),
  changed('kid-path', 'JWK-16', 'kid climbs out of a folder.', { kid: '../../etc/passwd' }, [
    'JWK_KID_SEPARATOR',
    at('kid'),
  ]),
  changed('kid-dots', 'JWK-16', 'kid is two dots.', { kid: '..' }, ['JWK_KID_SEPARATOR', at('kid')]),
  changed('kid-backslash', 'JWK-16', 'kid has a backslash.', { kid: '..\\..\\key' }, ['JWK_KID_SEPARATOR', at('kid')]),
  changed('kid-quotation', 'JWK-16', 'kid ends the quoted text of a keyId.', { kid: '1",algorithm="none' }, [
    'JWK_KID_SEPARATOR',
    at('kid'),
  ]),
  changed('kid-line-break', 'JWK-16', 'kid begins a header of its own.', { kid: '1\r\nX-Admin: 1' }, [
    'JWK_KID_CHARACTER',
    at('kid'),
  ]),
  changed('kid-nul', 'JWK-16', 'kid has a NUL.', { kid: '1\u0000' }, ['JWK_KID_CHARACTER', at('kid')]),
  changed('kid-escape', 'JWK-16', 'kid moves the cursor of a terminal.', { kid: '\u001b[2J1' }, [
    'JWK_KID_CHARACTER',
    at('kid'),
  ]),
  changed('kid-right-to-left', 'JWK-16', 'kid turns its line around.', { kid: '1\u202e2' }, [
    'JWK_KID_CHARACTER',
    at('kid'),
  ]),
  changed('kid-full-width', 'JWK-16', 'kid has a digit that looks like another.', { kid: '１2' }, [
    'JWK_KID_CHARACTER',
    at('kid'),
  ]),
  changed('kid-blank', 'JWK-16', 'kid ends in a blank.', { kid: '1 ' }, ['JWK_KID_CHARACTER', at('kid')]),

  raw('member-proto', 'JWK-17', 'A member is named __proto__.', withMember('"__proto__":{"kty":"oct","alg":"none"}'), [
    'JWK_MEMBER_DANGEROUS',
    at('__proto__'),
  ]),
  raw(
    'member-proto-of-set',
    'JWK-17',
    'A member of the set is named __proto__.',
    JSON.stringify({ keys: [jwk] }).replace('{', '{"__proto__":{"keys":[]},'),
    ['JWK_MEMBER_DANGEROUS', '/__proto__'],
  ),
  raw(
    'member-proto-whole',
    'JWK-17',
    'All members stand in __proto__.',
    `{"keys":[{"__proto__":${JSON.stringify(jwk)}}]}`,
    ['JWK_MEMBER_DANGEROUS', at('__proto__')],
    ...(['x5c', 'kty', 'use', 'alg', 'key_ops', 'kid'] as const).map(
      (name) => ['JWK_MEMBER_MISSING', at(name)] as const,
    ),
    ['JWK_KEY_ABSENT', '/keys/0', 'notice'],
    ['JWK_MEMBER_MISSING', at('x5t#S256')],
  ),
  ...['constructor', 'toString', 'hasOwnProperty', 'prototype', 'valueOf'].map((name) =>
    changed(
      `member-${name.toLowerCase()}`,
      'JWK-17',
      `A member is named ${name}.`,
      { [name]: { prototype: { alg: 'none' } } },
      ['JWK_MEMBER_DANGEROUS', at(name)],
    ),
  ),
  changed('member-unknown', 'control', 'There is a member that nobody knows.', { iat: 1767225600 }, [
    'JWK_MEMBER_UNKNOWN',
    at('iat'),
    'notice',
  ]),
  changed(
    'member-unknown-pointer',
    'control',
    'The name of an unknown member has the signs of a JSON Pointer.',
    { 'a/b~c': {} },
    ['JWK_MEMBER_UNKNOWN', at('a~1b~0c'), 'notice'],
  ),

  raw('twice-n', 'JWK-18', 'n is there twice.', withMember('"n":"AQAB"'), ['JSON_MEMBER_TWICE', at('n')]),
  raw('twice-same', 'JWK-18', 'alg is there twice with the same value.', withMember('"alg":"RS256"'), [
    'JSON_MEMBER_TWICE',
    at('alg'),
  ]),
  raw('twice-escaped', 'JWK-18', 'kid is there twice, once with an escape.', withMember('"\\u006bid":"1"'), [
    'JSON_MEMBER_TWICE',
    at('kid'),
  ]),
  raw('twice-keys', 'JWK-18', 'keys is there twice.', `{"keys":[],"keys":[${JSON.stringify(jwk)}]}`, [
    'JSON_MEMBER_TWICE',
    '/keys',
  ]),
  raw(
    'twice-in-unknown',
    'JWK-18',
    'A member within an unknown member is there twice.',
    withMember('"iat":{"a":1,"a":2}'),
    ['JSON_MEMBER_TWICE', at('iat/a')],
  ),
  raw('json-byte-order-mark', 'JWK-18', 'The text begins with a byte order mark.', `\ufeff${text}`, [
    'JSON_SYNTAX',
    '',
  ]),
  raw('json-two-texts', 'JWK-18', 'Two texts follow one another.', `${text}${text}`, ['JSON_TRAILING_DATA', '']),
  raw('json-comment', 'JWK-18', 'There is a comment.', text.replace('{', '{ // key'), ['JSON_SYNTAX', '']),
  raw('json-cut-off', 'JWK-18', 'The text is cut off.', text.slice(0, text.indexOf('"sig"')), [
    'JSON_TRUNCATED',
    at('use'),
  ]),
]
