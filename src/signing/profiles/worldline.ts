import type { SigningProfile } from '../profile.ts'

/**
 * Worldline Open Banking: in Authorization, over headers of its own, with the SHA-1 thumbprint of the certificate as keyId
 * and the algorithm as Java names it. The target is not covered: the same signature is good for any address.
 */
export const worldline: SigningProfile = {
  name: 'worldline',
  source: 'API documentation of Worldline Open Banking',
  grounding: 'read',
  dialect: 'cavage-10',
  quirks: { algorithmAliases: { SHA256withRSA: 'rsa-v1_5-sha256' } },
  carrier: 'authorization',
  algorithms: ['rsa-v1_5-sha256'],
  algorithmName: 'SHA256withRSA',
  digest: { field: 'Digest', algorithm: 'sha-256', ofEmptyBody: false },
  components: {
    withBody: ['app', 'client', 'id', 'date', 'digest'],
    withoutBody: ['app', 'client', 'id', 'date'],
  },
  requestId: false,
  keyReferences: ['identifier'],
  certificate: { required: true, qsealc: true, allowPss: true },
  policy: {
    required: ['app', 'client', 'id', 'date'],
    whenPresent: ['digest'],
    singletons: ['app', 'client', 'id'],
    algorithms: ['rsa-v1_5-sha256'],
    clock: { maxAge: 300 },
    digest: { required: 'with-body', fields: ['Digest'] },
    replay: { key: { header: 'id' }, window: 86_400 },
  },
}
