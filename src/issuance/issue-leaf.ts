import { checkOptionNames } from '../core/nearest.ts'
import type { KeyAlgorithm, SignatureAlgorithm } from './algorithms.ts'
import { applyDefects } from './defects/index.ts'
import { keyIdentifierOf } from './extensions.ts'
import { type Issued, issued } from './issued.ts'
import type { Issuer } from './issuer.ts'
import { chooseScheme, exportSpki, generateKeys, keyPairFrom } from './keys.ts'
import { leafExtensions } from './leaf-extensions.ts'
import { type LeafOptions, leafOptionNames } from './leaf-options.ts'
import { planLeaf } from './leaf-plan.ts'
import type { LeafKind } from './profile-plan.ts'
import { publicKeyBits, signCertificate } from './structure.ts'
import { encodeName } from './subject.ts'

/** What an authority issues with, besides its keys. */
export interface Settings {
  readonly crypto: Crypto
  readonly baseUrl: string
  readonly now: () => Date
  readonly signatureAlgorithm: SignatureAlgorithm | undefined
}

/** Issues a leaf: plan, defects, extensions, signature. Rejects with `TypeError` on options that mean nothing. */
export async function issueLeaf(
  kind: LeafKind,
  options: LeafOptions,
  issuer: Issuer,
  settings: Settings,
): Promise<Issued> {
  checkOptionNames(options, leafOptionNames)
  checkSerial(options.serialNumber)
  const { crypto, baseUrl } = settings
  const plan = planLeaf(kind, options, {
    at: settings.now(),
    issuerNotAfter: issuer.notAfter,
    baseUrl,
    randomSerial: () => randomSerial(crypto),
  })
  applyDefects(plan, options.defects ?? [])
  const signingKey = issuer.issued.privateKey
  const scheme = chooseScheme(signingKey, plan.signatureAlgorithm ?? settings.signatureAlgorithm)
  const keys = await chooseKeys(options.keys, 'keys', options.keyAlgorithm, crypto)
  const publicKey = await exportSpki(keys.publicKey, crypto)
  const own = await keyIdentifierOf(publicKeyBits(publicKey), crypto)
  const certificate = await signCertificate(
    {
      serialNumber: plan.serialNumber,
      issuer: issuer.name,
      notBefore: plan.notBefore,
      notAfter: plan.notAfter,
      subject: encodeName(plan.subject),
      publicKey,
      extensions: leafExtensions(plan, own, issuer.pointers),
    },
    { key: signingKey, scheme },
    crypto,
  )
  return issued(certificate, keys.privateKey, issuer.issued.chain, crypto)
}

/** The keys that were given, or new ones. */
export function chooseKeys(
  given: CryptoKeyPair | undefined,
  path: string,
  algorithm: KeyAlgorithm | undefined,
  crypto: Crypto,
): Promise<CryptoKeyPair> {
  return given === undefined ? generateKeys(algorithm ?? 'RSA-3072', crypto) : keyPairFrom(given, path, crypto)
}

/** Throws `TypeError` where it is given and no bigint. */
export function checkSerial(serial: bigint | undefined): bigint | undefined {
  if (serial !== undefined && typeof serial !== 'bigint') throw new TypeError('serialNumber must be a bigint')
  return serial
}

/** 16 octets from the system, the first from 0x40 to 0x7F: positive, and always of the same length. */
export function randomSerial(crypto: Crypto): bigint {
  const octets = crypto.getRandomValues(new Uint8Array(16))
  octets[0] = ((octets[0] as number) & 0x3f) | 0x40
  return octets.reduce((serial, octet) => (serial << 8n) | BigInt(octet), 0n)
}
