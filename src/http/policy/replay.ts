import { defaultCrypto } from '#crypto'
import { encodeBase64 } from '../../core/base64.ts'
import type { Digester } from '../../crypto/provider.ts'
import type { MessageView } from '../message.ts'
import { httpError } from '../refuse.ts'
import type { ParsedSignature, SignatureBase } from '../signature.ts'
import { acceptableUntil, secondsOf } from './clock.ts'
import { type PreparedPolicy, preparePolicy, type SignaturePolicy } from './policy.ts'

/**
 * Remembers which requests were received. Several servers share one store, or a request could be replayed to the next
 * server. It must decide and record in one step.
 */
export interface ReplayStore {
  /**
   * @param key - what makes the request one of its kind
   * @param until - when the request could not be accepted any more, and the key may be forgotten
   * @returns true where the key is new, false where it was there already
   */
  remember(key: string, until: Date): Promise<boolean>
}

export interface ReplayOptions {
  readonly at: Date
  readonly store: ReplayStore
  /** Who sent the request, as it was shown by the key: ids of different senders may be the same. */
  readonly sender: string
  /**
   * What was signed. With it, the policy `signature` remembers its hash: an ECDSA signature can be written in two ways, what
   * it signs in one.
   */
  readonly base?: SignatureBase | undefined
  readonly crypto?: Digester | undefined
}

/** Characters that an id may have at most. */
const maxId = 128

/**
 * Refuses a request that was received before. Call it after the signature was verified, or anybody could use up the ids of
 * others. A store that fails, or answers anything but true, closes.
 *
 * @throws Psd2Error `SIGNATURE_REPLAYED`, `SIGNATURE_REPLAY_STORE`, `SIGNATURE_REQUEST_ID`
 */
export async function checkReplay(
  message: MessageView,
  signature: ParsedSignature,
  policy: SignaturePolicy | PreparedPolicy,
  { at, store, sender, base, crypto = defaultCrypto }: ReplayOptions,
): Promise<void> {
  const prepared = preparePolicy(policy)
  const { replay, clock } = prepared.source
  if (replay === undefined) throw new TypeError('the policy does not say what makes two requests the same')
  const now = secondsOf(at)
  const until =
    acceptableUntil(message, signature, prepared.coveredBy(signature.components), clock) ?? now + replay.window
  const signed =
    base === undefined || replay.key !== 'signature' ? undefined : await crypto.digest('sha-256', base.octets)
  const id = signed === undefined ? requestId(message, signature, replay.key) : encodeBase64(signed)
  const key = JSON.stringify([sender, id])
  const isNew = await ask(store, key, new Date(Math.ceil(until) * 1000))
  if (isNew === false) throw httpError('SIGNATURE_REPLAYED')
  if (isNew !== true) throw httpError('SIGNATURE_REPLAY_STORE')
}

async function ask(store: ReplayStore, key: string, until: Date): Promise<unknown> {
  try {
    return await store.remember(key, until)
  } catch (cause) {
    throw httpError('SIGNATURE_REPLAY_STORE', undefined, { cause })
  }
}

function requestId(
  message: MessageView,
  signature: ParsedSignature,
  key: { readonly header: string } | 'nonce' | 'signature',
): string {
  if (key === 'signature') return encodeBase64(signature.signature)
  const path = key === 'nonce' ? key : key.header.toLowerCase()
  const values = key === 'nonce' ? [signature.nonce] : message.fields.get(path)
  const id = values?.length === 1 ? values[0] : undefined
  if (id === undefined || id.length > maxId || !/^[\x21-\x7e]+$/.test(id)) {
    throw httpError('SIGNATURE_REQUEST_ID', undefined, { path })
  }
  return id
}
