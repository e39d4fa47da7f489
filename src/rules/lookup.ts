import type { Certificate } from '../x509/certificate.ts'
import type { Extension, NamedExtension } from '../x509/extension.ts'
import type { PolicyInformation } from '../x509/extensions/certificate-policies.ts'
import { type ExtensionName, extensionReaders } from '../x509/extensions/table.ts'
import type { Name, NameAttribute } from '../x509/name.ts'

/** The extensions of a certificate by name, found in one pass: rules ask for them again and again. */
export type FoundExtensions = { readonly [Name in ExtensionName]: NamedExtension<Name> | undefined } & {
  readonly qcStatements: Extension | undefined
}

const nameByOid: ReadonlyMap<string, keyof FoundExtensions> = new Map([
  ...Object.entries(extensionReaders).map(([name, { oid }]) => [oid, name as ExtensionName] as const),
  ['1.3.6.1.5.5.7.1.3', 'qcStatements' as const],
])

/** One object of one shape for every certificate, so that the engine reads fields and never searches. */
const nothing = Object.fromEntries([...nameByOid.values()].map((name) => [name, undefined])) as FoundExtensions

export function findExtensions({ extensions }: Certificate): FoundExtensions {
  const found: { -readonly [Name in keyof FoundExtensions]: Extension | undefined } = { ...nothing }
  for (const extension of extensions) {
    const name = nameByOid.get(extension.oid)
    if (name !== undefined) found[name] ??= extension
  }
  return found as FoundExtensions
}

/** The attributes of a name that rules ask for, each a list in the order of the certificate. */
export interface FoundAttributes {
  readonly commonName: readonly NameAttribute[]
  readonly surname: readonly NameAttribute[]
  readonly givenName: readonly NameAttribute[]
  readonly pseudonym: readonly NameAttribute[]
  readonly serialNumber: readonly NameAttribute[]
  readonly countryName: readonly NameAttribute[]
  readonly organizationName: readonly NameAttribute[]
  readonly organizationIdentifier: readonly NameAttribute[]
}

const attributeByOid: ReadonlyMap<string, keyof FoundAttributes> = new Map([
  ['2.5.4.3', 'commonName'],
  ['2.5.4.4', 'surname'],
  ['2.5.4.5', 'serialNumber'],
  ['2.5.4.6', 'countryName'],
  ['2.5.4.10', 'organizationName'],
  ['2.5.4.42', 'givenName'],
  ['2.5.4.65', 'pseudonym'],
  ['2.5.4.97', 'organizationIdentifier'],
])

const none: readonly NameAttribute[] = Object.freeze([])

export function findAttributes({ attributes }: Name): FoundAttributes {
  const found: { -readonly [Name in keyof FoundAttributes]: readonly NameAttribute[] } = {
    commonName: none,
    surname: none,
    givenName: none,
    pseudonym: none,
    serialNumber: none,
    countryName: none,
    organizationName: none,
    organizationIdentifier: none,
  }
  for (const attribute of attributes) {
    const name = attributeByOid.get(attribute.oid)
    if (name === undefined) continue
    if (found[name] === none) found[name] = [attribute]
    else (found[name] as NameAttribute[]).push(attribute)
  }
  return found
}

/** Arcs of ETSI: EN 319 411-1, EN 319 411-2, TS 119 495. */
const etsiArcs = ['0.4.0.2042.1.', '0.4.0.194112.1.', '0.4.0.19495.3.'] as const

/** True where a policy is one of those that ETSI defines. */
export function hasEtsiPolicy(policies: readonly PolicyInformation[]): boolean {
  return policies.some(({ oid }) => etsiArcs.some((arc) => oid.startsWith(arc)))
}
