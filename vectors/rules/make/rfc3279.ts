import { encodeOid, nullValue, sequence } from '../../../src/der/writer.ts'
import { breaks, type RuleVector } from './vector.ts'

/** RFC 3279. */
export const rfc3279Vectors: readonly RuleVector[] = [
  breaks('rfc3279.algorithm-parameters', 'rsa-absent', 'sha256WithRSAEncryption without NULL.', {
    edit: (parts) => {
      parts.signature = sequence(encodeOid('1.2.840.113549.1.1.11'))
    },
  }),
  breaks('rfc3279.algorithm-parameters', 'ecdsa-null', 'ecdsaWithSHA256 with NULL.', {
    edit: (parts) => {
      parts.signature = sequence(encodeOid('1.2.840.10045.4.3.2'), nullValue())
    },
  }),
]
