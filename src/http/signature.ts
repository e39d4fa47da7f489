import { nativeLatin1 } from '../core/native.ts'
import type { SignatureAlgorithmName } from '../crypto/algorithms.ts'
import type { MessageView } from './message.ts'

/** The forms of HTTP signature that are understood. */
export type DialectName = 'cavage-10' | 'cavage-12' | 'rfc9421' | 'jades-http' | 'obie-jws' | 'obie-jws-raw'

/** Makes a signature with a key that it holds: in memory, or in an HSM or KMS. */
export interface Signer {
  readonly algorithm: SignatureAlgorithmName
  sign(data: Uint8Array): Promise<Uint8Array>
}

/** Checks a signature with a public key that it holds, by the one algorithm that the key is for. */
export interface Verifier {
  readonly algorithm: SignatureAlgorithmName
  verify(data: Uint8Array, signature: Uint8Array): Promise<boolean>
}

/** One thing that a signature covers. */
export interface CoveredComponent {
  /** Lower case: a header, `(request-target)`, `@method`. */
  readonly name: string
  /** The name with its parameters in alphabetical order, the form in which policies name it: `@method;req`. */
  readonly id: string
  /** As the signature names it. */
  readonly label: string
  /** What stands before its value in what is signed: the label and a colon, in JWS nothing. */
  readonly start: string
  /** Parameters of RFC 9421: a text, or true. */
  readonly parameters: ReadonlyMap<string, string | true>
}

/** Those of most components: one map for all, so that it is known by sight. */
export const noParameters: CoveredComponent['parameters'] = /* @__PURE__ */ new Map()

/** What of a signature decides which octets are signed. */
export interface SignatureInput {
  readonly dialect: DialectName
  readonly components: readonly CoveredComponent[]
  /** Seconds since 1970. */
  readonly created: number | undefined
  /** Seconds since 1970. */
  readonly expires: number | undefined
  /** RFC 9421: the inner list with its parameters, as `@signature-params` has it. JAdES and JWS: the protected header. */
  readonly serialised: string | undefined
  /** Every line ends with a line feed, the last one too. */
  readonly trailingNewline: boolean
}

/** A signature as it was read from a message. Nothing of it is shown to be true before it is verified. */
export interface ParsedSignature extends SignatureInput {
  /** RFC 9421: the label. Otherwise the header that carried it, in lower case. */
  readonly label: string
  /** The name of the key as the sender has it: untrusted, never to be fetched. */
  readonly keyId: string | undefined
  /** The algorithm that the sender names. It never picks the primitive: the key does, and the two must agree. */
  readonly algorithm: string | undefined
  /** Algorithms that fit that name; undefined where the sender names none. */
  readonly algorithms: readonly SignatureAlgorithmName[] | undefined
  /** Whether the signature covers `created` itself. */
  readonly createdCovered: boolean
  readonly expiresCovered: boolean
  readonly nonce: string | undefined
  readonly tag: string | undefined
  /** All parameters but the signature, in the order of the wire, as text. */
  readonly parameters: ReadonlyMap<string, string>
  readonly signature: Uint8Array
}

/** Reads the signatures of a message; at least one. */
export type SignatureParser = (message: MessageView) => readonly ParsedSignature[]

/** What is signed. */
export interface SignatureBase {
  readonly text: string
  /** The text, one octet a character. They may be part of a larger buffer. */
  readonly octets: Uint8Array
}

const utf8 = /* @__PURE__ */ new TextEncoder()

/** The octets of a text that has one character an octet. */
export function octetsOf(text: string): Uint8Array {
  const native = nativeLatin1(text)
  if (native !== undefined) return native
  const octets = utf8.encode(text)
  if (octets.length === text.length) return octets
  const plain = new Uint8Array(text.length)
  for (let i = 0; i < text.length; i++) plain[i] = text.charCodeAt(i)
  return plain
}
