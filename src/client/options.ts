import type { CryptoProvider } from '../crypto/provider.ts'
import type { EndpointOptions, PolicyName } from '../registration/index.ts'
import { requireOptions } from '../registration/options.ts'
import type { Certificate } from '../x509/index.ts'
import type { BankSeal } from './bank-signature.ts'
import { type KeySet, readCertificate } from './key-set.ts'
import type { RetrySettings } from './retry.ts'
import { defaultTransportLimits, type TransportLimits } from './transport.ts'

/** Which of two key sets is used. During a rotation the bank knows the one, and the other is to come. */
export type KeySetName = 'current' | 'next'

/** Both from one set, or each by name. */
export type KeyChoice = KeySetName | { readonly qwac: KeySetName; readonly qsealc: KeySetName }

/** How a {@link RegistrationClient} works. */
export interface RegistrationClientOptions extends EndpointOptions {
  /** The certificates that the bank knows. */
  readonly current: KeySet
  /** Those that are to replace them. */
  readonly next?: KeySet
  /** PEM of the authorities of the bank's TLS certificate. Default: those of the platform. */
  readonly ca?: string | Uint8Array
  /** Certificates of the bank's seal, and whether every answer must be signed. Without it signatures are not checked. */
  readonly bank?: { readonly certificates: readonly (Certificate | Uint8Array | string)[]; readonly required?: boolean }
  /** By which rules a body is held before it is sent. Default: `seed`, the strictest. */
  readonly policy?: PolicyName
  /** Ids of rules that shall not keep a body from being sent. */
  readonly accept?: readonly string[]
  /** client_id of the token request. Default: `PSD2_TPPRegister`. */
  readonly tokenClientId?: string
  readonly limits?: Partial<TransportLimits>
  /** Default: two more tries, the first after 300 ms. */
  readonly retry?: Partial<RetrySettings>
  /** Default: the clock. */
  readonly now?: () => Date
  /** Makes the x-request-id of each try. Default: a random UUID. */
  readonly requestId?: () => string
  readonly crypto?: CryptoProvider
}

/** Of one call. */
export interface CallOptions {
  /** Default: `current`. */
  readonly keys?: KeyChoice
  readonly signal?: AbortSignal
}

const names = [
  'environment',
  'codeTab',
  'current',
  'next',
  'ca',
  'bank',
  'policy',
  'accept',
  'tokenClientId',
  'limits',
  'retry',
  'now',
  'requestId',
  'crypto',
]

/** Throws `TypeError` on a name that is none: a misspelt option must not turn a check off. */
export function requireClientOptions(options: RegistrationClientOptions): void {
  requireOptions(options, names, 'RegistrationClient')
  requireOptions(options.retry ?? {}, ['retries', 'delay'], 'retry')
  requireOptions(options.limits ?? {}, Object.keys(defaultTransportLimits), 'limits')
}

/** The set of each certificate. */
export function choice(keys: KeyChoice = 'current'): { qwac: KeySetName; qsealc: KeySetName } {
  return typeof keys === 'string' ? { qwac: keys, qsealc: keys } : keys
}

/** Certificates of the bank, read; never none. */
export function readBank({
  certificates,
  required = false,
  ...rest
}: NonNullable<RegistrationClientOptions['bank']>): BankSeal {
  requireOptions(rest, [], 'bank')
  if (!Array.isArray(certificates) || certificates.length === 0) {
    throw new TypeError('bank.certificates is a list that is not empty: an empty one would accept nothing')
  }
  return { certificates: certificates.map(readCertificate), required }
}
