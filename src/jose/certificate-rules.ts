import { certificateKind } from '../eidas/kind.ts'
import { Certificate, parseCertificate } from '../x509/certificate.ts'
import type { JoseCode } from './codes.ts'
import { attemptCertificate, type Findings } from './findings.ts'
import { RSA, RSA_PSS } from './key-shapes.ts'

/** What a bank demands of the certificate; `broken` gives the detail, or undefined where the rule is kept. */
interface CertificateRule {
  readonly code: JoseCode
  readonly broken: (certificate: Certificate, at: Date | undefined) => string | undefined
}

const rules: readonly CertificateRule[] = [
  {
    code: 'JWK_CERTIFICATE_KIND',
    broken: (certificate) => {
      const { kind, reason } = certificateKind(certificate)
      return kind === 'QSealC' ? undefined : `${kind}: ${reason}`
    },
  },
  {
    code: 'JWK_CERTIFICATE_PSS',
    broken: ({ signatureAlgorithm: { oid } }) => (oid === RSA_PSS ? oid : undefined),
  },
  {
    code: 'JWK_KEY_PSS',
    broken: ({ publicKey }) => (publicKey.algorithm.oid === RSA_PSS ? RSA_PSS : undefined),
  },
  {
    code: 'JWK_KEY_NOT_RSA',
    broken: ({ publicKey: { algorithm, curve } }) =>
      algorithm.oid === RSA || algorithm.oid === RSA_PSS ? undefined : (curve ?? algorithm.name ?? algorithm.oid),
  },
  {
    code: 'JWK_KEY_SIZE',
    broken: ({ publicKey: { modulus, size = 0 } }) =>
      modulus !== undefined && size < 2048 ? `${size} bits` : undefined,
  },
  {
    code: 'JWK_CERTIFICATE_EXPIRED',
    broken: ({ validity: { notAfter } }, at) => (at !== undefined && at > notAfter ? isoTime(notAfter) : undefined),
  },
  {
    code: 'JWK_CERTIFICATE_NOT_YET_VALID',
    broken: ({ validity: { notBefore } }, at) => (at !== undefined && at < notBefore ? isoTime(notBefore) : undefined),
  },
]

/** Collects every rule that the certificate breaks. */
export function checkCertificate(
  certificate: Certificate,
  at: Date | undefined,
  path: string,
  findings: Findings,
): void {
  for (const { code, broken } of rules) {
    const detail = attemptCertificate(findings, path, () => broken(certificate, at))
    if (detail !== undefined) findings.add(code, path, detail)
  }
}

/** The record of strict reading, whatever is given. Throws `TypeError` where it is neither record nor octets. */
export function strictCertificate(given: Certificate | Uint8Array): Certificate {
  if (given instanceof Certificate) return given.mode === 'strict' ? given : parseCertificate(given.bytes)
  if (given instanceof Uint8Array) return parseCertificate(given)
  throw new TypeError('give a Certificate, or its DER as a Uint8Array; decodePem reads PEM text')
}

function isoTime(time: Date): string {
  return time.toISOString().replace('.000Z', 'Z')
}
