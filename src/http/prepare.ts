import type { SignatureInput } from './signature.ts'

/** What differs from one signature to the next that one sender makes. */
export interface Occasion {
  /** What is covered, in this order. */
  readonly components: readonly string[]
  /** When it is signed; JAdES and JWS must have it. */
  readonly created: Date | undefined
  readonly expires: Date | undefined
  readonly nonce: string | undefined
  readonly tag: string | undefined
}

/** What stays: the options of a dialect without what an occasion has. */
export type Standing<Options> = Omit<Options, keyof Occasion | 'signedAt'>

/** What will be signed, and how the header is written once the signature is there. */
export interface PreparedSignature {
  readonly input: SignatureInput
  readonly write: (base64: string) => readonly [name: string, value: string][]
}

/** Lays out one signature after the other. What stays the same was checked and written before. */
export type Prepare = (occasion: Occasion) => PreparedSignature
