import type { SigningProfile } from '../profile.ts'
import { stetFamily } from './stet-banks.ts'

/**
 * A scheme from before the draft's rules were kept: Authorization and x-request-id, with the names in the case of the
 * client, also in what is signed. The target is not covered: the same signature is good for any address.
 */
const olderScheme: Omit<SigningProfile, 'name'> = {
  ...stetFamily,
  source: 'requests without a body of a client in production, the older scheme',
  grounding: 'inferred',
  quirks: { keepHeaderCase: true, spaceAfterComma: true },
  digest: { field: 'Digest', algorithm: 'sha-256', ofEmptyBody: false },
  components: {
    withBody: ['Authorization', 'X-request-id', 'digest'],
    withoutBody: ['Authorization', 'X-request-id'],
    whenPresent: ['psu-*'],
  },
  keyReferences: ['url', 'identifier'],
  policy: {
    required: ['authorization', 'x-request-id'],
    whenPresent: ['digest', 'psu-*'],
    headers: ['authorization', 'x-request-id'],
    algorithms: ['rsa-v1_5-sha256'],
    clock: { maxAge: 300, required: false },
    digest: { required: 'with-body', fields: ['Digest'], algorithms: ['sha-256'] },
    replay: { key: { header: 'x-request-id' }, window: 86_400 },
  },
}

export const societeGenerale: SigningProfile = { name: 'societe-generale', ...olderScheme }

export const bnpParibas: SigningProfile = { name: 'bnp-paribas', ...olderScheme }
