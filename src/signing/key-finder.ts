import { encodeBase64 } from '../core/base64.ts'
import { algorithmFits, algorithmNamed } from '../crypto/algorithms.ts'
import { type PublicKeySource, publicKeyFrom } from '../crypto/keys.ts'
import type { CryptoProvider, PublicKey } from '../crypto/provider.ts'
import { type BoundVerifier, verifierOf } from '../crypto/signer.ts'
import type { MessageView, ParsedSignature } from '../http/index.ts'
import { x5tS256 } from '../jose/x5t.ts'
import { Certificate } from '../x509/certificate.ts'
import { checkCertificateForm, checkCertificatePeriod } from './certificate-check.ts'
import { parseCertificateHeader } from './certificate-header.ts'
import { signingError } from './codes.ts'
import { type KeyReference, longestKeyReference, parseKeyReference, refersTo } from './key-reference.ts'
import type { SigningProfile } from './profile.ts'
import type { VerifierCall } from './verifier.ts'

/** What came with the message beside the key reference. As untrusted as the reference. */
export interface ResolveContext {
  readonly message: MessageView
  /** What the signature says of itself beside the key reference, as text by name. */
  readonly parameters: ReadonlyMap<string, string>
  /** Certificate of the header that the profile names; it is the one that the reference names. */
  readonly certificate: Certificate | undefined
  /** What the caller of a {@link Verifier} passed on for this message. */
  readonly passed: unknown
}

/**
 * Finds the key of a reference: in a registration, in a store, in the body. Answers a certificate, a public key, or
 * undefined where nobody knows it. What it answers is trusted: it is the place to ask who may use this certificate.
 */
export type KeyResolver = (
  reference: KeyReference,
  context: ResolveContext,
) => Certificate | PublicKeySource | undefined | Promise<Certificate | PublicKeySource | undefined>

/** The key of a signature as what verifies with it, and the certificate that has it where the resolver gave one. */
interface ResolvedKey {
  readonly verifier: BoundVerifier
  readonly certificate: Certificate | undefined
}

/** Finds the key that signatures name. */
export interface KeyFinder {
  /** What a signature says of its key, in a form that the profile takes. */
  reference(signature: ParsedSignature): KeyReference
  /** The key of the reference, and that it is the one that the reference and the profile mean. */
  find(
    message: MessageView,
    signature: ParsedSignature,
    reference: KeyReference,
    call: VerifierCall,
  ): ResolvedKey | Promise<ResolvedKey>
}

/** A finder that remembers the keys of certificate records for as long as these live. */
export function keyFinder(profile: SigningProfile, resolveKey: KeyResolver, crypto: CryptoProvider): KeyFinder {
  const known = new WeakMap<Certificate, Verifiers>()

  /** A certificate that is what the profile wants, and its key: both stay as they are. */
  async function verifiersOf(certificate: Certificate): Promise<Verifiers> {
    checkCertificateForm(certificate, profile.certificate)
    const verifiers = verifiersWith(await crypto.importPublicKey(certificate.publicKey.value), profile, crypto)
    known.set(certificate, verifiers)
    return verifiers
  }

  /** Where the signature names a certificate, it is the one that was sent and the one that is known. */
  async function findNamed(
    signature: ParsedSignature,
    reference: KeyReference,
    context: ResolveContext,
    at: Date,
  ): Promise<ResolvedKey> {
    const { certificate: sent } = context
    if (sent !== undefined) await requireMeant(signature, reference, sent, profile, crypto)
    const answer = await resolveKey(reference, context)
    if (answer instanceof Certificate) await requireMeant(signature, reference, answer, profile, crypto)
    return keyOf(signature, answer, at)
  }

  /** The key of what a resolver answered. */
  async function keyOf(signature: ParsedSignature, given: ReturnType<KeyResolver>, at: Date): Promise<ResolvedKey> {
    const answer = await given
    if (answer === undefined || answer === null) throw signingError('SIGNING_KEY_UNKNOWN', 'keyId')
    if (answer instanceof Certificate) {
      return resolved(signature, known.get(answer) ?? (await verifiersOf(answer)), answer, at)
    }
    if (profile.certificate.required)
      throw new TypeError(`${profile.name} needs a certificate from resolveKey, not a key alone`)
    const verifiers = verifiersWith(await publicKeyFrom(answer, crypto), profile, crypto)
    return { verifier: verifierFor(signature, verifiers), certificate: undefined }
  }

  return {
    reference(signature) {
      requireNamed(signature)
      return readReference(signature.keyId ?? '', profile)
    },
    find(message, signature, reference, { at, passed }) {
      const { parameters } = signature
      const sent = sentCertificate(message, profile)
      const context = { message, parameters, certificate: sent, passed }
      if (says(signature, reference)) return findNamed(signature, reference, context, at)
      const answer = resolveKey(reference, context)
      const verifiers = answer instanceof Certificate ? known.get(answer) : undefined
      return verifiers === undefined
        ? keyOf(signature, answer, at)
        : resolved(signature, verifiers, answer as Certificate, at)
    },
  }
}

/** The key of a certificate that holds at a time. */
function resolved(signature: ParsedSignature, verifiers: Verifiers, certificate: Certificate, at: Date): ResolvedKey {
  checkCertificatePeriod(certificate, at)
  return { verifier: verifierFor(signature, verifiers), certificate }
}

/** One for each algorithm of the profile that the key makes, in the order of the profile. */
type Verifiers = readonly [BoundVerifier, ...BoundVerifier[]]

function verifiersWith(key: PublicKey, { policy }: SigningProfile, crypto: CryptoProvider): Verifiers {
  const algorithms = policy.algorithms.filter((candidate) => {
    const algorithm = algorithmNamed(candidate)
    return algorithm !== undefined && algorithmFits(algorithm, key)
  })
  const [first, ...others] = algorithms.map((algorithm) => verifierOf(algorithm, key, crypto))
  if (first === undefined) throw signingError('SIGNING_ALGORITHM', 'certificate', `${key.type} key`)
  return [first, ...others]
}

/** The algorithm is the key's: the first of the profile that the key makes and the message does not contradict. */
function verifierFor({ algorithms }: ParsedSignature, verifiers: Verifiers): BoundVerifier {
  if (algorithms === undefined) return verifiers[0]
  return verifiers.find(({ algorithm }) => algorithms.includes(algorithm)) ?? verifiers[0]
}

function readReference(keyId: string, profile: SigningProfile): KeyReference {
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

/** ETSI TS 119 182-1 5.1.7, 5.1.8: a JWS names its certificate by hash or has it. */
function requireNamed({ dialect, parameters }: ParsedSignature): void {
  if (dialect !== 'jades-http' || parameters.has('x5t#S256') || parameters.has('x5c')) return
  throw signingError('KEY_REFERENCE_FORM', 'x5t#S256', 'neither x5t#S256 nor x5c')
}

/** The certificate in the header that the profile names. A bank does not send its own in the header of the TPP. */
function sentCertificate(message: MessageView, { certificate: { header } }: SigningProfile): Certificate | undefined {
  const absent = header === undefined || (message.status !== undefined && !message.fields.has(header))
  return absent ? undefined : parseCertificateHeader(message.fields.get(header)?.[0] ?? '', header)
}

/** Whether anything names the certificate itself: an identifier can be of any. */
function says({ parameters }: ParsedSignature, reference: KeyReference): boolean {
  return reference.form !== 'identifier' || parameters.has('x5t#S256') || parameters.has('x5c')
}

/** That a certificate is the one that the signature names. An address is a hint where no fingerprint is asked for. */
async function requireMeant(
  { parameters }: ParsedSignature,
  reference: KeyReference,
  certificate: Certificate,
  profile: SigningProfile,
  crypto: CryptoProvider,
): Promise<void> {
  const isHint = reference.form === 'url' && profile.fingerprintRequired !== true
  if (!isHint && !(await refersTo(reference, certificate, crypto)))
    throw signingError('KEY_REFERENCE_MISMATCH', 'keyId')
  const thumbprint = parameters.get('x5t#S256')
  if (thumbprint !== undefined && thumbprint !== (await x5tS256(certificate.bytes, { crypto }))) {
    throw signingError('KEY_REFERENCE_MISMATCH', 'x5t#S256')
  }
  const [leaf] = parameters.get('x5c')?.split(',') ?? []
  if (leaf !== undefined && leaf !== encodeBase64(certificate.bytes))
    throw signingError('KEY_REFERENCE_MISMATCH', 'x5c')
}
