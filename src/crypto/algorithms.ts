import { cryptoError } from './codes.ts'
import type { HashName, KeyFacts, NamedCurve } from './provider.ts'

/** Names as RFC 9421 has them, and in the same manner where it has none. */
export type SignatureAlgorithmName =
  | 'rsa-v1_5-sha256'
  | 'rsa-v1_5-sha384'
  | 'rsa-v1_5-sha512'
  | 'rsa-pss-sha256'
  | 'rsa-pss-sha384'
  | 'rsa-pss-sha512'
  | 'ecdsa-p256-sha256'
  | 'ecdsa-p384-sha384'
  | 'ecdsa-p521-sha512'
  | 'ed25519'
  | 'hmac-sha256'

/**
 * What certificates, CRLs and OCSP responses are signed with: X.509 names curve and hash apart, so that any of the hashes
 * meets any of the curves. Messages are signed with the rows of {@link SignatureAlgorithmName} only.
 */
export type CertificateAlgorithmName =
  | SignatureAlgorithmName
  | 'ecdsa-p256-sha384'
  | 'ecdsa-p256-sha512'
  | 'ecdsa-p384-sha256'
  | 'ecdsa-p384-sha512'
  | 'ecdsa-p521-sha256'
  | 'ecdsa-p521-sha384'

/** What it takes to compute with an algorithm. */
export interface AlgorithmFacts {
  readonly name: CertificateAlgorithmName
  readonly family: 'rsa-pkcs1' | 'rsa-pss' | 'ecdsa' | 'eddsa' | 'hmac'
  readonly hash: HashName
  /** Octets of the PSS salt; MGF1 has the same hash. */
  readonly saltLength?: number
  readonly curve?: NamedCurve
  /** Octets of every signature; absent for RSA, where they are those of the modulus. */
  readonly signatureLength?: number
}

/** One row of the table. */
export interface SignatureAlgorithm extends AlgorithmFacts {
  readonly name: SignatureAlgorithmName
  /** `alg` of JOSE (RFC 7518, RFC 8037). */
  readonly jose: string
  /** `algorithm` of draft-cavage-http-signatures, where the draft or banks have one. */
  readonly cavage?: string
  /** True where the name is of the registry of RFC 9421 6.2.2. */
  readonly rfc9421: boolean
}

const rows: readonly SignatureAlgorithm[] = [
  { name: 'rsa-v1_5-sha256', family: 'rsa-pkcs1', hash: 'sha-256', jose: 'RS256', cavage: 'rsa-sha256', rfc9421: true },
  { name: 'rsa-v1_5-sha384', family: 'rsa-pkcs1', hash: 'sha-384', jose: 'RS384', rfc9421: false },
  {
    name: 'rsa-v1_5-sha512',
    family: 'rsa-pkcs1',
    hash: 'sha-512',
    jose: 'RS512',
    cavage: 'rsa-sha512',
    rfc9421: false,
  },
  { name: 'rsa-pss-sha256', family: 'rsa-pss', hash: 'sha-256', saltLength: 32, jose: 'PS256', rfc9421: false },
  { name: 'rsa-pss-sha384', family: 'rsa-pss', hash: 'sha-384', saltLength: 48, jose: 'PS384', rfc9421: false },
  { name: 'rsa-pss-sha512', family: 'rsa-pss', hash: 'sha-512', saltLength: 64, jose: 'PS512', rfc9421: true },
  {
    name: 'ecdsa-p256-sha256',
    family: 'ecdsa',
    hash: 'sha-256',
    curve: 'P-256',
    signatureLength: 64,
    jose: 'ES256',
    cavage: 'ecdsa-sha256',
    rfc9421: true,
  },
  {
    name: 'ecdsa-p384-sha384',
    family: 'ecdsa',
    hash: 'sha-384',
    curve: 'P-384',
    signatureLength: 96,
    jose: 'ES384',
    rfc9421: true,
  },
  {
    name: 'ecdsa-p521-sha512',
    family: 'ecdsa',
    hash: 'sha-512',
    curve: 'P-521',
    signatureLength: 132,
    jose: 'ES512',
    rfc9421: false,
  },
  { name: 'ed25519', family: 'eddsa', hash: 'sha-512', signatureLength: 64, jose: 'EdDSA', rfc9421: true },
  {
    name: 'hmac-sha256',
    family: 'hmac',
    hash: 'sha-256',
    signatureLength: 32,
    jose: 'HS256',
    cavage: 'hmac-sha256',
    rfc9421: true,
  },
]

/** Every signature algorithm of the toolkit. */
export const signatureAlgorithms: readonly SignatureAlgorithm[] = /* @__PURE__ */ Object.freeze(
  /* @__PURE__ */ rows.map((row) => Object.freeze(row)),
)

/** Curves with the hashes that are not their own: for certificates, never for messages. */
const certificateRows: readonly AlgorithmFacts[] = [
  { name: 'ecdsa-p256-sha384', family: 'ecdsa', hash: 'sha-384', curve: 'P-256', signatureLength: 64 },
  { name: 'ecdsa-p256-sha512', family: 'ecdsa', hash: 'sha-512', curve: 'P-256', signatureLength: 64 },
  { name: 'ecdsa-p384-sha256', family: 'ecdsa', hash: 'sha-256', curve: 'P-384', signatureLength: 96 },
  { name: 'ecdsa-p384-sha512', family: 'ecdsa', hash: 'sha-512', curve: 'P-384', signatureLength: 96 },
  { name: 'ecdsa-p521-sha256', family: 'ecdsa', hash: 'sha-256', curve: 'P-521', signatureLength: 132 },
  { name: 'ecdsa-p521-sha384', family: 'ecdsa', hash: 'sha-384', curve: 'P-521', signatureLength: 132 },
]

// Maps, and not objects: a name like 'constructor' comes from a message and must find nothing.
const byName = /* @__PURE__ */ new Map<string, SignatureAlgorithm>(rows.map((row) => [row.name, row]))
const verifiable = /* @__PURE__ */ new Map<string, AlgorithmFacts>(
  [...rows, ...certificateRows].map((row) => [row.name, row]),
)
const byJose = /* @__PURE__ */ new Map<string, SignatureAlgorithm>([
  ...rows.map((row) => [row.jose, row] as const),
  // RFC 9864 gives EdDSA on this curve a name of its own.
  ...rows.filter((row) => row.family === 'eddsa').map((row) => ['Ed25519', row] as const),
])
const byCavage = /* @__PURE__ */ new Map<string, SignatureAlgorithm>(
  rows.flatMap((row) => (row.cavage === undefined ? [] : [[row.cavage, row] as const])),
)

/** The algorithm of a name of this table; undefined where there is none. The name may be untrusted. */
export function algorithmNamed(name: string): SignatureAlgorithm | undefined {
  return byName.get(name)
}

/** The algorithm of a JOSE `alg`, case-sensitive as JOSE has it; undefined where there is none. */
export function algorithmByJose(alg: string): SignatureAlgorithm | undefined {
  return byJose.get(alg)
}

/**
 * The algorithm of a cavage `algorithm`; undefined where there is none. `hs2019` is none: it names no algorithm, the key
 * does. A weak name (`rsa-sha1`) is none either.
 */
export function algorithmByCavage(algorithm: string): SignatureAlgorithm | undefined {
  return byCavage.get(algorithm)
}

/** The row of a name that the caller chose. Throws `TypeError` where there is none. */
export function requireAlgorithm(name: SignatureAlgorithmName): SignatureAlgorithm {
  const algorithm = byName.get(name)
  if (algorithm === undefined) {
    throw new TypeError(`unknown signature algorithm '${String(name)}'; there are ${[...byName.keys()].join(', ')}`)
  }
  return algorithm
}

/** The same for verification, which knows the algorithms of certificates too. */
export function requireVerifiable(name: CertificateAlgorithmName): AlgorithmFacts {
  const algorithm = verifiable.get(name)
  if (algorithm === undefined) {
    throw new TypeError(`unknown signature algorithm '${String(name)}'; there are ${[...verifiable.keys()].join(', ')}`)
  }
  return algorithm
}

const hashLengths: Readonly<Record<HashName, number>> = { 'sha-1': 20, 'sha-256': 32, 'sha-384': 48, 'sha-512': 64 }

type Rule = (algorithm: AlgorithmFacts, key: KeyFacts) => boolean

/** Which keys a family takes. */
const fitting: Readonly<Record<SignatureAlgorithm['family'], Rule>> = {
  'rsa-pkcs1': (_, { type }) => type === 'rsa',
  'rsa-pss': (algorithm, { type, size, pss }) => {
    const salt = algorithm.saltLength as number
    // RFC 8017 9.1.1: hash, salt and two octets must find room below the top bit of the modulus.
    if (hashLengths[algorithm.hash] + salt + 2 > Math.ceil((size - 1) / 8)) return false
    if (type !== 'rsa-pss') return type === 'rsa'
    return pss === undefined || (pss.hash === algorithm.hash && pss.saltLength <= salt)
  },
  ecdsa: (algorithm, { type, curve }) => type === 'ec' && curve === algorithm.curve,
  eddsa: (_, { type }) => type === 'ed25519',
  hmac: () => false,
}

/** True where the key is for the algorithm. */
export function algorithmFits(algorithm: AlgorithmFacts, key: KeyFacts): boolean {
  if (key.bound !== undefined && key.bound !== algorithm.name) return false
  return fitting[algorithm.family](algorithm, key)
}

/**
 * The algorithms that a key can make or verify, in the order of the table.
 *
 * @example
 * ```ts
 * import { algorithmsFor, publicKeyFrom } from 'psd2-toolkit/crypto'
 *
 * const key = await publicKeyFrom({ kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' })
 * console.log(algorithmsFor(key)) // [ 'ed25519' ]
 * ```
 */
export function algorithmsFor(key: KeyFacts): SignatureAlgorithmName[] {
  return rows.filter((row) => algorithmFits(row, key)).map((row) => row.name)
}

/** Throws `Psd2Error` `ALGORITHM_KEY_MISMATCH` where the key is not for the algorithm. */
export function requireFit(algorithm: AlgorithmFacts, key: KeyFacts): void {
  if (!algorithmFits(algorithm, key)) {
    throw cryptoError('ALGORITHM_KEY_MISMATCH', '', `${algorithm.name} with ${keyText(key)}`)
  }
}

/** A key in a few words: `an ec key on P-256`. */
function keyText({ type, size, curve, pss, bound }: KeyFacts): string {
  const where = curve === undefined ? ` of ${size} bits` : ` on ${curve}`
  const restriction = pss === undefined ? '' : ` for ${pss.hash} and a salt from ${pss.saltLength} octets on`
  return `an ${type} key${where}${restriction}${bound === undefined ? '' : ` that is bound to ${bound}`}`
}

/** Octets of a signature: those of the modulus, or the fixed ones of the algorithm. */
export function signatureLength(algorithm: AlgorithmFacts, key: { readonly size: number }): number {
  return algorithm.signatureLength ?? Math.ceil(key.size / 8)
}
