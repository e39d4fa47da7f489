import { toHex } from '../core/bytes.ts'
import { Psd2Error } from '../core/errors.ts'
import { given } from '../core/given.ts'
import { Recent } from '../core/recent.ts'
import type { CryptoProvider } from '../crypto/provider.ts'
import {
  createPathValidator,
  type PathPurpose,
  type PathQuestion,
  type PathValidatorOptions,
  pathVerdict,
} from '../trust/index.ts'
import type { Certificate } from '../x509/index.ts'
import { serverError } from './codes.ts'
import type { Logger } from './logger.ts'

/** What a certificate is used for. */
export type CertificateUse = 'QWAC' | 'QSealC'

/** Shows that a qualified issuer stands behind a certificate. Rejects with a `Psd2Error` where none does. */
export type CertificateTrust = (
  certificate: Certificate,
  use: { readonly as: CertificateUse; readonly at: Date },
) => Promise<void>

/** Purposes for which a path is validated: a seal has none that X.509 knows. */
const purposes = { QWAC: 'clientAuth', QSealC: 'any' } as const satisfies Record<CertificateUse, PathPurpose>

/** How revocation is asked about. */
export interface RevocationDemands extends Pick<PathQuestion, 'revocation' | 'checkRevocation'> {
  /** Is told of certificates that were let pass though nobody can say whether they were revoked (`if-present`). */
  readonly log?: Logger
}

/**
 * Trusts what has a valid path to one of the anchors (RFC 5280 6.1), a QWAC for the purpose of a TLS client. A TPP sends no
 * chain: name its issuing authorities as intermediates. Revocation is asked where the options have a checker.
 *
 * @throws TypeError on an empty list of anchors: none is not "all"
 *
 * @example
 * ```ts
 * import { pathTrust } from 'psd2-toolkit/server'
 *
 * declare const root: Uint8Array
 * declare const issuing: Uint8Array[]
 * const trust = pathTrust({ anchors: [root], intermediates: issuing })
 * console.log(typeof trust)
 * ```
 */
export function pathTrust(options: PathValidatorOptions & RevocationDemands): CertificateTrust {
  const { revocation, checkRevocation, log, ...rest } = options
  const validator = createPathValidator(rest)
  return async (certificate, { as, at }) => {
    try {
      const question = { certificate, at, purpose: purposes[as], ...given({ revocation, checkRevocation }) }
      const found = await validator.validate(question)
      const open = found.revocation.filter(({ status }) => status === 'unknown')
      if (open.length > 0) {
        const serial = certificate.serialNumber.toString(16)
        const reasons = [...new Set(open.map(({ reason }) => reason))]
        log?.warn({ certificate: as, serial, reasons }, 'nobody can say whether a certificate was revoked')
      }
    } catch (error) {
      // An authority that is not known here may be a good one: that is another answer than "invalid".
      throw pathVerdict(error) === 'unknown'
        ? serverError('CERTIFICATE_ISSUER_UNKNOWN', { certificate: as, cause: error })
        : error
    }
  }
}

/** Certificates whose verdict is kept at most. */
const capacity = 10_000

/**
 * Keeps what was trusted for some time: by the record of the certificate, and by the hash of its octets for a record that is
 * read anew. A refusal is never kept. What is kept belongs to the trust that it wraps: other anchors are another trust.
 */
export function rememberTrust(trust: CertificateTrust, crypto: CryptoProvider, seconds = 300): CertificateTrust {
  const life = seconds * 1000
  const ofRecord = { QWAC: new WeakMap<Certificate, number>(), QSealC: new WeakMap<Certificate, number>() }
  const ofOctets = new Recent<string, number>(capacity)
  const isFresh = (until: number | undefined, now: number): until is number =>
    until !== undefined && now < until && now >= until - life
  return async (certificate, use) => {
    const now = use.at.getTime()
    const records = ofRecord[use.as]
    if (isFresh(records.get(certificate), now)) return
    const key = `${use.as} ${toHex(await crypto.digest('sha-256', certificate.bytes))}`
    const kept = ofOctets.get(key)
    if (!isFresh(kept, now)) {
      await ofWhich(use.as, () => trust(certificate, use))
      ofOctets.set(key, now + life)
    }
    records.set(certificate, kept !== undefined && isFresh(kept, now) ? kept : now + life)
  }
}

/** Says in a refusal which of the two certificates it is about. */
async function ofWhich(as: CertificateUse, decide: () => Promise<void>): Promise<void> {
  try {
    await decide()
  } catch (error) {
    if (!(error instanceof Psd2Error) || error.path === as) throw error
    const { code, message, citation, mend } = error
    throw new Psd2Error(code, message, { path: as, citation, mend, cause: error })
  }
}
