import { concatBytes } from '../../src/core/bytes.ts'
import { Tag, write } from '../../src/der/index.ts'
import { algorithm, bothAlgorithms, keyInfo, spki, tbs } from './base-certificate.ts'
import type { Definition } from './definition.ts'
import {
  accepted,
  type Breach,
  content,
  type Expectation,
  end,
  named,
  noted,
  refused,
  refusedLater,
  start,
  stepped,
} from './expectation.ts'
import { drop, type Edit, fill, hex, literal, type Part, part, swap, written } from './part.ts'

const key = `${spki}.subjectPublicKey`
const keyParameters = `${spki}.algorithm.parameters`
const modulus = `${key}.modulus`
const exponent = `${key}.publicExponent`
const inner = `${tbs}.signature`
const parameters = `${inner}.parameters`

const rsaWithSha256 = '1.2.840.113549.1.1.11'
const rsaWithSha384 = '1.2.840.113549.1.1.12'
const pss = '1.2.840.113549.1.1.10'
const ecdsaWithSha256 = '1.2.840.10045.4.3.2'
const ecPublicKey = '1.2.840.10045.2.1'
const p256 = '1.2.840.10045.3.1.7'
const ed25519 = '1.3.101.112'
const sha1 = '1.3.14.3.2.26'
const sha256 = '2.16.840.1.101.3.4.2.1'
const mgf1 = '1.2.840.113549.1.1.8'

function signature(id: string, says: string, oid: string, octets: string, expect: Expectation): Definition {
  return {
    id: `algorithm-${id}`,
    family: 'RFC 5280',
    says,
    edits: [
      bothAlgorithms((label) =>
        algorithm(label, oid, ...(octets === '' ? [] : [literal(`${label}.parameters`, octets)])),
      ),
    ],
    expect,
  }
}

/** Where parameters would be that are absent. */
const noParameters = named(parameters, end(inner))

interface PssFields {
  readonly hash?: string
  readonly mgf?: string
  readonly mgfHash?: string
  readonly salt?: number
  readonly trailer?: number
}

/** RSASSA-PSS-params with the fields that are given (RFC 4055 3.1). */
function pssParameters(label: string, { hash, mgf = mgf1, mgfHash, salt, trailer }: PssFields): Part {
  const path = `${label}.parameters`
  const hashed = (at: string, oid: string) =>
    algorithm(`${at}:algorithm`, oid, written(`${at}.parameters`, write.nullValue()))
  const field = (name: string, tag: number, content: Part) => part(`${path}.${name}`, tag, content)
  const mask = `${path}.maskGenAlgorithm`
  return part(
    path,
    Tag.SEQUENCE,
    ...(hash === undefined ? [] : [field('hashAlgorithm', 0xa0, hashed(`${path}.hashAlgorithm`, hash))]),
    ...(mgfHash === undefined
      ? []
      : [
          field(
            'maskGenAlgorithm',
            0xa1,
            part(
              `${mask}:mgf`,
              Tag.SEQUENCE,
              written(`${mask}.algorithm`, write.encodeOid(mgf)),
              hashed(`${mask}.parameters`, mgfHash),
            ),
          ),
        ]),
    ...(salt === undefined
      ? []
      : [field('saltLength', 0xa2, written(`${path}.saltLength:number`, write.integer(salt)))]),
    ...(trailer === undefined
      ? []
      : [field('trailerField', 0xa3, written(`${path}.trailerField:number`, write.integer(trailer)))]),
  )
}

function pssIs(id: string, family: string, says: string, fields: PssFields, expect: Expectation): Definition {
  return {
    id: `pss-${id}`,
    family,
    says,
    edits: [bothAlgorithms((label) => algorithm(label, pss, pssParameters(label, fields)))],
    expect,
  }
}

const usualPss: PssFields = { hash: sha256, mgfHash: sha256, salt: 32 }

function rsaKey(id: string, says: string, edits: readonly Edit[], expect: Expectation): Definition {
  return { id: `rsa-${id}`, family: 'RFC 5280', says, edits, expect }
}

/** A modulus of so many bits: its highest and lowest bit set, and no product that anybody knows. */
function modulusOf(bits: number): Uint8Array {
  const octets = new Uint8Array(Math.ceil(bits / 8)).fill(0xa5)
  octets[0] = 0x80 >> ((8 - (bits % 8)) % 8)
  return (octets[0] as number) >= 0x80 ? concatBytes(Uint8Array.of(0), octets) : octets
}

function modulusIs(octets: Uint8Array): Edit {
  return fill(modulus, octets)
}

function exponentIs(octets: string): Edit {
  return fill(exponent, hex(octets))
}

function ecKey(id: string, says: string, curve: Part | undefined, octets: Uint8Array, expect: Expectation): Definition {
  const label = `${spki}.algorithm`
  return {
    id: `ec-${id}`,
    family: 'RFC 5280',
    says,
    edits: [keyInfo(algorithm(label, ecPublicKey, ...(curve === undefined ? [] : [curve])), octets)],
    expect,
  }
}

const namedCurve = written(keyParameters, write.encodeOid(p256))

/** The generator of P-256 (FIPS 186-4 D.1.2.3). */
const x = hex('6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296')
const y = hex('4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5')
const point = concatBytes(Uint8Array.of(4), x, y)

/** Behind the octet that counts unused bits. */
const keyContent = content(key, 1)
const badPoint: Expectation = stepped(['X509_EC_POINT', keyContent])

function edKey(
  id: string,
  says: string,
  parametersOf: readonly Part[],
  octets: number,
  expect: Expectation,
): Definition {
  return {
    id: `ed25519-${id}`,
    family: 'RFC 5280',
    says,
    edits: [keyInfo(algorithm(`${spki}.algorithm`, ed25519, ...parametersOf), new Uint8Array(octets).fill(0x5a))],
    expect,
  }
}

const size: Breach = ['X509_RSA_SIZE', content(modulus, 1)]

/** AlgorithmIdentifier and SubjectPublicKeyInfo (RFC 5280 4.1.1.2 and 4.1.2.7). */
export const keyVectors: readonly Definition[] = [
  {
    id: 'algorithm-mismatch',
    family: 'RFC 5280',
    says: 'the outer signature algorithm is another than the one that is signed',
    edits: [
      swap(
        'signatureAlgorithm',
        algorithm('signatureAlgorithm', rsaWithSha384, literal('signatureAlgorithm.parameters', '05 00')),
      ),
    ],
    expect: refused('X509_SIGNATURE_ALGORITHM_MISMATCH', 'signatureAlgorithm'),
  },
  {
    id: 'algorithm-mismatch-parameters',
    family: 'RFC 5280',
    says: 'the outer signature algorithm lacks the NULL of the inner one',
    edits: [drop('signatureAlgorithm.parameters')],
    expect: refused('X509_SIGNATURE_ALGORITHM_MISMATCH', 'signatureAlgorithm'),
  },
  {
    id: 'algorithm-mismatch-pss',
    family: 'RFC 5280',
    says: 'RSASSA-PSS outside, PKCS #1 v1.5 inside',
    edits: [
      swap('signatureAlgorithm', algorithm('signatureAlgorithm', pss, pssParameters('signatureAlgorithm', usualPss))),
    ],
    expect: refused('X509_SIGNATURE_ALGORITHM_MISMATCH', 'signatureAlgorithm'),
  },
  signature(
    'null-missing',
    'no NULL after sha256WithRSAEncryption',
    rsaWithSha256,
    '',
    noted(['X509_ALGORITHM_NULL_MISSING', noParameters]),
  ),
  signature(
    'null-with-content',
    'a NULL with content',
    rsaWithSha256,
    '05 01 00',
    refused('DER_NULL_CONTENT', parameters),
  ),
  signature(
    'parameters-garbage',
    'an OCTET STRING for NULL',
    rsaWithSha256,
    '04 02 a5 5a',
    refused('X509_ALGORITHM_PARAMETERS', parameters),
  ),
  signature(
    'ecdsa-null',
    'NULL after ecdsa-with-SHA256',
    ecdsaWithSha256,
    '05 00',
    stepped(['X509_ALGORITHM_NULL_PRESENT', parameters]),
  ),
  signature(
    'ecdsa-parameters',
    'a curve after ecdsa-with-SHA256',
    ecdsaWithSha256,
    '06 08 2a 86 48 ce 3d 03 01 07',
    refused('X509_ALGORITHM_PARAMETERS', parameters),
  ),
  signature('ecdsa-control', 'ecdsa-with-SHA256 without parameters', ecdsaWithSha256, '', accepted),
  signature(
    'unknown-control',
    'an algorithm that nobody knows, with any parameters',
    '1.3.6.1.4.1.99999.4',
    '30 03 02 01 05',
    accepted,
  ),
  signature(
    'unknown-broken',
    'an algorithm that nobody knows, its parameters not DER',
    '1.3.6.1.4.1.99999.4',
    '30 81 03 02 01 05',
    refused('DER_LENGTH_NOT_MINIMAL', parameters),
  ),
  signature('pss-null', 'NULL after rsassaPss', pss, '05 00', refused('X509_ALGORITHM_PARAMETERS', parameters)),
  {
    ...signature(
      'pss-missing',
      'no parameters after rsassaPss, in a signature (RFC 4055 3.1)',
      pss,
      '',
      refused('X509_ALGORITHM_PARAMETERS', noParameters),
    ),
  },

  pssIs('control', 'RFC 5280', 'RSASSA-PSS with SHA-256', usualPss, accepted),
  pssIs('control-all-defaults', 'DER-11', 'RSASSA-PSS with the defaults, none encoded', {}, accepted),
  pssIs(
    'default-hash',
    'DER-11',
    'hashAlgorithm sha1 is encoded',
    { ...usualPss, hash: sha1 },
    stepped(['DER_DEFAULT_ENCODED', `${parameters}.hashAlgorithm`]),
  ),
  pssIs(
    'default-mask',
    'DER-11',
    'maskGenAlgorithm mgf1SHA1 is encoded',
    { ...usualPss, mgfHash: sha1 },
    stepped(['DER_DEFAULT_ENCODED', `${parameters}.maskGenAlgorithm`]),
  ),
  pssIs(
    'default-salt',
    'DER-11',
    'saltLength 20 is encoded',
    { ...usualPss, salt: 20 },
    stepped(['DER_DEFAULT_ENCODED', `${parameters}.saltLength`]),
  ),
  pssIs(
    'default-trailer',
    'DER-11',
    'trailerField 1 is encoded',
    { ...usualPss, trailer: 1 },
    stepped(['DER_DEFAULT_ENCODED', `${parameters}.trailerField`]),
  ),
  pssIs(
    'trailer-2',
    'RFC 5280',
    'trailerField is 2',
    { ...usualPss, trailer: 2 },
    refused('DER_INTEGER_RANGE', `${parameters}.trailerField:number`),
  ),
  pssIs(
    'salt-negative',
    'RFC 5280',
    'saltLength is -1',
    { ...usualPss, salt: -1 },
    refused('DER_INTEGER_RANGE', `${parameters}.saltLength:number`),
  ),
  {
    ...pssIs(
      'mask-unknown',
      'RFC 5280',
      'the mask generation function is not MGF1',
      { ...usualPss, mgf: '1.3.6.1.4.1.99999.5' },
      refused('X509_ALGORITHM_PARAMETERS', `${parameters}.maskGenAlgorithm.algorithm`),
    ),
  },
  {
    id: 'pss-hash-parameters',
    family: 'RFC 5280',
    says: 'an OCTET STRING after the hash of RSASSA-PSS, where NULL or nothing belongs (RFC 4055 2.1)',
    edits: [
      bothAlgorithms((label) => {
        const hash = `${label}.parameters.hashAlgorithm`
        const changed = swap(`${hash}.parameters`, literal(`${hash}.parameters`, '04 02 a5 5a'))
        return changed(algorithm(label, pss, pssParameters(label, usualPss)))
      }),
    ],
    expect: refused('X509_ALGORITHM_PARAMETERS', `${parameters}.hashAlgorithm.parameters`),
  },
  {
    id: 'pss-default-then-mismatch',
    family: 'DER-11',
    says: 'saltLength 20 is encoded inside; outside are the same parameters without it',
    edits: [
      swap(inner, algorithm(inner, pss, pssParameters(inner, { ...usualPss, salt: 20 }))),
      swap(
        'signatureAlgorithm',
        algorithm('signatureAlgorithm', pss, pssParameters('signatureAlgorithm', { hash: sha256, mgfHash: sha256 })),
      ),
    ],
    expect: refusedLater(
      ['DER_DEFAULT_ENCODED', `${parameters}.saltLength`],
      ['X509_SIGNATURE_ALGORITHM_MISMATCH', 'signatureAlgorithm'],
    ),
  },

  rsaKey(
    'null-missing',
    'no NULL after rsaEncryption',
    [drop(keyParameters)],
    noted(['X509_ALGORITHM_NULL_MISSING', named(keyParameters, end(`${spki}.algorithm`))]),
  ),
  rsaKey(
    'key-no-sequence',
    'the key is an INTEGER',
    [swap(`${key}:key`, literal(`${key}:key`, '02 01 05'))],
    refused('DER_TAG_UNEXPECTED', `${key}:key`),
  ),
  rsaKey('modulus-512', 'a modulus of 512 bits', [modulusIs(modulusOf(512))], noted(size)),
  rsaKey(
    'modulus-1899',
    'a modulus of 1899 bits',
    [modulusIs(modulusOf(1899))],
    noted(['X509_RSA_SIZE', content(modulus)]),
  ),
  rsaKey('modulus-control-1900', 'a modulus of 1900 bits', [modulusIs(modulusOf(1900))], accepted),
  rsaKey('modulus-control-16384', 'a modulus of 16384 bits', [modulusIs(modulusOf(16_384))], accepted),
  rsaKey(
    'modulus-16385',
    'a modulus of 16385 bits',
    [modulusIs(modulusOf(16_385))],
    noted(['X509_RSA_SIZE', content(modulus)]),
  ),
  rsaKey('modulus-65536', 'a modulus of 65536 bits', [modulusIs(modulusOf(65_536))], noted(size)),
  rsaKey(
    'modulus-8201-octets',
    'a modulus of more octets than the limit of an INTEGER',
    [modulusIs(modulusOf(65_600))],
    refused('LIMIT_INTEGER', modulus),
  ),
  rsaKey(
    'modulus-even',
    'an even modulus',
    [modulusIs(modulusOf(2048).with(256, 0xa4))],
    stepped(['X509_RSA_MODULUS', content(modulus, 1)]),
  ),
  rsaKey(
    'modulus-negative',
    'a negative modulus',
    [modulusIs(modulusOf(2048).subarray(1))],
    stepped(['X509_RSA_MODULUS', content(modulus)]),
  ),
  rsaKey(
    'modulus-zero',
    'a modulus of zero',
    [modulusIs(Uint8Array.of(0))],
    stepped(['X509_RSA_MODULUS', content(modulus)], ['X509_RSA_SIZE', content(modulus)]),
  ),
  rsaKey(
    'modulus-not-minimal',
    'a modulus with a superfluous 00',
    [modulusIs(concatBytes(Uint8Array.of(0), modulusOf(2048)))],
    refused('DER_INTEGER_NOT_MINIMAL', modulus),
  ),
  rsaKey(
    'modulus-no-content',
    'a modulus without content',
    [modulusIs(new Uint8Array())],
    refused('DER_INTEGER_EMPTY', modulus),
  ),
  ...Object.entries({ zero: '00', '1': '01', even: '01 00 00', 'minus-1': 'ff', negative: '80 01' }).map(
    ([id, octets]) =>
      rsaKey(
        `exponent-${id}`,
        `the public exponent is ${id}`,
        [exponentIs(octets)],
        stepped(['X509_RSA_EXPONENT', exponent]),
      ),
  ),
  rsaKey('exponent-control-3', 'the public exponent is 3', [exponentIs('03')], accepted),
  {
    id: 'rsa-key-pss',
    family: 'PRO-02',
    says: 'a key for RSASSA-PSS only, in a certificate with a PKCS #1 v1.5 signature',
    edits: [swap(`${spki}.algorithm`, algorithm(`${spki}.algorithm`, pss))],
    expect: noted(['X509_KEY_PSS_ONLY', `${spki}.algorithm`]),
  },

  ecKey('control', 'a point of P-256', namedCurve, point, accepted),
  ecKey('control-compressed', 'a point of P-256, compressed', namedCurve, concatBytes(Uint8Array.of(3), x), accepted),
  ecKey(
    'control-unknown-curve',
    'a curve that nobody knows',
    written(keyParameters, write.encodeOid('1.3.6.1.4.1.99999.6')),
    point,
    accepted,
  ),
  ecKey('point-infinity', 'the point at infinity', namedCurve, Uint8Array.of(0), badPoint),
  ecKey('point-hybrid', 'a point in hybrid form', namedCurve, concatBytes(Uint8Array.of(7), x, y), badPoint),
  ecKey('point-short', 'a point that lacks its last octet', namedCurve, point.subarray(0, 64), badPoint),
  ecKey('point-long', 'a point with an octet too many', namedCurve, concatBytes(point, Uint8Array.of(0)), badPoint),
  ecKey(
    'point-compressed-long',
    'both coordinates behind the octet of the compressed form',
    namedCurve,
    concatBytes(Uint8Array.of(2), x, y),
    badPoint,
  ),
  ecKey('point-empty', 'a key of no octets', namedCurve, new Uint8Array(), badPoint),
  ecKey(
    'parameters-missing',
    'no curve',
    undefined,
    point,
    refused('X509_ALGORITHM_PARAMETERS', named(keyParameters, end(`${spki}.algorithm`))),
  ),
  ecKey(
    'parameters-null',
    'implicitCurve',
    written(keyParameters, write.nullValue()),
    point,
    stepped(['X509_EC_PARAMETERS', keyParameters]),
  ),
  ecKey(
    'parameters-specified',
    'specifiedCurve',
    literal(keyParameters, '30 03 02 01 01'),
    point,
    stepped(['X509_EC_PARAMETERS', keyParameters]),
  ),
  {
    ...ecKey(
      'parameters-boolean',
      'a BOOLEAN for the curve: none of the forms that there are (RFC 5480 2.1.1)',
      written(keyParameters, write.boolean(true)),
      point,
      refused('X509_ALGORITHM_PARAMETERS', keyParameters),
    ),
  },
  ecKey(
    'parameters-padded',
    'a curve whose arc begins with 80',
    literal(keyParameters, '06 03 2a 80 04'),
    point,
    refused('DER_OID_ARC_PADDED', plus(keyParameters, 3)),
  ),

  edKey('control', 'a key of 32 octets', [], 32, accepted),
  edKey('31-octets', 'a key of 31 octets', [], 31, stepped(['X509_KEY_LENGTH', keyContent])),
  edKey(
    'null',
    'NULL after id-Ed25519',
    [written(keyParameters, write.nullValue())],
    32,
    stepped(['X509_ALGORITHM_NULL_PRESENT', keyParameters]),
  ),
]

/** Some octets into an element that is not taken apart. */
function plus(label: string, octets: number): ReturnType<typeof start> {
  return (encoded) => {
    const { path, offset } = start(label)(encoded)
    return { path, offset: offset + octets }
  }
}
