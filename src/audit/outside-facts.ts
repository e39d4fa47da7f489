import { defaultCrypto } from '#crypto'
import { Psd2Error } from '../core/errors.ts'
import type { CryptoProvider } from '../crypto/provider.ts'
import { psd2Attributes } from '../eidas/attributes.ts'
import { type CertificateKind, certificateKind } from '../eidas/kind.ts'
import type { PathFact, RegisterFact, RevocationFact, ServiceFact } from '../rules/facts.ts'
import {
  type Anchor,
  answerText,
  createPathValidator,
  type EbaRegister,
  findIssuer,
  type IssuerAnswer,
  type PathValidator,
  pathVerdict,
  type RegisterAnswer,
  type RevocationIssuer,
  type RevocationQuestion,
  type RevocationResult,
  type ServiceUse,
  type TrustStore,
} from '../trust/index.ts'
import { speaksAgainst } from '../trust/register/against.ts'
import { Certificate } from '../x509/certificate.ts'
import { parsePublicKeyInfo } from '../x509/public-key.ts'
import type { OutsideFacts } from './audit-certificate.ts'

/** Where facts about a certificate come from. Each is optional: rules that need what is not given count as not checked. */
export interface FactSources {
  /** What is trusted: with it, the path of every certificate is validated. */
  readonly anchors?: readonly Anchor[]
  /** Certificates that may stand between. */
  readonly intermediates?: readonly (Uint8Array | Certificate)[]
  /** The trusted lists, opened from a store. */
  readonly trustStore?: TrustStore
  /** The register of the EBA, opened from its index. */
  readonly register?: EbaRegister
  /** What `createRevocationChecker` makes of lists, responses or a fetcher. */
  readonly revocation?: (question: RevocationQuestion) => Promise<RevocationResult>
  readonly crypto?: CryptoProvider
}

/** Finds out what a certificate cannot say of itself. */
export type FactFinder = (certificate: Certificate, at: Date) => Promise<OutsideFacts>

const names: Readonly<Record<keyof FactSources, true>> = {
  anchors: true,
  intermediates: true,
  trustStore: true,
  register: true,
  revocation: true,
  crypto: true,
}

const uses: Readonly<Partial<Record<CertificateKind, ServiceUse>>> = { QWAC: 'web', QSealC: 'eseal', QESign: 'esign' }

/**
 * A finder of facts for {@link auditCertificate}: the path to an anchor, the issuer and its signature, what the trusted
 * lists said of the issuer at issuance and say now, revocation, the register. What it learns of authorities it keeps, so
 * make one for a whole batch.
 *
 * @throws TypeError on an unknown source, and where `anchors` is empty
 * @throws Psd2Error where none of the anchors can be read
 *
 * @example
 * ```ts
 * import { auditCertificate, createFactFinder } from 'psd2-toolkit/audit'
 * import { openTrustStore } from 'psd2-toolkit/trust'
 *
 * declare const store: Uint8Array
 * declare const der: Uint8Array
 * const findFacts = createFactFinder({ trustStore: await openTrustStore(store) })
 * const report = await auditCertificate(der, { at: new Date(), findFacts })
 * console.log(report.trust, report.notChecked)
 * ```
 */
export function createFactFinder(sources: FactSources): FactFinder {
  for (const name in sources) if (!Object.hasOwn(names, name)) throw new TypeError(`unknown source '${name}'`)
  const { anchors, intermediates = [], trustStore, register, revocation, crypto = defaultCrypto } = sources
  const validator =
    anchors === undefined ? undefined : createPathValidator({ anchors, intermediates, crypto, accept: [] })

  return async (certificate, at) => {
    const path = validator === undefined ? undefined : await pathOf(validator, certificate, at)
    const use = uses[certificateKind(certificate).kind]
    const listed = trustStore === undefined || use === undefined ? undefined : { store: trustStore, use }
    const now = listed && (await findIssuer(listed.store, certificate, { use: listed.use, at, crypto }))
    const { notBefore } = certificate.validity
    const then = listed && (await findIssuer(listed.store, certificate, { use: listed.use, at: notBefore, crypto }))
    const issuer = path?.issuer ?? listedIssuer(certificate, now ?? then)
    return {
      ...(path === undefined ? {} : { path: path.fact }),
      ...(path?.issuer?.certificate === undefined ? {} : { issuer: path.issuer.certificate }),
      // Both searches follow signatures only: an issuer that was found made this one.
      ...(issuer === undefined ? {} : { issuerSignature: 'valid' }),
      ...(then === undefined ? {} : { serviceAtIssuance: serviceFact(then) }),
      ...(now === undefined ? {} : { serviceNow: serviceFact(now) }),
      ...(revocation === undefined || issuer === undefined
        ? {}
        : { revocation: revocationFact(await revocation({ certificate, issuer, at })) }),
      ...(register === undefined ? {} : registerFact(register, certificate, at)),
    }
  }
}

interface PathResult {
  readonly fact: PathFact
  readonly issuer: RevocationIssuer | undefined
}

/** No purpose is asked for: seals have none, and the rules look at those of a QWAC. */
async function pathOf(validator: PathValidator, certificate: Certificate, at: Date): Promise<PathResult> {
  try {
    const { path, anchor } = await validator.validate({ certificate, at, purpose: 'any' })
    const above = path[1] ?? anchor
    const { subject, publicKey } = above
    return {
      fact: { verdict: 'valid' },
      issuer: { subject, publicKey, certificate: above instanceof Certificate ? above : undefined },
    }
  } catch (error) {
    if (!(error instanceof Psd2Error)) throw error
    const isInvalid = pathVerdict(error) === 'invalid'
    const { code, message } = error
    return { fact: { verdict: isInvalid ? 'invalid' : 'issuer-unknown', code, message }, issuer: undefined }
  }
}

/** The issuer by the key that a list has of it. */
function listedIssuer(certificate: Certificate, answer: IssuerAnswer | undefined): RevocationIssuer | undefined {
  if (answer?.issuerKey === undefined) return undefined
  const publicKey = parsePublicKeyInfo(answer.issuerKey, { mode: 'tolerant' })
  return { subject: certificate.issuer, publicKey, certificate: undefined }
}

function serviceFact(answer: IssuerAnswer): ServiceFact {
  return { verdict: answer.status, evidence: answerText(answer) }
}

function revocationFact({ status, code, reason }: RevocationResult): RevocationFact {
  return { verdict: status, evidence: `${reason} (${code})` }
}

/** Nothing is asked of a certificate that names no PSP. */
function registerFact(register: EbaRegister, certificate: Certificate, at: Date): { register?: RegisterFact } {
  const attributes = attributesOf(certificate)
  const identifier = attributes?.organizationIdentifier?.value
  if (attributes === undefined || identifier === undefined) return {}
  const roles = attributes.roles.flatMap(({ role }) => (role === null ? [] : [role]))
  const answer = register.lookup(identifier, { at, roles })
  const told = [answer, ...answer.findings].map(({ message, code }) => `${message} (${code})`)
  return { register: { verdict: registerVerdict(answer), evidence: told.join('; ') } }
}

/** An institution that is found may have no authorisation that day, or not the service that a role stands for. */
function registerVerdict(answer: RegisterAnswer): RegisterFact['verdict'] {
  const { status, match, findings } = answer
  if (match === undefined) return status === 'no_match' ? 'no-match' : 'indeterminate'
  return speaksAgainst(answer) ? 'no-match' : findings.length > 0 ? 'indeterminate' : 'match'
}

function attributesOf(certificate: Certificate) {
  try {
    return psd2Attributes(certificate, { mode: 'tolerant' })
  } catch (error) {
    if (error instanceof Psd2Error) return undefined
    throw error
  }
}
