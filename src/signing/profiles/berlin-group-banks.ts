import type { SigningProfile } from '../profile.ts'
import { berlinGroup } from './berlin-group.ts'

const { requestId, certificate, policy } = berlinGroup

/** Headers that are covered where a request has them (Berlin Group 12.2). */
const conditional = ['psu-id', 'psu-corporate-id', 'tpp-redirect-uri'] as const

/** BNG: Berlin Group with the target covered as well. */
export const bng: SigningProfile = {
  ...berlinGroup,
  name: 'bng',
  source: 'API documentation of BNG, after Berlin Group NextGenPSD2 1.3',
  algorithms: ['rsa-v1_5-sha256', 'rsa-v1_5-sha512'],
  components: {
    withBody: ['(request-target)', 'digest', 'x-request-id'],
    withoutBody: ['(request-target)', 'digest', 'x-request-id'],
    whenPresent: [...conditional, 'date'],
  },
  policy: {
    ...policy,
    required: ['(request-target)', 'digest', 'x-request-id'],
    algorithms: ['rsa-v1_5-sha256', 'rsa-v1_5-sha512'],
  },
}

const dated: Pick<SigningProfile, 'dialect' | 'components' | 'requestId' | 'keyReferences'> = {
  dialect: 'cavage-10',
  components: {
    withBody: ['date', 'digest', 'x-request-id'],
    withoutBody: ['date', 'digest', 'x-request-id'],
    whenPresent: conditional,
  },
  requestId,
  keyReferences: ['serial'],
}

/** Rabobank: SHA-512 before SHA-256, a bare serial number, and a certificate header of another name. */
export const rabobank: SigningProfile = {
  ...dated,
  name: 'rabobank',
  source: 'API documentation of Rabobank',
  grounding: 'read',
  algorithms: ['rsa-v1_5-sha512', 'rsa-v1_5-sha256'],
  digest: { field: 'Digest', algorithm: 'sha-512', ofEmptyBody: true },
  certificate: { ...certificate, header: 'signature-certificate' },
  policy: {
    required: ['date', 'digest', 'x-request-id'],
    whenPresent: conditional,
    headers: ['date', 'x-request-id', 'signature-certificate'],
    singletons: ['signature-certificate'],
    algorithms: ['rsa-v1_5-sha512', 'rsa-v1_5-sha256'],
    clock: { maxAge: 300 },
    digest: { required: 'always', fields: ['Digest'] },
    replay: { key: { header: 'x-request-id' }, window: 86_400 },
  },
}

/** iCard: rsa-sha512 and the serial number in decimal digits. */
export const icard: SigningProfile = {
  ...dated,
  name: 'icard',
  source: 'API documentation of iCard, after Berlin Group NextGenPSD2 1.3',
  grounding: 'read',
  algorithms: ['rsa-v1_5-sha512'],
  digest: { field: 'Digest', algorithm: 'sha-256', ofEmptyBody: true },
  certificate,
  policy: {
    required: ['date', 'digest', 'x-request-id'],
    whenPresent: conditional,
    headers: ['date', 'x-request-id', 'tpp-signature-certificate'],
    algorithms: ['rsa-v1_5-sha512'],
    clock: { maxAge: 300 },
    digest: { required: 'always', fields: ['Digest'] },
    replay: { key: { header: 'x-request-id' }, window: 86_400 },
  },
}
