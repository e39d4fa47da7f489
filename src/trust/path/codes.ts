import { type CodeInfo, citationOf } from '../../core/codes.ts'
import { Psd2Error } from '../../core/errors.ts'

/**
 * What a refusal amounts to:
 * - `unknown`: nobody who is trusted stands behind the certificate. It may be sound, and its issuer is not known here;
 * - `invalid`: there is a path, or a claim of one, and a rule refuses it;
 * - `indeterminate`: the answer would have needed more work or more data than there was.
 */
export type PathVerdict = 'unknown' | 'invalid' | 'indeterminate'

/** Everything that is to be said about one refusal. */
export interface PathCodeInfo extends CodeInfo {
  readonly verdict: PathVerdict
  /** Of several refused paths the one whose worst refusal ranks highest is told: it came nearest to being accepted. */
  readonly rank: number
  /**
   * True where a rule for issuers is broken that leaves no doubt about what the certificate says. `accept` takes these
   * codes and no others.
   */
  readonly conformance?: true
}

/** Why a path is refused. */
export const pathCodes = {
  // Nobody known stands behind it.
  PATH_ISSUER_UNKNOWN: unknown(10, '6.1', 'no certificate of the issuer is known', [
    'send the intermediate certificates, or add the root of this issuer to the anchors if it is to be trusted',
  ]),
  PATH_SELF_SIGNED: unknown(11, '6.1', 'the certificate is signed by itself, and nobody trusted vouches for it', [
    'have a certificate issued by a trusted authority',
  ]),
  PATH_ROOT_NOT_TRUSTED: unknown(12, '6.1', 'the path ends in a self-signed certificate that is no anchor', [
    'a root is trusted because it stands among the anchors, never because it was sent',
  ]),
  PATH_TOO_LONG: invalid(14, '6.1', 'the path has more intermediate certificates than maxDepth allows', [
    'send a shorter path, or raise maxDepth if the path is meant to be that long',
  ]),
  PATH_SIGNATURE_INVALID: invalid(
    20,
    '6.1.3',
    'the signature was not made by the key of any known issuer of that name',
    ['check that the octets are those that were issued and that the issuer certificate is the one that signed'],
  ),
  PATH_PSS_PARAMETERS: other(
    'RFC 4055',
    '3.1',
    'invalid',
    22,
    'the RSASSA-PSS parameters are none of those used here',
    ['one of SHA-256, SHA-384, SHA-512 for both hashes, and a salt as long as the hash'],
  ),
  PATH_ALGORITHM_UNKNOWN: invalid(23, '6.1.3', 'the signature algorithm is none of those that are verified here', [
    'RSA, ECDSA on P-256, P-384 or P-521 with SHA-256, SHA-384 or SHA-512, or Ed25519',
  ]),
  PATH_ALGORITHM_WEAK: other('ETSI TS 119 312', '6.2', 'invalid', 24, 'the certificate is signed over a weak hash', [
    'have the certificate issued again with SHA-256 or better',
  ]),

  // What one certificate says.
  PATH_EXTENSION_UNREADABLE: invalid(45, '4.2', 'an extension could not be decoded', ['read the certificate strictly']),
  PATH_PRECERTIFICATE: other(
    'RFC 6962',
    '3.1',
    'invalid',
    46,
    'this is a precertificate, made for a log and nothing else',
    ['use the certificate that was issued after it'],
  ),
  PATH_NOT_A_CA: invalid(40, '6.1.4', 'a certificate that is no authority issued the one below it', [
    'basicConstraints with cA true, in a version 3 certificate, makes an authority',
  ]),
  PATH_CA_KEY_USAGE: invalid(42, '6.1.4', 'keyUsage of the authority does not allow it to sign certificates', [
    'keyUsage of an issuing authority has keyCertSign',
  ]),
  PATH_CA_SUBJECT_EMPTY: invalid(43, '4.1.2.6', 'the subject of an authority is an empty name', ['name the authority']),
  PATH_EXTENSION_CRITICAL_UNKNOWN: invalid(50, '6.1.4', 'an extension that nobody here knows is critical', [
    'the path cannot be used here; have the certificate issued without the extension, or with it not critical',
  ]),
  PATH_LENGTH: invalid(55, '6.1.4', 'more authorities follow than pathLenConstraint allows', [
    'have the certificate issued by an authority nearer to the root',
  ]),
  PATH_CONSTRAINTS_FORM: invalid(52, '4.2.1.10', 'a name constraint is malformed', [
    'a host name without asterisk, port or leading period, a range with a contiguous mask, no minimum and no maximum',
  ]),
  PATH_NAME_EXCLUDED: invalid(56, '6.1.3', 'a name lies in a subtree that an authority above excludes', [
    'the authority may not issue for this name',
  ]),
  PATH_NAME_NOT_PERMITTED: invalid(57, '6.1.3', 'a name lies in none of the subtrees that an authority above permits', [
    'the authority may not issue for this name',
  ]),
  PATH_NAME_MALFORMED: invalid(
    58,
    '4.2.1.6',
    'a name that is constrained is malformed, so that nobody can tell where it lies',
    ['write the name as its form demands'],
  ),
  PATH_NAME_FORM_UNSUPPORTED: invalid(
    59,
    '4.2.1.10',
    'a constraint on a form of name that is not compared here meets a name of that form',
    ['dNSName, iPAddress, rfc822Name, uniformResourceIdentifier and directoryName are compared'],
  ),
  PATH_CA_PURPOSE: invalid(60, '4.2.1.12', 'extKeyUsage of an authority does not include the purpose', [
    'have the certificate issued by an authority for this purpose',
  ]),
  PATH_POLICY_MAPPING_ANY: invalid(61, '6.1.4', 'policyMappings maps from or to anyPolicy', [
    'map one policy to another',
  ]),
  PATH_POLICY_REQUIRED: invalid(62, '6.1.5', 'a policy is demanded, and no acceptable one holds along the whole path', [
    'use a certificate issued under an acceptable policy',
  ]),
  PATH_KEY_WEAK: other('ETSI TS 119 312', '6.2', 'invalid', 65, 'the public key is too small', [
    'RSA from 2048 bits on, or a curve from 256 bits on',
  ]),
  PATH_KEY_ALGORITHM: other(
    'ETSI TS 119 312',
    '6.2',
    'invalid',
    64,
    'the public key is of a kind that is not used here',
    [
      'RSA up to 8192 bits with an exponent up to 64, P-256, P-384, P-521, Ed25519; end entities also RSA up to 16384, Ed448 and brainpool curves',
    ],
  ),
  PATH_KEY_UNUSABLE: invalid(30, '6.1.4', 'the platform refuses the key of the authority', [
    'the authority has to change its key',
  ]),

  // Rules for issuers that do not change what is meant.
  PATH_EXTENSION_CRITICALITY: conformance('4.2', 'an extension is critical that must not be', [
    'issue with the extension not critical',
  ]),
  PATH_SERIAL_NUMBER: conformance('4.1.2.2', 'the serial number is not a positive integer of at most 20 octets', [
    'issue with a positive serial number',
  ]),
  PATH_SUBJECT_ALT_NAME_NOT_CRITICAL: conformance(
    '4.2.1.6',
    'the subject is empty and subjectAltName is not critical',
    ['name the subject, or make subjectAltName critical'],
  ),
  PATH_AUTHORITY_KEY_ID_MISSING: conformance('4.2.1.1', 'authorityKeyIdentifier with a key identifier is missing', [
    'issue with authorityKeyIdentifier',
  ]),
  PATH_SUBJECT_KEY_ID_MISSING: conformance('4.2.1.2', 'an authority has no subjectKeyIdentifier', [
    'issue with subjectKeyIdentifier',
  ]),
  PATH_BASIC_CONSTRAINTS_NOT_CRITICAL: conformance('4.2.1.9', 'basicConstraints of an authority is not critical', [
    'issue with basicConstraints critical',
  ]),
  PATH_CONSTRAINTS_NOT_CRITICAL: conformance('4.2.1.10', 'nameConstraints is not critical', [
    'issue with nameConstraints critical; where the code is accepted, the constraints hold all the same',
  ]),
  PATH_CONSTRAINTS_IN_LEAF: conformance('4.2.1.10', 'nameConstraints stands in a certificate that is no authority', [
    'issue without nameConstraints',
  ]),
  PATH_POLICY_LIMITS_NOT_CRITICAL: conformance('4.2.1.11', 'policyConstraints or inhibitAnyPolicy is not critical', [
    'issue with the extension critical; where the code is accepted, it holds all the same',
  ]),
  PATH_LEAF_KEY_CERT_SIGN: conformance('4.2.1.9', 'keyUsage has keyCertSign in a certificate that is no authority', [
    'issue without keyCertSign',
  ]),

  // A path that is sound but for its moment, its use or its state.
  PATH_REVOKED: invalid(86, '6.3', 'the certificate has been revoked', ['use the certificate that replaced it']),
  PATH_NOT_YET_VALID: invalid(80, '6.1.3', 'the certificate is not valid yet', ['wait, or check the clock']),
  PATH_EXPIRED: invalid(81, '6.1.3', 'the certificate is not valid any more', [
    'renew the certificate, or check the clock',
  ]),
  PATH_LEAF_IS_ANCHOR: invalid(83, '6.1', 'the certificate is itself an anchor', [
    'anchors issue certificates; set anchorAsLeaf if the certificate is trusted by itself',
  ]),
  PATH_PURPOSE: invalid(84, '4.2.1.12', 'extKeyUsage does not include the purpose', [
    'use a certificate that was issued for this purpose',
  ]),
  PATH_KEY_USAGE: invalid(85, '4.2.1.3', 'keyUsage does not allow the purpose', [
    'use a certificate that was issued for this purpose',
  ]),
  PATH_SERVER_NAME: other('RFC 9525', '6', 'invalid', 88, 'subjectAltName does not have the name that was asked for', [
    'check the name; commonName is never taken for one',
  ]),
  PATH_REVOCATION_UNKNOWN: {
    ...invalid(90, '6.3', 'nothing tells whether the certificate has been revoked', [
      'get a fresh CRL or OCSP response; an answer that cannot be had is not a good one',
    ]),
    verdict: 'indeterminate',
  },

  // The work that was allowed has been done.
  LIMIT_PATH_POOL: limit(
    'there are more certificates than are searched',
    'send only the certificates of the path; a pool of your own belongs into createPathValidator',
  ),
  LIMIT_PATH_CANDIDATES: limit(
    'more issuers had to be looked at than are allowed',
    'send only the certificates of the path',
  ),
  LIMIT_PATH_SIGNATURES: limit(
    'more signatures had to be verified than are allowed',
    'send only the certificates of the path',
  ),
  LIMIT_PATH_NAMES: limit(
    'more names had to be compared with constraints than are allowed',
    'raise the budget if certificates with that many names are really meant',
  ),
  LIMIT_PATH_POLICIES: limit(
    'more policies had to be followed than are allowed',
    'raise the budget if certificates with that many policies are really meant',
  ),
} as const satisfies Record<string, PathCodeInfo>

export type PathCode = keyof typeof pathCodes

/** Codes that `accept` takes: rules for issuers whose breach leaves no doubt about what the certificate says. */
export type ConformanceCode = {
  [Code in PathCode]: (typeof pathCodes)[Code] extends { conformance: true } ? Code : never
}[PathCode]

/** The same as a list, for those who judge certificates by other rules. */
export const conformanceCodes: readonly ConformanceCode[] = /* @__PURE__ */ Object.freeze(
  (Object.keys(pathCodes) as PathCode[]).filter((code) => infoOf(code).conformance === true) as ConformanceCode[],
)

/** The row of a code, without the literal types of the table. */
export function infoOf(code: PathCode): PathCodeInfo {
  return pathCodes[code]
}

/**
 * What an error of path validation amounts to; undefined where the error is of another kind. Who answers a peer tells an
 * unknown issuer from an invalid certificate by it.
 *
 * @example
 * ```ts
 * import { pathVerdict, validatePath, type ValidatePathOptions } from 'psd2-toolkit/trust'
 *
 * declare const options: ValidatePathOptions
 * try {
 *   await validatePath(options)
 * } catch (error) {
 *   console.log(pathVerdict(error)) // 'unknown' | 'invalid' | 'indeterminate' | undefined
 * }
 * ```
 */
export function pathVerdict(error: unknown): PathVerdict | undefined {
  if (!(error instanceof Psd2Error) || !Object.hasOwn(pathCodes, error.code)) return undefined
  return infoOf(error.code as PathCode).verdict
}

/** The error for a code. It names places, never anchors or keys: it may go to whoever sent the certificate. */
export function pathError(code: PathCode, path: string, detail?: string, offset?: number, cause?: unknown): Psd2Error {
  const info = infoOf(code)
  const told = detail === undefined ? '' : ` (${detail})`
  const where = path === '' ? '' : `, at ${path}`
  return new Psd2Error(code, `${info.says}${told}${where}`, {
    path,
    offset,
    citation: citationOf(info),
    mend: info.mend,
    cause,
  })
}

type Mend = readonly [string]

function other(document: string, clause: string, verdict: PathVerdict, rank: number, says: string, [mend]: Mend) {
  return { leniency: 'refuse', document, clause, says, mend, verdict, rank } as const
}

function unknown(rank: number, clause: string, says: string, mend: Mend) {
  return other('RFC 5280', clause, 'unknown', rank, says, mend)
}

function invalid(rank: number, clause: string, says: string, mend: Mend) {
  return other('RFC 5280', clause, 'invalid', rank, says, mend)
}

function conformance(clause: string, says: string, mend: Mend) {
  return { ...invalid(75, clause, says, mend), conformance: true } as const
}

function limit(says: string, mend: string) {
  return other('RFC 5280', '8', 'indeterminate', 1, says, [mend])
}
