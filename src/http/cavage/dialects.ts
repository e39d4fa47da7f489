import { algorithmByCavage, type SignatureAlgorithmName } from '../../crypto/algorithms.ts'

export type CavageName = 'cavage-10' | 'cavage-12'

/** What a name in the `algorithm` parameter means. */
export interface CavageAlgorithm {
  readonly name: string
  readonly standing: 'active' | 'deprecated' | 'weak'
  /** What the key may be for. Empty where the name is refused. */
  readonly fits: readonly SignatureAlgorithmName[]
}

/** What one draft says and the other does not. */
export interface CavageDialect {
  readonly name: CavageName
  /** What is covered where the parameter `headers` is absent. */
  readonly defaultHeaders: readonly string[]
  /** The draft has the parameters created and expires, and the components (created) and (expires). */
  readonly hasTimes: boolean
  readonly parameters: readonly string[]
  readonly algorithms: readonly CavageAlgorithm[]
}

const olderNames: readonly string[] = ['rsa-sha256', 'rsa-sha512', 'ecdsa-sha256', 'hmac-sha256']
const weakNames: readonly string[] = ['rsa-sha1', 'hmac-sha1', 'dsa-sha1']

/** The names that both drafts know; -12 has them as deprecated. rsa-sha512 is not in the drafts, but banks use it. */
function older(standing: 'active' | 'deprecated'): readonly CavageAlgorithm[] {
  return [
    ...olderNames.map((name) => ({ name, standing, fits: fitOf(name) })),
    ...weakNames.map((name) => ({ name, standing: 'weak' as const, fits: [] })),
  ]
}

function fitOf(name: string): readonly SignatureAlgorithmName[] {
  const algorithm = algorithmByCavage(name)
  return algorithm === undefined ? [] : [algorithm.name]
}

/** What hs2019 lets the key decide. RSA is RSASSA-PSS with SHA-512, as the draft recommends. */
const hs2019: CavageAlgorithm = {
  name: 'hs2019',
  standing: 'active',
  fits: ['rsa-pss-sha512', 'ecdsa-p256-sha256', 'ecdsa-p384-sha384', 'ecdsa-p521-sha512', 'ed25519'],
}

export const cavageDialects: Readonly<Record<CavageName, CavageDialect>> = /* @__PURE__ */ makeDialects()

function makeDialects(): Readonly<Record<CavageName, CavageDialect>> {
  return {
    'cavage-10': {
      name: 'cavage-10',
      defaultHeaders: ['date'],
      hasTimes: false,
      parameters: ['keyId', 'signature', 'headers', 'algorithm'],
      algorithms: older('active'),
    },
    'cavage-12': {
      name: 'cavage-12',
      defaultHeaders: ['(created)'],
      hasTimes: true,
      parameters: ['keyId', 'signature', 'headers', 'algorithm', 'created', 'expires'],
      algorithms: [hs2019, ...older('deprecated')],
    },
  }
}
