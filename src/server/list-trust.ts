import { defaultCrypto } from '#crypto'
import { Psd2Error } from '../core/errors.ts'
import type { CryptoProvider } from '../crypto/provider.ts'
import { findIssuer, type ServiceUse, type TrustStore } from '../trust/index.ts'
import { parsePublicKeyInfo } from '../x509/public-key.ts'
import { serverError } from './codes.ts'
import { type CertificateTrust, type CertificateUse, pathTrust, type RevocationDemands } from './trust.ts'

/** Where {@link listTrust} looks. */
export interface ListTrustOptions extends RevocationDemands {
  /** The trusted lists, opened from a store. */
  readonly store: TrustStore
  readonly crypto?: CryptoProvider
}

const names: Readonly<Record<keyof ListTrustOptions, true>> = {
  store: true,
  revocation: true,
  checkRevocation: true,
  log: true,
  crypto: true,
}

const uses = { QWAC: 'web', QSealC: 'eseal' } as const satisfies Record<CertificateUse, ServiceUse>

/**
 * Trusts what a service of the trusted lists has issued that was granted for this use when it issued, and is now. The key of
 * the list made the signature; the certificate is held to RFC 5280 beneath it. Lists whose time is over trust nothing.
 *
 * @throws TypeError on an unknown option
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises'
 * import { listTrust } from 'psd2-toolkit/server'
 * import { openTrustStore } from 'psd2-toolkit/trust'
 *
 * const trust = listTrust({ store: await openTrustStore(await readFile('trusted-lists.store')) })
 * console.log(typeof trust)
 * ```
 */
export function listTrust(options: ListTrustOptions): CertificateTrust {
  for (const name in options) {
    if (!Object.hasOwn(names, name)) throw new TypeError(`unknown option '${name}' of listTrust`)
  }
  const { store, crypto = defaultCrypto, ...demands } = options
  return async (certificate, { as, at }) => {
    const use = uses[as]
    const now = await findIssuer(store, certificate, { use, at, crypto })
    if (now.status === 'unknown' || now.issuerKey === undefined) {
      if (now.reason === 'stale') {
        const territories = [...new Set(now.evidence.map(({ list }) => list.territory))]
        demands.log?.warn({ certificate: as, territories }, 'a trusted list is out of date: what it has is not trusted')
      }
      throw serverError('CERTIFICATE_ISSUER_UNKNOWN', { certificate: as })
    }
    const then = await findIssuer(store, certificate, { use, at: certificate.validity.notBefore, crypto })
    if (now.status !== 'granted' || then.status !== 'granted') {
      throw serverError('CERTIFICATE_ISSUER_NOT_GRANTED', { certificate: as })
    }
    const anchor = { subject: certificate.issuer, publicKey: parsePublicKeyInfo(now.issuerKey, { mode: 'tolerant' }) }
    await pathTrust({ anchors: [anchor], crypto, ...demands })(certificate, { as, at })
  }
}

/**
 * Trusts what one of several trusts: authorities of your own beside the trusted lists. What was revoked by the evidence of one
 * is asked of no other.
 *
 * @throws TypeError where there is none
 *
 * @example
 * ```ts
 * import { eitherTrust, listTrust, pathTrust } from 'psd2-toolkit/server'
 * import type { TrustStore } from 'psd2-toolkit/trust'
 *
 * declare const root: Uint8Array
 * declare const store: TrustStore
 * const trust = eitherTrust(pathTrust({ anchors: [root] }), listTrust({ store }))
 * console.log(typeof trust)
 * ```
 */
export function eitherTrust(...grounds: readonly CertificateTrust[]): CertificateTrust {
  if (grounds.length === 0) throw new TypeError('eitherTrust takes one ground at least')
  return async (certificate, use) => {
    let told: Psd2Error | undefined
    for (const ground of grounds) {
      try {
        return await ground(certificate, use)
      } catch (error) {
        if (!(error instanceof Psd2Error) || error.code === 'PATH_REVOKED') throw error
        // Whoever knows the issuer says what is wrong.
        if (told === undefined || told.code === 'CERTIFICATE_ISSUER_UNKNOWN') told = error
      }
    }
    throw told
  }
}
