import type { SigningProfile } from '../profile.ts'
import { stetFamily } from './stet-banks.ts'

/**
 * Qonto: the list of STET to the letter; what of it is present and not covered is refused. x-request-id is sent and not
 * signed, so that a verifier remembers the signature itself.
 */
export const qonto: SigningProfile = {
  ...stetFamily,
  name: 'qonto',
  source: 'API documentation of Qonto, which cites STET PSD2 API 1.4.1.3',
  grounding: 'read',
  digest: { field: 'Digest', algorithm: 'sha-256', ofEmptyBody: false },
  components: {
    withBody: ['(request-target)', 'digest', 'content-type', 'content-length'],
    withoutBody: ['(request-target)'],
    whenPresent: ['digest', 'content-type', 'content-length', 'date', 'psu-*'],
  },
  keyReferences: ['url'],
  policy: {
    required: ['(request-target)'],
    whenPresent: ['digest', 'content-type', 'content-length', 'date', 'psu-*'],
    headers: ['x-request-id'],
    algorithms: ['rsa-v1_5-sha256'],
    clock: { maxAge: 300, required: false },
    digest: { required: 'with-body', fields: ['Digest'], algorithms: ['sha-256'] },
    replay: { key: 'signature', window: 30 * 86_400 },
  },
}
