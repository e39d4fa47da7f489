import type { Der } from '../der/writer.ts'
import { type ExtensionContent, encodeExtension } from './extensions.ts'
import type { LeafPlan } from './leaf-plan.ts'
import { oid } from './oids.ts'
import type { ProfilePlan } from './profile-plan.ts'
import { encodeQcStatements } from './qc-statements.ts'

/** What of the issuer stands in the extensions of what it issues. */
export interface IssuerPointers {
  readonly keyIdentifier: Uint8Array
  readonly crl: string
  readonly ocsp: string
  readonly certificate: string
}

function extension(id: string, critical: boolean, value: Der | undefined): ExtensionContent[] {
  return value === undefined ? [] : [{ oid: id, critical, value }]
}

function list<T>(values: readonly T[], encode: (values: readonly T[]) => Der): Der | undefined {
  return values.length === 0 ? undefined : encode(values)
}

/** The extensions that a request asks for and a certificate has alike. */
export function profileExtensions(plan: ProfilePlan): ExtensionContent[] {
  return [
    ...extension(oid.keyUsage, true, list(plan.keyUsage, encodeExtension.keyUsage)),
    ...extension(oid.extendedKeyUsage, false, list(plan.extendedKeyUsage, encodeExtension.extendedKeyUsage)),
    ...extension(oid.subjectAltName, false, list(plan.dnsNames, encodeExtension.subjectAltName)),
    ...extension(oid.qcStatements, false, encodeQcStatements(plan.qc)),
  ]
}

function ownExtensions(plan: LeafPlan): ExtensionContent[] {
  const { basicConstraints, cabf } = plan
  const constraints =
    basicConstraints === 'absent' ? undefined : encodeExtension.basicConstraints(basicConstraints === 'ca')
  const organization = cabf === undefined ? undefined : encodeExtension.cabfOrganizationIdentifier(cabf)
  return [
    ...extension(oid.basicConstraints, true, constraints),
    ...extension(oid.certificatePolicies, false, list(plan.policies, encodeExtension.certificatePolicies)),
    ...extension(oid.cabfOrganizationIdentifier, false, organization),
  ]
}

/** The extensions that identify the keys and say where to find the issuer's certificate and revocation data. */
export function pointerExtensions(own: Uint8Array, issuer: IssuerPointers, withOcsp = true): ExtensionContent[] {
  const access = encodeExtension.authorityInfoAccess(withOcsp ? issuer.ocsp : undefined, issuer.certificate)
  return [
    ...extension(oid.authorityKeyIdentifier, false, encodeExtension.authorityKeyIdentifier(issuer.keyIdentifier)),
    ...extension(oid.subjectKeyIdentifier, false, encodeExtension.subjectKeyIdentifier(own)),
    ...extension(oid.crlDistributionPoints, false, encodeExtension.crlDistributionPoints(issuer.crl)),
    ...extension(oid.authorityInfoAccess, false, access),
  ]
}

/** All extensions of a leaf, with what defects have left out, repeated, added or marked critical. */
export function leafExtensions(plan: LeafPlan, own: Uint8Array, issuer: IssuerPointers): ExtensionContent[] {
  return [...pointerExtensions(own, issuer, plan.withOcsp), ...profileExtensions(plan), ...ownExtensions(plan)]
    .filter((candidate) => !plan.omitted.has(candidate.oid))
    .map((kept) => (plan.critical.has(kept.oid) ? { ...kept, critical: true } : kept))
    .flatMap((kept) => (plan.repeated.has(kept.oid) ? [kept, kept] : [kept]))
    .concat(plan.added)
}
