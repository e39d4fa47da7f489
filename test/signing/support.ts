import { Psd2Error } from '../../src/core/errors.ts'
import type { HttpMessage } from '../../src/http/index.ts'
import {
  type KeyResolver,
  type ProfileName,
  type SigningProfile,
  type SignMessageOptions,
  signRequest,
  type VerifiedMessage,
  type VerifyMessageOptions,
  verifyRequest,
} from '../../src/signing/index.ts'
import { at, carrying, keyIds, type MainProfile, post, type Seal, seals } from '../../vectors/http/make/messages.ts'

export * from '../../vectors/http/make/messages.ts'

export const later = (seconds: number): Date => new Date(at.getTime() + seconds * 1000)

export interface Signing extends Partial<Omit<SignMessageOptions, 'profile'>> {
  readonly profile?: ProfileName | SigningProfile
  readonly seal?: Seal
  readonly message?: HttpMessage
}

const nameOf = (profile: ProfileName | SigningProfile): string => (typeof profile === 'string' ? profile : profile.name)

/** A request with the headers of its signature. */
export async function signed(options: Signing = {}): Promise<HttpMessage> {
  const { profile = 'bpce', seal = seals.rsa, message = post, ...rest } = options
  const name = nameOf(profile)
  const sent = carrying(message, seal, name)
  const keyId = rest.keyId ?? keyIds[name as MainProfile](seal.certificate)
  const needsCertificate = name === 'berlin-group-jades' ? { certificate: seal.certificate } : {}
  const { headers } = await signRequest(sent, { profile, key: seal.key, at, ...needsCertificate, ...rest, keyId })
  return { ...sent, headers: [...sent.headers, ...headers] }
}

/** A resolver that knows one certificate by whatever reference. */
export const always =
  ({ certificate }: Seal): KeyResolver =>
  () =>
    certificate

export function verified(message: HttpMessage, options: Partial<VerifyMessageOptions> = {}): Promise<VerifiedMessage> {
  return verifyRequest(message, { profile: 'bpce', resolveKey: always(seals.rsa), at, ...options })
}

/** The code of the error that something ends in, 'accepted' where it ends in none. Other errors go through. */
export async function codeOf(run: () => unknown): Promise<string> {
  try {
    await run()
    return 'accepted'
  } catch (error) {
    if (!(error instanceof Psd2Error)) throw error
    if (!error.mend || !error.citation) throw new Error(`${error.code} says neither clause nor mend`)
    return error.code
  }
}
