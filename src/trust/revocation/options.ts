import { defaultCrypto } from '#crypto'
import { Psd2Error } from '../../core/errors.ts'
import type { CryptoProvider } from '../../crypto/provider.ts'
import { Certificate, CertificateList, type CrlLimits, decodePem, parseCrl } from '../../x509/index.ts'
import { canonicalName } from '../path/names/canonical.ts'
import type { RevocationIssuer } from '../path/types.ts'
import { evidenceOf, issuerOf, type RevocationEvidence } from './answer.ts'
import type { CrlSource, VerifiedLists } from './crl-check.ts'
import type { OcspSource } from './ocsp-check.ts'

/** What a fetcher is asked for, beside the address. */
export interface FetchRequest {
  readonly kind: 'ocsp' | 'crl'
  readonly method: 'GET' | 'POST'
  /** Fields of the request. */
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: Uint8Array | undefined
  /** More octets than this are not read. */
  readonly maxBytes: number
}

/**
 * Fetches a list or a response. The toolkit has no network of its own. The address comes from a certificate: it is http or
 * https to a public name; what that name resolves to and where it redirects is for the fetcher to look at.
 */
export type RevocationFetcher = (url: string, request: FetchRequest) => Promise<Uint8Array>

/** Where a checker looks, and how. */
export interface RevocationCheckerOptions {
  /** Lists as DER or PEM, or read before. */
  readonly crls?: readonly (Uint8Array | CertificateList)[]
  /** OCSP responses as DER. */
  readonly ocspResponses?: readonly Uint8Array[]
  /**
   * The nonce of the request, 1 to 128 octets. Where it is given, a response without it does not count. A function makes one
   * for each request that is fetched, and says nothing about `ocspResponses`. Default: none; many responders have prepared
   * responses, which have no nonce.
   */
  readonly nonce?: Uint8Array | (() => Uint8Array)
  /** Asked where nothing that was given answers. */
  readonly fetcher?: RevocationFetcher
  /**
   * Certificates beside the issuer's own that may sign lists: of the issuer under another key, and of issuers of indirect
   * lists. The caller has verified them. Default: none, and indirect lists do not count.
   */
  readonly crlIssuers?: readonly Certificate[]
  /** Seconds that a source may be newer than `at`, because clocks differ. Nothing lasts longer by it. Default 60. */
  readonly clockSkew?: number
  /** Seconds that a response without nextUpdate counts, from its thisUpdate on. Default 300. */
  readonly ocspMaxAge?: number
  /** Hours that a certificate with the validity-assured extension may live. Default 24. */
  readonly shortTermHours?: number
  readonly limits?: Partial<CrlLimits>
  readonly crypto?: CryptoProvider
}

const checkerOptionNames: Readonly<Record<keyof RevocationCheckerOptions, true>> = {
  crls: true,
  ocspResponses: true,
  nonce: true,
  ocspMaxAge: true,
  fetcher: true,
  crlIssuers: true,
  clockSkew: true,
  shortTermHours: true,
  limits: true,
  crypto: true,
}

/** Options as they are used. */
export interface Setting {
  readonly lists: readonly (CrlSource | RevocationEvidence)[]
  /** Lists by the name of their issuer, as names compare. */
  readonly byIssuer: ReadonlyMap<string, readonly CrlSource[]>
  readonly responses: readonly OcspSource[]
  readonly nonce: Uint8Array | undefined
  readonly makeNonce: (() => Uint8Array) | undefined
  readonly fetcher: RevocationFetcher | undefined
  readonly crlIssuers: readonly RevocationIssuer[]
  /** Milliseconds. */
  readonly skew: number
  readonly longestWithoutNext: number
  readonly longestShortTerm: number
  readonly limits: Partial<CrlLimits>
  readonly crypto: CryptoProvider
  readonly verified: VerifiedLists
}

/** Reads the options. Throws `TypeError` where one is wrong. */
export function settingOf(options: RevocationCheckerOptions): Setting {
  for (const name in options) {
    if (!Object.hasOwn(checkerOptionNames, name)) throw new TypeError(`unknown option '${name}'`)
  }
  const { crls = [], ocspResponses = [], nonce, fetcher, crlIssuers = [], limits = {} } = options
  const { clockSkew = 60, ocspMaxAge = 300, shortTermHours = 24, crypto = defaultCrypto } = options
  requireRange('clockSkew', clockSkew, 600)
  requireRange('ocspMaxAge', ocspMaxAge, 86_400)
  requireRange('shortTermHours', shortTermHours, 24 * 10)
  if (fetcher !== undefined && typeof fetcher !== 'function') throw new TypeError('fetcher must be a function')
  if (nonce !== undefined && typeof nonce !== 'function') requireNonce(nonce)
  if (!crlIssuers.every((issuer) => issuer instanceof Certificate)) {
    throw new TypeError('crlIssuers must be certificates that parseCertificate read')
  }
  const lists = crls.map((crl, index) => readList(crl, `crls[${index}]`, limits))
  const byIssuer = new Map<string, CrlSource[]>()
  for (const source of lists) {
    if (!('list' in source)) continue
    const issuer = canonicalName(source.list.issuer)
    const known = byIssuer.get(issuer)
    if (known === undefined) byIssuer.set(issuer, [source])
    else known.push(source)
  }
  return {
    lists,
    byIssuer,
    responses: ocspResponses.map((bytes, index) => ({ bytes, origin: `ocspResponses[${index}]` })),
    nonce: typeof nonce === 'function' ? undefined : nonce,
    makeNonce: typeof nonce === 'function' ? () => requireNonce(nonce()) : undefined,
    fetcher,
    crlIssuers: crlIssuers.map(issuerOf),
    skew: clockSkew * 1000,
    longestWithoutNext: ocspMaxAge * 1000,
    longestShortTerm: shortTermHours * 3_600_000,
    limits,
    crypto,
    verified: new WeakMap(),
  }
}

function requireRange(name: string, value: number, most: number): void {
  if (typeof value !== 'number' || !(value >= 0 && value <= most)) {
    throw new TypeError(`${name} must be a number from 0 to ${most}`)
  }
}

function requireNonce(nonce: Uint8Array): Uint8Array {
  if (!(nonce instanceof Uint8Array) || nonce.length < 1 || nonce.length > 128) {
    throw new TypeError('a nonce must have 1 to 128 octets')
  }
  return nonce
}

/** Reads a list, or says why it cannot be read. */
export function readList(
  given: Uint8Array | CertificateList,
  origin: string,
  limits: Partial<CrlLimits>,
): CrlSource | RevocationEvidence {
  if (given instanceof CertificateList) return { list: given, origin }
  if (!(given instanceof Uint8Array)) throw new TypeError(`${origin} must be octets or a list that parseCrl read`)
  try {
    return { list: parseCrl(derOf(given), { limits }), origin }
  } catch (error) {
    if (!(error instanceof Psd2Error)) throw error
    return evidenceOf('crl', origin, 'unknown', 'REVOCATION_CRL_UNREADABLE', { detail: error.code })
  }
}

/** DER begins with a SEQUENCE; PEM text never with that character. */
function derOf(bytes: Uint8Array): Uint8Array {
  if (bytes.length === 0 || bytes[0] === 0x30) return bytes
  return decodePem(bytes, { label: 'X509 CRL' })[0]?.bytes ?? bytes
}
