import { hash } from 'node:crypto'
import type { AuditPlace } from '../core/audit-report.ts'
import { placeText } from '../core/audit-run.ts'
import { Psd2Error } from '../core/errors.ts'
import type { KeyUseFact } from '../rules/facts.ts'
import { parseCertificate } from '../x509/index.ts'
import type { BatchItem, KnownItem } from './items.ts'

/** Certificates of one key that are named; of ten thousand with one key, each would name all the others. */
const mostNamed = 20

/** What has to be known of the whole batch before its first report. */
export interface Survey {
  /** Items, each duplicate counted. */
  readonly items: number
  /** Places of each certificate that was met more than once, in order, by the hash of the certificate. */
  readonly repeated: ReadonlyMap<string, readonly AuditPlace[]>
  /** Certificates with a key or a modulus that another certificate has too, by the hash of key or modulus. */
  readonly keys: ReadonlyMap<string, KeyHolders> | undefined
}

/** Different certificates with one key, or different keys with one modulus. */
interface KeyHolders {
  /** More than one. */
  shared: boolean
  /** The first ones. */
  readonly named: KeyHolder[]
}

interface KeyHolder {
  readonly certificate: string
  readonly key: string
  readonly place: string
}

/**
 * Reads all items once before they are audited: only then is it known which are the same certificate, and which share a
 * key. It keeps hashes, and of what occurs once it keeps nothing.
 *
 * @param withKeys - also look for keys that several certificates share: takes reading each
 */
export async function survey(
  items: AsyncIterable<BatchItem>,
  withKeys: boolean,
  signal?: AbortSignal,
): Promise<Survey> {
  const first = new Map<string, AuditPlace>()
  const repeated = new Map<string, AuditPlace[]>()
  const holders = withKeys ? new Map<string, KeyHolders>() : undefined
  let count = 0
  for await (const item of items) {
    if (signal?.aborted === true) break
    count++
    if (!('der' in item)) continue
    const digest = hashOf(item.der)
    const { source, index, place } = item
    const before = first.get(digest)
    if (before !== undefined) {
      const places = repeated.get(digest)
      if (places === undefined) repeated.set(digest, [before, { source, index, place }])
      else places.push({ source, index, place })
      continue
    }
    first.set(digest, { source, index, place })
    if (holders !== undefined) addHolder(holders, item.der, digest, placeText(item))
  }
  for (const [digest, { shared }] of holders ?? []) if (!shared) holders?.delete(digest)
  return { items: count, repeated, keys: first.size < 2 ? undefined : holders }
}

/** The items once each, with what the survey knows of them. */
export async function* withKnowledge(items: AsyncIterable<BatchItem>, known: Survey): AsyncGenerator<KnownItem> {
  const told = new Set<string>()
  for await (const item of items) {
    if (!('der' in item) || (known.repeated.size === 0 && known.keys === undefined)) {
      yield item
      continue
    }
    const digest = hashOf(item.der)
    if (told.has(digest)) continue
    const places = known.repeated.get(digest)
    if (places !== undefined) told.add(digest)
    const duplicates = places?.slice(1)
    const keyUse = known.keys === undefined ? undefined : keyUseOf(item.der, digest, known.keys)
    yield {
      ...item,
      ...(duplicates === undefined ? {} : { duplicates }),
      ...(keyUse === undefined ? {} : { keyUse }),
    }
  }
}

function addHolder(holders: Map<string, KeyHolders>, der: Uint8Array, certificate: string, place: string): void {
  const hashes = keyHashes(der)
  if (hashes === undefined) return
  const holder = { certificate, key: hashes.key, place }
  const ofKey = holdersOf(holders, hashes.key)
  addNamed(ofKey, holder)
  if (hashes.modulus === undefined) return
  const ofModulus = holdersOf(holders, hashes.modulus)
  if (!ofModulus.named.some(({ key }) => key === hashes.key)) addNamed(ofModulus, holder)
}

function holdersOf(holders: Map<string, KeyHolders>, digest: string): KeyHolders {
  const met = holders.get(digest)
  if (met !== undefined) return met
  const none: KeyHolders = { shared: false, named: [] }
  holders.set(digest, none)
  return none
}

/** One more than is shown, so that it is known whether there are more. */
function addNamed(holders: KeyHolders, holder: KeyHolder): void {
  holders.shared = holders.named.length > 0
  if (holders.named.length < mostNamed + 2) holders.named.push(holder)
}

function keyUseOf(der: Uint8Array, certificate: string, keys: ReadonlyMap<string, KeyHolders>): KeyUseFact | undefined {
  const hashes = keys.size === 0 ? undefined : keyHashes(der)
  if (hashes === undefined) return keys.size === 0 ? { sameKey: [], sameModulus: [] } : undefined
  const { key, modulus } = hashes
  return {
    sameKey: placesOf(keys.get(key), (holder) => holder.certificate !== certificate),
    sameModulus: modulus === undefined ? [] : placesOf(keys.get(modulus), (holder) => holder.key !== key),
  }
}

function placesOf(holders: KeyHolders | undefined, isAnother: (holder: KeyHolder) => boolean): string[] {
  const places = (holders?.named ?? []).filter(isAnother).map(({ place }) => place)
  return places.length > mostNamed ? [...places.slice(0, mostNamed), 'and more'] : places
}

/** Hashes of the key and, for RSA, of the modulus alone; undefined where the certificate cannot be read. */
function keyHashes(der: Uint8Array): { key: string; modulus: string | undefined } | undefined {
  try {
    const { publicKey } = parseCertificate(der, { mode: 'tolerant' })
    const { modulus } = publicKey
    return {
      key: hashOf(publicKey.value),
      modulus: modulus === undefined ? undefined : `modulus ${hashOf(modulus.value)}`,
    }
  } catch (error) {
    if (error instanceof Psd2Error) return undefined
    throw error
  }
}

function hashOf(octets: Uint8Array): string {
  return hash('sha256', octets, 'base64')
}
