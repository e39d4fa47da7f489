import { write } from '../../../src/der/index.ts'

/** Values of extensions, and the names in them. */

type Der = write.Der

/** An extension to be written. */
export interface Content {
  readonly critical: boolean
  readonly value: Uint8Array
}

/** Extensions by name or object identifier, in order; undefined leaves one out. */
export type Contents = Readonly<Record<string, Content | undefined>>

export function authorityKeyId(keyId: Uint8Array): Der {
  return write.sequence(write.implicit(0, keyId))
}

export function ca(pathLength?: number, critical = true): Content {
  const length = pathLength === undefined ? [] : [write.integer(pathLength)]
  return { critical, value: write.sequence(write.boolean(true), ...length) }
}

/** Bits of keyUsage by number: 0 digitalSignature, 2 keyEncipherment, 5 keyCertSign, 6 cRLSign. */
export function usage(...bits: readonly number[]): Content {
  return { critical: true, value: write.namedBits(bits) }
}

export function purposes(...oids: readonly string[]): Content {
  return { critical: false, value: write.sequence(...oids.map(write.encodeOid)) }
}

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text)
export const email = (text: string): Der => write.implicit(1, ascii(text))
export const dns = (text: string): Der => write.implicit(2, ascii(text))
export const uri = (text: string): Der => write.implicit(6, ascii(text))
export const ip = (...octets: readonly number[]): Der => write.implicit(7, Uint8Array.from(octets))
export const directory = (name: Uint8Array): Der => write.explicit(4, name)
export const other = (oid: string, value: Uint8Array): Der =>
  write.explicit(0, write.encodeOid(oid), write.explicit(0, value))

export function names(...list: readonly Uint8Array[]): Content {
  return { critical: false, value: write.sequence(...list) }
}

/** nameConstraints from bases. */
export function constraints(
  permitted: readonly Uint8Array[],
  excluded: readonly Uint8Array[] = [],
  critical = true,
): Content {
  const subtrees = (number: number, bases: readonly Uint8Array[]): Der[] =>
    bases.length === 0 ? [] : [write.explicit(number, ...bases.map((base) => write.sequence(base)))]
  return { critical, value: write.sequence(...subtrees(0, permitted), ...subtrees(1, excluded)) }
}

export function policies(...oids: readonly string[]): Content {
  return { critical: false, value: write.sequence(...oids.map((oid) => write.sequence(write.encodeOid(oid)))) }
}

export function mappings(...pairs: readonly (readonly [string, string])[]): Content {
  const value = write.sequence(
    ...pairs.map(([issuer, subject]) => write.sequence(write.encodeOid(issuer), write.encodeOid(subject))),
  )
  return { critical: true, value }
}

/** requireExplicitPolicy, inhibitPolicyMapping. */
export function policyLimits(explicit: number | undefined, mapping?: number): Content {
  const field = (number: number, value: number | undefined): Der[] =>
    value === undefined ? [] : [write.implicit(number, Uint8Array.of(value))]
  return { critical: true, value: write.sequence(...field(0, explicit), ...field(1, mapping)) }
}
