import { concatBytes } from '../../core/bytes.ts'
import type { Digester } from '../../crypto/index.ts'

/** What leads to a key without being it: the subject of its certificate (DER), or its key identifier. */
export type HintKind = 'subject' | 'keyIdentifier'

export const hintLength = 16

/** Half a SHA-256 over the kind and the octets. A hint never decides: the signature by the key does. */
export async function hintOf(kind: HintKind, octets: Uint8Array, crypto: Digester): Promise<Uint8Array> {
  const label = new TextEncoder().encode(`${kind}:`)
  return (await crypto.digest('sha-256', concatBytes(label, octets))).subarray(0, hintLength)
}
