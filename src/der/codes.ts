import type { CodeInfo } from '../core/codes.ts'

/** Every way in which octets can fail to be DER, with the clause of ITU-T X.690 (02/2021). */
export const derCodes = {
  DER_EMPTY: refuse('8.1.1', 'there are no octets', 'give the whole DER encoding'),
  DER_TRUNCATED: refuse(
    '8.1.1',
    'the octets end before the value does',
    'the file was cut off: fetch it again in full',
  ),
  DER_TRAILING_DATA: refuse('8.1.1', 'octets follow after the end of the value', 'remove what follows the last field'),
  DER_TAG_UNEXPECTED: refuse(
    '8.1.2',
    'the tag is not the one that the ASN.1 module asks for here',
    'encode the field with its own type',
  ),
  DER_TAG_HIGH_FORM: refuse('8.1.2.4', 'the tag is in the high-tag-number form', 'use the one-octet form'),
  DER_FORM_CONSTRUCTED: refuse('10.2', 'a primitive type is in constructed form', 'encode the value in one piece'),
  DER_FORM_PRIMITIVE: refuse('8.9.1', 'a constructed type is in primitive form', 'set the constructed bit of the tag'),
  DER_LENGTH_INDEFINITE: refuse('10.1', 'the length is in the indefinite form', 'this is BER: convert it to DER'),
  DER_LENGTH_NOT_MINIMAL: refuse('10.1', 'the length is not in its shortest form', 'this is BER: convert it to DER'),
  DER_LENGTH_TOO_LONG: refuse(
    '8.1.3.5',
    'the length has more octets than any real value needs',
    'this is no certificate',
  ),
  DER_VALUE_MISSING: refuse('8.9.2', 'a field that must be there is missing', 'add the field'),
  DER_BOOLEAN_LENGTH: refuse('8.2.1', 'a BOOLEAN has other than one octet', 'encode TRUE as 01 01 FF'),
  DER_BOOLEAN_VALUE: refuse('11.1', 'a BOOLEAN is neither 00 nor FF', 'encode TRUE as 01 01 FF'),
  DER_DEFAULT_ENCODED: strict('11.5', 'a field that equals its DEFAULT is encoded', 'leave the field out'),
  DER_INTEGER_EMPTY: refuse('8.3.1', 'an INTEGER has no content', 'encode zero as 02 01 00'),
  DER_INTEGER_NOT_MINIMAL: refuse('8.3.2', 'an INTEGER has a superfluous leading octet', 'remove the leading octet'),
  DER_INTEGER_RANGE: refuse('8.3.1', 'an INTEGER is outside the range that the field allows', 'use a value in range'),
  DER_OID_EMPTY: refuse('8.19.2', 'an OBJECT IDENTIFIER has no content', 'encode at least one octet'),
  DER_OID_ARC_PADDED: refuse(
    '8.19.2',
    'an arc of an OBJECT IDENTIFIER begins with 80',
    'encode each arc in the fewest octets',
  ),
  DER_OID_TRUNCATED: refuse('8.19.2', 'the last arc of an OBJECT IDENTIFIER is cut off', 'encode the whole arc'),
  DER_NULL_CONTENT: refuse('8.8.2', 'a NULL has content', 'encode it as 05 00'),
  DER_BITS_EMPTY: refuse(
    '8.6.2.2',
    'a BIT STRING lacks the octet that counts unused bits',
    'begin the content with that octet',
  ),
  DER_BITS_UNUSED: refuse(
    '8.6.2.2',
    'a BIT STRING counts more unused bits than it can have',
    'use 0 to 7, and 0 where it is empty',
  ),
  DER_BITS_PADDING: refuse('11.2.1', 'the unused bits of a BIT STRING are not zero', 'set the unused bits to zero'),
  DER_BITS_TRAILING_ZERO: strict('11.2.2', 'a named bit list ends in zero bits', 'remove the trailing zero bits'),
  DER_SET_ORDER: strict(
    '11.6',
    'the elements of a SET OF are not in ascending order',
    'sort the encodings as octet strings',
  ),
  DER_STRING_CHARACTER: strict(
    '8.23',
    'a character string has a character outside its alphabet',
    'use UTF8String, or only allowed characters',
  ),
  DER_STRING_NUL: refuse(
    '8.23',
    'a character string has a NUL, where some readers end the text',
    'remove the NUL and what follows',
  ),
  DER_STRING_HAS_CONTROL: {
    ...strict('8.23', 'a character string has a control character', 'remove the control character'),
    leniency: 'note',
  },
  DER_STRING_INVALID: refuse(
    '8.23',
    'the octets of a character string are not text in its encoding',
    'encode the text anew',
  ),
  DER_TIME_SYNTAX: refuse('11.8', 'a time is not YYMMDDhhmmssZ or YYYYMMDDhhmmssZ', 'give seconds, no fraction, and Z'),
  DER_TIME_VALUE: refuse('11.8', 'a time names a moment that does not exist', 'correct the date or the time'),
  LIMIT_SIZE: limit('the input is larger than the limit'),
  LIMIT_DEPTH: limit('values are nested deeper than the limit'),
  LIMIT_ELEMENTS: limit('there are more elements than the limit'),
  LIMIT_OID: limit('an OBJECT IDENTIFIER is longer than the limit'),
  LIMIT_STRING: limit('a character string is longer than the limit'),
  LIMIT_INTEGER: limit('an INTEGER is longer than the limit'),
} as const satisfies Record<string, CodeInfo>

export type DerCode = keyof typeof derCodes

function refuse(clause: string, says: string, mend: string): CodeInfo {
  return { leniency: 'refuse', document: 'ITU-T X.690', clause, says, mend }
}

function strict(clause: string, says: string, mend: string): CodeInfo {
  return { leniency: 'strict', document: 'ITU-T X.690', clause, says, mend }
}

function limit(says: string): CodeInfo {
  return {
    leniency: 'refuse',
    document: 'psd2-toolkit limits',
    clause: 'limits',
    says,
    mend: 'raise the limit where the input is really yours',
  }
}
