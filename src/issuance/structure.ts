import { type AsnType, fromBER, type Integer } from 'asn1js'
import {
  AlgorithmIdentifier,
  Attribute,
  Certificate,
  CertificationRequest,
  Extension,
  Extensions,
  PublicKeyInfo,
  RelativeDistinguishedNames,
  Time,
} from 'pkijs'
import { concatBytes } from '../core/bytes.ts'
import { bitString, type Der, integer, sequence } from '../der/writer.ts'
import { type SchemeName, schemeOf } from './algorithms.ts'
import type { ExtensionContent } from './extensions.ts'
import { signOctets } from './keys.ts'
import { oid } from './oids.ts'

/** What goes into a certificate besides its signature. */
export interface CertificateContent {
  readonly serialNumber: bigint
  /** Name, as DER. */
  readonly issuer: Der
  readonly notBefore: Date
  readonly notAfter: Date
  /** Name, as DER. */
  readonly subject: Der
  /** SubjectPublicKeyInfo, as DER. */
  readonly publicKey: Uint8Array<ArrayBuffer>
  readonly extensions: readonly ExtensionContent[]
}

/** A key and the way in which it is to sign. */
export interface Signer {
  readonly key: CryptoKey
  readonly scheme: SchemeName
}

function asn1(der: Uint8Array): AsnType {
  const { offset, result } = fromBER(der)
  if (offset !== der.length) throw new TypeError('octets that are not DER')
  return result
}

/** pkijs itself puts all attributes into one RDN; octets that are already DER it passes on. */
function name(der: Der): RelativeDistinguishedNames {
  return new RelativeDistinguishedNames({ valueBeforeDecode: der.buffer })
}

/** UTCTime for 1950 to 2049, else GeneralizedTime (RFC 5280 4.1.2.5). pkijs has the choice made by its caller. */
function time(moment: Date): Time {
  const year = moment.getUTCFullYear()
  return new Time({ type: year >= 1950 && year < 2050 ? 0 : 1, value: moment })
}

function extensionOf({ oid: extnID, critical, value }: ExtensionContent): Extension {
  return new Extension({ extnID, critical, extnValue: concatBytes(value).buffer })
}

/** A v3 certificate, signed. The octets that are signed are the octets that are given out. */
export async function signCertificate(content: CertificateContent, signer: Signer, crypto: Crypto): Promise<Der> {
  const algorithm = new AlgorithmIdentifier({ schema: asn1(schemeOf(signer.scheme).identifier) })
  const certificate = new Certificate({
    version: 2,
    serialNumber: asn1(integer(content.serialNumber)) as Integer,
    signature: algorithm,
    issuer: name(content.issuer),
    notBefore: time(content.notBefore),
    notAfter: time(content.notAfter),
    subject: name(content.subject),
    subjectPublicKeyInfo: new PublicKeyInfo({ schema: asn1(content.publicKey) }),
    extensions: content.extensions.map(extensionOf),
    signatureAlgorithm: algorithm,
  })
  return signed(new Uint8Array(certificate.encodeTBS().toBER()), signer, crypto)
}

/** A PKCS#10 request (RFC 2986) whose one attribute asks for the extensions, signed. */
export async function signRequestFor(
  content: Pick<CertificateContent, 'subject' | 'publicKey' | 'extensions'>,
  signer: Signer,
  crypto: Crypto,
): Promise<Der> {
  const extensions = new Extensions({ extensions: content.extensions.map(extensionOf) })
  const request = new CertificationRequest({
    version: 0,
    subject: name(content.subject),
    subjectPublicKeyInfo: new PublicKeyInfo({ schema: asn1(content.publicKey) }),
    attributes: [new Attribute({ type: oid.extensionRequest, values: [extensions.toSchema()] })],
  })
  // The method that encodes the inner part alone is not public: it is the first element of the whole.
  const [inner] = request.toSchema(true).valueBlock.value
  return signed(new Uint8Array((inner as AsnType).toBER()), signer, crypto)
}

async function signed(toBeSigned: Uint8Array<ArrayBuffer>, { key, scheme }: Signer, crypto: Crypto): Promise<Der> {
  const signature = await signOctets(toBeSigned, key, scheme, crypto)
  return sequence(toBeSigned, schemeOf(scheme).identifier, bitString(signature))
}

/** The content of the subjectPublicKey bits. */
export function publicKeyBits(spki: Uint8Array): Uint8Array<ArrayBuffer> {
  const { subjectPublicKey } = new PublicKeyInfo({ schema: asn1(spki) })
  return new Uint8Array(subjectPublicKey.valueBlock.valueHexView)
}

/**
 * Signs a SEQUENCE of fields, for what pkijs does not write as it is wanted: lists and responses. The fields are made from
 * the AlgorithmIdentifier, which stands among them.
 */
export async function signSequence(
  fields: (algorithm: Der) => readonly Der[],
  signer: Signer,
  crypto: Crypto,
  after: readonly Der[] = [],
): Promise<Der> {
  const toBeSigned = sequence(...fields(schemeOf(signer.scheme).identifier))
  const signature = await signOctets(toBeSigned, signer.key, signer.scheme, crypto)
  return sequence(toBeSigned, schemeOf(signer.scheme).identifier, bitString(signature), ...after)
}
