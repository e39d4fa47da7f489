import { createHash } from 'node:crypto'
import type { Certificate } from '../../src/x509/index.ts'

const hash = (name: string, bytes: Uint8Array): string => createHash(name).update(bytes).digest('hex')

/** The forms of keyId that sources show. */
export const keyIdOf = {
  url: () => 'https://tpp.example/qsealc.pem',
  fingerprintUrl: ({ bytes }: Certificate) => `https://tpp.example/qsealc_${hash('sha256', bytes)}`,
  issuerSerial: ({ serial, issuer }: Certificate) => `SN=${serial.hex.toUpperCase()},CA=${issuer}`,
  decimalSerial: ({ serialNumber }: Certificate) => serialNumber.toString(),
  /** Only hexadecimal digits, as a GUID without hyphens: it must not be taken for a serial number. */
  clientId: () => 'e77d776b904346d3aee3bb58d5d3e2a1',
  sha1: ({ bytes }: Certificate) => hash('sha1', bytes),
} as const
