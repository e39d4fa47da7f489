import type { CodeInfo, Leniency } from '../core/codes.ts'

/**
 * Everything that can be wrong with a JWK Set. `refuse` is always an error; `strict` is an error unless the caller accepts
 * that code by name, since another bank may take what this one refuses; `note` is said and refuses nothing.
 */
export const joseCodes = {
  JWK_SET_TYPE: rfc7517('refuse', '5', 'the JWK Set is no object', 'send { "keys": [ ... ] }'),
  JWK_SET_KEYS_MISSING: rfc7517(
    'refuse',
    '5.1',
    'the JWK Set has no member keys',
    'send { "keys": [ ... ] }, with the JWK in the array',
  ),
  JWK_SET_KEYS_TYPE: rfc7517('refuse', '5.1', 'keys is no array', 'put the JWK into an array: { "keys": [ ... ] }'),
  JWK_SET_EMPTY: bpce('refuse', 'jwks.keys', 'keys is empty', 'send the key of the QSealC'),
  JWK_SET_SEVERAL: bpce(
    'refuse',
    'jwks.keys',
    'there is more than one key, and which of them counts nobody says',
    'send the one key of the QSealC; a later one replaces it by an update',
  ),
  JWK_DUPLICATES_UNSEEN: {
    leniency: 'note',
    document: 'RFC 8259',
    clause: '4',
    says: 'an object was given: whether its text had a member twice can no longer be seen',
    mend: 'give the octets as they were received',
  },
  JWK_TYPE: rfc7517('refuse', '4', 'a key is no object', 'send the JWK itself in the array'),

  JWK_PRIVATE_KEY: rfc7517(
    'refuse',
    '9.2',
    'a part of a private key was sent: the key is burned',
    'have the certificate revoked, make a new key, and send public members only; the value was neither shown nor kept here',
  ),
  JWK_SYMMETRIC_KEY: {
    leniency: 'refuse',
    document: 'RFC 7518',
    clause: '6.4',
    says: 'a symmetric key was sent: it is a secret, it verifies no seal, and now it is burned',
    mend: 'stop using that secret, and send the public RSA key of the QSealC',
  },
  JWK_MEMBER_DANGEROUS: rfc7517(
    'refuse',
    '4',
    'a member has a name that objects have of themselves, which can poison a reader',
    'remove the member',
  ),
  JWK_MEMBER_FOREIGN: {
    leniency: 'refuse',
    document: 'RFC 7518',
    clause: '6',
    says: 'a member belongs to a key of another type: two readers could take two different keys',
    mend: 'remove the member',
  },
  JWK_MEMBER_MISSPELT: rfc7517('strict', '4', 'the name of a member is misspelt', 'write the name as it is defined'),
  JWK_MEMBER_UNKNOWN: rfc7517('note', '4', 'nobody here knows this member: it is ignored', 'remove the member'),
  JWK_MEMBER_NULL: rfc7517('note', '4', 'the member is null: it counts as absent', 'leave the member out'),
  JWK_MEMBER_MISSING: bpce('refuse', 'jwks', 'a member is missing', 'send the member'),
  JWK_MEMBER_TYPE: rfc7517('refuse', '4', 'a member has not its type', 'send the type that the member is defined with'),
  JWK_KTY: bpce('refuse', 'jwks kty', 'kty is not RSA', 'send "RSA", in capitals'),
  JWK_USE: bpce('refuse', 'jwks use', 'use is not sig', 'send "sig"'),
  JWK_ALG: bpce('refuse', 'jwks alg', 'alg is not RS256', 'send "RS256"'),
  JWK_KEY_OPS: bpce('refuse', 'jwks key_ops', 'key_ops is not verify alone', 'send ["verify"]'),
  JWK_KID_LENGTH: rfc7517(
    'refuse',
    '4.5',
    'kid has not 1 to 256 characters',
    'send the serial number of the certificate',
  ),
  JWK_KID_CHARACTER: rfc7517(
    'refuse',
    '4.5',
    'kid has a character that is not printable ASCII, or a blank at an end',
    'send the serial number of the certificate',
  ),
  JWK_KID_SEPARATOR: rfc7517(
    'strict',
    '4.5',
    'kid can leave the place where it is put: it has a slash, a backslash or a quotation mark, or is dots',
    'send the serial number of the certificate',
  ),
  JWK_X5U: bpce(
    'strict',
    'jwks x5u',
    'x5u is present: it is not used, and the address is never fetched',
    'leave x5u out; the certificate stands in x5c',
  ),
  JWK_X5T: bpce(
    'strict',
    'jwks x5t',
    'x5t is present: it is not used, and it is SHA-1',
    'leave x5t out; send x5t#S256',
  ),

  JWK_BASE64URL: {
    leniency: 'refuse',
    document: 'RFC 7515',
    clause: '2',
    says: 'a value is not base64url as it is defined: one text for one octet string',
    mend: 'encode the octets with the URL-safe alphabet, without padding and line breaks',
  },
  JWK_INTEGER_LEADING_ZERO: {
    leniency: 'refuse',
    document: 'RFC 7518',
    clause: '2',
    says: 'an integer is not in its shortest form: it is empty or begins with a zero octet',
    mend: 'remove the sign octet that DER puts before the modulus',
  },
  JWK_COORDINATE_LENGTH: {
    leniency: 'refuse',
    document: 'RFC 7518',
    clause: '6.2.1.2',
    says: 'a coordinate has not the length of its curve',
    mend: 'encode the coordinate with its leading zeros',
  },
  JWK_KEY_ABSENT: {
    leniency: 'note',
    document: 'RFC 7518',
    clause: '6.3.1',
    says: 'n and e are absent: the key is taken from the certificate',
    mend: 'send n and e: many libraries read no RSA key without them',
  },
  JWK_KEY_MISMATCH: rfc7517(
    'refuse',
    '4.7',
    'the key of the JWK is not the key of the certificate in x5c',
    'take the key from the certificate: psd2 jwks build',
  ),
  JWK_KEY_UNSUPPORTED: {
    leniency: 'refuse',
    document: 'RFC 7518',
    clause: '6',
    says: 'no JWK is defined here for a key of this kind',
    mend: 'use RSA, an uncompressed point on P-256, P-384 or P-521, or Ed25519',
  },

  JWK_X5C_EMPTY: bpce('refuse', 'jwks x5c', 'x5c is empty', 'send the QSealC'),
  JWK_X5C_SEVERAL: bpce(
    'refuse',
    'jwks x5c',
    'x5c has more than the one certificate',
    'send the QSealC alone, without the certificates of its issuers',
  ),
  JWK_X5C_BASE64: rfc7517(
    'refuse',
    '4.7',
    'the item of x5c is not standard base64 of the DER octets',
    'encode the DER with + and /, with padding, without line breaks and PEM lines',
  ),
  JWK_CERTIFICATE_KIND: bpce(
    'strict',
    'jwks x5c',
    'the certificate is no QSealC',
    'send the certificate for electronic seals; the QWAC is for TLS',
  ),
  JWK_CERTIFICATE_PSS: bpce(
    'strict',
    'Limits',
    'the certificate is signed with RSASSA-PSS, which the bank refuses',
    'ask the QTSP for a certificate signed with sha256WithRSAEncryption',
  ),
  JWK_CERTIFICATE_EXPIRED: {
    leniency: 'refuse',
    document: 'RFC 5280',
    clause: '4.1.2.5',
    says: 'the certificate has ended',
    mend: 'send the certificate that is valid now',
  },
  JWK_CERTIFICATE_NOT_YET_VALID: {
    leniency: 'refuse',
    document: 'RFC 5280',
    clause: '4.1.2.5',
    says: 'the certificate has not begun',
    mend: 'wait until it begins, or send the one that is valid now',
  },
  JWK_KEY_PSS: bpce(
    'strict',
    'Limits',
    'the key is bound to RSASSA-PSS: RS256 cannot be made with it',
    'have a certificate issued for an rsaEncryption key',
  ),
  JWK_KEY_NOT_RSA: bpce(
    'strict',
    'jwks kty',
    'the key of the certificate is not RSA',
    'have a certificate issued for an RSA key',
  ),
  JWK_KEY_SIZE: {
    leniency: 'strict',
    document: 'RFC 7518',
    clause: '3.3',
    says: 'the RSA key has less than 2048 bits',
    mend: 'make a key of 2048 bits or more',
  },

  JWK_X5T_S256_ENCODING: x5tS256('x5t#S256 is the right hash in the wrong encoding'),
  JWK_X5T_S256_INPUT: x5tS256('x5t#S256 is a hash of something else than the DER octets'),
  JWK_X5T_S256_HASH: x5tS256('x5t#S256 is made with another hash than SHA-256'),
  JWK_X5T_S256_THUMBPRINT: x5tS256('x5t#S256 is the thumbprint of the key (RFC 7638), not of the certificate'),
  JWK_X5T_S256_MISMATCH: x5tS256('x5t#S256 is not that of the certificate in x5c'),
} as const satisfies Record<string, CodeInfo>

export type JoseCode = keyof typeof joseCodes

/** Codes that a caller may accept by name. */
export const acceptableCodes: readonly JoseCode[] = (Object.keys(joseCodes) as JoseCode[]).filter(
  (code) => joseCodes[code].leniency === 'strict',
)

function rfc7517(leniency: Leniency, clause: string, says: string, mend: string): CodeInfo {
  return { leniency, document: 'RFC 7517', clause, says, mend }
}

function bpce(leniency: Leniency, clause: string, says: string, mend: string): CodeInfo {
  return { leniency, document: 'BPCE PSD2 Registration API', clause, says, mend }
}

function x5tS256(says: string): CodeInfo {
  return rfc7517('refuse', '4.9', says, 'send base64url, without padding, of the SHA-256 of the DER octets')
}
