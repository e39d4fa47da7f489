import type { SigningProfile } from '../profile.ts'

/** What the banks of the STET family have in common, as far as their clients show it: RSA, SHA-256, x-request-id. */
type StetFamily = Pick<SigningProfile, 'dialect' | 'algorithms' | 'requestId' | 'certificate'>

export const stetFamily: StetFamily = {
  dialect: 'cavage-10',
  algorithms: ['rsa-v1_5-sha256'],
  requestId: true,
  certificate: { required: true, qsealc: true, allowPss: true },
}

const shortList: Omit<SigningProfile, 'name' | 'source'> = {
  ...stetFamily,
  grounding: 'inferred',
  digest: { field: 'Digest', algorithm: 'sha-256', ofEmptyBody: false },
  components: {
    withBody: ['(request-target)', 'x-request-id', 'digest'],
    withoutBody: ['(request-target)', 'x-request-id'],
    whenPresent: ['psu-*'],
  },
  keyReferences: ['url', 'identifier'],
  policy: {
    required: ['(request-target)', 'x-request-id'],
    whenPresent: ['digest', 'psu-*'],
    headers: ['x-request-id'],
    algorithms: ['rsa-v1_5-sha256'],
    clock: { maxAge: 300, required: false },
    digest: { required: 'with-body', fields: ['Digest'], algorithms: ['sha-256'] },
    replay: { key: { header: 'x-request-id' }, window: 86_400 },
  },
}

/** Arkea: the target and x-request-id, no time. keyId is an address of the certificate or what was registered. */
export const arkea: SigningProfile = {
  name: 'arkea',
  source: 'requests without a body of a client in production',
  ...shortList,
}

/** Bred Banque Populaire, signed as for Arkea. */
export const bred: SigningProfile = {
  name: 'bred',
  source: 'requests without a body of a client in production',
  ...shortList,
}
