import { Psd2Error } from '../core/errors.ts'

/** What can be wrong with stored keys and certificates that are given to be used again. */
const issuanceCodes = {
  ISSUANCE_PEM: ['this is no PEM block of the kind that is needed', 'give a file whose text has that block'],
  ISSUANCE_PEM_BASE64: ['the inside of a PEM block is not base64', 'fetch the file again in full'],
  ISSUANCE_KEY_ENCRYPTED: [
    'the private key is encrypted',
    'decrypt it first: openssl pkcs8 -in key.pem -out plain.pem',
  ],
  ISSUANCE_KEY_FORMAT: [
    'the private key is not PKCS#8',
    'convert it: openssl pkcs8 -topk8 -nocrypt -in key.pem -out pkcs8.pem',
  ],
  ISSUANCE_KEY_ALGORITHM: [
    'the private key is of an algorithm that cannot be used here',
    'use an RSA, P-256, P-384, P-521 or Ed25519 key',
  ],
  ISSUANCE_KEY_MISMATCH: ['the private key does not belong to the certificate', 'give the key of this certificate'],
  ISSUANCE_CERTIFICATE: ['this is no X.509 certificate', 'give one certificate, as PEM or DER'],
} as const satisfies Record<string, readonly [says: string, mend: string]>

export type IssuanceCode = keyof typeof issuanceCodes

/** The error for stored material that cannot be used. `path` names which of the files or options it is. */
export function unusable(code: IssuanceCode, path: string, detail?: string, cause?: unknown): Psd2Error {
  const [says, mend] = issuanceCodes[code]
  const met = detail === undefined ? '' : ` (${detail})`
  return new Psd2Error(code, `${path}: ${says}${met}`, { path, mend, cause })
}
