/**
 * What eIDAS and PSD2 put into a certificate: QC statements, PSP roles, organizationIdentifier, authorities, kind.
 *
 * @module
 */
export { type Psd2Attributes, type Psd2Options, psd2Attributes } from './attributes.ts'
export { type CompetentAuthority, competentAuthorities, findAuthority, findAuthorityByAlias } from './authorities.ts'
export { type EidasCode, eidasCodes } from './codes.ts'
export { isCountry } from './countries.ts'
export { type CertificateKind, certificateKind, type KindVerdict } from './kind.ts'
export {
  type IdentifierProblem,
  type IdentifierScheme,
  type OrganizationIdentifier,
  parseOrganizationIdentifier,
} from './organization-identifier.ts'
export type { LimitValue } from './qc-statements/limit-value.ts'
export type { PdsLocation } from './qc-statements/pds.ts'
export type { Psd2Role, Psd2Statement } from './qc-statements/psd2.ts'
export { type QcOptions, QcStatement, QcStatements, qcStatements } from './qc-statements/read.ts'
export type { SemanticsInformation } from './qc-statements/semantics.ts'
export { bareStatements, type StatementName, type StatementValues, statementReaders } from './qc-statements/table.ts'
export { psd2Remarks } from './remarks.ts'
export { type PspRole, pspRoles, type RoleInfo, roleByOid } from './roles.ts'
