import type { JsonObject } from '../core/json.ts'
import type { CryptoProvider } from '../crypto/provider.ts'
import type { Certificate } from '../x509/certificate.ts'
import { sealJwk } from './build.ts'
import { checkCertificate } from './certificate-rules.ts'
import type { Findings } from './findings.ts'
import { keyMemberProblem } from './integers.ts'
import { type Jwk, type KeyMember, keyMembers } from './jwk.ts'
import { type KeyShape, keyAsJwk, keyShape } from './key-shapes.ts'
import { kidProblem } from './kid.ts'
import { type Members, sortMembers } from './members.ts'
import { checkValues, required, textOf, valueNames } from './value-rules.ts'
import { readX5c } from './x5c.ts'
import { x5tS256 } from './x5t.ts'
import { diagnoseX5tS256 } from './x5t-diagnosis.ts'

/** What was verified. */
export interface VerifiedKey {
  /** As it was read, strictly, from x5c. */
  readonly certificate: Certificate
  /** Rebuilt from the certificate and what was checked: members that nobody knows are left out. */
  readonly jwk: Jwk
}

const allKeyMembers: readonly KeyMember[] = ['n', 'e', 'crv', 'x', 'y']
const known: readonly string[] = [...valueNames, 'kid', ...allKeyMembers, 'x5c', 'x5t#S256']
const rsa: KeyShape = { kty: 'RSA', alg: 'RS256' }

/** Collects everything that is wrong with one JWK; gives what it says where nothing necessary is missing. */
export async function checkKey(
  object: JsonObject,
  path: string,
  at: Date | undefined,
  crypto: CryptoProvider,
  findings: Findings,
): Promise<VerifiedKey | undefined> {
  const members = sortMembers(object, path, known, findings)
  const x5c = required(members, 'x5c', path, findings)
  const certificate = x5c === undefined ? undefined : readX5c(x5c.value, x5c.path, findings)
  if (certificate !== undefined) checkCertificate(certificate, at, `${x5c?.path}/0`, findings)
  const shape = wantedShape(certificate, findings)
  checkValues(members, path, shape, findings)
  const kid = checkKid(members, path, findings)
  const key = checkKeyMembers(members, path, shape, certificate, findings)
  const thumbprint = await checkThumbprint(members, path, certificate, crypto, findings)
  if (certificate === undefined || kid === undefined || key === undefined || thumbprint === undefined) return undefined
  return { certificate, jwk: sealJwk(certificate, key, shape.alg, kid, thumbprint) }
}

/** RSA with RS256, or what the certificate has where the caller accepts that. */
function wantedShape(certificate: Certificate | undefined, findings: Findings): KeyShape {
  const found = certificate === undefined ? undefined : keyShape(certificate.publicKey)
  const accepted = found?.kty === 'RSA' ? findings.accepts('JWK_KEY_PSS') : findings.accepts('JWK_KEY_NOT_RSA')
  return found !== undefined && accepted ? found : rsa
}

function checkKid(members: Members, path: string, findings: Findings): string | undefined {
  const member = required(members, 'kid', path, findings)
  const kid = member === undefined ? undefined : textOf(member, findings)
  const problem = kid === undefined ? undefined : kidProblem(kid)
  if (member !== undefined && problem !== undefined) findings.add(problem.code, member.path, problem.detail)
  return kid
}

/**
 * The members of the key must be those of the certificate, in the one form that they have. Without any of them the key is
 * the certificate's: the bank's page does not list them. Gives the key of the certificate.
 */
function checkKeyMembers(
  members: Members,
  path: string,
  shape: KeyShape,
  certificate: Certificate | undefined,
  findings: Findings,
): Jwk | undefined {
  const names: readonly KeyMember[] = keyMembers[shape.kty]
  const key = certificate === undefined ? undefined : keyAsJwk(certificate.publicKey)
  if (certificate !== undefined && key === undefined) findings.add('JWK_KEY_UNSUPPORTED', `${path}/x5c/0`)
  for (const name of allKeyMembers) {
    const foreign = names.includes(name) ? undefined : members.get(name)
    if (foreign !== undefined) findings.add('JWK_MEMBER_FOREIGN', foreign.path)
  }
  if (!names.some((name) => members.has(name))) {
    findings.add('JWK_KEY_ABSENT', path, names.join(', '))
    return key
  }
  for (const name of names) {
    const member = required(members, name, path, findings)
    const text = member === undefined ? undefined : textOf(member, findings)
    if (member === undefined || text === undefined) continue
    const problem = keyMemberProblem(name, text, shape.crv)
    if (problem !== undefined) findings.add(problem.code, member.path, problem.detail)
    // A key of another type has been said of the certificate already.
    else if (key?.kty === shape.kty && text !== key[name]) findings.add('JWK_KEY_MISMATCH', member.path, name)
  }
  return key
}

/** Gives the right thumbprint, where there is a certificate to make it from. */
async function checkThumbprint(
  members: Members,
  path: string,
  certificate: Certificate | undefined,
  crypto: CryptoProvider,
  findings: Findings,
): Promise<string | undefined> {
  const member = required(members, 'x5t#S256', path, findings)
  const received = member === undefined ? undefined : textOf(member, findings)
  if (certificate === undefined) return undefined
  const right = await x5tS256(certificate.bytes, { crypto })
  if (member !== undefined && received !== undefined && received !== right) {
    const { code, detail } = await diagnoseX5tS256(received, certificate, crypto)
    findings.add(code, member.path, detail, `send "${right}"`)
  }
  return right
}
