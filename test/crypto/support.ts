import { generateKeyPairSync, type KeyObject, webcrypto } from 'node:crypto'
import { Crypto as PeculiarCrypto } from '@peculiar/webcrypto'
import {
  type CryptoProvider,
  type KeyFacts,
  type PrivateKey,
  type ProviderOptions,
  type PublicKey,
  type SignatureAlgorithm,
  signatureAlgorithms,
} from '../../src/crypto/index.ts'
import { nodeCrypto } from '../../src/crypto/node.ts'
import { peculiarCrypto } from '../../src/crypto/peculiar.ts'
import { webCrypto } from '../../src/crypto/webcrypto.ts'

/** How to make a provider, by name. Each call gives one of its own, with an empty cache. */
export const providers: Readonly<Record<string, (options?: ProviderOptions) => Promise<CryptoProvider>>> = {
  'node:crypto': async (options) => nodeCrypto(options),
  WebCrypto: async (options) => webCrypto(webcrypto as unknown as Crypto, options),
  '@peculiar/webcrypto': peculiarCrypto,
}

/** The WebCrypto of a provider, for keys of its own. */
export const subtles: Readonly<Record<string, SubtleCrypto>> = {
  'node:crypto': webcrypto.subtle as unknown as SubtleCrypto,
  WebCrypto: webcrypto.subtle as unknown as SubtleCrypto,
  '@peculiar/webcrypto': new PeculiarCrypto().subtle as unknown as SubtleCrypto,
}

export interface Pair {
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
}

/** One pair for each kind of key. */
export const pairs = {
  rsa: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  rsaPss: generateKeyPairSync('rsa-pss', { modulusLength: 2048 }),
  p256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  p384: generateKeyPairSync('ec', { namedCurve: 'P-384' }),
  p521: generateKeyPairSync('ec', { namedCurve: 'P-521' }),
  ed25519: generateKeyPairSync('ed25519'),
} as const satisfies Record<string, Pair>

export type PairName = keyof typeof pairs

export const facts: Readonly<Record<PairName, KeyFacts>> = {
  rsa: { type: 'rsa', size: 2048 },
  rsaPss: { type: 'rsa-pss', size: 2048 },
  p256: { type: 'ec', size: 256, curve: 'P-256' },
  p384: { type: 'ec', size: 384, curve: 'P-384' },
  p521: { type: 'ec', size: 521, curve: 'P-521' },
  ed25519: { type: 'ed25519', size: 255 },
}

export const pairNames = Object.keys(pairs) as PairName[]

/** Which pair makes which algorithm. */
const usual: Readonly<Record<string, PairName>> = {
  'rsa-pkcs1': 'rsa',
  'rsa-pss': 'rsaPss',
  'P-256': 'p256',
  'P-384': 'p384',
  'P-521': 'p521',
  eddsa: 'ed25519',
}

export const asymmetric = signatureAlgorithms.filter(({ family }) => family !== 'hmac')

export function pairFor({ curve, family }: SignatureAlgorithm): Pair {
  return pairs[usual[curve ?? family] as PairName]
}

export function spki(pair: Pair): Uint8Array {
  return pair.publicKey.export({ format: 'der', type: 'spki' })
}

export function pkcs8(pair: Pair): Uint8Array {
  return pair.privateKey.export({ format: 'der', type: 'pkcs8' })
}

export async function imported(provider: CryptoProvider, pair: Pair): Promise<[PublicKey, PrivateKey]> {
  return [await provider.importPublicKey(spki(pair)), await provider.importPrivateKey(pkcs8(pair))]
}

export const text = (value: string): Uint8Array => new TextEncoder().encode(value)

/** The same octets but for one bit. */
export function flipped(octets: Uint8Array, at: number, bit = 1): Uint8Array {
  const copy = new Uint8Array(octets)
  copy[at] = (copy[at] as number) ^ bit
  return copy
}

/** The code of the error that a promise ends in, or its class where it has none. */
export async function codeOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => 'no error',
    (error: Error & { code?: string }) => error.code ?? error.name,
  )
}
