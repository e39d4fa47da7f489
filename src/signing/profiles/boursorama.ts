import type { SigningProfile } from '../profile.ts'
import { stetFamily } from './stet-banks.ts'

/** Boursorama: a digest with every request, of no octets where there is no body. */
export const boursorama: SigningProfile = {
  ...stetFamily,
  name: 'boursorama',
  source: 'requests of a client in production',
  grounding: 'inferred',
  digest: { field: 'Digest', algorithm: 'sha-256', ofEmptyBody: true },
  components: {
    withBody: ['(request-target)', 'content-type', 'x-request-id', 'date', 'digest'],
    withoutBody: ['(request-target)', 'x-request-id', 'date', 'digest'],
    whenPresent: ['psu-*'],
  },
  keyReferences: ['url'],
  policy: {
    required: ['(request-target)', 'x-request-id', 'date', 'digest'],
    whenPresent: ['content-type', 'psu-*'],
    headers: ['x-request-id', 'date'],
    algorithms: ['rsa-v1_5-sha256'],
    clock: { maxAge: 300 },
    digest: { required: 'always', fields: ['Digest'], algorithms: ['sha-256'] },
    replay: { key: { header: 'x-request-id' }, window: 86_400 },
  },
}
