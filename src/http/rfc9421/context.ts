import type { FieldType } from '../structured/types.ts'

/** What a verifier knows of a message beyond its octets. */
export interface MessageContext {
  /** The scheme that the client used: a proxy before the verifier may have ended TLS. Default `https`. */
  readonly scheme?: 'https' | 'http' | undefined
  /** The authority that the client used, where a proxy changed Host. Default: that of the message. */
  readonly authority?: string | undefined
  /** Types of structured fields beyond those that are known, by lower-case name. */
  readonly fieldTypes?: Readonly<Record<string, FieldType>> | undefined
}

export const contextNames: readonly string[] = ['scheme', 'authority', 'fieldTypes']
