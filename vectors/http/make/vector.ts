import type { HttpMessage, HttpResponse } from '../../../src/http/index.ts'
import type { SealName } from './messages.ts'

/** What all vectors of this folder say. */
interface Told {
  /** Family of attacks, or `control` for what must be accepted. */
  readonly family: string
  readonly says: string
  /** `accepted`, or the code of the refusal. */
  readonly expected: string
}

/** A message for verification under a profile. */
interface Verification extends Told {
  /** Name of a profile of the toolkit, or of one in {@link vectorProfiles}. */
  readonly profile: string
  /** The certificate that the resolver answers with; null where it knows none. Default: `rsa`. */
  readonly certificate?: SealName | null
  /** Time of validation. Default: the one of all vectors. */
  readonly at?: string
  /** The message is verified once before, with the same replay store. */
  readonly replayed?: true
}

export interface RequestVector extends Verification {
  readonly kind: 'request'
  readonly message: HttpMessage
}

export interface ResponseVector extends Verification {
  readonly kind: 'response'
  readonly message: HttpResponse
}

/** A digest header and the body that it stands beside. */
export interface DigestVector extends Told {
  readonly kind: 'digest'
  readonly field: 'Digest' | 'Content-Digest'
  readonly value: string
  readonly body: Uint8Array
}

export type HttpVector = RequestVector | ResponseVector | DigestVector
