import type { SigningProfile } from '../profile.ts'

/** ING, the scheme with JAdES; the older one of the drafts is not here. */
export const ing: SigningProfile = {
  name: 'ing',
  source: 'sample code of ING; ETSI TS 119 182-1 5.2.8.2',
  grounding: 'inferred',
  dialect: 'jades-http',
  algorithms: ['rsa-pss-sha256'],
  digest: { field: 'Digest', algorithm: 'sha-256', ofEmptyBody: true },
  components: {
    withBody: ['(request-target)', 'digest', 'content-type'],
    withoutBody: ['(request-target)', 'digest'],
  },
  requestId: false,
  keyReferences: ['identifier'],
  certificate: { required: true, header: 'tpp-signature-certificate', qsealc: true, allowPss: true },
  policy: {
    required: ['(request-target)', 'digest'],
    whenPresent: ['content-type'],
    headers: ['tpp-signature-certificate'],
    algorithms: ['rsa-pss-sha256'],
    clock: { maxAge: 300 },
    digest: { required: 'always', fields: ['Digest'] },
    replay: { key: 'signature', window: 86_400 },
  },
}
