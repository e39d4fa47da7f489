import type { SigningProfile } from '../profile.ts'
import { stetFamily } from './stet-banks.ts'

/** Credit Mutuel, CIC and BECM: Host is signed, Date too and held to the clock, Authorization must not be. */
export const creditMutuel: SigningProfile = {
  ...stetFamily,
  name: 'credit-mutuel',
  source: 'API pages of BECM for what is covered; a client in production for keyId',
  grounding: 'read',
  digest: { field: 'Digest', algorithm: 'sha-256', ofEmptyBody: false },
  components: {
    withBody: ['(request-target)', 'host', 'date', 'x-request-id', 'digest', 'content-type'],
    withoutBody: ['(request-target)', 'host', 'date', 'x-request-id'],
    whenPresent: ['psu-*'],
  },
  keyReferences: ['url'],
  policy: {
    required: ['(request-target)', 'host', 'date', 'x-request-id'],
    whenPresent: ['digest', 'content-type', 'psu-*'],
    forbidden: ['authorization'],
    headers: ['host', 'date', 'x-request-id'],
    algorithms: ['rsa-v1_5-sha256'],
    clock: { maxAge: 300 },
    digest: { required: 'with-body', fields: ['Digest'], algorithms: ['sha-256'] },
    replay: { key: { header: 'x-request-id' }, window: 86_400 },
  },
}
