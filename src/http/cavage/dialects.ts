import type { SignatureAlgorithmName } from '../../crypto/algorithms.ts'

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

const ecdsa: readonly SignatureAlgorithmName[] = ['ecdsa-p256-sha256']

/** The names that both drafts know; -12 has them as deprecated. rsa-sha512 is not in the drafts, but banks use it. */
function older(standing: 'active' | 'deprecated'): readonly CavageAlgorithm[] {
  return [
    { name: 'rsa-sha256', standing, fits: ['rsa-v1_5-sha256'] },
    { name: 'rsa-sha512', standing, fits: ['rsa-v1_5-sha512'] },
    { name: 'ecdsa-sha256', standing, fits: ecdsa },
    { name: 'hmac-sha256', standing, fits: ['hmac-sha256'] },
    { name: 'rsa-sha1', standing: 'weak', fits: [] },
    { name: 'hmac-sha1', standing: 'weak', fits: [] },
    { name: 'dsa-sha1', standing: 'weak', fits: [] },
  ]
}

/** What hs2019 lets the key decide. RSA is RSASSA-PSS with SHA-512, as the draft recommends. */
const hs2019: CavageAlgorithm = {
  name: 'hs2019',
  standing: 'active',
  fits: ['rsa-pss-sha512', ...ecdsa, 'ecdsa-p384-sha384', 'ecdsa-p521-sha512', 'ed25519'],
}

export const cavageDialects: Readonly<Record<CavageName, CavageDialect>> = {
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
