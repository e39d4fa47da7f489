import { readFileSync } from 'node:fs'
import {
  type CrlOptions,
  createCrl,
  createOcspError,
  createOcspResponder,
  createOcspResponse,
  type OcspResponderOptions,
  type OcspResponseOptions,
  type OcspStatusOptions,
  type RevocationSigner,
} from '../../src/issuance/index.ts'
import { decodePemBlock } from '../../src/issuance/pem.ts'
import type { RevocationCode, RevocationStatus } from '../../src/trust/index.ts'
import { parseCertificate } from '../../src/x509/index.ts'
import { readKey, type VectorKey, vectorFile } from '../mint.ts'

/** One list or response, held against the certificate `qwac` of `ca-web`, with its whole outcome. */
export interface RevocationVector {
  readonly id: string
  readonly says: string
  readonly source: 'crl' | 'ocsp'
  /** Lower-case hexadecimal, where the question had one. */
  readonly nonce?: string
  readonly status: RevocationStatus
  readonly code: RevocationCode
  readonly make: () => Promise<Uint8Array>
}

/** What is asked about. */
export const askedAt = new Date('2026-02-01T12:00:00Z')

const day = 86_400_000
const later = (days: number): Date => new Date(askedAt.getTime() + days * day)

export function certificateOf(id: string): Uint8Array {
  return decodePemBlock(readFileSync(vectorFile(id), 'utf8'), 'CERTIFICATE', id)
}

async function signer(id: string, key: VectorKey): Promise<RevocationSigner> {
  return { certificate: certificateOf(id), privateKey: (await readKey(key)).privateKey }
}

const webCa = () => signer('ca-web', 'web-rsa-3072')
const serialNumber = parseCertificate(certificateOf('qwac')).serialNumber
const entry = { serialNumber, date: later(-3) }

const crl = (options: Partial<CrlOptions> = {}) => ({
  source: 'crl' as const,
  make: async () => createCrl({ issuer: await webCa(), thisUpdate: later(-1), ...options }),
})

const crlBy = (id: string, key: VectorKey) => ({
  source: 'crl' as const,
  make: async () => createCrl({ issuer: await signer(id, key), thisUpdate: later(-1) }),
})

async function responder(options: Partial<OcspResponderOptions> = {}): Promise<RevocationSigner> {
  const keys = await readKey('leaf-rsa-2048')
  const issuer = await webCa()
  return createOcspResponder({
    issuer,
    notBefore: later(-20),
    notAfter: later(20),
    serialNumber: 1n,
    keys,
    ...options,
  })
}

const ocsp = (
  status: Partial<OcspStatusOptions> = {},
  options: Partial<OcspResponseOptions> = {},
  by: () => Promise<RevocationSigner> = responder,
) => ({
  source: 'ocsp' as const,
  make: async () => {
    const about = {
      certificate: certificateOf('qwac'),
      issuer: certificateOf('ca-web'),
      status: 'good',
      thisUpdate: later(-1),
      nextUpdate: later(1),
      ...status,
    } as const
    return createOcspResponse({ responder: await by(), producedAt: later(-1), responses: [about], ...options })
  },
})

const unknown = (code: RevocationCode) => ({ status: 'unknown' as const, code })
const nonce = new Uint8Array(16).fill(0x5a)

/** The families CHN-20 to CHN-22: everything that must not be taken for good, and what may. */
export const revocationVectors: readonly RevocationVector[] = [
  {
    id: 'crl-good',
    says: 'A current list of the issuer without the certificate.',
    ...crl(),
    status: 'good',
    code: 'REVOCATION_CRL_GOOD',
  },
  {
    id: 'crl-version-1',
    says: 'A list of version 1, without extensions.',
    ...crl({ version: 1 }),
    status: 'good',
    code: 'REVOCATION_CRL_GOOD',
  },
  {
    id: 'crl-revoked',
    says: 'A list that has the certificate, with reason and invalidity date.',
    ...crl({ revoked: [{ ...entry, reason: 'keyCompromise', invalidityDate: later(-5) }] }),
    status: 'revoked',
    code: 'REVOCATION_CRL_REVOKED',
  },
  {
    id: 'crl-hold',
    says: 'A list on which the certificate is on hold.',
    ...crl({ revoked: [{ ...entry, reason: 'certificateHold' }] }),
    status: 'revoked',
    code: 'REVOCATION_CRL_REVOKED',
  },
  {
    id: 'crl-other-issuer',
    says: 'A list of another authority.',
    ...crlBy('ca-seal', 'seal-rsa-3072'),
    ...unknown('REVOCATION_CRL_OTHER_ISSUER'),
  },
  {
    id: 'crl-wrong-key',
    says: 'A list in the name of the issuer, signed by somebody else.',
    source: 'crl',
    make: async () =>
      createCrl({
        issuer: { certificate: certificateOf('ca-web'), privateKey: (await readKey('leaf-rsa-2048')).privateKey },
        thisUpdate: later(-1),
      }),
    ...unknown('REVOCATION_CRL_SIGNATURE'),
  },
  {
    id: 'crl-wrong-signature',
    says: 'A list whose signature was changed.',
    ...crl({ defects: ['wrong-signature'] }),
    ...unknown('REVOCATION_CRL_SIGNATURE'),
  },
  {
    id: 'crl-other-key-identifier',
    says: 'A list whose authorityKeyIdentifier names another key.',
    ...crl({ defects: ['other-key-identifier'] }),
    ...unknown('REVOCATION_CRL_OTHER_KEY'),
  },
  {
    id: 'crl-expired',
    says: 'A list whose nextUpdate has passed.',
    ...crl({ thisUpdate: later(-9), nextUpdate: later(-2) }),
    ...unknown('REVOCATION_CRL_EXPIRED'),
  },
  {
    id: 'crl-not-yet',
    says: 'A list of tomorrow.',
    ...crl({ thisUpdate: later(1) }),
    ...unknown('REVOCATION_CRL_NOT_YET'),
  },
  {
    id: 'crl-no-next-update',
    says: 'A list without nextUpdate.',
    ...crl({ nextUpdate: null }),
    ...unknown('REVOCATION_CRL_NO_NEXT_UPDATE'),
  },
  { id: 'crl-delta', says: 'A delta list alone.', ...crl({ defects: ['delta'] }), ...unknown('REVOCATION_CRL_DELTA') },
  {
    id: 'crl-indirect',
    says: 'An indirect list that nobody asked for.',
    ...crl({ scope: { indirectCRL: true } }),
    ...unknown('REVOCATION_CRL_INDIRECT'),
  },
  {
    id: 'crl-ca-certificates',
    says: 'A list of CA certificates only.',
    ...crl({ scope: { onlyContainsCACerts: true } }),
    ...unknown('REVOCATION_CRL_SCOPE'),
  },
  {
    id: 'crl-attribute-certificates',
    says: 'A list of attribute certificates only.',
    ...crl({ scope: { onlyContainsAttributeCerts: true } }),
    ...unknown('REVOCATION_CRL_SCOPE'),
  },
  {
    id: 'crl-other-point',
    says: 'A list of another distribution point.',
    ...crl({ scope: { uris: ['http://pki.example.com/other.crl'] } }),
    ...unknown('REVOCATION_CRL_DISTRIBUTION_POINT'),
  },
  {
    id: 'crl-some-reasons',
    says: 'A list for some reasons only.',
    ...crl({ scope: { onlySomeReasons: ['keyCompromise'] } }),
    ...unknown('REVOCATION_CRL_SOME_REASONS'),
  },
  {
    id: 'crl-critical-extension',
    says: 'A list with an unknown critical extension.',
    ...crl({ defects: ['unknown-critical-extension'] }),
    ...unknown('REVOCATION_CRL_CRITICAL_EXTENSION'),
  },
  {
    id: 'crl-critical-entry-extension',
    says: 'A list with an unknown critical extension in an entry.',
    ...crl({ defects: ['unknown-critical-entry-extension'], revoked: [{ serialNumber: 5n, date: later(-3) }] }),
    ...unknown('REVOCATION_CRL_CRITICAL_EXTENSION'),
  },
  {
    id: 'crl-remove-from-crl',
    says: 'A complete list with removeFromCRL.',
    ...crl({ revoked: [{ ...entry, reason: 'removeFromCRL' }] }),
    ...unknown('REVOCATION_CRL_REMOVED'),
  },
  {
    id: 'crl-truncated',
    says: 'The first half of a list.',
    source: 'crl',
    make: async () => {
      const whole = await crl().make()
      return whole.subarray(0, whole.length >> 1)
    },
    ...unknown('REVOCATION_CRL_UNREADABLE'),
  },

  {
    id: 'ocsp-good',
    says: 'A response of a delegated responder.',
    ...ocsp(),
    status: 'good',
    code: 'REVOCATION_OCSP_GOOD',
  },
  {
    id: 'ocsp-by-issuer',
    says: 'A response of the issuer itself, named by name.',
    ...ocsp({}, { responderId: 'name' }, webCa),
    status: 'good',
    code: 'REVOCATION_OCSP_GOOD',
  },
  {
    id: 'ocsp-nonce',
    says: 'A response with the nonce of the request.',
    nonce: '5a'.repeat(16),
    ...ocsp({}, { nonce }),
    status: 'good',
    code: 'REVOCATION_OCSP_GOOD',
  },
  {
    id: 'ocsp-revoked',
    says: 'A response that says revoked, and why.',
    ...ocsp({ status: { date: later(-3), reason: 'superseded' } }),
    status: 'revoked',
    code: 'REVOCATION_OCSP_REVOKED',
  },
  {
    id: 'ocsp-unknown',
    says: 'A response that says unknown.',
    ...ocsp({ status: 'unknown' }),
    ...unknown('REVOCATION_OCSP_UNKNOWN'),
  },
  {
    id: 'ocsp-replayed',
    says: 'An old response that said good.',
    ...ocsp({ thisUpdate: later(-9), nextUpdate: later(-8) }, { producedAt: later(-9) }),
    ...unknown('REVOCATION_OCSP_EXPIRED'),
  },
  {
    id: 'ocsp-not-yet',
    says: 'A response of tomorrow.',
    ...ocsp({ thisUpdate: later(1), nextUpdate: later(2) }, { producedAt: later(1) }),
    ...unknown('REVOCATION_OCSP_NOT_YET'),
  },
  {
    id: 'ocsp-other-serial',
    says: 'A response about another serial number.',
    ...ocsp({}, { defects: ['other-serial'] }),
    ...unknown('REVOCATION_OCSP_OTHER_CERTIFICATE'),
  },
  {
    id: 'ocsp-other-issuer',
    says: 'A response about the serial number of another issuer.',
    ...ocsp({}, { defects: ['other-issuer-key'] }),
    ...unknown('REVOCATION_OCSP_OTHER_CERTIFICATE'),
  },
  {
    id: 'ocsp-no-purpose',
    says: 'A responder whose certificate is not for OCSPSigning.',
    ...ocsp({}, {}, () => responder({ purpose: false })),
    ...unknown('REVOCATION_OCSP_RESPONDER_PURPOSE'),
  },
  {
    id: 'ocsp-foreign-responder',
    says: 'A responder of another authority.',
    ...ocsp({}, {}, async () => responder({ issuer: await signer('ca-seal', 'seal-rsa-3072') })),
    ...unknown('REVOCATION_OCSP_RESPONDER'),
  },
  {
    id: 'ocsp-expired-responder',
    says: 'A responder whose certificate has expired.',
    ...ocsp({}, {}, () => responder({ notAfter: later(-2) })),
    ...unknown('REVOCATION_OCSP_RESPONDER_VALIDITY'),
  },
  {
    id: 'ocsp-responder-unchecked',
    says: 'A responder without nocheck, and no list that tells of it.',
    ...ocsp({}, {}, () => responder({ noCheck: false })),
    ...unknown('REVOCATION_OCSP_RESPONDER_REVOCATION'),
  },
  {
    id: 'ocsp-no-nonce',
    says: 'A response without the nonce that was sent.',
    nonce: '5a'.repeat(16),
    ...ocsp(),
    ...unknown('REVOCATION_OCSP_NONCE'),
  },
  {
    id: 'ocsp-other-nonce',
    says: 'A response with the nonce of somebody else.',
    nonce: '5b'.repeat(16),
    ...ocsp({}, { nonce }),
    ...unknown('REVOCATION_OCSP_NONCE'),
  },
  {
    id: 'ocsp-wrong-signature',
    says: 'A response whose signature was changed.',
    ...ocsp({}, { defects: ['wrong-signature'] }),
    ...unknown('REVOCATION_OCSP_SIGNATURE'),
  },
  {
    id: 'ocsp-critical-extension',
    says: 'A response with an unknown critical extension.',
    ...ocsp({}, { defects: ['unknown-critical-extension'] }),
    ...unknown('REVOCATION_OCSP_CRITICAL_EXTENSION'),
  },
  {
    id: 'ocsp-try-later',
    says: 'An unsigned tryLater.',
    source: 'ocsp',
    make: async () => createOcspError(3),
    ...unknown('REVOCATION_OCSP_STATUS'),
  },
  {
    id: 'ocsp-truncated',
    says: 'The first half of a response.',
    source: 'ocsp',
    make: async () => {
      const whole = await ocsp().make()
      return whole.subarray(0, whole.length >> 1)
    },
    ...unknown('REVOCATION_OCSP_UNREADABLE'),
  },
]

/** What `index.json` says of a vector. */
export function indexEntry({ id, says, source, nonce: asked, status, code }: RevocationVector): object {
  return { id, says, source, ...(asked === undefined ? {} : { nonce: asked }), status, code }
}
