import type { ExtensionContent } from '../../src/issuance/extensions.ts'
import {
  type CrlOptions,
  createCrl,
  createOcspResponder,
  createOcspResponse,
  createTestAuthority,
  type LeafOptions,
  type OcspResponseOptions,
  type OcspStatusOptions,
} from '../../src/issuance/index.ts'
import { signCertificate } from '../../src/issuance/structure.ts'
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

/** A responder that the issuer of {@link leaf} delegates to. */
export const responder = await createOcspResponder({
  issuer: authority.webCa,
  notBefore: later(-30),
  notAfter: later(30),
})

/** A current response of {@link responder} about {@link leaf}. */
export function ocsp(
  options: Partial<OcspResponseOptions> = {},
  status: Partial<OcspStatusOptions> = {},
): Promise<Uint8Array> {
  const about = {
    certificate: leaf.bytes,
    issuer: authority.webCa.certificate,
    status: 'good',
    thisUpdate: later(-1),
    nextUpdate: later(1),
    ...status,
  } as const
  return createOcspResponse({ responder, producedAt: later(-1), responses: [about], ...options })
}

/** A certificate under the web authority with just these extensions. */
export async function certificateWith(
  extensions: readonly ExtensionContent[],
  validity: { readonly notBefore?: Date; readonly notAfter?: Date } = {},
): Promise<Certificate> {
  const { privateKey: key } = authority.webCa
  const der = await signCertificate(
    {
      serialNumber,
      issuer: Uint8Array.from(webCa.subject.value),
      notBefore: later(-0.25),
      notAfter: later(0.25),
      ...validity,
      subject: Uint8Array.from(leaf.subject.value),
      publicKey: Uint8Array.from(leaf.publicKey.value),
      extensions,
    },
    { key, scheme: 'ES256' },
    globalThis.crypto,
  )
  return parseCertificate(der)
}
