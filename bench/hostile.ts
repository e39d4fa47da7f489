import { createHash, hash } from 'node:crypto'
import { write } from 'psd2-toolkit/der'
import { parseCertificate } from 'psd2-toolkit/x509'
import { measure } from './support/measure.ts'

const mebibyte = 1 << 20

/** A certificate whose TBS is this, whole in its lengths. */
function around(content: Uint8Array): Uint8Array {
  return write.sequence(write.sequence(write.explicit(0, write.integer(2)), write.integer(1), content))
}

/** An issuer with one attribute whose type has a mebibyte of arcs. */
function hugeIdentifier(): Uint8Array {
  const arcs = new Uint8Array(mebibyte - 128).fill(0x81)
  arcs[arcs.length - 1] = 1
  const attribute = write.sequence(write.element(0x06, arcs), write.utf8String('x'))
  return around(new Uint8Array([...algorithm(), ...write.sequence(write.setOf(attribute))]))
}

/** An extension that no table knows, of nested SEQUENCEs; a quarter of a million of them. */
function deepNesting(): Uint8Array {
  // From the inside out, each length in its shortest form: headers are collected and reversed.
  const headers: number[][] = []
  for (let length = 0; length < mebibyte - 256; ) {
    const size = length < 0x80 ? [length] : lengthOctets(length)
    headers.push([0x30, ...size])
    length += 1 + size.length
  }
  return Uint8Array.from(headers.reverse().flat())
}

function lengthOctets(length: number): number[] {
  const octets: number[] = []
  for (let rest = length; rest > 0; rest >>= 8) octets.unshift(rest & 255)
  return [0x80 | octets.length, ...octets]
}

/** An issuer of two hundred thousand elements: relative distinguished names of one attribute. */
function manyElements(): Uint8Array {
  const rdn = write.setOf(write.sequence(write.encodeOid('2.5.4.3'), write.utf8String('x')))
  const count = Math.floor((mebibyte - 256) / rdn.length)
  const names = new Uint8Array(count * rdn.length)
  for (let i = 0; i < count; i++) names.set(rdn, i * rdn.length)
  return around(new Uint8Array([...algorithm(), ...write.sequence(names)]))
}

function algorithm(): Uint8Array {
  return write.sequence(write.encodeOid('1.2.840.113549.1.1.11'), write.nullValue())
}

/** Inputs of a mebibyte that are made to be slow, beside SHA-256 of the same octets. */
export function benchHostile(): void {
  const inputs = { 'one huge OID': hugeIdentifier(), 'deep nesting': deepNesting(), 'many elements': manyElements() }
  const digest: (der: Uint8Array) => unknown =
    typeof hash === 'function' ? (der) => hash('sha256', der) : (der) => createHash('sha256').update(der).digest()
  console.log(
    `${'hostile input'.padEnd(20)}${'octets'.padStart(10)}${'ms'.padStart(10)}${'SHA-256 ms'.padStart(14)}  refused with`,
  )
  for (const [name, input] of Object.entries(inputs)) {
    const [read, sha] = measure({ read: (der) => refusal(der), sha: digest }, [input], 41)
    const [ms, floor] = [(read?.microseconds ?? 0) / 1000, (sha?.microseconds ?? 0) / 1000]
    const columns = [String(input.length).padStart(10), ms.toFixed(3).padStart(10), floor.toFixed(3).padStart(14)]
    console.log(`${name.padEnd(20)}${columns.join('')}  ${refusal(input)}`)
  }
}

function refusal(der: Uint8Array): string {
  try {
    parseCertificate(der)
    return 'nothing'
  } catch (error) {
    return (error as { code: string }).code
  }
}
