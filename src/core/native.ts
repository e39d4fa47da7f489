/** What Node.js, Deno and Bun have for octets and text, and browsers have not: several times as fast as code of ours. */
interface NativeBuffers {
  readonly prototype: { readonly latin1Slice?: Slice; readonly base64Slice?: Slice }
  from(text: string, encoding: 'base64' | 'latin1'): NativeBuffer
  from(octets: ArrayBufferLike, offset: number, length: number): NativeBuffer
}

/** A part of some octets as text. */
type Slice = (this: Uint8Array, start: number, end: number) => string

interface NativeBuffer extends Uint8Array<ArrayBuffer> {
  toString(encoding?: 'base64'): string
}

const native = (globalThis as { readonly Buffer?: NativeBuffers }).Buffer

/** Standard base64 of some octets; undefined where the runtime has no way of its own. */
export function nativeBase64(octets: Uint8Array): string | undefined {
  return base64Slice?.call(octets, 0, octets.length)
}

/**
 * The octets of which a text is the base64, in memory that may be shared with other octets. Undefined where the text is not
 * exactly that, or the runtime has no way of its own: it reads much that is no base64, so what it has read must be written as
 * it came.
 */
export function nativeOctets(base64: string): Uint8Array<ArrayBuffer> | undefined {
  const octets = native?.from(base64, 'base64')
  return octets?.toString('base64') === base64 ? plain(octets) : undefined
}

/** The octets of a text that has one character an octet, in memory that may be shared with other octets. */
export function nativeLatin1(text: string): Uint8Array<ArrayBuffer> | undefined {
  const octets = native?.from(text, 'latin1')
  return octets === undefined ? undefined : plain(octets)
}

const latin1Slice = native?.prototype.latin1Slice
const base64Slice = native?.prototype.base64Slice

/** A part of some octets as text, one character an octet; undefined where the runtime has no way of its own. */
export function nativeText(octets: Uint8Array, start: number, end: number): string | undefined {
  return latin1Slice?.call(octets, start, end)
}

/** A `Uint8Array` and not a `Buffer`, over the same octets. */
function plain({ buffer, byteOffset, length }: NativeBuffer): Uint8Array<ArrayBuffer> {
  return new Uint8Array(buffer, byteOffset, length)
}
