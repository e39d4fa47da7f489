import type { SigningProfile } from '../profile.ts'

/** Berlin Group openFinance signing: a detached JWS with the mechanism HttpHeaders of ETSI TS 119 182-1. */
export const berlinGroupJades: SigningProfile = {
  name: 'berlin-group-jades',
  source: 'ETSI TS 119 182-1 5.2.8.2; Berlin Group openFinance',
  grounding: 'read',
  dialect: 'jades-http',
  algorithms: ['rsa-pss-sha256', 'ecdsa-p256-sha256', 'rsa-v1_5-sha256'],
  digest: { field: 'Digest', algorithm: 'sha-256', ofEmptyBody: true },
  components: {
    withBody: ['(request-target)', 'digest', 'content-type'],
    withoutBody: ['(request-target)', 'digest'],
    whenPresent: ['x-request-id', 'psu-*', 'tpp-redirect-uri'],
  },
  requestId: true,
  keyReferences: ['identifier'],
  certificate: { required: true, header: 'tpp-signature-certificate', qsealc: true, allowPss: true },
  policy: {
    required: ['(request-target)', 'digest'],
    whenPresent: ['content-type', 'x-request-id', 'psu-*', 'tpp-redirect-uri'],
    headers: ['x-request-id', 'tpp-signature-certificate'],
    algorithms: ['rsa-pss-sha256', 'ecdsa-p256-sha256', 'rsa-v1_5-sha256'],
    clock: { maxAge: 300 },
    digest: { required: 'always', fields: ['Digest'] },
    replay: { key: { header: 'x-request-id' }, window: 86_400 },
  },
}
