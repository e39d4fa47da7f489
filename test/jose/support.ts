import { webcrypto } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { Crypto as PeculiarCrypto } from '@peculiar/webcrypto'
import { expect } from 'vitest'
import { Psd2Error } from '../../src/core/errors.ts'
import { nodeCrypto } from '../../src/crypto/node.ts'
import { webCrypto } from '../../src/crypto/webcrypto.ts'
import { bitString, type Der, explicit, integer, namedBits, sequence } from '../../src/der/writer.ts'
import { decodePem } from '../../src/x509/index.ts'
import {
  algorithm,
  certificate,
  extension,
  isTrue,
  modulus,
  type Parts,
  psd2Statement,
  qcCompliance,
  qcPds,
  qcStatementsExtension,
  qcType,
  spki,
} from '../support/build.ts'

export const providers = [
  nodeCrypto(),
  webCrypto(webcrypto as unknown as Crypto),
  webCrypto(new PeculiarCrypto() as unknown as Crypto),
]

/** A certificate of the vectors. */
export function vector(id: string): Uint8Array {
  const pem = readFileSync(new URL(`../../vectors/certificates/${id}.pem`, import.meta.url), 'utf8')
  return (decodePem(pem)[0] as { bytes: Uint8Array }).bytes
}

/** A QSealC whose fields may be anything. */
export function sealOf(parts: Parts): Uint8Array {
  return certificate({
    extensions: [
      extension('2.5.29.15', namedBits([1]), isTrue),
      qcStatementsExtension(qcCompliance, qcType(2), qcPds, psd2Statement()),
    ],
    ...parts,
  })
}

/** The Psd2Error that a call ends in. Anything else thrown, or nothing, fails the test. */
export async function errorOf(call: () => unknown): Promise<Psd2Error> {
  let thrown: unknown
  try {
    await call()
  } catch (error) {
    thrown = error
  }
  expect(thrown).toBeInstanceOf(Psd2Error)
  const error = thrown as Psd2Error
  expect(error.citation?.clause, error.code).toBeTruthy()
  expect(error.mend, error.code).toBeTruthy()
  return error
}

/** A key bound to RSASSA-PSS: to the hash with this object identifier, or to none. */
export function pssKey(hash?: string): Der {
  const parameters = hash === undefined ? [] : [sequence(explicit(0, algorithm(hash)))]
  const key = bitString(sequence(modulus(2048), integer(65_537)))
  return spki(algorithm('1.2.840.113549.1.1.10', ...parameters), key)
}
