import type { SigningProfile } from '../profile.ts'

/**
 * Open Banking UK Read/Write API from 3.1.4: a detached JWS over the body. Method, target and headers are not covered, and
 * a request without a body is not signed.
 */
export const obie: SigningProfile = {
  name: 'obie',
  source: 'Open Banking UK Read/Write API 3.1.4 and later, message signing',
  grounding: 'read',
  dialect: 'obie-jws',
  algorithms: ['rsa-pss-sha256'],
  digest: { field: 'Digest', algorithm: 'sha-256', ofEmptyBody: false },
  components: { withBody: ['@body'], withoutBody: ['@body'] },
  requestId: false,
  keyReferences: ['identifier'],
  certificate: { required: true, qsealc: true, allowPss: true },
  policy: {
    required: ['@body'],
    algorithms: ['rsa-pss-sha256'],
    clock: { maxAge: 300 },
    // The body itself is signed.
    digest: { required: 'never', fields: ['Digest'] },
    replay: { key: 'signature', window: 86_400 },
  },
}

/** Up to 3.1.3: the body stands in what is signed as it is, and `b64` says so. */
export const obie313: SigningProfile = {
  ...obie,
  name: 'obie-3.1.3',
  source: 'Open Banking UK Read/Write API up to 3.1.3, message signing',
  dialect: 'obie-jws-raw',
}
