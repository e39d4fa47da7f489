import { profileOf, type SigningProfile } from '../../../src/signing/index.ts'

const bpce = profileOf('bpce')

/** RFC 9421 as a bank could ask for it: everything that the RFC has, so that every attack on it has a place. */
const rfc9421: SigningProfile = {
  name: 'rfc9421',
  source: 'RFC 9421, with demands like those of the bank profiles',
  grounding: 'read',
  dialect: 'rfc9421',
  algorithms: ['rsa-v1_5-sha256', 'ecdsa-p256-sha256', 'ed25519'],
  digest: { field: 'Content-Digest', algorithm: 'sha-256', ofEmptyBody: false },
  components: {
    withBody: ['@method', '@target-uri', 'content-digest', 'x-request-id'],
    withoutBody: ['@method', '@target-uri', 'x-request-id'],
  },
  requestId: true,
  keyReferences: ['identifier'],
  certificate: { required: true, qsealc: true, allowPss: true },
  policy: {
    required: ['@method', '@target-uri', 'x-request-id'],
    algorithms: ['rsa-v1_5-sha256', 'ecdsa-p256-sha256', 'ed25519'],
    parameters: ['created'],
    tag: 'psd2',
    clock: { maxAge: 300 },
    digest: { required: 'with-body', fields: ['Content-Digest'] },
    replay: { key: 'nonce', window: 86_400 },
  },
}

/** Answers that are bound to the request that they answer. */
const boundAnswers: SigningProfile = {
  ...rfc9421,
  name: 'bound-answers',
  components: {
    withBody: ['@status', 'content-digest', '@target-uri;req'],
    withoutBody: ['@status', '@target-uri;req'],
  },
  requestId: false,
  policy: { ...rfc9421.policy, required: ['@status', '@target-uri;req'] },
}

/** Draft -12 with its times. */
const cavage12: SigningProfile = {
  ...bpce,
  name: 'cavage-12-times',
  source: 'draft-cavage-http-signatures-12, with the demands of the bank',
  dialect: 'cavage-12',
  algorithms: ['ed25519'],
  algorithmName: 'hs2019',
  components: {
    withBody: ['(request-target)', '(created)', 'digest', 'x-request-id'],
    withoutBody: ['(request-target)', '(created)', 'x-request-id'],
  },
  policy: {
    ...bpce.policy,
    required: ['(request-target)', '(created)', 'x-request-id'],
    algorithms: ['ed25519'],
    clock: { maxAge: 300 },
  },
}

/** Profiles of the vectors' own, beside those of the toolkit. */
export const vectorProfiles: Readonly<Record<string, SigningProfile>> = {
  [rfc9421.name]: rfc9421,
  [boundAnswers.name]: boundAnswers,
  [cavage12.name]: cavage12,
}
