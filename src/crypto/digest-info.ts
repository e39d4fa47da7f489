import type { HashName } from './provider.ts'

/** DER of a DigestInfo up to the hash, one character an octet (RFC 8017 9.2, note 1): there is one way to write it. */
export const digestInfoStarts: Readonly<Record<HashName, string>> = {
  'sha-1': '0!0\t\x06\x05\x2b\x0e\x03\x02\x1a\x05\x00\x04\x14',
  'sha-256': start(1, 32),
  'sha-384': start(2, 48),
  'sha-512': start(3, 64),
}

/** Of a hash under 2.16.840.1.101.3.4.2, by its last arc and its length. */
function start(arc: number, length: number): string {
  const octets = [0x30, 17 + length, 0x30, 13, 0x06, 9, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, arc]
  return String.fromCharCode(...octets, 0x05, 0, 0x04, length)
}
