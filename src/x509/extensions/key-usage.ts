import { type Cursor, readNamedBits } from '../../der/index.ts'
import { report } from '../report.ts'

/** Named bits of keyUsage, bit 0 first. */
export const keyUsageNames = [
  'digitalSignature',
  'nonRepudiation',
  'keyEncipherment',
  'dataEncipherment',
  'keyAgreement',
  'keyCertSign',
  'cRLSign',
  'encipherOnly',
  'decipherOnly',
] as const

export type KeyUsageName = (typeof keyUsageNames)[number]

/** keyUsage (RFC 5280 4.2.1.3). */
export class KeyUsage {
  /** Bit n of the number is named bit n. */
  declare readonly bits: number

  constructor(bits: number) {
    this.bits = bits
  }

  has(name: KeyUsageName): boolean {
    return (this.bits & (1 << keyUsageNames.indexOf(name))) !== 0
  }

  get names(): KeyUsageName[] {
    return keyUsageNames.filter((_, bit) => (this.bits & (1 << bit)) !== 0)
  }
}

/** `KeyUsage ::= BIT STRING` */
export function readKeyUsage(cursor: Cursor): KeyUsage {
  const start = cursor.position
  const bits = readNamedBits(cursor, '')
  if (bits === 0) report(cursor, 'X509_KEY_USAGE_EMPTY', '', start)
  return new KeyUsage(bits)
}
