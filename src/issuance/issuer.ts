import { fromBER } from 'asn1js'
import { Certificate } from 'pkijs'
import { concatBytes, equalBytes } from '../core/bytes.ts'
import { type Der, encodeOid, sequence } from '../der/writer.ts'
import type { SignatureAlgorithm } from './algorithms.ts'
import { unusable } from './codes.ts'
import { type ExtensionContent, encodeExtension, keyIdentifierOf } from './extensions.ts'
import { type Issued, issued } from './issued.ts'
import { chooseScheme, exportSpki, importPrivateKeyPem, publicKeyOf } from './keys.ts'
import { type IssuerPointers, pointerExtensions } from './leaf-extensions.ts'
import { oid } from './oids.ts'
import { decodePemBlock } from './pem.ts'
import { publicKeyBits, signCertificate } from './structure.ts'
import { encodeName, subjectAttributes } from './subject.ts'

/** An authority's certificate with all that issuing from it needs. */
export interface Issuer {
  readonly issued: Issued
  /** The subject Name, as DER. */
  readonly name: Der
  readonly notAfter: Date
  readonly pointers: IssuerPointers
}

/** The three authorities, with what their certificates differ in. */
const authorities = {
  root: { commonName: 'TEST ONLY Root CA', file: 'root', extensions: [] },
  web: {
    commonName: 'TEST ONLY Web CA',
    file: 'web-ca',
    // The Baseline Requirements want the purpose of TLS in the issuing authority too.
    extensions: [
      extension(oid.extendedKeyUsage, false, sequence(encodeOid('1.3.6.1.5.5.7.3.1'), encodeOid('1.3.6.1.5.5.7.3.2'))),
    ],
  },
  seal: { commonName: 'TEST ONLY Seal CA', file: 'seal-ca', extensions: [] },
} as const

export type AuthorityRole = keyof typeof authorities

/** Who the authority says it is. */
export interface AuthorityNames {
  readonly organizationName: string
  readonly countryName: string
  readonly organizationIdentifier: string
}

/** What a new authority certificate is made of. */
export interface AuthorityPlan extends AuthorityNames {
  readonly role: AuthorityRole
  readonly notBefore: Date
  readonly notAfter: Date
  readonly serialNumber: bigint
  readonly keys: CryptoKeyPair
  readonly signatureAlgorithm: SignatureAlgorithm | undefined
  readonly baseUrl: string
}

function extension(id: string, critical: boolean, value: Der): ExtensionContent {
  return { oid: id, critical, value }
}

function pointersFor(role: AuthorityRole, baseUrl: string, keyIdentifier: Uint8Array): IssuerPointers {
  const { file } = authorities[role]
  return {
    keyIdentifier,
    crl: `${baseUrl}/${file}.crl`,
    certificate: `${baseUrl}/${file}.cer`,
    ocsp: `${baseUrl}/ocsp`,
  }
}

/** Issues an authority certificate: the root by itself, the others by the root. */
export async function issueAuthority(plan: AuthorityPlan, above: Issuer | undefined, crypto: Crypto): Promise<Issuer> {
  const { commonName, extensions } = authorities[plan.role]
  const { organizationName, countryName, organizationIdentifier, keys } = plan
  const name = encodeName(subjectAttributes({ organizationName, countryName, organizationIdentifier, commonName }))
  const publicKey = await exportSpki(keys.publicKey, crypto)
  const keyIdentifier = await keyIdentifierOf(publicKeyBits(publicKey), crypto)
  const signingKey = above?.issued.privateKey ?? keys.privateKey
  const own = [
    extension(oid.basicConstraints, true, encodeExtension.basicConstraints(true, above === undefined ? undefined : 0)),
    extension(oid.keyUsage, true, encodeExtension.keyUsage(['keyCertSign', 'cRLSign'])),
  ]
  const rootOnly = [extension(oid.subjectKeyIdentifier, false, encodeExtension.subjectKeyIdentifier(keyIdentifier))]
  const anyPolicy = extension(oid.certificatePolicies, false, encodeExtension.certificatePolicies(['2.5.29.32.0']))
  const others = above === undefined ? rootOnly : [...pointerExtensions(keyIdentifier, above.pointers), anyPolicy]
  const certificate = await signCertificate(
    {
      serialNumber: plan.serialNumber,
      issuer: above?.name ?? name,
      notBefore: plan.notBefore,
      notAfter: plan.notAfter,
      subject: name,
      publicKey,
      extensions: [...own, ...others, ...extensions],
    },
    { key: signingKey, scheme: chooseScheme(signingKey, plan.signatureAlgorithm) },
    crypto,
  )
  return {
    issued: issued(certificate, keys.privateKey, above?.issued.chain ?? [], crypto),
    name,
    notAfter: plan.notAfter,
    pointers: pointersFor(plan.role, plan.baseUrl, keyIdentifier),
  }
}

/** An authority certificate with its key, as they were stored. */
export interface StoredIssuer {
  /** PEM text or DER. */
  readonly certificate: string | Uint8Array
  /** PKCS#8 PEM text, or a key of WebCrypto. */
  readonly privateKey: string | CryptoKey
}

/**
 * Takes up a stored authority. Throws `Psd2Error` with `ISSUANCE_CERTIFICATE`, `ISSUANCE_KEY_MISMATCH` or a code of
 * reading PEM and keys.
 */
export async function restoreIssuer(
  stored: StoredIssuer,
  role: AuthorityRole,
  above: Issuer | undefined,
  baseUrl: string,
  crypto: Crypto,
): Promise<Issuer> {
  if (typeof stored !== 'object' || stored === null) {
    throw new TypeError(`${role} must be { certificate, privateKey }`)
  }
  const der = certificateDer(stored.certificate, `${role}.certificate`)
  const parsed = parse(der, `${role}.certificate`)
  const { privateKey: given } = stored
  const privateKey = typeof given === 'string' ? await importPrivateKeyPem(given, `${role}.privateKey`, crypto) : given
  const publicKey = new Uint8Array(parsed.subjectPublicKeyInfo.toSchema().toBER())
  await checkKey(privateKey, publicKey, `${role}.privateKey`, crypto)
  return {
    issued: issued(der, privateKey, above?.issued.chain ?? [], crypto),
    name: new Uint8Array(parsed.subject.valueBeforeDecode),
    notAfter: parsed.notAfter.value,
    pointers: pointersFor(role, baseUrl, await keyIdentifierIn(parsed, publicKey, crypto)),
  }
}

function certificateDer(given: string | Uint8Array, path: string): Uint8Array<ArrayBuffer> {
  if (typeof given === 'string') return decodePemBlock(given, 'CERTIFICATE', path)
  if (given instanceof Uint8Array) return concatBytes(given)
  throw new TypeError(`${path} must be PEM text or DER`)
}

function parse(der: Uint8Array<ArrayBuffer>, path: string): Certificate {
  const { offset, result } = fromBER(der)
  if (offset !== der.length) throw unusable('ISSUANCE_CERTIFICATE', path)
  try {
    return new Certificate({ schema: result })
  } catch (cause) {
    throw unusable('ISSUANCE_CERTIFICATE', path, undefined, cause)
  }
}

/** A key that is not extractable gives no public half to compare; it is then the caller's word. */
async function checkKey(privateKey: CryptoKey, spki: Uint8Array, path: string, crypto: Crypto): Promise<void> {
  if (privateKey?.type !== 'private') throw new TypeError(`${path} must be PEM text or a private CryptoKey`)
  if (!privateKey.extractable) return
  const own = await exportSpki(await publicKeyOf(privateKey, crypto), crypto)
  if (!equalBytes(own, spki)) throw unusable('ISSUANCE_KEY_MISMATCH', path)
}

/** What the certificate itself says, so that authorityKeyIdentifier of new leaves matches it. */
async function keyIdentifierIn(certificate: Certificate, spki: Uint8Array, crypto: Crypto): Promise<Uint8Array> {
  const found = certificate.extensions?.find(({ extnID }) => extnID === oid.subjectKeyIdentifier)
  if (found === undefined) return keyIdentifierOf(publicKeyBits(spki), crypto)
  return new Uint8Array(found.extnValue.valueBlock.valueHexView).subarray(2)
}
