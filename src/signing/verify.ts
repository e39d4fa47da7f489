import { defaultCrypto } from '#crypto'
import { encodeBase64 } from '../core/base64.ts'
import { algorithmFits, algorithmNamed, type SignatureAlgorithmName } from '../crypto/algorithms.ts'
import { type PublicKeySource, publicKeyFrom } from '../crypto/keys.ts'
import type { CryptoProvider, PublicKey } from '../crypto/provider.ts'
import { verifierOf } from '../crypto/signer.ts'
import { type VerifiedDigestField, verifyMessageDigest } from '../http/digest/index.ts'
import {
  checkPolicy,
  checkReplay,
  type HttpMessage,
  type HttpResponse,
  type MessageContext,
  type MessageView,
  type ParsedSignature,
  type PreparedPolicy,
  parseSignatures,
  type ReplayStore,
  readMessage,
  type SignatureBase,
  selectSignature,
  verifySignatureOf,
} from '../http/index.ts'
import { x5tS256 } from '../jose/x5t.ts'
import { Certificate } from '../x509/certificate.ts'
import { checkCertificateForm, checkCertificatePeriod } from './certificate-check.ts'
import { parseCertificateHeader } from './certificate-header.ts'
import { signingError } from './codes.ts'
import { type KeyReference, longestKeyReference, parseKeyReference, refersTo } from './key-reference.ts'
import { policiesOf, type SigningProfile } from './profile.ts'
import { type ProfileName, profileOf } from './profiles/index.ts'
import { requireRequestId } from './sign.ts'

/** What came with the message beside the key reference. As untrusted as the reference. */
export interface ResolveContext {
  readonly message: MessageView
  /** What the signature says of itself beside the key reference, as text by name. */
  readonly parameters: ReadonlyMap<string, string>
  /** Certificate of the header that the profile names; it is the one that the reference names. */
  readonly certificate: Certificate | undefined
}

/**
 * Finds the key of a reference: in a registration, in a store, in the body. Answers a certificate, a public key, or
 * undefined where nobody knows it. What it answers is trusted: it is the place to ask who may use this certificate.
 */
export type KeyResolver = (
  reference: KeyReference,
  context: ResolveContext,
) => Certificate | PublicKeySource | undefined | Promise<Certificate | PublicKeySource | undefined>

/** How {@link verifyRequest} and {@link verifyResponse} verify. */
export interface VerifyMessageOptions {
  readonly profile: ProfileName | SigningProfile
  readonly resolveKey: KeyResolver
  /** Time of validation. */
  readonly at: Date
  /** Without a store, a message that was sent twice verifies twice. */
  readonly replay?: ReplayStore
  readonly context?: MessageContext
  readonly crypto?: CryptoProvider
}

/** Keys of certificates that passed under one profile and one provider. */
export type CertificateMemory = WeakMap<Certificate, PublicKey>

/** What was verified. Only what stands here may be relied on. */
export interface VerifiedMessage {
  readonly profile: string
  /** Names of what the signature covers. */
  readonly components: readonly string[]
  readonly algorithm: SignatureAlgorithmName
  readonly keyReference: KeyReference
  /** What the signature says of itself, as text by name: the `iss` of Open Banking UK is here. */
  readonly parameters: ReadonlyMap<string, string>
  /** The certificate whose key verified the signature; undefined where the resolver gave a key alone. */
  readonly certificate: Certificate | undefined
  readonly digests: readonly VerifiedDigestField[]
  readonly requestId: string | undefined
  readonly created: Date | undefined
  readonly expires: Date | undefined
  readonly replayChecked: boolean
  /** What was signed. */
  readonly base: SignatureBase
}

const names: ReadonlySet<string> = new Set(['profile', 'resolveKey', 'at', 'replay', 'context', 'crypto'])

/**
 * Verifies a received request completely: its form, what is covered, the clock, the digest against the body, the key
 * reference against the certificate, the certificate against the profile, the signature, and the replay store where there
 * is one. A key reference is never fetched. That a qualified issuer stands behind the certificate is for the resolver or for
 * path validation to show.
 *
 * @returns what was verified
 * @throws Psd2Error with a code of its own for each thing that can be wrong
 * @throws TypeError on an unknown profile or option, and where `at` is no moment
 *
 * @example
 * ```ts
 * import { verifyRequest } from 'psd2-toolkit/signature'
 * import type { Certificate } from 'psd2-toolkit/x509'
 *
 * declare const registered: Map<string, Certificate>
 * declare const request: { method: string; target: string; headers: [string, string][]; body: Uint8Array }
 * const verified = await verifyRequest(request, {
 *   profile: 'bpce',
 *   resolveKey: (reference) => registered.get(reference.value),
 *   at: new Date(),
 * })
 * console.log(verified.requestId, verified.components)
 * ```
 */
export function verifyRequest(message: HttpMessage, options: VerifyMessageOptions): Promise<VerifiedMessage> {
  return verifyRequestWith(message, options, new WeakMap())
}

/** The same, with what is remembered of certificates. */
export async function verifyRequestWith(
  message: HttpMessage,
  options: VerifyMessageOptions,
  memory: CertificateMemory,
): Promise<VerifiedMessage> {
  const profile = profileOf(options.profile)
  const view = readMessage(message)
  if (view.status !== undefined) throw new TypeError('this is a response: verifyResponse verifies it')
  const requestId = profile.requestId ? requireRequestId(view) : undefined
  return verify(view, profile, policiesOf(profile).requests, options, requestId, memory)
}

/**
 * Verifies a response. `(request-target)` is that of the request that it comes with, and x-request-id is wanted where the
 * response has it.
 *
 * @throws Psd2Error and TypeError as {@link verifyRequest}
 */
export function verifyResponse(response: HttpResponse, options: VerifyMessageOptions): Promise<VerifiedMessage> {
  return verifyResponseWith(response, options, new WeakMap())
}

/** The same, with what is remembered of certificates. */
export async function verifyResponseWith(
  response: HttpResponse,
  options: VerifyMessageOptions,
  memory: CertificateMemory,
): Promise<VerifiedMessage> {
  const profile = profileOf(options.profile)
  const view = readMessage(response)
  if (view.status === undefined) throw new TypeError('this is a request: verifyRequest verifies it')
  return verify(view, profile, policiesOf(profile).responses, options, undefined, memory)
}

async function verify(
  view: MessageView,
  profile: SigningProfile,
  policy: PreparedPolicy,
  options: VerifyMessageOptions,
  requestId: string | undefined,
  memory: CertificateMemory,
): Promise<VerifiedMessage> {
  for (const name in options) if (!names.has(name)) throw new TypeError(`unknown option '${name}'`)
  const { at, context = {}, crypto = defaultCrypto } = options
  if (Number.isNaN(at.getTime())) throw new TypeError('at is not a moment')
  const { dialect, quirks, label } = profile
  const signature = selectSignature(parseSignatures(view, { dialect, quirks }), { label, tag: policy.source.tag })
  checkPolicy(view, signature, policy, { at })
  const reference = readReference(signature, profile)
  requireNamed(signature)
  const { key, certificate } = await resolve(view, signature, reference, profile, options, crypto, memory)
  if (certificate !== undefined) await requireNamedCertificate(signature, certificate, crypto)
  const { required, fields, algorithms, bare } = policy.source.digest
  const digests = await verifyMessageDigest(view, { required, fields, algorithms, bare, crypto })
  const algorithm = algorithmFor(key, signature, profile)
  const base = await verifySignatureOf(view, signature, verifierOf(algorithm, key, crypto), context)
  if (options.replay !== undefined) {
    const sender = certificate === undefined ? reference.value : certificate.serial.hex + String(certificate.issuer)
    await checkReplay(view, signature, policy, { at, store: options.replay, sender, base, crypto })
  }
  return {
    profile: profile.name,
    components: signature.components.map(({ id }) => id),
    algorithm,
    keyReference: reference,
    parameters: signature.parameters,
    certificate,
    digests,
    requestId,
    created: moment(signature.created),
    expires: moment(signature.expires),
    replayChecked: options.replay !== undefined,
    base,
  }
}

function readReference(signature: ParsedSignature, profile: SigningProfile): KeyReference {
  const { keyId = '' } = signature
  if (keyId.length > longestKeyReference)
    throw signingError('KEY_REFERENCE_FORM', 'keyId', `${keyId.length} characters`)
  const reference = asIdentifier(parseKeyReference(keyId), profile)
  if (!profile.keyReferences.includes(reference.form)) throw signingError('KEY_REFERENCE_FORM', 'keyId', reference.form)
  if (reference.form === 'url' && profile.fingerprintRequired === true && reference.fingerprint === undefined) {
    throw signingError('KEY_REFERENCE_URL', 'keyId')
  }
  return reference
}

/** Digits may be a client_id or a thumbprint: they are a serial number only where the profile takes serial numbers. */
function asIdentifier(reference: KeyReference, { keyReferences }: SigningProfile): KeyReference {
  if (reference.form !== 'serial' || keyReferences.includes('serial')) return reference
  return { untrusted: true, value: reference.value, form: 'identifier' }
}

/** The key of the reference, and that it is the one that the reference and the profile mean. */
async function resolve(
  message: MessageView,
  signature: ParsedSignature,
  reference: KeyReference,
  profile: SigningProfile,
  { resolveKey, at }: VerifyMessageOptions,
  crypto: CryptoProvider,
  memory: CertificateMemory,
): Promise<{ key: PublicKey; certificate: Certificate | undefined }> {
  const { header, required } = profile.certificate
  // A bank does not send its certificate in the header of the TPP.
  const absent = header === undefined || (message.status !== undefined && !message.fields.has(header))
  const sent = absent ? undefined : parseCertificateHeader(message.fields.get(header)?.[0] ?? '', header)
  if (sent !== undefined) {
    await requireReference(reference, sent, profile, crypto)
    await requireNamedCertificate(signature, sent, crypto)
  }
  const answer = await resolveKey(reference, { message, parameters: signature.parameters, certificate: sent })
  if (answer === undefined || answer === null) throw signingError('SIGNING_KEY_UNKNOWN', 'keyId')
  if (!(answer instanceof Certificate)) {
    if (required) throw new TypeError(`${profile.name} needs a certificate from resolveKey, not a key alone`)
    return { key: await publicKeyFrom(answer, crypto), certificate: undefined }
  }
  await requireReference(reference, answer, profile, crypto)
  checkCertificatePeriod(answer, at)
  return { key: memory.get(answer) ?? (await remember(answer, profile, crypto, memory)), certificate: answer }
}

/** The key of a certificate that is what the profile wants: both stay as they are for as long as the record lives. */
async function remember(
  certificate: Certificate,
  profile: SigningProfile,
  crypto: CryptoProvider,
  memory: CertificateMemory,
): Promise<PublicKey> {
  checkCertificateForm(certificate, profile.certificate)
  const key = await crypto.importPublicKey(certificate.publicKey.value)
  memory.set(certificate, key)
  return key
}

/** An address is a hint where the profile does not want its fingerprint. */
async function requireReference(
  reference: KeyReference,
  certificate: Certificate,
  profile: SigningProfile,
  crypto: CryptoProvider,
): Promise<void> {
  if (reference.form === 'url' && profile.fingerprintRequired !== true) return
  if (!(await refersTo(reference, certificate, crypto))) throw signingError('KEY_REFERENCE_MISMATCH', 'keyId')
}

/** ETSI TS 119 182-1 5.1.7, 5.1.8: a JWS names its certificate by hash or has it. */
function requireNamed({ dialect, parameters }: ParsedSignature): void {
  if (dialect !== 'jades-http' || parameters.has('x5t#S256') || parameters.has('x5c')) return
  throw signingError('KEY_REFERENCE_FORM', 'x5t#S256', 'neither x5t#S256 nor x5c')
}

/** What a JWS header says of its certificate must be so: its hash, and the certificate itself. */
async function requireNamedCertificate(
  { parameters }: ParsedSignature,
  certificate: Certificate,
  crypto: CryptoProvider,
): Promise<void> {
  const thumbprint = parameters.get('x5t#S256')
  if (thumbprint !== undefined && thumbprint !== (await x5tS256(certificate.bytes, { crypto }))) {
    throw signingError('KEY_REFERENCE_MISMATCH', 'x5t#S256')
  }
  const [leaf] = parameters.get('x5c')?.split(',') ?? []
  if (leaf !== undefined && leaf !== encodeBase64(certificate.bytes))
    throw signingError('KEY_REFERENCE_MISMATCH', 'x5c')
}

/** The algorithm is the key's: the first of the profile that the key makes and the message does not contradict. */
function algorithmFor(key: PublicKey, signature: ParsedSignature, profile: SigningProfile): SignatureAlgorithmName {
  const fitting = profile.policy.algorithms.filter((name) => {
    const algorithm = algorithmNamed(name)
    return algorithm !== undefined && algorithmFits(algorithm, key)
  })
  const [first] = fitting
  if (first === undefined) throw signingError('SIGNING_ALGORITHM', 'certificate', `${key.type} key`)
  return fitting.find((name) => signature.algorithms?.includes(name) === true) ?? first
}

function moment(seconds: number | undefined): Date | undefined {
  return seconds === undefined ? undefined : new Date(seconds * 1000)
}
