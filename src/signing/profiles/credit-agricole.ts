import type { SigningProfile } from '../profile.ts'
import { stetFamily } from './stet-banks.ts'

/**
 * Credit Agricole: those of digest, authorization and x-request-id that are there. keyId is the serial number of the
 * certificate. The target is not covered: the same signature is good for any address.
 */
export const creditAgricole: SigningProfile = {
  ...stetFamily,
  name: 'credit-agricole',
  source: 'requests of a client in production',
  grounding: 'inferred',
  quirks: { headerListCase: true },
  digest: { field: 'Digest', algorithm: 'sha-256', ofEmptyBody: false },
  components: {
    withBody: ['digest'],
    withoutBody: [],
    whenPresent: ['authorization', 'x-request-id', 'psu-*'],
  },
  keyReferences: ['serial'],
  policy: {
    required: ['x-request-id'],
    whenPresent: ['digest', 'authorization', 'psu-*'],
    headers: ['x-request-id'],
    algorithms: ['rsa-v1_5-sha256'],
    clock: { maxAge: 300, required: false },
    digest: { required: 'with-body', fields: ['Digest'], algorithms: ['sha-256'] },
    replay: { key: { header: 'x-request-id' }, window: 86_400 },
  },
}
