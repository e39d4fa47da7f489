import { defaultCrypto } from '#crypto'
import { equalBytes, toHex } from '../../core/bytes.ts'
import { Psd2Error } from '../../core/errors.ts'
import type { CryptoProvider } from '../../crypto/provider.ts'
import { Certificate, CertificateList, type CrlLimits, decodePem, parseCrl } from '../../x509/index.ts'
import { type Address, addressesOf } from './address.ts'
import {
  evidenceOf,
  type RevocationAnswer,
  type RevocationChecker,
  type RevocationEvidence,
  type RevocationRequest,
} from './answer.ts'
import { type RevocationCode, revocationCodes } from './codes.ts'
import { allReasons, type CrlFinding, type CrlSource, checkCrl, type VerifiedLists } from './crl-check.ts'
import { exemptionOf } from './exemption.ts'

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
  /** Asked where nothing that was given answers. */
  readonly fetcher?: RevocationFetcher
  /** Certificates that may sign indirect lists. The caller has verified them. Default: none, and indirect lists do not count. */
  readonly crlIssuers?: readonly Certificate[]
  /** Seconds that a source may be newer than `at`, because clocks differ. Nothing lasts longer by it. Default 60. */
  readonly clockSkew?: number
  /** Hours that a certificate with the validity-assured extension may live. Default 24. */
  readonly shortTermHours?: number
  readonly limits?: Partial<CrlLimits>
  readonly crypto?: CryptoProvider
}

/** What {@link checkRevocation} is asked, and where it looks. */
export interface CheckRevocationOptions extends RevocationCheckerOptions, RevocationRequest {}

const checkerOptionNames: Readonly<Record<keyof RevocationCheckerOptions, true>> = {
  crls: true,
  fetcher: true,
  crlIssuers: true,
  clockSkew: true,
  shortTermHours: true,
  limits: true,
  crypto: true,
}

/** Lists of other issuers that an answer mentions. */
const mostOthers = 8

/**
 * Answers whether a certificate is revoked, from lists that are given or fetched by a function of the caller. It answers in
 * three values: what is missing, out of date, wrongly signed or not about the certificate gives `unknown`, never `good`.
 * It throws on no input.
 *
 * @throws TypeError where an option is wrong
 *
 * @example
 * ```ts
 * import { checkRevocation } from 'psd2-toolkit/trust'
 * import type { Certificate } from 'psd2-toolkit/x509'
 *
 * declare const certificate: Certificate
 * declare const issuer: Certificate
 * declare const list: Uint8Array
 * const answer = await checkRevocation({ certificate, issuer, at: new Date('2026-06-01T12:00:00Z'), crls: [list] })
 * if (answer.status !== 'good') console.log(answer.code, answer.message, answer.revocation?.reason)
 * ```
 */
export async function checkRevocation(options: CheckRevocationOptions): Promise<RevocationAnswer> {
  const { certificate, issuer, at, ...where } = options
  return createRevocationChecker(where)({ certificate, issuer, at })
}

/**
 * A {@link checkRevocation} for many certificates, and for path validation: lists are read once, and the signature of each is
 * verified once.
 *
 * @throws TypeError where an option is wrong
 *
 * @example
 * ```ts
 * import { createRevocationChecker } from 'psd2-toolkit/trust'
 * import type { Certificate } from 'psd2-toolkit/x509'
 *
 * declare const lists: Uint8Array[]
 * declare const links: { certificate: Certificate; issuer: Certificate }[]
 * const check = createRevocationChecker({ crls: lists })
 * for (const link of links) console.log((await check({ ...link, at: new Date() })).status)
 * ```
 */
export function createRevocationChecker(options: RevocationCheckerOptions = {}): RevocationChecker {
  const setting = settingOf(options)
  return (request) => check(request, setting)
}

/** Options as they are used. */
interface Setting {
  readonly sources: readonly (CrlSource | RevocationEvidence)[]
  /** Lists by the name of their issuer, in hexadecimal. */
  readonly byIssuer: ReadonlyMap<string, readonly CrlSource[]>
  readonly fetcher: RevocationFetcher | undefined
  readonly crlIssuers: readonly Certificate[]
  readonly skew: number
  readonly longestShortTerm: number
  readonly limits: Partial<CrlLimits>
  readonly crypto: CryptoProvider
  readonly verified: VerifiedLists
}

function settingOf(options: RevocationCheckerOptions): Setting {
  for (const name in options) {
    if (!Object.hasOwn(checkerOptionNames, name)) throw new TypeError(`unknown option '${name}'`)
  }
  const { crls = [], fetcher, crlIssuers = [], clockSkew = 60, shortTermHours = 24, limits = {}, crypto } = options
  requireRange('clockSkew', clockSkew, 600)
  requireRange('shortTermHours', shortTermHours, 24 * 10)
  if (fetcher !== undefined && typeof fetcher !== 'function') throw new TypeError('fetcher must be a function')
  if (!crlIssuers.every((issuer) => issuer instanceof Certificate)) {
    throw new TypeError('crlIssuers must be certificates that parseCertificate read')
  }
  const sources = crls.map((crl, index) => readList(crl, `crls[${index}]`, limits))
  const byIssuer = new Map<string, CrlSource[]>()
  for (const source of sources) {
    if (!('list' in source)) continue
    const issuer = issuerKey(source.list)
    byIssuer.set(issuer, [...(byIssuer.get(issuer) ?? []), source])
  }
  return {
    sources,
    byIssuer,
    fetcher,
    crlIssuers,
    skew: clockSkew * 1000,
    longestShortTerm: shortTermHours * 3_600_000,
    limits,
    crypto: crypto ?? defaultCrypto,
    verified: new WeakMap(),
  }
}

function requireRange(name: string, value: number, most: number): void {
  if (!(value >= 0 && value <= most)) throw new TypeError(`${name} must be a number from 0 to ${most}`)
}

function issuerKey({ issuer }: CertificateList | Certificate): string {
  return toHex(issuer.value)
}

/** Reads a list, or says why it cannot be read. */
function readList(
  given: Uint8Array | CertificateList,
  origin: string,
  limits: Partial<CrlLimits>,
): CrlSource | RevocationEvidence {
  if (given instanceof CertificateList) return { list: given, origin }
  if (!(given instanceof Uint8Array)) throw new TypeError(`${origin} must be octets or a list that parseCrl read`)
  try {
    return { list: parseCrl(derOf(given, 'X509 CRL'), { limits }), origin }
  } catch (error) {
    if (!(error instanceof Psd2Error)) throw error
    return evidenceOf('crl', origin, 'unknown', 'REVOCATION_CRL_UNREADABLE', { detail: error.code })
  }
}

/** DER begins with a SEQUENCE; PEM text never with that character. */
function derOf(bytes: Uint8Array, label: string): Uint8Array {
  if (bytes.length === 0 || bytes[0] === 0x30) return bytes
  return decodePem(bytes, { label })[0]?.bytes ?? bytes
}

/** Everything that one question has met so far. */
interface Gathered {
  readonly evidence: RevocationEvidence[]
  /** Reasons that lists without the certificate cover. */
  reasons: number
}

async function check(request: RevocationRequest, setting: Setting): Promise<RevocationAnswer> {
  const { certificate, issuer, at } = request
  if (!(certificate instanceof Certificate && issuer instanceof Certificate)) {
    throw new TypeError('certificate and issuer must be certificates that parseCertificate read')
  }
  if (!(at instanceof Date) || Number.isNaN(at.getTime())) throw new TypeError('at must be a Date that is a moment')
  const gathered: Gathered = { evidence: [], reasons: 0 }
  if (!equalBytes(certificate.issuer.value, issuer.subject.value)) {
    const detail = String(issuer.subject)
    gathered.evidence.push(evidenceOf('certificate', 'issuer', 'unknown', 'REVOCATION_ISSUER', { detail }))
    return answer(gathered)
  }
  for (const source of listsFor(certificate, setting)) {
    if ('list' in source) add(gathered, await checkCrl(source, { ...setting, ...request }))
    else gathered.evidence.push(source)
  }
  const exemption = exemptionOf(certificate, setting.longestShortTerm)
  if (exemption !== undefined) gathered.evidence.push(exemption)
  if (setting.fetcher !== undefined && !isDecided(gathered)) await fetchAll(request, setting, gathered, setting.fetcher)
  return answer(gathered)
}

/** Lists of the issuer and indirect ones; beside them unreadable ones, and a few of others, to say that they are. */
function listsFor(certificate: Certificate, setting: Setting): readonly (CrlSource | RevocationEvidence)[] {
  const own = setting.byIssuer.get(issuerKey(certificate)) ?? []
  const others = setting.sources.filter((source) => !('list' in source) || !own.includes(source))
  const isIndirect = (source: CrlSource | RevocationEvidence) =>
    'list' in source && source.list.issuingDistributionPoint?.indirectCRL === true
  const foreign = others.filter((source) => !isIndirect(source)).slice(0, own.length === 0 ? mostOthers : 0)
  return [...own, ...others.filter(isIndirect), ...foreign]
}

function add(gathered: Gathered, { evidence, reasons }: CrlFinding): void {
  gathered.evidence.push(evidence)
  gathered.reasons |= reasons
}

function isDecided({ evidence, reasons }: Gathered): boolean {
  return reasons === allReasons || evidence.some(({ status }) => status !== 'unknown')
}

async function fetchAll(
  request: RevocationRequest,
  setting: Setting,
  gathered: Gathered,
  fetcher: RevocationFetcher,
): Promise<void> {
  for (const address of addressesOf(request.certificate)) {
    if (isDecided(gathered)) return
    if (address.kind !== 'crl') continue
    const bytes = await fetchOne(address, setting, gathered, fetcher)
    if (bytes === undefined) continue
    const source = readList(bytes, address.text, setting.limits)
    if ('list' in source) add(gathered, await checkCrl(source, { ...setting, ...request }))
    else gathered.evidence.push(source)
  }
}

/** The octets of an address; where there are none, that is evidence. */
async function fetchOne(
  { kind, text, url }: Address,
  setting: Setting,
  gathered: Gathered,
  fetcher: RevocationFetcher,
): Promise<Uint8Array | undefined> {
  const failed = (code: RevocationCode, detail?: string): undefined => {
    gathered.evidence.push(evidenceOf(kind, text, 'unknown', code, { detail }))
  }
  if (url === undefined) return failed('REVOCATION_FETCH_ADDRESS')
  try {
    const maxBytes = setting.limits.size ?? 64 << 20
    const headers = [['accept', 'application/pkix-crl']] as const
    const bytes: unknown = await fetcher(url, { kind, method: 'GET', headers, body: undefined, maxBytes })
    return bytes instanceof Uint8Array ? bytes : failed('REVOCATION_FETCH_FAILED', 'the fetcher gave no octets')
  } catch (error) {
    // What it says may hold what must not be shown, such as the password of a proxy.
    return failed('REVOCATION_FETCH_FAILED', error instanceof Error ? error.name : undefined)
  }
}

/** Codes that say little, where another says more. */
const vague: ReadonlySet<RevocationCode> = new Set(['REVOCATION_CRL_OTHER_ISSUER'])

function answer({ evidence, reasons }: Gathered): RevocationAnswer {
  const decided =
    evidence.find(({ status }) => status === 'revoked') ?? evidence.find(({ status }) => status === 'good')
  if (decided !== undefined) return answerOf(decided.status, decided.code, evidence, decided)
  // Lists for some reasons each, which together cover all of them.
  if (reasons === allReasons) return answerOf('good', 'REVOCATION_CRL_GOOD', evidence)
  const telling = evidence.find(({ code }) => !vague.has(code)) ?? evidence[0]
  return answerOf('unknown', telling?.code ?? 'REVOCATION_NO_SOURCE', evidence)
}

function answerOf(
  status: RevocationAnswer['status'],
  code: RevocationCode,
  evidence: readonly RevocationEvidence[],
  decided?: RevocationEvidence,
): RevocationAnswer {
  const { says, mend } = revocationCodes[code]
  return { status, code, message: says, mend, revocation: decided?.revocation, evidence }
}
