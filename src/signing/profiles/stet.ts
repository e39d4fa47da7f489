import type { SigningProfile } from '../profile.ts'

/** STET PSD2 API 1.4.0 to 1.6.x, framework clause 3.5.1.2, for banks that keep to it. */
export const stet: SigningProfile = {
  name: 'stet',
  source: 'STET PSD2 API 1.6.3, framework 3.5.1.2',
  grounding: 'read',
  dialect: 'cavage-10',
  algorithms: ['rsa-v1_5-sha256'],
  digest: { field: 'Digest', algorithm: 'sha-256', ofEmptyBody: false },
  components: {
    withBody: ['(request-target)', 'digest', 'x-request-id'],
    withoutBody: ['(request-target)', 'x-request-id'],
    whenPresent: ['content-type', 'content-length', 'date', 'psu-*'],
  },
  requestId: true,
  keyReferences: ['url'],
  fingerprintRequired: true,
  certificate: { required: true, qsealc: true, allowPss: true },
  policy: {
    required: ['(request-target)'],
    whenPresent: ['digest', 'content-type', 'content-length', 'date', 'psu-*'],
    headers: ['x-request-id'],
    algorithms: ['rsa-v1_5-sha256'],
    clock: { maxAge: 300, required: false },
    digest: { required: 'with-body', fields: ['Digest'] },
    // The profile does not have x-request-id signed: the signature itself is what cannot come twice.
    replay: { key: 'signature', window: 30 * 86_400 },
  },
}
