import { encodeBase64 } from '../core/base64.ts'
import type { CryptoProvider } from '../crypto/provider.ts'
import type { Certificate } from '../x509/certificate.ts'
import { checkCertificate, strictCertificate } from './certificate-rules.ts'
import type { JoseCode } from './codes.ts'
import { Findings, joseError } from './findings.ts'
import type { Jwk } from './jwk.ts'
import { keyAsJwk, keyShape } from './key-shapes.ts'
import { kidProblem } from './kid.ts'
import { checkAccept, checkMoment, checkOptions } from './options.ts'
import { x5tS256 } from './x5t.ts'

/** How {@link buildJwks} builds. */
export interface BuildJwksOptions {
  /** Default: the serial number of the certificate, in decimal. */
  readonly kid?: string
  /** Refuses a certificate that is not valid at this moment. Default: validity is not looked at. */
  readonly at?: Date
  /** Codes of what the bank refuses and you take nevertheless, for example `JWK_CERTIFICATE_PSS`. */
  readonly accept?: readonly JoseCode[]
  readonly crypto?: CryptoProvider
}

/**
 * The JWK Set of a QSealC as Groupe BPCE wants it for registration: one RSA key for verifying RS256, with the certificate
 * in x5c, without its issuers, and x5t#S256 (BPCE PSD2 Registration API, jwks; RFC 7517 clause 4).
 *
 * @param qsealc - the certificate, or its DER
 * @throws Psd2Error `JWK_...` where the bank would refuse the certificate: no QSealC, RSASSA-PSS as signature or key, no
 * RSA, under 2048 bits; `JWK_KID_...`; and the codes of `parseCertificate`, which reads strictly
 * @throws TypeError where an argument or an option is wrong
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises'
 * import { buildJwks } from 'psd2-toolkit/jwks'
 *
 * const jwks = await buildJwks(await readFile('qsealc.der'))
 * console.log(JSON.stringify(jwks))
 * ```
 */
export async function buildJwks(
  qsealc: Certificate | Uint8Array,
  options: BuildJwksOptions = {},
): Promise<{ keys: [Jwk] }> {
  checkOptions(options, ['kid', 'at', 'accept', 'crypto'])
  checkMoment(options.at)
  const findings = new Findings(checkAccept(options.accept ?? []))
  const certificate = strictCertificate(qsealc)
  checkCertificate(certificate, options.at, '', findings)
  if (findings.firstError !== undefined) throw findings.firstError
  const key = keyAsJwk(certificate.publicKey)
  const shape = keyShape(certificate.publicKey)
  if (key === undefined || shape === undefined) throw joseError('JWK_KEY_UNSUPPORTED', '')
  const kid = chooseKid(certificate, options.kid, findings)
  const { crypto } = options
  const thumbprint = await x5tS256(certificate.bytes, crypto === undefined ? {} : { crypto })
  return { keys: [sealJwk(certificate, key, shape.alg, kid, thumbprint)] }
}

/** The members in the order of the bank's page. */
export function sealJwk(certificate: Certificate, key: Jwk, alg: string, kid: string, thumbprint: string): Jwk {
  const { kty, ...members } = key
  return {
    kty,
    use: 'sig',
    alg,
    key_ops: ['verify'],
    kid,
    ...members,
    x5c: [encodeBase64(certificate.bytes)],
    'x5t#S256': thumbprint,
  }
}

function chooseKid(certificate: Certificate, given: string | undefined, findings: Findings): string {
  if (given === undefined) return String(certificate.serialNumber)
  if (typeof given !== 'string') throw new TypeError('kid must be a string')
  const problem = kidProblem(given)
  if (problem !== undefined && !findings.accepts(problem.code))
    throw joseError(problem.code, '/keys/0/kid', problem.detail)
  return given
}
