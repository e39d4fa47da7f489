import type { CodeInfo } from '../core/codes.ts'

const rfc9110 = table('RFC 9110')
const rfc9112 = table('RFC 9112')
const rfc9651 = table('RFC 9651')
const rfc9421 = table('RFC 9421')
const rfc9530 = table('RFC 9530')
const rfc3230 = table('RFC 3230')
const cavage12 = table('draft-cavage-http-signatures-12')
const jades = table('ETSI TS 119 182-1')
const obie = (says: string, mend: string): CodeInfo =>
  table('Open Banking UK Read/Write API')('message signing', says, mend)
const rfc7515 = table('RFC 7515')

/** Everything for which an HTTP message, its digest or its signature is refused. */
export const httpCodes = {
  // The message itself
  HTTP_METHOD: rfc9110('9.1', 'the method is no token', 'send a method such as POST'),
  HTTP_STATUS: rfc9110('15', 'the status is no number from 100 to 599', 'give the status code of the response'),
  HTTP_TARGET: rfc9112(
    '3.2',
    'the request target is in none of the four forms',
    'give the target as on the request line: the path with its query, percent-encoded',
  ),
  HTTP_TARGET_FRAGMENT: rfc9112('3.2', 'the request target has a fragment', 'a fragment is never sent: cut it off'),
  HTTP_FIELD_NAME: rfc9110('5.1', 'the name of a header is no token', 'use letters, digits and -'),
  HTTP_FIELD_VALUE: rfc9110(
    '5.5',
    'the value of a header has a control character or one beyond a single octet',
    'remove it: a line break in a value forges another line of what is signed',
  ),
  HTTP_FIELD_FOLDED: rfc9112('5.2', 'the value of a header is folded over lines', 'send the value on one line'),
  HTTP_HOST_TWICE: rfc9112('3.2', 'there are two Host headers', 'send one'),
  HTTP_HOST_DIFFERS: rfc9112(
    '3.2.2',
    'Host differs from the authority of the target',
    'send the same authority in both',
  ),
  LIMIT_HEADERS: rfc9110('5.4', 'there are more headers than allowed', 'send fewer'),
  LIMIT_HEADER_VALUE: rfc9110('5.4', 'the value of a header is longer than allowed', 'send a shorter one'),
  LIMIT_TARGET: rfc9112('3', 'the request target is longer than allowed', 'send a shorter one'),
  LIMIT_BODY: rfc9110('15.5.14', 'the body is longer than allowed', 'send less, or raise the limit'),

  // Structured fields
  STRUCTURED_FIELD_SYNTAX: rfc9651('4.2', 'this is no structured field of its type', 'serialise the field as defined'),
  STRUCTURED_FIELD_TWICE: rfc9651(
    '4.2.2',
    'a key occurs twice, and readers differ in which one they take',
    'send every key once',
  ),
  STRUCTURED_FIELD_NUMBER: rfc9651('4.2.4', 'a number has too many digits', 'send at most 15 digits'),
  STRUCTURED_FIELD_BASE64: rfc9651(
    '4.2.7',
    'a byte sequence is not strict base64',
    'use the standard alphabet, padded, without unused bits',
  ),
  LIMIT_STRUCTURED_FIELD: rfc9651('4.2', 'a structured field has more members than allowed', 'send fewer'),

  // Digests
  DIGEST_MISSING: rfc9530('6.3', 'there is no digest of the body', 'send the digest field, and sign it'),
  DIGEST_SYNTAX: rfc3230('4.3.2', 'the digest field cannot be read', 'send Digest: SHA-256=<base64>'),
  DIGEST_ALGORITHM_WEAK: rfc9530('5', 'the digest algorithm is broken', 'use SHA-256 or SHA-512'),
  DIGEST_ALGORITHM_UNKNOWN: rfc9530('5', 'no digest is by an algorithm that is known', 'use SHA-256 or SHA-512'),
  DIGEST_ALGORITHM_NOT_ALLOWED: rfc9530(
    '6.7',
    'no digest is by an algorithm that this profile accepts',
    'use the algorithm that the receiver documents',
  ),
  DIGEST_ALGORITHM_TWICE: rfc9530('2', 'a digest algorithm occurs twice', 'send one digest per algorithm'),
  DIGEST_KEY_CASE: rfc9530('2', 'an algorithm is in upper case', 'write sha-256, in lower case'),
  DIGEST_NOT_BYTES: rfc9530('2', 'a digest is not between colons', 'write sha-256=:<base64>:'),
  DIGEST_COLONS: rfc3230(
    '4.3.2',
    'a digest is between colons, which is the form of Content-Digest',
    'remove the colons',
  ),
  DIGEST_QUOTED: rfc3230('4.3.2', 'a digest is quoted', 'remove the quotation marks'),
  DIGEST_BARE: rfc3230('4.3.2', 'the digest has no algorithm before it', 'write SHA-256=<base64>'),
  DIGEST_HEX: rfc3230('4.1.1', 'the digest is hexadecimal', 'encode the octets of the hash as base64'),
  DIGEST_BASE64_OF_HEX: rfc3230(
    '4.1.1',
    'the digest is the base64 of the hexadecimal text',
    'encode the octets of the hash, not their hexadecimal text',
  ),
  DIGEST_BASE64URL: rfc3230('4.1.1', 'the digest is base64url', 'use the standard alphabet with + and /'),
  DIGEST_PADDING: rfc3230('4.1.1', 'the padding of the digest is not right', 'pad with = to a multiple of four'),
  DIGEST_BASE64: rfc3230('4.1.1', 'the digest is not strict base64', 'encode the octets anew'),
  DIGEST_LENGTH: rfc9530('2', 'the digest has not the length of its algorithm', 'send the whole hash'),
  DIGEST_MISMATCH: rfc9530('6.3', 'the digest is not that of the body', 'hash the octets of the body as they are sent'),
  DIGEST_OF_EMPTY: rfc9530(
    '6.3',
    'the digest is that of no octets, but there is a body',
    'hash the body after it was written',
  ),
  DIGEST_NEWLINE: rfc9530(
    '6.3',
    'the digest is that of the body but for a line break at its end',
    'hash the octets that are sent, the last line break as it is',
  ),
  DIGEST_LINE_ENDS: rfc9530(
    '6.3',
    'the digest is that of the body with other line ends',
    'something on the way changed CRLF or LF: send the octets that were hashed',
  ),
  DIGEST_BYTE_ORDER_MARK: rfc9530(
    '6.3',
    'the digest is that of the body but for a byte order mark',
    'hash the octets that are sent, and send no byte order mark',
  ),
  DIGEST_RESERIALISED: rfc9530(
    '6.3',
    'the digest is that of the JSON without its white space',
    'hash the octets that are sent, never the JSON written anew',
  ),
  DIGEST_FIELDS_DISAGREE: rfc9530('6.3', 'two digest fields name different hashes', 'send one, or the same in both'),
  DIGEST_REPRESENTATION: rfc9530(
    '3.1',
    'Repr-Digest is of the whole representation, and this is a part of it',
    'use Content-Digest for partial content',
  ),

  // What every signature has
  SIGNATURE_MISSING: rfc9421('3.2', 'there is no signature', 'sign the message'),
  SIGNATURE_SYNTAX: cavage12(
    '2.1',
    'the parameters of the signature cannot be read',
    'write name="value", with commas',
  ),
  SIGNATURE_ESCAPE: cavage12('2.1', 'a value has an escape other than \\" and \\\\', 'write a backslash as \\\\'),
  SIGNATURE_DUPLICATE_PARAMETER: cavage12('2.2', 'a parameter of the signature occurs twice', 'send it once'),
  SIGNATURE_PARAMETER_UNKNOWN: cavage12(
    '2.2',
    'a parameter of the signature is none of this dialect',
    'names are keyId, signature, headers, algorithm, and in -12 created and expires, in exactly this case',
  ),
  SIGNATURE_PARAMETER_MISSING: rfc9421('2.3', 'a parameter that must be there is missing', 'send the parameter'),
  SIGNATURE_PARAMETER_TYPE: rfc9421('2.3', 'a parameter of the signature has a wrong type', 'send the type as defined'),
  SIGNATURE_KEY_ID: cavage12('2.1.1', 'keyId is empty', 'name the key'),
  SIGNATURE_BASE64: cavage12('2.1.2', 'the signature is not strict base64', 'use the standard alphabet, padded'),
  SIGNATURE_EMPTY: cavage12('2.1.2', 'the signature has no octets', 'send the signature'),
  SIGNATURE_SCHEME_WORD: cavage12(
    '4.1',
    'the Signature header begins with the word Signature, which belongs into Authorization',
    'send the parameters alone',
  ),
  SIGNATURE_AMBIGUOUS: rfc9421('3.2', 'there are several signatures, and nothing says which one counts', 'send one'),
  SIGNATURE_HEADERS_EMPTY: cavage12('2.1.6', 'the list of headers is empty', 'list what is signed'),
  SIGNATURE_HEADERS_LIST: cavage12('2.1.6', 'the list of headers is malformed', 'one space between lower-case names'),
  SIGNATURE_HEADERS_CASE: cavage12('2.1.6', 'the list of headers has upper case', 'write the names in lower case'),
  SIGNATURE_COMPONENT_TWICE: rfc9421('2', 'something is covered twice', 'list it once'),
  SIGNATURE_COMPONENT_UNKNOWN: rfc9421('2.2', 'a component is unknown', 'cover what the dialect defines'),
  SIGNATURE_COMPONENT_PARAMETER: rfc9421(
    '2.1',
    'a component has parameters that do not fit it',
    'see RFC 9421 clause 2.1',
  ),
  SIGNATURE_COMPONENT_VALUE: rfc9421('2.5', 'the value of a component cannot be formed', 'cover what the message has'),
  SIGNATURE_HEADER_ABSENT: rfc9421('2.1', 'a header that is covered is not in the message', 'send the header'),
  SIGNATURE_HEADER_TWICE: rfc9110('5.3', 'a header that has one value occurs twice', 'send it once'),
  SIGNATURE_NON_ASCII: rfc9421(
    '2.1',
    'the value of a component is not ASCII',
    'cover it with ;bs, or encode the value',
  ),
  SIGNATURE_QUERY_PARAM: rfc9421(
    '2.2.8',
    'a parameter of the query is absent, occurs twice, or is no UTF-8',
    'cover @query instead',
  ),
  SIGNATURE_CREATED_WITH_ALGORITHM: cavage12(
    '2.3',
    '(created) and (expires) must not be covered under an algorithm that begins with rsa, hmac or ecdsa',
    'use hs2019, or leave them out',
  ),
  SIGNATURE_TIME: cavage12(
    '2.1.4',
    'created or expires is no integer of seconds since 1970',
    'write it without quotes',
  ),
  SIGNATURE_LABEL_UNPAIRED: rfc9421('4', 'a label is in one of Signature-Input and Signature only', 'send both'),
  SIGNATURE_LABEL_ABSENT: rfc9421('3.2', 'the signature that was asked for is not there', 'use the label as agreed'),
  SIGNATURE_REQUEST_MISSING: rfc9421(
    '2.4',
    'the response is bound to a request that was not given',
    'give the request',
  ),
  LIMIT_SIGNATURES: rfc9421('7.5.7', 'there are more signatures than allowed', 'send fewer'),
  LIMIT_COMPONENTS: rfc9421('7.5.7', 'a signature covers more components than allowed', 'cover fewer'),
  LIMIT_SIGNATURE_FIELD: rfc9421('7.5.7', 'the signature field is longer than allowed', 'send a shorter one'),

  // Algorithm and key
  SIGNATURE_ALGORITHM_WEAK: cavage12('E.2', 'the algorithm is broken', 'use rsa-sha256 or better'),
  SIGNATURE_ALGORITHM_DEPRECATED: cavage12('E.2', 'the algorithm is deprecated in this draft', 'use hs2019'),
  SIGNATURE_ALGORITHM_UNKNOWN: rfc9421('6.2', 'the algorithm is unknown', 'use a registered name'),
  SIGNATURE_ALGORITHM_NOT_ALLOWED: rfc9421('3.2', 'the algorithm is not among those accepted', 'use an accepted one'),
  SIGNATURE_ALGORITHM_MISMATCH: rfc9421(
    '3.2',
    'the algorithm that the message names is not that of the key',
    'name the algorithm of the key, or none',
  ),
  SIGNATURE_INVALID: rfc9421('3.2', 'the signature does not verify', 'compare what was signed line by line'),

  // Policy
  SIGNATURE_REQUIRED_NOT_COVERED: rfc9421('7.2.1', 'something that must be signed is not covered', 'cover it'),
  SIGNATURE_PRESENT_NOT_COVERED: rfc9421(
    '7.2.1',
    'the message has a header that must be signed where it is present, and it is not covered',
    'cover the header, or do not send it',
  ),
  SIGNATURE_FORBIDDEN_COVERED: rfc9421('7.2.1', 'something is covered that this profile excludes', 'leave it out'),
  SIGNATURE_HEADER_REQUIRED: rfc9421('7.2.1', 'a header that the profile requires is missing', 'send the header'),
  SIGNATURE_HOST: rfc9421(
    '7.4.3',
    'Host is not the host of the receiver',
    'send the message to the host it was signed for',
  ),
  SIGNATURE_TAG: rfc9421('7.2.5', 'the tag is not that of the application', 'sign with the tag as agreed'),
  SIGNATURE_TIME_MISSING: rfc9421('7.2.2', 'nothing that is signed says when the message was signed', 'cover a time'),
  SIGNATURE_CREATED_IN_FUTURE: rfc9421('3.2', 'the message was signed in the future', 'set the clock'),
  SIGNATURE_TOO_OLD: rfc9421('7.2.2', 'the signature is too old', 'sign again'),
  SIGNATURE_EXPIRED: rfc9421('3.2', 'the signature has expired', 'sign again'),
  SIGNATURE_EXPIRES_BEFORE_CREATED: rfc9421('2.3', 'the signature expires before it was made', 'set expires later'),
  SIGNATURE_DATE: rfc9110('5.6.7', 'Date is no date in the form of RFC 9110', 'write Sun, 06 Nov 1994 08:49:37 GMT'),
  SIGNATURE_REQUEST_ID: rfc9421('7.2.2', 'the id of the request is empty, too long or no visible ASCII', 'send a UUID'),
  SIGNATURE_REPLAYED: rfc9421('7.2.2', 'this request was received before', 'send every request with a new id'),
  SIGNATURE_REPLAY_STORE: rfc9421('7.2.2', 'the store of received requests did not answer', 'try again later'),

  // JAdES with HttpHeaders
  JADES_SYNTAX: rfc7515('3.1', 'x-jws-signature is no detached JWS', 'send <header>..<signature>'),
  JADES_HEADER: jades('5', 'the protected header of the JWS is not as JAdES has it', 'see ETSI TS 119 182-1 clause 5'),
  JADES_CRITICAL: rfc7515(
    '4.1.11',
    'crit is empty, has duplicates, or names what is absent or not understood',
    'mend crit',
  ),
  JADES_B64: jades('5.2.8.2', 'b64 must be false and named in crit', 'set b64 to false'),
  JADES_MECHANISM: jades(
    '5.2.8',
    'sigD is not by the mechanism HttpHeaders',
    'use http://uri.etsi.org/19182/HttpHeaders',
  ),
  JADES_KEY_SOURCE: jades(
    '5.1',
    'the header brings its own key (jwk, jku or x5u)',
    'name the certificate by x5t#S256 or x5c',
  ),
  JWS_SYNTAX: rfc7515('appendix F', 'x-jws-signature is no detached JWS', 'send <header>..<signature>'),
  JWS_HEADER: obie(
    'the protected header of the JWS lacks a member, or has one that the scheme does not know',
    'send alg, kid, the three members of the scheme, crit, and typ and cty where wanted',
  ),
  JWS_CRITICAL: obie('crit does not name exactly what it must', 'name iat, iss and tan, and b64 where the body is raw'),
  JWS_B64: obie(
    'b64 is there and must not be, or is missing and must be false',
    'leave b64 out from version 3.1.4 on; before, set it to false',
  ),
  JWS_TRUST_ANCHOR: obie('tan names another register', 'name the register that knows the key'),
} as const satisfies Readonly<Record<string, CodeInfo>>

export type HttpCode = keyof typeof httpCodes

function table(document: string) {
  return (clause: string, says: string, mend: string): CodeInfo => ({
    leniency: 'refuse',
    document,
    clause,
    says,
    mend,
  })
}
