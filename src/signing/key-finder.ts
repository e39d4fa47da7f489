import { encodeBase64 } from '../core/base64.ts'
import { algorithmFits, algorithmNamed, type SignatureAlgorithmName } from '../crypto/algorithms.ts'
import { type PublicKeySource, publicKeyFrom } from '../crypto/keys.ts'
import type { CryptoProvider, PublicKey } from '../crypto/provider.ts'
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

/** A key, and the algorithms of the profile that it makes, in the order of the profile. */
export interface FittingKey {
  readonly key: PublicKey
  readonly algorithms: readonly SignatureAlgorithmName[]
}

/** The key of a signature, and the certificate that has it where the resolver gave one. */
interface ResolvedKey {
  readonly fitting: FittingKey
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
  ): Promise<ResolvedKey>
}

/** A finder that remembers the keys of certificate records for as long as these live. */
export function keyFinder(profile: SigningProfile, resolveKey: KeyResolver, crypto: CryptoProvider): KeyFinder {
  const known = new WeakMap<Certificate, FittingKey>()

  /** A certificate that is what the profile wants, and its key: both stay as they are. */
  async function keyOf(certificate: Certificate): Promise<FittingKey> {
    checkCertificateForm(certificate, profile.certificate)
    const fitting = fittingKey(await crypto.importPublicKey(certificate.publicKey.value), profile)
    known.set(certificate, fitting)
    return fitting
  }

  return {
    reference(signature) {
      requireNamed(signature)
      return readReference(signature.keyId ?? '', profile)
    },
    async find(message, signature, reference, { at, passed }) {
      const sent = sentCertificate(message, profile)
      if (sent !== undefined && says(signature, reference))
        await requireMeant(signature, reference, sent, profile, crypto)
      const { parameters } = signature
      const answer = await resolveKey(reference, { message, parameters, certificate: sent, passed })
      if (answer === undefined || answer === null) throw signingError('SIGNING_KEY_UNKNOWN', 'keyId')
      if (!(answer instanceof Certificate)) {
        if (profile.certificate.required)
          throw new TypeError(`${profile.name} needs a certificate from resolveKey, not a key alone`)
        return { fitting: fittingKey(await publicKeyFrom(answer, crypto), profile), certificate: undefined }
      }
      if (says(signature, reference)) await requireMeant(signature, reference, answer, profile, crypto)
      checkCertificatePeriod(answer, at)
      return { fitting: known.get(answer) ?? (await keyOf(answer)), certificate: answer }
    },
  }
}

function fittingKey(key: PublicKey, { policy }: SigningProfile): FittingKey {
  const algorithms = policy.algorithms.filter((candidate) => {
    const algorithm = algorithmNamed(candidate)
    return algorithm !== undefined && algorithmFits(algorithm, key)
  })
  if (algorithms.length === 0) throw signingError('SIGNING_ALGORITHM', 'certificate', `${key.type} key`)
  return { key, algorithms }
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
