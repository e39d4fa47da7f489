import type { SigningProfile } from '../profile.ts'

/**
 * Berlin Group NextGenPSD2 1.3, clause 12. The address of the request is not covered: the same signature is good for any
 * method and target, so that a verifier must remember x-request-id.
 */
export const berlinGroup: SigningProfile = {
  name: 'berlin-group',
  source: 'Berlin Group NextGenPSD2 XS2A 1.3.x, clause 12',
  grounding: 'read',
  dialect: 'cavage-10',
  algorithms: ['rsa-v1_5-sha256', 'rsa-v1_5-sha512', 'ecdsa-p256-sha256'],
  digest: { field: 'Digest', algorithm: 'sha-256', ofEmptyBody: true },
  components: {
    withBody: ['digest', 'x-request-id'],
    withoutBody: ['digest', 'x-request-id'],
    whenPresent: ['psu-id', 'psu-corporate-id', 'tpp-redirect-uri', 'date'],
  },
  requestId: true,
  keyReferences: ['issuer-serial'],
  certificate: { required: true, header: 'tpp-signature-certificate', qsealc: true, allowPss: true },
  policy: {
    required: ['digest', 'x-request-id'],
    whenPresent: ['psu-id', 'psu-corporate-id', 'tpp-redirect-uri'],
    headers: ['x-request-id', 'tpp-signature-certificate'],
    algorithms: ['rsa-v1_5-sha256', 'rsa-v1_5-sha512', 'ecdsa-p256-sha256'],
    clock: { maxAge: 300, required: false },
    digest: { required: 'always', fields: ['Digest'] },
    replay: { key: { header: 'x-request-id' }, window: 86_400 },
  },
}
