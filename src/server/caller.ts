import type { ClientCertificateReader, PeerSocket } from '../adapters/client-certificate.ts'
import type { CryptoProvider } from '../crypto/provider.ts'
import { certificateKind, psd2Attributes } from '../eidas/index.ts'
import type { HeaderLines } from '../http/index.ts'
import type { Certificate } from '../x509/index.ts'
import { hashText } from './answer.ts'
import { serverError } from './codes.ts'
import type { CertificateTrust } from './trust.ts'

/** Whoever calls, as the QWAC shows. */
export interface Caller {
  readonly certificate: Certificate
  /** x5t#S256 of the QWAC: what tokens are bound to. */
  readonly thumbprint: string
  /** organizationIdentifier. */
  readonly owner: string
}

/** Finds the caller of a request, and that it may call. */
export type FindCaller = (socket: PeerSocket | undefined, headers: HeaderLines, at: Date) => Promise<Caller>

const RSASSA_PSS = '1.2.840.113549.1.1.10'

/**
 * Reads the QWAC of a request once a connection, where it is of the connection: TLS is not renegotiated. Its period and its
 * issuer are looked at for every request.
 */
export function callerFinder(
  reader: ClientCertificateReader,
  ofConnection: boolean,
  trust: CertificateTrust,
  crypto: CryptoProvider,
): FindCaller {
  const known = new WeakMap<object, Caller>()
  return async (socket, headers, at) => {
    const kept = ofConnection && socket !== undefined ? known.get(socket) : undefined
    const caller = kept ?? (await readCaller(reader, socket, headers, crypto))
    if (kept === undefined && ofConnection && socket !== undefined) known.set(socket, caller)
    if (!caller.certificate.validity.includes(at)) throw serverError('CLIENT_CERTIFICATE_EXPIRED')
    await trust(caller.certificate, { as: 'QWAC', at })
    return caller
  }
}

async function readCaller(
  reader: ClientCertificateReader,
  socket: PeerSocket | undefined,
  headers: HeaderLines,
  crypto: CryptoProvider,
): Promise<Caller> {
  const certificate = reader.read(socket, headers)?.certificate
  if (certificate === undefined) throw serverError('CLIENT_CERTIFICATE_MISSING')
  if (certificateKind(certificate).kind !== 'QWAC') throw serverError('CLIENT_CERTIFICATE_KIND')
  const { signatureAlgorithm, publicKey } = certificate
  if ([signatureAlgorithm.oid, publicKey.algorithm.oid].includes(RSASSA_PSS))
    throw serverError('CLIENT_CERTIFICATE_PSS')
  const owner = ownerOf(certificate)
  if (owner === undefined) throw serverError('CLIENT_CERTIFICATE_IDENTIFIER')
  return { certificate, thumbprint: await hashText(certificate.bytes, crypto), owner }
}

/** The identifier of the PSP in a certificate; undefined where it has none of the form that the page wants. */
export function ownerOf(certificate: Certificate): string | undefined {
  const value = psd2Attributes(certificate).organizationIdentifier?.value
  return value !== undefined && /^PSD[A-Z]{2}-[A-Z]{2,8}-[\x21-\x7e]{1,64}$/.test(value) ? value : undefined
}
