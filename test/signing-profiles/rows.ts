import type { ProfileName } from '../../src/signing/index.ts'
import type { Certificate } from '../../src/x509/index.ts'
import { keyIdOf } from './key-ids.ts'

export type SealName = 'rsa' | 'p256' | 'ed25519'

/** What is known of one profile from its source, written down beside the table of the toolkit and not made from it. */
export interface Row {
  /** Names of what is covered of the request with a body and of the one without, in order. */
  readonly withBody: string
  readonly withoutBody: string
  /** What of it is covered by the signer and not asked for by the verifier. */
  readonly free?: string
  /** Seals that can sign for it, with the name of the algorithm in the header. */
  readonly seals: Readonly<Partial<Record<SealName, string>>>
  readonly keyId: (certificate: Certificate) => string
  readonly carrier: 'Signature' | 'Authorization' | 'x-jws-signature'
  /** Between parameters; only of the drafts. */
  readonly separator?: ', '
  /** Name of the digest's algorithm with a body, and without where one is sent. */
  readonly digest: readonly [withBody: string, withoutBody: string | undefined]
  readonly certificateHeader?: string
}

const { url, fingerprintUrl, issuerSerial, decimalSerial, clientId, sha1 } = keyIdOf
const rsa = { rsa: 'rsa-sha256' } as const
const sha256 = 'SHA-256'
const sha512 = 'SHA-512'
const tpp = 'TPP-Signature-Certificate'

/** Profiles that sign headers. What signs the body alone has no headers to tell of: test/signing/obie.test.ts. */
export type HeaderProfile = Exclude<ProfileName, 'obie' | 'obie-3.1.3'>

export const rows: Readonly<Record<HeaderProfile, Row>> = {
  bpce: {
    withBody: '(request-target) digest x-request-id date psu-ip-address',
    withoutBody: '(request-target) x-request-id date psu-ip-address',
    free: 'date',
    seals: rsa,
    keyId: url,
    carrier: 'Signature',
    digest: [sha256, undefined],
  },
  stet: {
    withBody: '(request-target) digest x-request-id date psu-ip-address content-type content-length',
    withoutBody: '(request-target) x-request-id date psu-ip-address',
    free: 'x-request-id',
    seals: rsa,
    keyId: fingerprintUrl,
    carrier: 'Signature',
    digest: [sha256, undefined],
  },
  'berlin-group': {
    withBody: 'digest x-request-id date',
    withoutBody: 'digest x-request-id date',
    free: 'date',
    seals: { rsa: 'rsa-sha256', p256: 'ecdsa-sha256' },
    keyId: issuerSerial,
    carrier: 'Signature',
    digest: [sha256, sha256],
    certificateHeader: tpp,
  },
  'berlin-group-jades': {
    withBody: '(request-target) digest content-type x-request-id psu-ip-address',
    withoutBody: '(request-target) digest x-request-id psu-ip-address',
    free: 'content-type',
    seals: { rsa: 'PS256', p256: 'ES256' },
    keyId: decimalSerial,
    carrier: 'x-jws-signature',
    digest: [sha256, sha256],
    certificateHeader: tpp,
  },
  arkea: {
    withBody: '(request-target) x-request-id digest psu-ip-address',
    withoutBody: '(request-target) x-request-id psu-ip-address',
    seals: rsa,
    keyId: url,
    carrier: 'Signature',
    digest: [sha256, undefined],
  },
  'bnp-paribas': {
    withBody: 'Authorization X-request-id digest psu-ip-address',
    withoutBody: 'Authorization X-request-id psu-ip-address',
    seals: rsa,
    keyId: clientId,
    carrier: 'Signature',
    separator: ', ',
    digest: [sha256, undefined],
  },
  bng: {
    withBody: '(request-target) digest x-request-id date',
    withoutBody: '(request-target) digest x-request-id date',
    free: 'date',
    seals: rsa,
    keyId: issuerSerial,
    carrier: 'Signature',
    digest: [sha256, sha256],
    certificateHeader: tpp,
  },
  boursorama: {
    withBody: '(request-target) content-type x-request-id date digest psu-ip-address',
    withoutBody: '(request-target) x-request-id date digest psu-ip-address',
    seals: rsa,
    keyId: url,
    carrier: 'Signature',
    digest: [sha256, sha256],
  },
  bred: {
    withBody: '(request-target) x-request-id digest psu-ip-address',
    withoutBody: '(request-target) x-request-id psu-ip-address',
    seals: rsa,
    keyId: clientId,
    carrier: 'Signature',
    digest: [sha256, undefined],
  },
  'credit-agricole': {
    withBody: 'digest authorization x-request-id psu-ip-address',
    withoutBody: 'authorization x-request-id psu-ip-address',
    seals: rsa,
    keyId: decimalSerial,
    carrier: 'Signature',
    digest: [sha256, undefined],
  },
  'credit-mutuel': {
    withBody: '(request-target) host date x-request-id digest content-type psu-ip-address',
    withoutBody: '(request-target) host date x-request-id psu-ip-address',
    seals: rsa,
    keyId: url,
    carrier: 'Signature',
    digest: [sha256, undefined],
  },
  icard: {
    withBody: 'date digest x-request-id',
    withoutBody: 'date digest x-request-id',
    seals: { rsa: 'rsa-sha512' },
    keyId: decimalSerial,
    carrier: 'Signature',
    digest: [sha256, sha256],
    certificateHeader: tpp,
  },
  ing: {
    withBody: '(request-target) digest content-type',
    withoutBody: '(request-target) digest',
    seals: { rsa: 'PS256' },
    keyId: decimalSerial,
    carrier: 'x-jws-signature',
    digest: [sha256, sha256],
    certificateHeader: tpp,
  },
  oots: {
    withBody: 'digest',
    withoutBody: 'digest',
    seals: { p256: 'ES256', ed25519: 'EdDSA' },
    keyId: decimalSerial,
    carrier: 'x-jws-signature',
    digest: [sha256, sha256],
  },
  qonto: {
    withBody: '(request-target) digest content-type content-length date psu-ip-address',
    withoutBody: '(request-target) date psu-ip-address',
    seals: rsa,
    keyId: url,
    carrier: 'Signature',
    digest: [sha256, undefined],
  },
  rabobank: {
    withBody: 'date digest x-request-id',
    withoutBody: 'date digest x-request-id',
    seals: { rsa: 'rsa-sha512' },
    keyId: decimalSerial,
    carrier: 'Signature',
    digest: [sha512, sha512],
    certificateHeader: 'Signature-Certificate',
  },
  'societe-generale': {
    withBody: 'Authorization X-request-id digest psu-ip-address',
    withoutBody: 'Authorization X-request-id psu-ip-address',
    seals: rsa,
    keyId: url,
    carrier: 'Signature',
    separator: ', ',
    digest: [sha256, undefined],
  },
  worldline: {
    withBody: 'app client id date digest',
    withoutBody: 'app client id date',
    seals: { rsa: 'SHA256withRSA' },
    keyId: sha1,
    carrier: 'Authorization',
    digest: [sha256, undefined],
  },
}
