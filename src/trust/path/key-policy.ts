import type { PublicKeyInfo } from '../../x509/public-key.ts'
import type { Flaw } from './flaw.ts'

const RSA = '1.2.840.113549.1.1.1'
const RSASSA_PSS = '1.2.840.113549.1.1.10'
const EC = '1.2.840.10045.2.1'

/**
 * Bits of an RSA modulus (ETSI TS 119 312 table 6). Whoever sends an authority chooses what a verification costs: the largest
 * root of the trusted lists has 8192 bits, and exponents have 17.
 */
const rsaBits = { least: 2048, most: 16_384, mostOfAuthority: 8192 }

/** Octets of the public exponent of an authority. */
const longestExponent = 8

/** Curves by object identifier, and whether signatures on them are verified here: `leaf` keys are for others to use. */
const curves: ReadonlyMap<string, 'any' | 'leaf'> = /* @__PURE__ */ new Map([
  ['1.2.840.10045.3.1.7', 'any'],
  ['1.3.132.0.34', 'any'],
  ['1.3.132.0.35', 'any'],
  ['1.3.36.3.3.2.8.1.1.7', 'leaf'],
  ['1.3.36.3.3.2.8.1.1.11', 'leaf'],
  ['1.3.36.3.3.2.8.1.1.13', 'leaf'],
])

/** Keys without parameters: Ed25519, Ed448. */
const rawKeys: ReadonlyMap<string, 'any' | 'leaf'> = /* @__PURE__ */ new Map([
  ['1.3.101.112', 'any'],
  ['1.3.101.113', 'leaf'],
])

export const keyPlace = 'tbsCertificate.subjectPublicKeyInfo'

/** What speaks against a key; undefined where nothing does. */
export function keyFlaw(key: PublicKeyInfo, isAuthority: boolean): Flaw | undefined {
  const { oid, curve } = key.algorithm
  if (oid === RSA || oid === RSASSA_PSS) {
    const { size = 0, exponent } = key
    const tooLarge = size > (isAuthority ? rsaBits.mostOfAuthority : rsaBits.most)
    const tooSlow = isAuthority && (exponent?.length ?? 0) > longestExponent
    const detail = tooSlow && !tooLarge ? `RSA, exponent of ${exponent?.length} octets` : `RSA, ${size} bits`
    if (size < rsaBits.least) return { code: 'PATH_KEY_WEAK', place: keyPlace, offset: key.offset, detail }
    if (!tooLarge && !tooSlow) return undefined
    return { code: 'PATH_KEY_ALGORITHM', place: keyPlace, offset: key.offset, detail }
  }
  const use = oid === EC ? curves.get(curve ?? '') : rawKeys.get(oid)
  if (use === 'any' || (use === 'leaf' && !isAuthority)) return undefined
  const weak = oid === EC && key.size !== undefined && key.size < 256
  const detail = oid === EC ? (key.curve ?? 'no named curve') : (key.algorithm.name ?? oid)
  return { code: weak ? 'PATH_KEY_WEAK' : 'PATH_KEY_ALGORITHM', place: keyPlace, offset: key.offset, detail }
}

/** What a verification with the key counts: one under a large RSA key takes as long as several. */
export function verificationCost({ algorithm, size = 0 }: PublicKeyInfo): number {
  return algorithm.oid === RSA && size > 4096 ? 4 : 1
}
