import type { CryptoProvider } from '../crypto/provider.ts'
import { certificateKind } from '../eidas/index.ts'
import type { ServiceFact } from '../rules/facts.ts'
import { answerText, findIssuer, type ServiceUse, type TrustStore } from '../trust/index.ts'
import type { Certificate } from '../x509/certificate.ts'
import type { OutsideFacts } from './audit-certificate.ts'

const useOfKind: Readonly<Record<string, ServiceUse | undefined>> = { QWAC: 'web', QSealC: 'eseal', QESign: 'esign' }

export interface TrustedListFactsOptions {
  readonly store: TrustStore
  /** The moment for which the audit is made. */
  readonly at: Date
  /** Default: what the certificate says that it is for. */
  readonly use?: ServiceUse
  readonly crypto?: CryptoProvider
}

/**
 * What trusted lists say of the issuer of a certificate, at issuance and at the moment of the audit: facts for
 * `auditCertificate`. A certificate that is for no use of qualified certificates has none.
 *
 * @throws Psd2Error `TSL_STORE_CONTENT`
 *
 * @example
 * ```ts
 * import { auditCertificate, trustedListFacts } from 'psd2-toolkit/audit'
 * import { openTrustStore } from 'psd2-toolkit/trust'
 * import { parseCertificate } from 'psd2-toolkit/x509'
 *
 * declare const der: Uint8Array
 * declare const saved: Uint8Array
 * const at = new Date()
 * const facts = await trustedListFacts(parseCertificate(der), { store: await openTrustStore(saved), at })
 * console.log((await auditCertificate(der, { at, facts })).trust)
 * ```
 */
export async function trustedListFacts(
  certificate: Certificate,
  { store, at, use = useOfKind[certificateKind(certificate).kind], crypto }: TrustedListFactsOptions,
): Promise<Pick<OutsideFacts, 'serviceAtIssuance' | 'serviceNow'>> {
  if (use === undefined) return {}
  const factAt = async (moment: Date): Promise<ServiceFact> => {
    const answer = await findIssuer(store, certificate, {
      use,
      at: moment,
      ...(crypto === undefined ? {} : { crypto }),
    })
    return { verdict: answer.status, evidence: answerText(answer) }
  }
  return { serviceAtIssuance: await factAt(certificate.validity.notBefore), serviceNow: await factAt(at) }
}
