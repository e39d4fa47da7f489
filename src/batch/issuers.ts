import { defaultCrypto } from '#crypto'
import { issuerFacts } from '../audit/issuer-facts.ts'
import { Psd2Error } from '../core/errors.ts'
import type { Facts } from '../rules/facts.ts'
import { type Certificate, parseCertificate } from '../x509/index.ts'

/** Certificates that may have issued others, by the octets of their subject: issuers copy their name (RFC 5280 4.1.2.4). */
export type Issuers = ReadonlyMap<string, readonly Certificate[]>

/** Throws `Psd2Error` where one is no certificate. */
export function readIssuers(ders: readonly Uint8Array[]): Issuers {
  const issuers = new Map<string, Certificate[]>()
  for (const der of ders) {
    const certificate = parseCertificate(der, { mode: 'tolerant' })
    const name = certificate.subject.hex
    issuers.set(name, [...(issuers.get(name) ?? []), certificate])
  }
  return issuers
}

type IssuerFacts = Pick<Facts, 'issuer' | 'issuerSignature'>

/**
 * What the given issuers show of a certificate: the one of its issuer's name whose key made the signature, else the first
 * of that name. Nothing where there is none, or where the certificate cannot be read.
 */
export async function factsFrom(der: Uint8Array, issuers: Issuers): Promise<IssuerFacts> {
  const certificate = issuers.size === 0 ? undefined : readQuietly(der)
  if (certificate === undefined) return {}
  let first: IssuerFacts | undefined
  for (const issuer of issuers.get(certificate.issuer.hex) ?? []) {
    const facts = await issuerFacts(certificate, issuer, defaultCrypto)
    if (facts.issuerSignature === 'valid') return facts
    first ??= facts
  }
  return first ?? {}
}

function readQuietly(der: Uint8Array): Certificate | undefined {
  try {
    return parseCertificate(der, { mode: 'tolerant' })
  } catch (error) {
    if (error instanceof Psd2Error) return undefined
    throw error
  }
}
