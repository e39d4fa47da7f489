import { defaultCrypto } from '#crypto'
import { Psd2Error } from '../core/errors.ts'
import type { CryptoProvider } from '../crypto/provider.ts'
import type { JoseCode } from './codes.ts'
import { Findings, type JwkFinding } from './findings.ts'
import { readJwksInput } from './json-input.ts'
import type { VerifiedKey } from './key.ts'
import { checkAccept, checkMoment, checkOptions } from './options.ts'
import { checkSet } from './set.ts'

/** What {@link verifyJwks} and {@link checkJwks} verify against. */
export interface VerifyJwksOptions {
  /** Whose rules. `bpce`, the only one there is now, is the default. */
  readonly profile?: 'bpce'
  /** Refuses a certificate that is not valid at this moment. Default: validity is not looked at. */
  readonly at?: Date
  /** Codes that refuse by the bank's rules and shall be notices, for example `JWK_MEMBER_MISSPELT`. */
  readonly accept?: readonly JoseCode[]
  readonly crypto?: CryptoProvider
}

/** What a JWK Set says, once all of it has been checked. */
export interface VerifiedJwks extends VerifiedKey {
  /** What is to be said and refuses nothing. */
  readonly notices: readonly JwkFinding[]
}

/** Everything that is to be said of a JWK Set. */
export interface JwksCheck {
  /** In a fixed order: names of members, certificate, values, key, thumbprint. */
  readonly findings: readonly JwkFinding[]
  /** Undefined where a finding is an error. */
  readonly verified: VerifiedKey | undefined
}

/**
 * Verifies a JWK Set as Groupe BPCE wants it for registration (BPCE PSD2 Registration API, jwks; RFC 7517): one RSA key
 * with its QSealC in x5c, every member exact, the certificate read strictly, the key and x5t#S256 those of the certificate.
 * Nothing is fetched, and no value of a private member is shown or kept. That the certificate is genuine is not looked at:
 * whoever sends a JWK Set made it.
 *
 * @param jwks - octets as they were received, or their text. In an object it can no longer be seen whether a member stood
 * there twice, which a notice says
 * @throws Psd2Error the first error of what {@link checkJwks} finds: `JWK_...`, `JSON_...`, or a code of `parseCertificate`
 * with the JSON Pointer of the certificate
 * @throws TypeError where an argument or an option is wrong
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises'
 * import { verifyJwks } from 'psd2-toolkit/jwks'
 *
 * const { certificate, jwk } = await verifyJwks(await readFile('jwks.json'), { at: new Date('2026-06-01T12:00:00Z') })
 * console.log(String(certificate.subject), jwk.kid)
 * ```
 */
export async function verifyJwks(
  jwks: Uint8Array | string | object,
  options: VerifyJwksOptions = {},
): Promise<VerifiedJwks> {
  const { findings, key } = await check(jwks, options)
  if (findings.firstError !== undefined) throw findings.firstError
  if (key === undefined) throw new Error('a JWK Set without errors gave no key')
  return { ...key, notices: findings.toData() }
}

/**
 * Like {@link verifyJwks}, but says everything that is wrong, and throws on no input.
 *
 * @throws TypeError where an argument or an option is wrong
 *
 * @example
 * ```ts
 * import { checkJwks } from 'psd2-toolkit/jwks'
 *
 * const { findings } = await checkJwks('{"keys":[{"kty":"EC","keys_ops":["verify"]}]}')
 * for (const { severity, code, path, mend } of findings) console.log(severity, code, path, mend)
 * ```
 */
export async function checkJwks(
  jwks: Uint8Array | string | object,
  options: VerifyJwksOptions = {},
): Promise<JwksCheck> {
  const { findings, key } = await check(jwks, options)
  return { findings: findings.toData(), verified: findings.firstError === undefined ? key : undefined }
}

interface Checked {
  readonly findings: Findings
  readonly key: VerifiedKey | undefined
}

async function check(jwks: Uint8Array | string | object, options: VerifyJwksOptions): Promise<Checked> {
  checkOptions(options, ['profile', 'at', 'accept', 'crypto'])
  checkMoment(options.at)
  const { profile = 'bpce', at, accept = [], crypto = defaultCrypto } = options
  if (profile !== 'bpce') throw new TypeError(`unknown profile '${String(profile)}'; there is: bpce`)
  const findings = new Findings(checkAccept(accept))
  try {
    const value = readJwksInput(jwks, findings)
    return { findings, key: await checkSet(value, '', at, crypto, findings) }
  } catch (error) {
    if (!(error instanceof Psd2Error)) throw error
    findings.addError(error)
    return { findings, key: undefined }
  }
}
