import { oidNames } from '../core/oids.ts'
import { type Der, encodeOid, implicit, integer, printableString, sequence, utf8String } from '../der/writer.ts'
import { families, oid, oidOf } from './oids.ts'
import { encodeString } from './subject.ts'

/** Names of the roles of a PSP (TS 119 495 clause 5.2.2, Annex A). */
export type RoleName =
  | 'Unspecified'
  | 'PSP_AS'
  | 'PSP_PI'
  | 'PSP_AI'
  | 'PSP_IC'
  | 'PSP_CB'
  | 'PSP_PA'
  | 'VOP_RS'
  | 'VOP_VS'

/** RoleOfPSP. */
export interface Role {
  readonly oid: string
  readonly name: string
}

/** QcPDS location: where the PKI disclosure statement is, and in which language (two letters). */
export interface PdsLocation {
  readonly url: string
  readonly language: string
}

/** QcLimitValue: `amount * 10^exponent`, the currency as ISO 4217 letters or number. */
export interface LimitValue {
  readonly currency: string | number
  readonly amount: number
  readonly exponent: number
}

/** The PSD2 statement, and the ways in which a defect can have it written wrongly. */
export interface Psd2Plan {
  roles: Role[]
  ncaName: string
  ncaId: string
  /** `pairs` is the standard; `flat` has no SEQUENCE around a role; `merged` has one around all of them. */
  rolesShape: 'pairs' | 'flat' | 'merged'
  ncaString: 'UTF8String' | 'PrintableString'
  /** An element after nCAId. */
  trailing?: Der
}

/** Content of the qcStatements extension. */
export interface QcPlan {
  compliance: boolean
  /** statementInfo of QcCompliance, which has none. */
  complianceInfo?: Der
  sscd: boolean
  types: string[]
  ccLegislation: string[]
  limitValue?: LimitValue
  retentionPeriod?: number
  pds: PdsLocation[]
  pdsString: 'IA5String' | 'UTF8String'
  identMethod?: string
  qscdLegislation: string[]
  semanticsIdentifier?: string
  nameRegistrationAuthorities: string[]
  /** True where the semantics identifier is itself a statementId. */
  semanticsAsStatement: boolean
  psd2: Psd2Plan[]
  /** `list` is SEQUENCE OF QCStatement; `single` is the PSD2 statement alone without the SEQUENCE around it. */
  shape: 'list' | 'single'
}

/** The role for a name, or the pair as it was given. Throws `TypeError` on an unknown name. */
export function roleOf(role: RoleName | Role): Role {
  if (typeof role !== 'string') {
    if (typeof role?.oid !== 'string' || typeof role.name !== 'string') {
      throw new TypeError('a role is a name, or { oid, name }')
    }
    return { oid: role.oid, name: role.name }
  }
  const found = oidOf('role', role, families.role)
  return { oid: found, name: oidNames[found as keyof typeof oidNames] ?? role }
}

function statement(id: string, info?: Der): Der {
  return info === undefined ? sequence(encodeOid(id)) : sequence(encodeOid(id), info)
}

function encodeRoles({ roles, rolesShape }: Psd2Plan): Der {
  const pairs = roles.map((role) => [encodeOid(role.oid), utf8String(role.name)])
  if (rolesShape === 'flat') return sequence(...pairs.flat())
  if (rolesShape === 'merged') return sequence(sequence(...pairs.flat()))
  return sequence(...pairs.map((pair) => sequence(...pair)))
}

function encodePsd2(plan: Psd2Plan): Der {
  const fields = [
    encodeRoles(plan),
    encodeString(plan.ncaString, plan.ncaName),
    encodeString(plan.ncaString, plan.ncaId),
  ]
  if (plan.trailing !== undefined) fields.push(plan.trailing)
  return statement(oid.psd2, sequence(...fields))
}

function encodeLimitValue({ currency, amount, exponent }: LimitValue): Der {
  const code = typeof currency === 'number' ? integer(currency) : printableString(currency)
  return sequence(code, integer(amount), integer(exponent))
}

function encodePds(plan: QcPlan): Der {
  const locations = plan.pds.map(({ url, language }) =>
    sequence(encodeString(plan.pdsString, url), printableString(language)),
  )
  return sequence(...locations)
}

/** SemanticsInformation (RFC 3739 3.2.6.1). */
function encodeSemantics(plan: QcPlan): Der[] {
  const { semanticsIdentifier, nameRegistrationAuthorities: authorities } = plan
  if (plan.semanticsAsStatement) return semanticsIdentifier === undefined ? [] : [statement(semanticsIdentifier)]
  const info: Der[] = []
  if (semanticsIdentifier !== undefined) info.push(encodeOid(semanticsIdentifier))
  if (authorities.length > 0) info.push(sequence(...authorities.map(uriName)))
  return info.length === 0 ? [] : [statement('1.3.6.1.5.5.7.11.2', sequence(...info))]
}

/** GeneralName `uniformResourceIdentifier [6]`. */
export function uriName(uri: string): Der {
  return implicit(6, asciiOctets(uri))
}

/** GeneralName `dNSName [2]`. */
export function dnsName(name: string): Der {
  return implicit(2, asciiOctets(name))
}

const ascii = new TextEncoder()

function asciiOctets(text: string): Uint8Array {
  if (!/^[\x20-\x7e]*$/.test(text)) throw new TypeError(`'${text}' has characters outside ASCII: use its A-label form`)
  return ascii.encode(text)
}

function countries(codes: readonly string[]): Der {
  return sequence(...codes.map(printableString))
}

/** Every statement with its clause of EN 319 412-5, in the order in which they are written. */
const encoders: readonly ((plan: QcPlan) => Der[])[] = [
  // 4.2.1
  (plan) => (plan.compliance ? [statement('0.4.0.1862.1.1', plan.complianceInfo)] : []),
  // 4.2.2
  (plan) => (plan.sscd ? [statement('0.4.0.1862.1.4')] : []),
  // 4.2.3
  (plan) => when(plan.types.length > 0, '0.4.0.1862.1.6', () => sequence(...plan.types.map(encodeOid))),
  // 4.2.4
  (plan) => when(plan.ccLegislation.length > 0, '0.4.0.1862.1.7', () => countries(plan.ccLegislation)),
  // 4.3.2
  ({ limitValue }) => (limitValue === undefined ? [] : [statement('0.4.0.1862.1.2', encodeLimitValue(limitValue))]),
  // 4.3.3
  ({ retentionPeriod: years }) => (years === undefined ? [] : [statement('0.4.0.1862.1.3', integer(years))]),
  // 4.3.4
  (plan) => when(plan.pds.length > 0, '0.4.0.1862.1.5', () => encodePds(plan)),
  // 4.3.5
  ({ identMethod: id }) => (id === undefined ? [] : [statement('0.4.0.1862.1.8', sequence(encodeOid(id)))]),
  // 4.2.5
  (plan) => when(plan.qscdLegislation.length > 0, '0.4.0.1862.1.9', () => countries(plan.qscdLegislation)),
  // RFC 3739 3.2.6.1 and EN 319 412-1 clause 5
  encodeSemantics,
  // TS 119 495 clause 5.1
  (plan) => plan.psd2.map(encodePsd2),
]

function when(present: boolean, id: string, info: () => Der): Der[] {
  return present ? [statement(id, info())] : []
}

/** The value of the qcStatements extension; undefined where it would hold nothing. */
export function encodeQcStatements(plan: QcPlan): Der | undefined {
  const [psd2] = plan.psd2
  if (plan.shape === 'single') return psd2 === undefined ? undefined : encodePsd2(psd2)
  const statements = encoders.flatMap((encode) => encode(plan))
  return statements.length === 0 ? undefined : sequence(...statements)
}
