import type { CryptoProvider } from '../crypto/provider.ts'
import type { EbaRegister } from '../trust/index.ts'
import type { Eligibility } from './eligibility.ts'
import type { Logger } from './logger.ts'
import type { AnswerPolicy } from './policy.ts'
import type { Seals } from './seals.ts'
import type { RegistrationStore } from './store/store.ts'
import type { CertificateTrust } from './trust.ts'

/** Where the server stands: certificates and tokens of one are nothing to the other. */
export type Environment = 'sandbox' | 'live'

/** What the operations work with. */
export interface Deps {
  readonly store: RegistrationStore
  readonly trust: CertificateTrust
  /** The register of the EBA, where it is asked. */
  readonly register: EbaRegister | undefined
  readonly eligibility: Eligibility
  readonly seals: Seals
  readonly environment: Environment
  readonly policy: AnswerPolicy
  readonly crypto: CryptoProvider
  readonly log: Logger
}
