import type { CertificateRule } from '../subject.ts'
import { issuer, signatureAlgorithm, subject, time, uniqueIdentifiers, validityOrder, version } from './basic-fields.ts'
import { boolean, defaultEncoded, encoding, limits } from './encoding.ts'
import { criticalUnknown, extensionTwice, extensionValues, keyUsageBits, leaf, nameConstraints } from './extensions.ts'
import { controlCharacters, nameStrings, relativeNames, stringCharacters } from './names.ts'
import { serialNumber } from './serial-number.ts'

/** RFC 5280, with what X.690 demands of every certificate. */
export const rfc5280: readonly CertificateRule[] = [
  encoding,
  limits,
  defaultEncoded,
  boolean,
  version,
  serialNumber,
  signatureAlgorithm,
  issuer,
  time,
  validityOrder,
  subject,
  relativeNames,
  nameStrings,
  stringCharacters,
  controlCharacters,
  uniqueIdentifiers,
  extensionTwice,
  extensionValues,
  criticalUnknown,
  keyUsageBits,
  leaf,
  nameConstraints,
]
