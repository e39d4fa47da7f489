import type { CertificateRule } from '../subject.ts'
import {
  eidasLength,
  eidasSpace,
  identifierAuthority,
  identifierCountry,
  identifierFormat,
  identifierLei,
  identifierScheme,
  identifierSubdivision,
} from './identifier.ts'
import { naturalIdentifiers } from './natural.ts'
import { naturalSemantics, registrationAuthorities, semanticsCarrier } from './semantics.ts'

/** ETSI EN 319 412-1: identifiers of persons and what their semantics are. */
export const en3194121: readonly CertificateRule[] = [
  semanticsCarrier,
  naturalSemantics,
  identifierFormat,
  identifierScheme,
  identifierCountry,
  identifierSubdivision,
  identifierLei,
  identifierAuthority,
  registrationAuthorities,
  eidasSpace,
  eidasLength,
  ...naturalIdentifiers,
]
