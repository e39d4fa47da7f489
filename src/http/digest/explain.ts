import type { Digester } from '../../crypto/provider.ts'
import type { HttpCode } from '../codes.ts'
import { digestAlgorithms } from './algorithms.ts'
import type { DigestMember } from './fields.ts'
import { sameOctets } from './octets.ts'

/** Other octets that senders hash by mistake, each with what it means. The costly one comes last. */
const suspects: readonly (readonly [code: HttpCode, octets: (body: Uint8Array) => Uint8Array | undefined])[] = [
  ['DIGEST_OF_EMPTY', (body) => (body.length === 0 ? undefined : new Uint8Array(0))],
  ['DIGEST_NEWLINE', (body) => (body.at(-1) === 0x0a ? body.subarray(0, body.at(-2) === 0x0d ? -2 : -1) : undefined)],
  ['DIGEST_NEWLINE', (body) => withEnd(body, [0x0a])],
  ['DIGEST_NEWLINE', (body) => withEnd(body, [0x0d, 0x0a])],
  ['DIGEST_BYTE_ORDER_MARK', withoutMark],
  ['DIGEST_BYTE_ORDER_MARK', (body) => new Uint8Array([...mark, ...body])],
  ['DIGEST_LINE_ENDS', (body) => mapText(body, (text) => text.replaceAll('\r\n', '\n'))],
  ['DIGEST_LINE_ENDS', (body) => mapText(body, (text) => text.replaceAll('\r\n', '\n').replaceAll('\n', '\r\n'))],
  ['DIGEST_RESERIALISED', (body) => mapText(body, (text) => JSON.stringify(JSON.parse(text)))],
]

const mark: readonly number[] = [0xef, 0xbb, 0xbf]

/** Bodies beyond this are not searched for the reason: a refusal must stay cheap. */
const searchable = 65_536

/** The code for a digest that is not that of the body: the usual mistake that explains it, or `DIGEST_MISMATCH`. */
export async function explainMismatch(member: DigestMember, body: Uint8Array, crypto: Digester): Promise<HttpCode> {
  const { hash } = digestAlgorithms[member.algorithm]
  if (body.length > searchable) return 'DIGEST_MISMATCH'
  for (const [code, change] of suspects) {
    const octets = change(body)
    if (octets !== undefined && sameOctets(await crypto.digest(hash, octets), member.value)) return code
  }
  return 'DIGEST_MISMATCH'
}

function withEnd(body: Uint8Array, end: readonly number[]): Uint8Array {
  const longer = new Uint8Array(body.length + end.length)
  longer.set(body)
  longer.set(end, body.length)
  return longer
}

function withoutMark(body: Uint8Array): Uint8Array | undefined {
  return mark.every((octet, i) => body[i] === octet) ? body.subarray(3) : undefined
}

function mapText(body: Uint8Array, change: (text: string) => string): Uint8Array | undefined {
  try {
    return new TextEncoder().encode(change(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body)))
  } catch {
    return undefined
  }
}
