import type { ReadMode } from '../../src/der/index.ts'
import {
  bitString,
  type Der,
  element,
  encodeOid,
  explicit,
  ia5String,
  implicit,
  integer,
  namedBits,
  nullValue,
  octetString,
  printableString,
  sequence,
  setOf,
  time,
  utf8String,
} from '../../src/der/writer.ts'
import { type Certificate, parseCertificate } from '../../src/x509/index.ts'

/** Octets from hexadecimal; spaces are for the eye. */
export function hex(text: string): Der {
  const digits = text.replaceAll(/\s/g, '')
  if (!/^(?:[0-9a-f]{2})*$/i.test(digits)) throw new TypeError(`'${text}' is not hexadecimal`)
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}

/** Where a part stands in the whole. It must stand there once only, or the test would not know what it asserts. */
export function offsetOf(whole: Uint8Array, part: Uint8Array): number {
  const text = Buffer.from(whole).toString('latin1')
  const found = text.indexOf(Buffer.from(part).toString('latin1'))
  if (found < 0) throw new Error('the part is not in the whole')
  if (text.indexOf(Buffer.from(part).toString('latin1'), found + 1) >= 0) throw new Error('the part is there twice')
  return found
}

// Names

export const oids = {
  commonName: '2.5.4.3',
  country: '2.5.4.6',
  organization: '2.5.4.10',
  organizationIdentifier: '2.5.4.97',
} as const

export function attribute(oid: string, value: Der): Der {
  return sequence(encodeOid(oid), value)
}

/** A Name with one attribute in each relative distinguished name. */
export function nameOf(...attributes: readonly (readonly [oid: string, value: Der])[]): Der {
  return sequence(...attributes.map(([oid, value]) => setOf(attribute(oid, value))))
}

export const testIssuer = nameOf(
  [oids.country, printableString('FR')],
  [oids.organization, utf8String('Example Trust Services')],
  [oids.commonName, utf8String('Example Test CA')],
)

/** A subject of a PSP; each organizationIdentifier gets a relative distinguished name of its own. */
export function pspSubject(...identifiers: readonly string[]): Der {
  return nameOf(
    [oids.country, printableString('FR')],
    [oids.organization, utf8String('Example Payments')],
    ...identifiers.map((text) => [oids.organizationIdentifier, utf8String(text)] as const),
    [oids.commonName, utf8String('psp.example')],
  )
}

// Keys and algorithms

export function algorithm(oid: string, ...parameters: readonly Der[]): Der {
  return sequence(encodeOid(oid), ...parameters)
}

const sha256WithRsa = algorithm('1.2.840.113549.1.1.11', nullValue())

/** Octets that look random and are the same in every run. */
export function filler(length: number, seed = 1): Der {
  let state = seed
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return state >> 16
  })
}

/** An odd number of so many bits as INTEGER: looks like a modulus, is none. */
export function modulus(bits: number): Der {
  const octets = filler(Math.ceil(bits / 8) + 1, bits)
  const top = (bits - 1) % 8
  octets[0] = 0
  octets[1] = ((octets[1] as number) & ((1 << top) - 1)) | (1 << top)
  octets[octets.length - 1] = (octets.at(-1) as number) | 1
  return element(0x02, top === 7 ? octets : octets.subarray(1))
}

export function spki(algorithmIdentifier: Der, key: Der): Der {
  return sequence(algorithmIdentifier, key)
}

export function rsaKey(n: Der = modulus(2048), e: Der = integer(65_537), oid = '1.2.840.113549.1.1.1'): Der {
  return spki(algorithm(oid, nullValue()), bitString(sequence(n, e)))
}

/** An EC key with a point of this form and coordinates of so many octets. */
export function ecKey(curve: string, octets: number, form = 4): Der {
  const point = Uint8Array.of(form, ...filler(octets * (form === 4 ? 2 : 1), 7))
  return spki(algorithm('1.2.840.10045.2.1', encodeOid(curve)), bitString(point))
}

// Certificates

/** The fields of a certificate. Each may be any octets at all; null leaves it out. */
export interface Parts {
  readonly version?: Der | null
  readonly serialNumber?: Der
  readonly signature?: Der
  readonly issuer?: Der
  readonly validity?: Der
  readonly subject?: Der
  readonly publicKey?: Der
  /** Whatever stands between key and extensions. */
  readonly uniqueIds?: readonly Der[]
  /** Elements of the list. */
  readonly extensions?: readonly Der[] | null
  /** The field in place of the list. */
  readonly extensionsField?: Der
  readonly signatureAlgorithm?: Der
  readonly signatureValue?: Der
  /** Elements after the last of TBSCertificate, and of Certificate. */
  readonly afterTbs?: Der
  readonly afterAll?: Der
}

const validity2026 = sequence(time(new Date('2026-01-01T00:00:00Z')), time(new Date('2028-01-01T00:00:00Z')))

/** Octets of a certificate; without parts a plain one that strict reading takes without a remark. */
export function certificate(parts: Parts = {}): Der {
  const signature = parts.signature ?? sha256WithRsa
  const list = parts.extensions ?? []
  const extensions = parts.extensionsField ?? (list.length === 0 ? undefined : explicit(3, sequence(...list)))
  const tbs = sequence(
    ...present(parts.version === undefined ? explicit(0, integer(2)) : parts.version),
    parts.serialNumber ?? integer(0x1122334455667788n),
    signature,
    parts.issuer ?? testIssuer,
    parts.validity ?? validity2026,
    parts.subject ?? pspSubject('PSDFR-ACPR-12345'),
    parts.publicKey ?? rsaKey(),
    ...(parts.uniqueIds ?? []),
    ...present(extensions),
    ...present(parts.afterTbs),
  )
  const value = parts.signatureValue ?? bitString(filler(256, 3))
  return sequence(tbs, parts.signatureAlgorithm ?? signature, value, ...present(parts.afterAll))
}

function present(part: Der | null | undefined): Der[] {
  return part === null || part === undefined ? [] : [part]
}

/** A certificate read in the given mode. */
export function certificateOf(parts: Parts, mode: ReadMode = 'strict'): Certificate {
  return parseCertificate(certificate(parts), { mode })
}

export function extension(oid: string, value: Uint8Array, critical?: Der): Der {
  return sequence(encodeOid(oid), ...present(critical), octetString(value))
}

export const isTrue = element(0x01, Uint8Array.of(0xff))

// QC statements

export const QC_STATEMENTS = '1.3.6.1.5.5.7.1.3'

export function statement(oid: string, info?: Der): Der {
  return sequence(encodeOid(oid), ...present(info))
}

export function qcStatementsExtension(...statements: readonly Der[]): Der {
  return extension(QC_STATEMENTS, sequence(...statements))
}

export const roleOids = {
  Unspecified: '0.4.0.19495.1.0',
  PSP_AS: '0.4.0.19495.1.1',
  PSP_PI: '0.4.0.19495.1.2',
  PSP_AI: '0.4.0.19495.1.3',
  PSP_IC: '0.4.0.19495.1.4',
} as const

/** Object identifier and name, which RoleOfPSP puts into a SEQUENCE. */
export function rolePair(role: keyof typeof roleOids): [Der, Der] {
  return [encodeOid(roleOids[role]), utf8String(role)]
}

export function role(name: keyof typeof roleOids): Der {
  return sequence(...rolePair(name))
}

/** PSD2QcType from its three fields. */
export function psd2Info(
  roles: Der = sequence(role('PSP_AI')),
  ncaName: Der = utf8String('Prudential Supervisory and Resolution Authority'),
  ncaId: Der = utf8String('FR-ACPR'),
): Der {
  return sequence(roles, ncaName, ncaId)
}

export function psd2Statement(info: Der = psd2Info()): Der {
  return statement('0.4.0.19495.2', info)
}

export const qcCompliance = statement('0.4.0.1862.1.1')
export const qcPds = statement(
  '0.4.0.1862.1.5',
  sequence(sequence(ia5String('https://ca.example/pds'), printableString('en'))),
)

/** QcType: esign, eseal, web. */
export function qcType(...types: readonly number[]): Der {
  return statement('0.4.0.1862.1.6', sequence(...types.map((type) => encodeOid(`0.4.0.1862.1.6.${type}`))))
}

// Seeds

const generalNames = {
  dns: (text: string) => implicit(2, new TextEncoder().encode(text)),
  uri: (text: string) => implicit(6, new TextEncoder().encode(text)),
}
const oidList = (...list: string[]) => sequence(...list.map((oid) => encodeOid(oid)))
const access = (method: string, url: string) => sequence(encodeOid(`1.3.6.1.5.5.7.48.${method}`), generalNames.uri(url))

const qwacExtensions = [
  extension('2.5.29.35', sequence(implicit(0, filler(20, 5)))),
  extension('2.5.29.14', octetString(filler(20, 6))),
  extension('2.5.29.15', namedBits([0, 2]), isTrue),
  extension('2.5.29.19', sequence(), isTrue),
  extension('2.5.29.37', oidList('1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2')),
  extension('2.5.29.17', sequence(generalNames.dns('psp.example'), generalNames.dns('www.psp.example'))),
  extension(
    '2.5.29.32',
    sequence(
      sequence(encodeOid('0.4.0.19495.3.1')),
      sequence(
        encodeOid('2.23.140.1.1'),
        sequence(sequence(encodeOid('1.3.6.1.5.5.7.2.1'), ia5String('https://ca.example/cps'))),
      ),
    ),
  ),
  extension('2.5.29.31', sequence(sequence(explicit(0, explicit(0, generalNames.uri('http://ca.example/1.crl')))))),
  extension(
    '1.3.6.1.5.5.7.1.1',
    sequence(access('1', 'http://ocsp.ca.example'), access('2', 'http://ca.example/ca.cer')),
  ),
  qcStatementsExtension(
    qcCompliance,
    statement('0.4.0.1862.1.2', sequence(printableString('EUR'), integer(100), integer(3))),
    statement('0.4.0.1862.1.3', integer(10)),
    qcPds,
    qcType(3),
    statement('0.4.0.1862.1.7', sequence(printableString('FR'))),
    statement('1.3.6.1.5.5.7.11.2', sequence(encodeOid('0.4.0.194121.1.2'))),
    psd2Statement(psd2Info(sequence(role('PSP_PI'), role('PSP_AI')))),
  ),
]

const caExtensions = [
  extension('2.5.29.19', sequence(isTrue, integer(1)), isTrue),
  extension('2.5.29.15', namedBits([5, 6]), isTrue),
  extension(
    '2.5.29.30',
    sequence(
      explicit(0, sequence(generalNames.dns('.example')), sequence(explicit(4, testIssuer))),
      explicit(1, sequence(implicit(7, hex('0a000000 ff000000')))),
    ),
    isTrue,
  ),
  extension('2.5.29.36', sequence(implicit(0, Uint8Array.of(0)), implicit(1, Uint8Array.of(2))), isTrue),
  extension('2.5.29.33', sequence(sequence(encodeOid('1.2.3.4'), encodeOid('1.2.3.5')))),
  extension('2.5.29.54', integer(3)),
  extension('2.5.29.16', sequence(implicit(0, new TextEncoder().encode('20260101000000Z')))),
  extension('2.5.29.9', sequence(sequence(encodeOid('1.3.6.1.5.5.7.9.4'), setOf(printableString('FR'))))),
]

/** Every kind of GeneralName, and extensions that few have. */
const oddExtensions = [
  extension(
    '2.5.29.17',
    sequence(
      explicit(0, encodeOid('1.3.6.1.4.1.311.20.2.3'), explicit(0, utf8String('user@psp.example'))),
      implicit(1, new TextEncoder().encode('info@psp.example')),
      generalNames.dns('psp.example'),
      explicit(4, testIssuer),
      explicit(5, explicit(1, utf8String('party'))),
      generalNames.uri('https://psp.example/'),
      implicit(7, Uint8Array.of(192, 0, 2, 1)),
      implicit(7, hex('20010db8 00000000 00000000 00000001')),
      implicit(8, encodeOid('1.2.3.4').subarray(2)),
    ),
    isTrue,
  ),
  extension('1.3.6.1.5.5.7.1.24', sequence(integer(5))),
  extension('1.3.6.1.4.1.11129.2.4.2', octetString(filler(60, 9))),
  extension(
    '2.23.140.3.1',
    sequence(
      printableString('PSD'),
      printableString('FR'),
      implicit(0, new TextEncoder().encode('IDF')),
      utf8String('ACPR-1'),
    ),
  ),
  extension('0.4.0.194121.2.1', nullValue()),
  extension('1.2.3.4.5', sequence(integer(1), explicit(0, setOf(utf8String('a'), utf8String('b'))), nullValue())),
]

const pss = algorithm(
  '1.2.840.113549.1.1.10',
  sequence(
    explicit(0, algorithm('2.16.840.1.101.3.4.2.1', nullValue())),
    explicit(1, algorithm('1.2.840.113549.1.1.8', algorithm('2.16.840.1.101.3.4.2.1', nullValue()))),
    explicit(2, integer(32)),
  ),
)

/** Certificates that strict reading takes, one of each make: what the laws start from. */
export const seeds: Readonly<Record<string, Der>> = {
  plain: certificate(),
  qwac: certificate({ extensions: qwacExtensions }),
  qsealc: certificate({
    publicKey: rsaKey(modulus(3072)),
    extensions: [
      extension('2.5.29.15', namedBits([1]), isTrue),
      qcStatementsExtension(qcCompliance, qcType(2), statement('0.4.0.1862.1.4'), qcPds, psd2Statement()),
    ],
  }),
  ca: certificate({ subject: testIssuer, extensions: caExtensions }),
  odd: certificate({ extensions: oddExtensions }),
  pss: certificate({ signature: pss }),
  ec: certificate({
    signature: algorithm('1.2.840.10045.4.3.2'),
    publicKey: ecKey('1.2.840.10045.3.1.7', 32),
    signatureValue: bitString(sequence(integer(2n ** 255n - 19n), integer(2n ** 254n - 3n))),
  }),
  ed25519: certificate({
    signature: algorithm('1.3.101.112'),
    publicKey: spki(algorithm('1.3.101.112'), bitString(filler(32, 8))),
    signatureValue: bitString(filler(64, 4)),
  }),
  v1: certificate({ version: null }),
  wideName: certificate({
    subject: sequence(
      setOf(attribute(oids.commonName, utf8String('Zoé')), attribute(oids.organization, printableString('O'))),
      setOf(attribute('1.2.3.4', element(0x1e, hex('0041 20ac')))),
      setOf(attribute('1.2.3.5', sequence(utf8String('postal'), utf8String('address')))),
      setOf(attribute('2.5.4.8', element(0x14, Uint8Array.of(0x41, 0xe9)))),
      setOf(attribute('2.5.4.4', element(0x1c, hex('00000041 0001f600')))),
    ),
    validity: sequence(time(new Date('2049-12-31T23:59:59Z')), time(new Date('9999-12-31T23:59:59Z'))),
  }),
}
