import { createPrivateKey, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { write } from '../../../src/der/index.ts'
import { decodePem } from '../../../src/x509/index.ts'
import { type Key, keyFrom } from './mint.ts'

const folder = new URL('../../certificates/', import.meta.url)

/** DER of a certificate of `vectors/certificates`. */
export function certificateFile(id: string): Uint8Array {
  return (decodePem(readFileSync(new URL(`${id}.pem`, folder)))[0] as { bytes: Uint8Array }).bytes
}

const pem = readFileSync(new URL('keys/leaf-rsa-2048.key', folder), 'utf8')

/** A key of RSA, 2048 bits. */
export const rsaPrivateKey = createPrivateKey(pem.slice(pem.indexOf('-----BEGIN')))

const oids = { sha1: '1.2.840.113549.1.1.5', sha256: '1.2.840.113549.1.1.11' } as const

/** It signs with RSASSA-PKCS1-v1_5, the same octets every time. */
export function rsaKey(hash: keyof typeof oids): Key {
  const algorithm = write.sequence(write.encodeOid(oids[hash]), write.nullValue())
  return keyFrom(rsaPrivateKey, algorithm, (octets) => new Uint8Array(sign(hash, octets, rsaPrivateKey)))
}
