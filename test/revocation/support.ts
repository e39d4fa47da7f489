import { type CrlOptions, createCrl, createTestAuthority, type LeafOptions } from '../../src/issuance/index.ts'
import { type Certificate, parseCertificate } from '../../src/x509/index.ts'

const day = 86_400_000
/** What the authority takes as now, and what is asked about. */
export const at = new Date('2026-06-01T12:00:00Z')

export function later(days: number): Date {
  return new Date(at.getTime() + days * day)
}

/** One authority for all tests of a file: making keys is slow. */
export const authority = await createTestAuthority({ keyAlgorithm: 'P-256', at })
/** An authority with the same names and other keys. */
export const impostor = await createTestAuthority({ keyAlgorithm: 'P-256', at })

export const webCa = parseCertificate(authority.webCa.certificate)
const serialNumber = 0x1234_5678_9abcn

async function leafOf(options: LeafOptions = {}): Promise<Certificate> {
  const leaf = await authority.issueQwac({ keyAlgorithm: 'P-256', serialNumber, ...options })
  return parseCertificate(leaf.certificate)
}

export const leaf = await leafOf()

/** A current list of the issuer of {@link leaf}. */
export function crl(options: Partial<CrlOptions> = {}): Promise<Uint8Array> {
  return createCrl({ issuer: authority.webCa, thisUpdate: later(-1), ...options })
}

/** An entry for {@link leaf}. */
export const entry = { serialNumber, date: later(-2) }
