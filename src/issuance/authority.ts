import { checkOptionNames } from '../core/nearest.ts'
import type { KeyAlgorithm, SignatureAlgorithm } from './algorithms.ts'
import { checkSerial, chooseKeys, issueLeaf, randomSerial, type Settings } from './issue-leaf.ts'
import type { Issued } from './issued.ts'
import { type AuthorityRole, type Issuer, issueAuthority, restoreIssuer, type StoredIssuer } from './issuer.ts'
import { checkSignatureAlgorithm } from './keys.ts'
import type { LeafOptions } from './leaf-options.ts'
import { addDays, lastSecond, wholeSecond } from './validity.ts'

/** What {@link createTestAuthority} and {@link loadTestAuthority} have in common. */
export interface IssuingOptions {
  /** What the authorities sign with. Default: RS256, ES256 and so on, by their keys. */
  readonly signatureAlgorithm?: SignatureAlgorithm
  /** Default `globalThis.crypto`. */
  readonly crypto?: Crypto
  /** Where certificates say that CRL, OCSP and issuer certificates are. Default `http://pki.example.com`. */
  readonly baseUrl?: string
  /** The moment that issuance takes as now. Default: the clock. */
  readonly at?: Date
}

/** How a test authority is to be made. */
export interface TestAuthorityOptions extends IssuingOptions {
  /** Name of the QTSP. The commonName of each authority says TEST ONLY in any case. */
  readonly organizationName?: string
  readonly countryName?: string
  readonly organizationIdentifier?: string
  /** Default: a year before now. Where it is given and `at` is not, it is also the default notBefore of leaves. */
  readonly notBefore?: Date
  /** Default: ten years after notBefore. */
  readonly notAfter?: Date
  /** Algorithm of the three keys. Default `RSA-3072`. */
  readonly keyAlgorithm?: KeyAlgorithm
  /** Keys to use instead of new ones. */
  readonly keys?: { readonly [Role in AuthorityRole]?: CryptoKeyPair }
  /** Serial numbers of the three certificates. Default: 16 random octets each. */
  readonly serialNumbers?: { readonly [Role in AuthorityRole]?: bigint }
}

/** A stored authority, for {@link loadTestAuthority}. */
export interface StoredAuthority {
  readonly root: StoredIssuer
  readonly web: StoredIssuer
  readonly seal: StoredIssuer
}

/** A root, an authority under it for each kind of certificate, and the means to issue. */
export interface TestAuthority {
  readonly root: Issued
  readonly webCa: Issued
  readonly sealCa: Issued
  /** Issues a QWAC. Rejects with `TypeError` on options that mean nothing. */
  issueQwac(subject?: LeafOptions): Promise<Issued>
  /** Issues a QSealC. Rejects with `TypeError` on options that mean nothing. */
  issueQSealC(subject?: LeafOptions): Promise<Issued>
}

const issuingOptionNames = { signatureAlgorithm: true, crypto: true, baseUrl: true, at: true } as const

const authorityOptionNames: Readonly<Record<keyof TestAuthorityOptions, true>> = {
  ...issuingOptionNames,
  organizationName: true,
  countryName: true,
  organizationIdentifier: true,
  notBefore: true,
  notAfter: true,
  keyAlgorithm: true,
  keys: true,
  serialNumbers: true,
}

const roleNames = { root: true, web: true, seal: true } as const

/**
 * Makes a public key infrastructure for tests: a root, an issuing authority for QWAC and one for QSealC. Nothing trusts
 * it, and each authority says TEST ONLY in its name. Throws `TypeError` on unknown options and on values that mean
 * nothing.
 *
 * @example
 * ```ts
 * import { createTestAuthority } from 'psd2-toolkit/issuance'
 *
 * const authority = await createTestAuthority({ keyAlgorithm: 'P-256' })
 * const qwac = await authority.issueQwac({
 *   organizationIdentifier: 'PSDFR-ACPR-12345',
 *   roles: ['PSP_AI'],
 *   dnsNames: ['tpp.example.com'],
 * })
 * const wrong = await authority.issueQSealC({ defects: ['nca-mismatch'] })
 * console.log(qwac.certificatePem(), wrong.certificatePem())
 * ```
 */
export async function createTestAuthority(options: TestAuthorityOptions = {}): Promise<TestAuthority> {
  checkOptionNames(options, authorityOptionNames)
  checkOptionNames(options.keys ?? {}, roleNames)
  checkOptionNames(options.serialNumbers ?? {}, roleNames)
  const settings = settingsOf({ ...options, ...(options.at === undefined ? startOf(options) : {}) })
  const { crypto, baseUrl } = settings
  const notBefore = wholeSecond('notBefore', options.notBefore ?? addDays(settings.now(), -365))
  const notAfter = wholeSecond('notAfter', options.notAfter ?? lastSecond(notBefore, 3650))
  const common = {
    organizationName: options.organizationName ?? 'Test QTSP (for test only)',
    countryName: options.countryName ?? 'FR',
    organizationIdentifier: options.organizationIdentifier ?? 'NTRFR-000000000',
    notBefore,
    notAfter,
    signatureAlgorithm: options.signatureAlgorithm,
    baseUrl,
  }
  const keysOf = (role: AuthorityRole): Promise<CryptoKeyPair> =>
    chooseKeys(options.keys?.[role], `keys.${role}`, options.keyAlgorithm, crypto)
  const [rootKeys, webKeys, sealKeys] = await Promise.all([keysOf('root'), keysOf('web'), keysOf('seal')])
  const issue = (role: AuthorityRole, keys: CryptoKeyPair, above?: Issuer): Promise<Issuer> => {
    const serialNumber = checkSerial(options.serialNumbers?.[role]) ?? randomSerial(crypto)
    return issueAuthority({ ...common, role, keys, serialNumber }, above, crypto)
  }
  const root = await issue('root', rootKeys)
  return authority(root, await issue('web', webKeys, root), await issue('seal', sealKeys, root), settings)
}

/**
 * Takes up an authority that was stored, so that more certificates come from the same one. Throws `Psd2Error` with a
 * code `ISSUANCE_...` on certificates and keys that cannot be read or do not belong together.
 *
 * @example
 * ```ts
 * import { createTestAuthority, loadTestAuthority } from 'psd2-toolkit/issuance'
 *
 * const first = await createTestAuthority({ keyAlgorithm: 'P-256' })
 * const stored = {
 *   root: { certificate: first.root.certificatePem(), privateKey: await first.root.privateKeyPem() },
 *   web: { certificate: first.webCa.certificatePem(), privateKey: await first.webCa.privateKeyPem() },
 *   seal: { certificate: first.sealCa.certificatePem(), privateKey: await first.sealCa.privateKeyPem() },
 * }
 * const again = await loadTestAuthority(stored)
 * const qsealc = await again.issueQSealC({ organizationIdentifier: 'PSDFR-ACPR-12345' })
 * console.log(qsealc.chainPem())
 * ```
 */
export async function loadTestAuthority(stored: StoredAuthority, options: IssuingOptions = {}): Promise<TestAuthority> {
  checkOptionNames(stored, roleNames)
  checkOptionNames(options, issuingOptionNames)
  const settings = settingsOf(options)
  const restore = (role: AuthorityRole, above?: Issuer): Promise<Issuer> =>
    restoreIssuer(stored[role], role, above, settings.baseUrl, settings.crypto)
  const root = await restore('root')
  return authority(root, await restore('web', root), await restore('seal', root), settings)
}

function settingsOf(options: IssuingOptions): Settings {
  const baseUrl = options.baseUrl ?? 'http://pki.example.com'
  if (!/^https?:\/\/[^/]/.test(baseUrl)) throw new TypeError('baseUrl must begin with http:// or https://')
  const at = options.at === undefined ? undefined : wholeSecond('at', options.at)
  return {
    crypto: options.crypto ?? globalThis.crypto,
    baseUrl: baseUrl.replace(/\/+$/, ''),
    now: () => at ?? new Date(),
    signatureAlgorithm: checkSignatureAlgorithm(options.signatureAlgorithm),
  }
}

function startOf({ notBefore }: TestAuthorityOptions): { at?: Date } {
  return notBefore === undefined ? {} : { at: notBefore }
}

function authority(root: Issuer, web: Issuer, seal: Issuer, settings: Settings): TestAuthority {
  return {
    root: root.issued,
    webCa: web.issued,
    sealCa: seal.issued,
    issueQwac: (subject = {}) => issueLeaf('QWAC', subject, web, settings),
    issueQSealC: (subject = {}) => issueLeaf('QSealC', subject, seal, settings),
  }
}
