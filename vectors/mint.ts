import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fromBER, type Sequence } from 'asn1js'
import type { KeyAlgorithm } from '../src/issuance/algorithms.ts'
import { createTestAuthority, type Issued, type TestAuthority } from '../src/issuance/index.ts'
import { keyPairFrom } from '../src/issuance/keys.ts'
import type { CertificateVector } from './certificates.ts'

/** Where the vectors are. */
export const certificatesFolder = new URL('./certificates/', import.meta.url)

/** The keys of all vectors, few and shared. Each is a file of `certificates/keys`. */
export const vectorKeys = {
  'root-rsa-3072': 'RSA-3072',
  'web-rsa-3072': 'RSA-3072',
  'seal-rsa-3072': 'RSA-3072',
  'root-p-384': 'P-384',
  'web-p-256': 'P-256',
  'seal-p-256': 'P-256',
  'qwac-rsa-3072': 'RSA-3072',
  'qsealc-rsa-3072': 'RSA-3072',
  'leaf-rsa-2048': 'RSA-2048',
  'leaf-rsa-4096': 'RSA-4096',
  'leaf-p-256': 'P-256',
  'leaf-p-384': 'P-384',
  'leaf-p-521': 'P-521',
  'leaf-ed25519': 'Ed25519',
} as const satisfies Record<string, KeyAlgorithm>

export type VectorKey = keyof typeof vectorKeys

export function keyFile(name: VectorKey): URL {
  return new URL(`keys/${name}.key`, certificatesFolder)
}

export function vectorFile(id: string): URL {
  return new URL(`${id}.pem`, certificatesFolder)
}

/** Which keys an authority signs with, by name of the authority. */
const authorityKeys = {
  rsa: { root: 'root-rsa-3072', web: 'web-rsa-3072', seal: 'seal-rsa-3072' },
  ec: { root: 'root-p-384', web: 'web-p-256', seal: 'seal-p-256' },
} as const satisfies Record<string, Readonly<Record<'root' | 'web' | 'seal', VectorKey>>>

export type AuthorityName = keyof typeof authorityKeys

/** The vectors that are the authorities' own certificates. */
export const authorityIds: Readonly<Record<AuthorityName, Readonly<Record<'root' | 'web' | 'seal', string>>>> = {
  rsa: { root: 'ca-root', web: 'ca-web', seal: 'ca-seal' },
  ec: { root: 'ca-ec-root', web: 'ca-ec-web', seal: 'ca-ec-seal' },
}

/** What the authorities take as now, so that `expired` and the like never depend on the clock. */
export const issuedAt = new Date('2026-01-01T00:00:00Z')

/** The authorities outlive every leaf, those from 2050 on too. */
const authorityNotAfter = new Date('2059-12-31T23:59:59Z')

/** 16 octets that depend on the id alone: adding a vector changes no other. */
function serialOf(id: string): bigint {
  const digest = createHash('sha256').update(id).digest('hex').slice(0, 32)
  return (BigInt(`0x${digest}`) & ((1n << 126n) - 1n)) | (1n << 126n)
}

/** A stored key with its public half. */
export async function readKey(name: VectorKey): Promise<CryptoKeyPair> {
  return keyPairFrom(await readFile(keyFile(name), 'utf8'), name, globalThis.crypto)
}

/** Mints vectors, with every stored key and both authorities read once. */
export class VectorMint {
  private readonly keys: Readonly<Record<VectorKey, CryptoKeyPair>>
  private readonly authorities: Readonly<Record<AuthorityName, TestAuthority>>

  private constructor(
    keys: Readonly<Record<VectorKey, CryptoKeyPair>>,
    authorities: Readonly<Record<AuthorityName, TestAuthority>>,
  ) {
    this.keys = keys
    this.authorities = authorities
  }

  static async open(): Promise<VectorMint> {
    const names = Object.keys(vectorKeys) as VectorKey[]
    const pairs = await Promise.all(names.map(async (name) => [name, await readKey(name)] as const))
    const keys = Object.fromEntries(pairs) as Record<VectorKey, CryptoKeyPair>
    const [rsa, ec] = await Promise.all([openAuthority('rsa', keys), openAuthority('ec', keys)])
    return new VectorMint(keys, { rsa, ec })
  }

  /** The certificate of one vector. All but some signatures is the same on every run: {@link signsAlike}. */
  async mint({ id, kind, authority: name = 'rsa', key, options = {} }: CertificateVector): Promise<Uint8Array> {
    const authority = this.authorities[name]
    const given = { serialNumber: serialOf(id), ...options }
    const issue: Readonly<Record<CertificateVector['kind'], () => Issued | Promise<Issued>>> = {
      root: () => authority.root,
      'web CA': () => authority.webCa,
      'seal CA': () => authority.sealCa,
      QWAC: () => authority.issueQwac({ ...given, keys: this.keys[key ?? 'qwac-rsa-3072'] }),
      QSealC: () => authority.issueQSealC({ ...given, keys: this.keys[key ?? 'qsealc-rsa-3072'] }),
    }
    return (await issue[kind]()).certificate
  }
}

function openAuthority(name: AuthorityName, keys: Readonly<Record<VectorKey, CryptoKeyPair>>): Promise<TestAuthority> {
  const { root, web, seal } = authorityKeys[name]
  const ids = authorityIds[name]
  return createTestAuthority({
    at: issuedAt,
    notAfter: authorityNotAfter,
    keys: { root: keys[root], web: keys[web], seal: keys[seal] },
    serialNumbers: { root: serialOf(ids.root), web: serialOf(ids.web), seal: serialOf(ids.seal) },
  })
}

/** True where the signature is the same on every run: ECDSA and PSS take a random number. */
export function signsAlike({ authority = 'rsa', options = {} }: CertificateVector): boolean {
  const { signatureAlgorithm, defects = [] } = options
  return authority === 'rsa' && signatureAlgorithm?.startsWith('PS') !== true && !defects.includes('pss-signature')
}

/** The octets that the issuer signed. Read by asn1js, since some vectors are made for readers to refuse. */
export function toBeSigned(der: Uint8Array): Uint8Array {
  const { offset, result } = fromBER(Uint8Array.from(der))
  const [tbs] = (result as Sequence).valueBlock.value
  if (offset !== der.length || tbs === undefined) throw new TypeError('these octets are no certificate')
  return Uint8Array.from(tbs.valueBeforeDecodeView)
}
