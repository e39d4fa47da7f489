import { Psd2Error } from '../core/errors.ts'
import type { CryptoProvider } from '../crypto/provider.ts'
import { type KeyReference, profileOf, refersTo, type SigningProfile, verifyResponse } from '../signing/index.ts'
import type { Certificate } from '../x509/index.ts'
import { headerOf } from './answers.ts'
import { RegistrationError } from './codes.ts'
import type { PreparedRequest } from './signed-request.ts'
import type { WireAnswer } from './transport.ts'

/** What became of the signature of an answer. `not-checked`: it is signed, and no certificate of the bank was given. */
export type AnswerSignature = 'verified' | 'unsigned' | 'not-checked'

/** What is known of the bank's seal. Its certificate is never fetched: keyId is an address that came with the answer. */
export interface BankSeal {
  readonly certificates: readonly Certificate[]
  /** An answer without a signature is refused. */
  readonly required: boolean
}

/**
 * The bank signs as it wants to be signed to; its certificate need not say QSealC. The clock is looser than for requests:
 * the answer comes at once, and the bank's clock is not ours.
 */
function answerProfile(): SigningProfile {
  const bpce = profileOf('bpce')
  return {
    ...bpce,
    name: 'bpce-answer',
    certificate: { required: true, qsealc: false, allowPss: true },
    policy: { ...bpce.policy, clock: { maxAge: 900, required: false } },
  }
}

/**
 * Verifies an answer that is signed: digest of the body, signature under a certificate of the bank, and that it answers
 * this request.
 *
 * @throws RegistrationError `BANK_ANSWER_SIGNATURE` with the code of the verification, `BANK_ANSWER_UNSIGNED`,
 * `BANK_ANSWER_OTHER`
 */
export async function verifyAnswer(
  answer: WireAnswer,
  request: PreparedRequest,
  seal: BankSeal | undefined,
  at: Date,
  crypto: CryptoProvider,
): Promise<AnswerSignature> {
  const { requestId } = request
  if (headerOf(answer, 'signature') === undefined) {
    if (seal?.required === true) throw new RegistrationError('BANK_ANSWER_UNSIGNED', { requestId })
    return 'unsigned'
  }
  if (seal === undefined) return 'not-checked'
  const { method, target, headers, body } = request
  try {
    await verifyResponse(
      { ...answer, request: { method, target, headers, body } },
      { profile: answerProfile(), resolveKey: (reference) => find(reference, seal.certificates, crypto), at, crypto },
    )
  } catch (error) {
    if (!(error instanceof Psd2Error)) throw error
    const detail = `${error.code}, status ${answer.status}`
    throw new RegistrationError('BANK_ANSWER_SIGNATURE', { detail, requestId })
  }
  const answered = headerOf(answer, 'x-request-id')
  if (answered !== undefined && answered !== requestId) throw new RegistrationError('BANK_ANSWER_OTHER', { requestId })
  return 'verified'
}

async function find(
  reference: KeyReference,
  certificates: readonly Certificate[],
  crypto: CryptoProvider,
): Promise<Certificate | undefined> {
  for (const certificate of certificates) if (await refersTo(reference, certificate, crypto)) return certificate
  return undefined
}
