import type { SigningProfile } from '../profile.ts'

/**
 * Groupe BPCE (89C3). x-request-id and the signature are always there, the digest with POST and PUT. keyId is an address
 * while registering, then the client_id: both are hints, the certificate is that of the body or of the registration.
 */
export const bpce: SigningProfile = {
  name: 'bpce',
  source: 'BPCE PSD2 Registration API; requests that the bank is known to accept',
  grounding: 'read',
  dialect: 'cavage-10',
  algorithms: ['rsa-v1_5-sha256'],
  digest: { field: 'Digest', algorithm: 'sha-256', ofEmptyBody: false },
  components: {
    withBody: ['(request-target)', 'digest', 'x-request-id'],
    withoutBody: ['(request-target)', 'x-request-id'],
    whenPresent: ['digest', 'date', 'psu-*'],
  },
  requestId: true,
  keyReferences: ['url', 'identifier', 'issuer-serial'],
  certificate: { required: true, qsealc: true, allowPss: false },
  policy: {
    required: ['(request-target)', 'x-request-id'],
    whenPresent: ['digest', 'psu-*'],
    headers: ['x-request-id'],
    algorithms: ['rsa-v1_5-sha256'],
    clock: { maxAge: 300, required: false },
    digest: { required: 'with-body', fields: ['Digest'], algorithms: ['sha-256'] },
    replay: { key: { header: 'x-request-id' }, window: 30 * 86_400 },
  },
}
