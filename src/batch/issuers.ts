import { createPublicKey, type KeyObject, X509Certificate } from 'node:crypto'
import { toHex } from '../core/bytes.ts'
import { Psd2Error } from '../core/errors.ts'
import type { Facts } from '../rules/facts.ts'
import { type Certificate, parseCertificate } from '../x509/index.ts'

/** Certificates that may have issued others, by their subject. */
export type Issuers = ReadonlyMap<string, readonly Issuer[]>

interface Issuer {
  readonly certificate: Certificate
  /** Undefined where the platform has no such keys. */
  readonly key: KeyObject | undefined
}

/** Throws `Psd2Error` where one is no certificate. */
export function readIssuers(ders: readonly Uint8Array[]): Issuers {
  const issuers = new Map<string, Issuer[]>()
  for (const der of ders) {
    const certificate = parseCertificate(der, { mode: 'tolerant' })
    const name = nameKey(der, certificate.subject)
    const list = issuers.get(name) ?? []
    issuers.set(name, [...list, { certificate, key: importKey(certificate) }])
  }
  return issuers
}

/**
 * What the given issuers say of a certificate: the one of that name whose key verifies the signature, else the first of
 * that name. Nothing where there is none of that name, or where the platform cannot verify such signatures.
 */
export function issuerFacts(der: Uint8Array, issuers: Issuers): Pick<Facts, 'issuer' | 'issuerSignature'> {
  if (issuers.size === 0) return {}
  const certificate = readQuietly(der)
  const named = certificate === undefined ? [] : (issuers.get(nameKey(der, certificate.issuer)) ?? [])
  const verdicts = named.map((issuer) => ({ issuer, verdict: verify(der, issuer) }))
  const chosen = verdicts.find(({ verdict }) => verdict === 'valid') ?? verdicts[0]
  if (chosen === undefined) return {}
  const { issuer, verdict } = chosen
  return { issuer: issuer.certificate, ...(verdict === undefined ? {} : { issuerSignature: verdict }) }
}

function verify(der: Uint8Array, { key }: Issuer): 'valid' | 'invalid' | undefined {
  if (key === undefined) return undefined
  try {
    return new X509Certificate(der).verify(key) ? 'valid' : 'invalid'
  } catch {
    return undefined
  }
}

function importKey({ bytes, publicKey: { offset, length } }: Certificate): KeyObject | undefined {
  try {
    const key = Buffer.from(bytes.subarray(offset, offset + length))
    return createPublicKey({ key, format: 'der', type: 'spki' })
  } catch {
    return undefined
  }
}

function readQuietly(der: Uint8Array): Certificate | undefined {
  try {
    return parseCertificate(der, { mode: 'tolerant' })
  } catch (error) {
    if (error instanceof Psd2Error) return undefined
    throw error
  }
}

/** The octets of a name: issuers copy theirs (RFC 5280 4.1.2.4). */
function nameKey(der: Uint8Array, { offset, length }: { offset: number; length: number }): string {
  return toHex(der.subarray(offset, offset + length))
}
