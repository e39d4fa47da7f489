import { checkOptionNames } from '../core/nearest.ts'
import type { KeyAlgorithm, SignatureAlgorithm } from './algorithms.ts'
import { checkSignatureAlgorithm, chooseScheme, exportPkcs8, exportSpki, generateKeys, keyPairFrom } from './keys.ts'
import { profileExtensions } from './leaf-extensions.ts'
import { type ProfileOptions, profileOptionNames } from './leaf-options.ts'
import { encodePem } from './pem.ts'
import { type LeafKind, planProfile } from './profile-plan.ts'
import { signRequestFor } from './structure.ts'
import { encodeName, givenSubject } from './subject.ts'

/** What a request to a QTSP is to ask for. */
export interface CertificateRequestOptions extends ProfileOptions {
  readonly kind: LeafKind
  readonly organizationIdentifier: string
  readonly organizationName: string
  readonly countryName: string
  readonly roles: NonNullable<ProfileOptions['roles']>
  readonly ncaName: string
  /** The key to be certified, as a pair or as PKCS#8 PEM text. Default: a new one. */
  readonly key?: CryptoKeyPair | string
  /** Algorithm of a new key. Default `RSA-3072`. */
  readonly keyAlgorithm?: KeyAlgorithm
  /** Default: RS256, ES256 and so on, by the key. */
  readonly signatureAlgorithm?: SignatureAlgorithm
  /** Default `globalThis.crypto`. */
  readonly crypto?: Crypto
}

/** A PKCS#10 request with its private key. */
export interface CertificateRequest {
  /** DER. */
  readonly request: Uint8Array
  readonly privateKey: CryptoKey
  pem(): string
  /** PKCS#8. Rejects with `TypeError` where the key is not extractable. */
  privateKeyPem(): Promise<string>
}

const requestOptionNames: Readonly<Record<keyof CertificateRequestOptions, true>> = {
  ...profileOptionNames,
  kind: true,
  key: true,
  keyAlgorithm: true,
  signatureAlgorithm: true,
  crypto: true,
}

const needed = ['organizationIdentifier', 'organizationName', 'countryName', 'ncaName'] as const

function checkRequest(options: CertificateRequestOptions): void {
  checkOptionNames(options, requestOptionNames)
  if (options.kind !== 'QWAC' && options.kind !== 'QSealC') throw new TypeError(`kind must be 'QWAC' or 'QSealC'`)
  for (const name of needed) {
    if (typeof options[name] !== 'string' || options[name] === '') throw new TypeError(`${name} is needed in a request`)
  }
  if (!Array.isArray(options.roles) || options.roles.length === 0) throw new TypeError('roles are needed in a request')
  if (options.kind === 'QWAC' && (options.dnsNames ?? []).length === 0) {
    throw new TypeError('dnsNames are needed in a request for a QWAC')
  }
  if (options.key !== undefined && options.keyAlgorithm !== undefined) {
    throw new TypeError('keyAlgorithm is for a new key, and key is given')
  }
}

/**
 * A PKCS#10 request (RFC 2986) for a QWAC or QSealC. Its extensionRequest asks for keyUsage, extendedKeyUsage,
 * subjectAltName and qcStatements with QcType and the PSD2 statement; what only the QTSP can say, such as QcCompliance,
 * is left to it unless an option asks. Nothing about the PSP has a default. Throws `TypeError` where something is
 * missing and `Psd2Error` with a code `ISSUANCE_...` on a key that cannot be read.
 *
 * @example
 * ```ts
 * import { createCertificateRequest } from 'psd2-toolkit/issuance'
 *
 * const request = await createCertificateRequest({
 *   kind: 'QSealC',
 *   organizationIdentifier: 'PSDFR-ACPR-12345',
 *   organizationName: 'Example Payments SA',
 *   countryName: 'FR',
 *   ncaName: 'Autorité de contrôle prudentiel et de résolution',
 *   roles: ['PSP_AI', 'PSP_PI'],
 * })
 * console.log(request.pem())
 * ```
 */
export async function createCertificateRequest(options: CertificateRequestOptions): Promise<CertificateRequest> {
  checkRequest(options)
  const signatureAlgorithm = checkSignatureAlgorithm(options.signatureAlgorithm)
  const crypto = options.crypto ?? globalThis.crypto
  const keys =
    options.key === undefined
      ? await generateKeys(options.keyAlgorithm ?? 'RSA-3072', crypto)
      : await keyPairFrom(options.key, 'key', crypto)
  const commonName = options.kind === 'QWAC' ? options.dnsNames?.[0] : options.organizationName
  const plan = planProfile(options.kind, options, { commonName, ...givenSubject(options) }, {})
  const request = await signRequestFor(
    {
      subject: encodeName(plan.subject),
      publicKey: await exportSpki(keys.publicKey, crypto),
      extensions: profileExtensions(plan),
    },
    { key: keys.privateKey, scheme: chooseScheme(keys.privateKey, signatureAlgorithm) },
    crypto,
  )
  return {
    request,
    privateKey: keys.privateKey,
    pem: () => encodePem('CERTIFICATE REQUEST', request),
    privateKeyPem: async () => encodePem('PRIVATE KEY', await exportPkcs8(keys.privateKey, crypto)),
  }
}
