import { defaultCrypto } from '#crypto'
import type { CryptoProvider, Digester } from '../../crypto/index.ts'
import { Certificate } from '../../x509/index.ts'
import { listError } from './codes.ts'
import { isIssuedBy } from './issued-by.ts'
import { issuingType, judgeService, type NotGrantedReason, type ServiceJudgement } from './judge.ts'
import { isStale, requireMoment } from './load.ts'
import type { ServiceUse } from './model.ts'
import { keysByHints, servicesByKeyHash, type TrustStore } from './store.ts'
import type { StoredList } from './store-json.ts'

/** What is asked about an issuer. */
export interface FindServiceOptions {
  /** The certificate of the CA, or its SubjectPublicKeyInfo in DER: the key is what is looked up. */
  readonly issuer: Certificate | Uint8Array
  /** The certificate that the CA issued, where qualifiers of the list are to be applied to it. */
  readonly certificate?: Certificate
  readonly use: ServiceUse
  /** The instant that is asked about: that of issuance, of a signature, or now. */
  readonly at: Date
  /** Answers from lists whose next update was due before `at` too. */
  readonly acceptStale?: boolean
  readonly crypto?: Digester
}

/** A service that has the key, with the list that it stands in. */
export interface ServiceEvidence extends ServiceJudgement {
  readonly list: StoredList
  /** The next update of the list was due before the instant that was asked about. */
  readonly stale: boolean
}

/**
 * - `granted`: a service with this key was granted, for this use, at this instant.
 * - `not-granted`: lists have the key, and it does not stand for this; `reason` says why.
 * - `unknown`: no list has the key (`no-such-service`), or what the list says may have changed since (`stale`).
 */
export type ServiceAnswer = { readonly evidence: readonly ServiceEvidence[] } & (
  | { readonly status: 'granted'; readonly reason: undefined }
  | { readonly status: 'not-granted'; readonly reason: NotGrantedReason }
  | { readonly status: 'unknown'; readonly reason: 'no-such-service' | 'stale' }
)

const optionNames: readonly string[] = ['issuer', 'certificate', 'use', 'at', 'acceptStale', 'crypto']
const uses: readonly string[] = ['web', 'eseal', 'esign'] satisfies ServiceUse[]

/**
 * Whether the lists say that a CA issued qualified certificates of a use at an instant. It is found by its public key and by
 * nothing else: names can be given by anybody.
 *
 * Where several services have the key, those count that are CA/QC at that instant and for this use. All of them must be
 * granted: with one withdrawn, and not taken over by another provider, the answer is `not-granted` with reason `conflict`. Order of lists and services plays no part.
 *
 * @throws Psd2Error `TSL_STORE_CONTENT`
 * @throws TypeError on an unknown option or an instant that is none
 *
 * @example
 * ```ts
 * import { findService, openTrustStore } from 'psd2-toolkit/trust'
 * import { parseCertificate } from 'psd2-toolkit/x509'
 *
 * declare const bytes: Uint8Array
 * declare const ca: Uint8Array
 * const store = await openTrustStore(bytes)
 * const { status, reason } = await findService(store, { issuer: parseCertificate(ca), use: 'web', at: new Date() })
 * console.log(status, reason)
 * ```
 */
export async function findService(store: TrustStore, options: FindServiceOptions): Promise<ServiceAnswer> {
  const { issuer, certificate, use, at, acceptStale = false, crypto = defaultCrypto } = options
  requireOptions(options)
  const spki = issuer instanceof Certificate ? issuer.publicKey.value : issuer
  const services = servicesByKeyHash(store, await crypto.digest('sha-256', spki))
  const evidence = services.map((service): ServiceEvidence => {
    const list = store.lists[service.list]
    if (list === undefined) throw listError('TSL_STORE_CONTENT')
    return { ...judgeService(service, at, use, certificate), list, stale: isStale(list, at) }
  })
  return conclude(evidence, use, acceptStale)
}

/** What is asked about the issuer of a certificate. */
export type FindIssuerOptions = Omit<FindServiceOptions, 'issuer' | 'certificate' | 'crypto'> & {
  readonly crypto?: CryptoProvider
}

/** The answer about the issuer, and its key where a list has it. */
export type IssuerAnswer = ServiceAnswer & {
  /** SubjectPublicKeyInfo of the key that signed the certificate. */
  readonly issuerKey: Uint8Array | undefined
}

/** Keys that names and key identifiers may lead to before the search ends. */
const candidateCap = 32

/**
 * {@link findService} for the issuer of a certificate whose CA certificate is not at hand. Names and key identifiers lead to
 * keys of the lists; the one that made the signature of the certificate is the issuer.
 *
 * @throws Psd2Error `TSL_STORE_CONTENT`
 * @throws TypeError on an unknown option or an instant that is none
 *
 * @example
 * ```ts
 * import { findIssuer, openTrustStore } from 'psd2-toolkit/trust'
 * import { parseCertificate } from 'psd2-toolkit/x509'
 *
 * declare const bytes: Uint8Array
 * declare const qsealc: Uint8Array
 * const certificate = parseCertificate(qsealc)
 * const at = certificate.validity.notBefore
 * const { status, evidence } = await findIssuer(await openTrustStore(bytes), certificate, { use: 'eseal', at })
 * console.log(status, evidence[0]?.service.provider)
 * ```
 */
export async function findIssuer(
  store: TrustStore,
  certificate: Certificate,
  options: FindIssuerOptions,
): Promise<IssuerAnswer> {
  const { crypto = defaultCrypto } = options
  for (const name of ['issuer', 'certificate']) {
    if (name in options) throw new TypeError(`findIssuer takes no option '${name}': it finds the issuer`)
  }
  requireOptions({ ...options, issuer: certificate })
  const keyIdentifier = certificate.extension('authorityKeyIdentifier')?.decoded?.keyIdentifier?.value
  const hints: (readonly ['subject' | 'keyIdentifier', Uint8Array])[] = [['subject', certificate.issuer.value]]
  if (keyIdentifier !== undefined) hints.unshift(['keyIdentifier', keyIdentifier])
  for (const spki of await keysByHints(store, hints, candidateCap, crypto)) {
    if (!(await isIssuedBy(certificate, spki, crypto))) continue
    return { ...(await findService(store, { ...options, issuer: spki, certificate })), issuerKey: spki }
  }
  return { status: 'unknown', reason: 'no-such-service', evidence: [], issuerKey: undefined }
}

function conclude(evidence: readonly ServiceEvidence[], use: ServiceUse, acceptStale: boolean): ServiceAnswer {
  const [first] = evidence
  if (first === undefined) return { status: 'unknown', reason: 'no-such-service', evidence }
  if (!acceptStale && evidence.some(({ stale }) => stale)) return { status: 'unknown', reason: 'stale', evidence }
  const granted = evidence.filter(({ reason }) => reason === undefined)
  if (granted.length === 0) return { status: 'not-granted', reason: nearest(evidence, use), evidence }
  const against = evidence.some(({ reason, status }) => {
    return reason !== undefined && status?.type === issuingType && status.uses.includes(use) && !status.takenOver
  })
  return against
    ? { status: 'not-granted', reason: 'conflict', evidence }
    : { status: 'granted', reason: undefined, evidence }
}

/** Of several reasons the first of these. */
const byNearness: readonly NotGrantedReason[] = [
  'qualifier',
  'not-understood',
  'other-use',
  'withdrawn',
  'before-start',
  'other-type',
]

/** Why not: services that are for this use speak before those that never were. */
function nearest(evidence: readonly ServiceEvidence[], use: ServiceUse): NotGrantedReason {
  const ofUse = evidence.filter(({ status }) => status?.uses.includes(use) === true)
  const met = new Set((ofUse.length > 0 ? ofUse : evidence).map(({ reason }) => reason))
  return byNearness.find((reason) => met.has(reason)) as NotGrantedReason
}

function requireOptions(options: FindServiceOptions): void {
  for (const name in options) {
    if (!optionNames.includes(name)) throw new TypeError(`unknown option '${name}'`)
  }
  const { issuer, use, at } = options
  if (!(issuer instanceof Certificate) && !(issuer instanceof Uint8Array)) {
    throw new TypeError('issuer must be a Certificate, or a SubjectPublicKeyInfo as a Uint8Array')
  }
  if (!uses.includes(use)) throw new TypeError(`use must be one of ${uses.join(', ')}`)
  requireMoment(at)
}
