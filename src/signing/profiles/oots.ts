import type { SigningProfile } from '../profile.ts'

/**
 * The Once-Only Technical System of the EU: the digest and nothing else is covered, so that a signature is good for any
 * address to which the same body is sent. Its certificates are not those of payment services.
 */
export const oots: SigningProfile = {
  name: 'oots',
  source: 'EU OOTS; ETSI TS 119 182-1 5.2.8.2',
  grounding: 'read',
  dialect: 'jades-http',
  algorithms: ['ed25519', 'ecdsa-p256-sha256'],
  digest: { field: 'Digest', algorithm: 'sha-256', ofEmptyBody: true },
  components: { withBody: ['digest'], withoutBody: ['digest'] },
  requestId: false,
  keyReferences: ['identifier'],
  certificate: { required: true, qsealc: false, allowPss: true },
  policy: {
    required: ['digest'],
    only: ['digest'],
    algorithms: ['ed25519', 'ecdsa-p256-sha256'],
    clock: { maxAge: 300 },
    digest: { required: 'always', fields: ['Digest'] },
    replay: { key: 'signature', window: 86_400 },
  },
}
