import { unknownName } from '../core/nearest.ts'
import {
  boolean,
  type Der,
  encodeOid,
  explicit,
  implicit,
  integer,
  namedBits,
  octetString,
  printableString,
  sequence,
  utf8String,
} from '../der/writer.ts'
import { oid } from './oids.ts'
import { dnsName, uriName } from './qc-statements.ts'

/** One extension: `critical` is written only where true (X.690 11.5). */
export interface ExtensionContent {
  readonly oid: string
  readonly critical: boolean
  /** What the OCTET STRING holds. */
  readonly value: Der
}

/** Bits of keyUsage, RFC 5280 4.2.1.3. */
const keyUsageBits = {
  digitalSignature: 0,
  nonRepudiation: 1,
  contentCommitment: 1,
  keyEncipherment: 2,
  dataEncipherment: 3,
  keyAgreement: 4,
  keyCertSign: 5,
  cRLSign: 6,
  encipherOnly: 7,
  decipherOnly: 8,
} as const

/** Names of keyUsage bits; contentCommitment is the newer name of nonRepudiation. */
export type KeyUsageName = keyof typeof keyUsageBits

/** Throws `TypeError` on a name that keyUsage does not have. */
export function checkKeyUsage(names: readonly KeyUsageName[]): KeyUsageName[] {
  for (const name of names) {
    if (!Object.hasOwn(keyUsageBits, name)) throw unknownName('keyUsage', String(name), Object.keys(keyUsageBits))
  }
  return [...names]
}

/** The content of cabfOrganizationIdentifier (EV Guidelines 7.1.2.2). */
export interface CabfOrganizationIdentifier {
  /** Three letters: PSD, VAT or NTR. */
  readonly scheme: string
  readonly country: string
  readonly stateOrProvince?: string
  readonly reference: string
}

/** A function for each extension's value, so that a plan is turned into extensions by reading down a list. */
export const encodeExtension = {
  keyUsage: (names: readonly KeyUsageName[]): Der => namedBits(names.map((name) => keyUsageBits[name])),

  extendedKeyUsage: (oids: readonly string[]): Der => sequence(...oids.map(encodeOid)),

  subjectAltName: (dnsNames: readonly string[]): Der => sequence(...dnsNames.map(dnsName)),

  certificatePolicies: (oids: readonly string[]): Der => sequence(...oids.map((policy) => sequence(encodeOid(policy)))),

  basicConstraints: (ca: boolean, pathLength?: number): Der => {
    const fields = ca ? [boolean(true)] : []
    if (pathLength !== undefined) fields.push(integer(pathLength))
    return sequence(...fields)
  },

  subjectKeyIdentifier: (id: Uint8Array): Der => octetString(id),

  authorityKeyIdentifier: (id: Uint8Array): Der => sequence(implicit(0, id)),

  /** One DistributionPoint with one fullName. */
  crlDistributionPoints: (url: string): Der => sequence(sequence(explicit(0, explicit(0, uriName(url))))),

  authorityInfoAccess: (ocsp: string | undefined, caIssuers: string): Der => {
    const entries = [sequence(encodeOid(oid.caIssuers), uriName(caIssuers))]
    if (ocsp !== undefined) entries.unshift(sequence(encodeOid(oid.ocsp), uriName(ocsp)))
    return sequence(...entries)
  },

  cabfOrganizationIdentifier: (value: CabfOrganizationIdentifier): Der => {
    const state = value.stateOrProvince
    const fields = [printableString(value.scheme), printableString(value.country)]
    if (state !== undefined) fields.push(implicit(0, new TextEncoder().encode(state)))
    return sequence(...fields, utf8String(value.reference))
  },
}

const identifierForms = [
  /^(?<scheme>NTR)(?<country>[A-Z]{2})\+(?<state>[A-Z0-9]{1,3})-(?<reference>.+)$/s,
  /^(?<scheme>PSD|VAT|NTR)(?<country>[A-Z]{2})-(?<reference>.+)$/s,
]

/** The extension's fields for an organizationIdentifier; undefined where its scheme has none. */
export function cabfFieldsOf(identifier: string): CabfOrganizationIdentifier | undefined {
  for (const form of identifierForms) {
    const { scheme, country, state, reference } = form.exec(identifier)?.groups ?? {}
    if (scheme === undefined || country === undefined || reference === undefined) continue
    return { scheme, country, reference, ...(state === undefined ? {} : { stateOrProvince: state }) }
  }
  return undefined
}

/** SHA-1 of the subjectPublicKey bits, the first method of RFC 5280 4.2.1.2. */
export async function keyIdentifierOf(publicKeyBits: Uint8Array<ArrayBuffer>, crypto: Crypto): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-1', publicKeyBits))
}
