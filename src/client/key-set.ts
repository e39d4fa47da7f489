import type { Dispatcher } from 'undici'
import { equalBytes } from '../core/bytes.ts'
import { Psd2Error } from '../core/errors.ts'
import { once } from '../core/once.ts'
import type { PrivateKeySource } from '../crypto/keys.ts'
import type { CryptoProvider } from '../crypto/provider.ts'
import { requireOptions } from '../registration/options.ts'
import { createSigner, type MessageSigner } from '../signing/index.ts'
import { Certificate, decodePem, parseCertificate } from '../x509/index.ts'
import type { TlsIdentity } from './transport.ts'

/** The QSealC, its key, and how the bank finds it while the client has no client_id. */
export interface SealIdentity {
  /** Certificate, DER or PEM. */
  readonly certificate: Certificate | Uint8Array | string
  /** PEM, DER, JWK, KeyObject, CryptoKey, or a callback to an HSM or KMS. */
  readonly key: PrivateKeySource
  /** Address of the certificate, for the keyId of a first registration. STET wants it to end in `_` and the SHA-256 in hexadecimal. */
  readonly url?: string
}

/** A set of eIDAS certificates: one for the connection, one for signatures, both of one PSP. */
export interface KeySet {
  /** For TLS; or a dispatcher of undici that connects with it. */
  readonly qwac: TlsIdentity | Dispatcher
  readonly qsealc: SealIdentity
}

/** A key set whose certificates were read. */
export interface ReadKeySet {
  readonly tls: TlsIdentity | Dispatcher
  /** Undefined where the caller connects with a PKCS#12 or a dispatcher, and gave no certificate beside. */
  readonly qwac: Certificate | undefined
  readonly qsealc: Certificate
  /** Signs with the key of the QSealC, once that is shown to be its key. */
  readonly signer: () => Promise<MessageSigner>
  readonly url: string | undefined
}

const tlsNames = ['certificate', 'key', 'pfx', 'passphrase']

export function readKeySet(given: KeySet, what: string, crypto: CryptoProvider): ReadKeySet {
  requireOptions(given, ['qwac', 'qsealc'], what)
  requireOptions(given.qsealc, ['certificate', 'key', 'url'], `${what}.qsealc`)
  const { certificate, key, url } = given.qsealc
  if (key === undefined) throw new TypeError(`${what}.qsealc.key is missing`)
  if (url !== undefined && !/^https:\/\/[\x21\x23-\x5b\x5d-\x7e]{1,2000}$/.test(url)) {
    throw new TypeError(`${what}.qsealc.url is an https address`)
  }
  const qsealc = readCertificate(certificate)
  // The keyId is another before a registration and after it: each request says its own.
  const made = { profile: 'bpce', key, certificate: qsealc, keyId: 'unregistered', crypto } as const
  const signer = once(() => createSigner(made))
  return { tls: given.qwac, qwac: readQwac(given.qwac, what), qsealc, signer, url }
}

function readQwac(given: TlsIdentity | Dispatcher, what: string): Certificate | undefined {
  if (typeof given !== 'object' || given === null) throw new TypeError(`${what}.qwac is an object`)
  if ('dispatch' in given) return undefined
  requireOptions(given, tlsNames, `${what}.qwac`)
  const { certificate, key, pfx } = given
  if (pfx === undefined && (certificate === undefined || key === undefined)) {
    throw new TypeError(`${what}.qwac has certificate and key in PEM, or pfx`)
  }
  return certificate === undefined ? undefined : readCertificate(certificate)
}

/** The first certificate of a PEM text, or of DER. */
export function readCertificate(given: Certificate | Uint8Array | string): Certificate {
  if (given instanceof Certificate) return given
  const octets = typeof given === 'string' ? new TextEncoder().encode(given) : given
  if (!(octets instanceof Uint8Array)) throw new TypeError('a certificate is a Certificate, DER or PEM')
  if (octets[0] === 0x30) return parseCertificate(octets)
  const [block] = decodePem(octets, { label: 'CERTIFICATE' })
  if (block === undefined) throw new Psd2Error('INPUT_NO_CERTIFICATE', 'the PEM text has no certificate')
  return parseCertificate(block.bytes)
}

export function isSame(a: Certificate, b: Certificate): boolean {
  return equalBytes(a.bytes, b.bytes)
}
