import { integer } from '../../../src/der/writer.ts'
import { breaks, type RuleVector } from './vector.ts'

/** RFC 5280 and X.690. */
export const rfc5280Vectors: readonly RuleVector[] = [
  breaks('rfc5280.serial-number', 'zero', 'The serial number is zero, and the version v3.', {
    edit: (parts) => {
      parts.serialNumber = integer(0)
    },
  }),
]
