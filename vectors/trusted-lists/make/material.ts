import { createPrivateKey, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { decodePem } from '../../../src/x509/index.ts'

const folder = new URL('../../certificates/', import.meta.url)

/** DER of one of the certificates that are vectors. */
export function certificate(id: string): Uint8Array {
  const [block] = decodePem(new Uint8Array(readFileSync(new URL(`${id}.pem`, folder))), { label: 'CERTIFICATE' })
  if (block === undefined) throw new Error(`no certificate in ${id}`)
  return block.bytes
}

/** Who signs lists: a certificate of the vectors, and its key. */
export interface ListSigner {
  readonly certificate: string
  readonly key: KeyObject
}

function signer(id: string, key: string): ListSigner {
  return { certificate: id, key: createPrivateKey(readFileSync(new URL(`keys/${key}.key`, folder))) }
}

/** Their signatures are RSASSA-PKCS1-v1_5, so that a list has the same octets each time it is made. */
export const signers = {
  /** Signs national lists. */
  national: signer('qsealc-rsa-2048', 'leaf-rsa-2048'),
  /** Signs the list of lists. */
  lists: signer('qsealc-rsa-4096', 'leaf-rsa-4096'),
  /** Signs it later, as a pivot says. */
  listsLater: signer('qsealc', 'qsealc-rsa-3072'),
  /** Is named by nobody. */
  stranger: signer('qwac', 'qwac-rsa-3072'),
} as const

/** ECDSA differs each time: for lists that tests make themselves. */
export const ellipticSigner = signer('qsealc-p-256', 'leaf-p-256')
