import type { CodeInfo, Leniency } from '../core/codes.ts'

/** Every way in which DER can fail to be a certificate as RFC 5280 has it. */
export const x509Codes = {
  X509_VERSION: rfc5280('refuse', '4.1.2.1', 'the version is none of v1, v2, v3', 'issue the certificate as v3'),
  X509_VERSION_FIELDS: rfc5280(
    'refuse',
    '4.1.2.1',
    'the certificate has fields that its version does not know',
    'issue the certificate as v3',
  ),
  X509_SERIAL_NOT_POSITIVE: rfc5280(
    'note',
    '4.1.2.2',
    'the serial number is zero or negative',
    'issue with a positive serial number',
  ),
  X509_SERIAL_TOO_LONG: rfc5280(
    'note',
    '4.1.2.2',
    'the serial number has more than 20 octets',
    'issue with at most 20 octets',
  ),
  X509_SIGNATURE_ALGORITHM_MISMATCH: rfc5280(
    'refuse',
    '4.1.1.2',
    'the signature algorithm outside differs from the one that is signed',
    'both AlgorithmIdentifiers must be the same octets: have the certificate issued again',
  ),
  X509_ALGORITHM_PARAMETERS: {
    leniency: 'refuse',
    document: 'RFC 5280',
    clause: '4.1.1.2',
    says: 'the parameters do not belong to the algorithm',
    mend: 'encode the parameters that the algorithm defines',
  },
  X509_ALGORITHM_NULL_MISSING: {
    leniency: 'note',
    document: 'RFC 3279',
    clause: '2.2.1',
    says: 'the parameters are absent where NULL belongs',
    mend: 'issue with NULL parameters; readers must accept both (RFC 4055 clause 5)',
  },
  X509_ALGORITHM_NULL_PRESENT: {
    leniency: 'strict',
    document: 'RFC 5758',
    clause: '3.2',
    says: 'there are parameters where the algorithm has none',
    mend: 'leave the parameters out',
  },
  X509_EC_PARAMETERS: {
    leniency: 'strict',
    document: 'RFC 5480',
    clause: '2.1.1',
    says: 'the curve is not given by name',
    mend: 'use namedCurve: explicit parameters let a forger choose the generator',
  },
  X509_EC_POINT: {
    leniency: 'strict',
    document: 'RFC 5480',
    clause: '2.2',
    says: 'the public key is no point encoding of its curve',
    mend: 'encode the point uncompressed, 04 and both coordinates',
  },
  X509_KEY_LENGTH: {
    leniency: 'strict',
    document: 'RFC 8410',
    clause: '4',
    says: 'the public key has not the length of its algorithm',
    mend: 'encode the raw public key',
  },
  X509_RSA_MODULUS: {
    leniency: 'strict',
    document: 'RFC 8017',
    clause: '3.1',
    says: 'the modulus is no product of odd primes',
    mend: 'make a new key',
  },
  X509_RSA_EXPONENT: {
    leniency: 'strict',
    document: 'RFC 8017',
    clause: '3.1',
    says: 'the public exponent is not an odd number from 3 on',
    mend: 'make a new key with exponent 65537',
  },
  X509_RSA_SIZE: {
    leniency: 'note',
    document: 'ETSI TS 119 312',
    clause: '8.4',
    says: 'the modulus is under 1900 or over 16384 bits',
    mend: 'use 2048 to 4096 bits',
  },
  X509_KEY_PSS_ONLY: {
    leniency: 'note',
    document: 'RFC 4055',
    clause: '1.2',
    says: 'the key is bound to RSASSA-PSS',
    mend: 'use an rsaEncryption key: RS256 cannot be made with this one',
  },
  X509_ISSUER_EMPTY: rfc5280('strict', '4.1.2.4', 'the issuer is an empty name', 'name the issuer'),
  X509_SUBJECT_EMPTY: rfc5280(
    'note',
    '4.1.2.6',
    'the subject is an empty name',
    'name the subject, or make subjectAltName critical',
  ),
  X509_RDN_EMPTY: x501('strict', '9.2', 'a relative distinguished name has no attribute', 'remove it'),
  X509_RDN_TYPE_TWICE: x501(
    'strict',
    '9.3',
    'a relative distinguished name has the same attribute type twice',
    'use one relative distinguished name for each value',
  ),
  X509_NAME_VALUE_EMPTY: rfc5280('strict', 'A.1', 'an attribute of a name is empty', 'leave the attribute out'),
  X509_NAME_STRING_TYPE: rfc5280(
    'note',
    '4.1.2.4',
    'an attribute of a name is in a string type that is not its own',
    'use UTF8String, and PrintableString for countryName, serialNumber and dnQualifier',
  ),
  X509_COUNTRY: rfc5280('note', 'A.1', 'countryName has not two letters', 'use the ISO 3166-1 alpha-2 code'),
  X509_TIME_FORM: rfc5280(
    'strict',
    '4.1.2.5',
    'a date to 2049 is not UTCTime',
    'use UTCTime up to 2049 and GeneralizedTime from 2050 on',
  ),
  X509_VALIDITY_ORDER: rfc5280('note', '4.1.2.5', 'the certificate ends before it begins', 'correct the dates'),
  X509_UNIQUE_ID: rfc5280(
    'note',
    '4.1.2.8',
    'there is a unique identifier',
    'leave issuerUniqueID and subjectUniqueID out',
  ),
  X509_EXTENSIONS_EMPTY: rfc5280('strict', '4.1.2.9', 'the list of extensions is empty', 'leave the field out'),
  X509_EXTENSION_TWICE: rfc5280(
    'refuse',
    '4.2',
    'an extension occurs twice',
    'keep one: readers differ in which of the two they take',
  ),
  X509_EXTENSION_VALUE: rfc5280(
    'strict',
    '4.2',
    'the value of an extension cannot be read',
    'encode the value as the extension defines it',
  ),
  X509_EXTENSION_CRITICAL_UNKNOWN: rfc5280(
    'note',
    '4.2',
    'an extension that nobody here knows is critical',
    'make it not critical: path validation refuses the certificate',
  ),
  X509_LIST_EMPTY: rfc5280('strict', '4.2.1', 'a list that must have an element is empty', 'leave the field out'),
  X509_KEY_USAGE_EMPTY: rfc5280('note', '4.2.1.3', 'keyUsage has no bit set', 'set at least one bit'),
  X509_PATH_LENGTH: rfc5280(
    'strict',
    '4.2.1.9',
    'pathLenConstraint stands in a certificate that is no CA',
    'leave pathLenConstraint out',
  ),
  X509_POLICY_TWICE: rfc5280('note', '4.2.1.4', 'a policy occurs twice', 'list each policy once'),
  X509_POLICY_QUALIFIER: rfc5280(
    'strict',
    '4.2.1.4',
    'a policy qualifier cannot be read',
    'encode the address as IA5String and the notice as UTF8String',
  ),
  X509_DNS_NAME: rfc5280('strict', '4.2.1.6', 'a dNSName is empty', 'leave the name out'),
  X509_IP_ADDRESS: rfc5280(
    'strict',
    '4.2.1.6',
    'an iPAddress has not 4 or 16 octets',
    'encode the address in network byte order; twice the length, with the mask, in name constraints',
  ),
  X509_DISTRIBUTION_POINT: rfc5280(
    'strict',
    '4.2.1.13',
    'a distribution point has neither a name nor a CRL issuer',
    'name where the CRL is',
  ),
} as const satisfies Record<string, CodeInfo>

export type X509Code = keyof typeof x509Codes

function rfc5280(leniency: Leniency, clause: string, says: string, mend: string): CodeInfo {
  return { leniency, document: 'RFC 5280', clause, says, mend }
}

function x501(leniency: Leniency, clause: string, says: string, mend: string): CodeInfo {
  return { leniency, document: 'ITU-T X.501', clause, says, mend }
}
