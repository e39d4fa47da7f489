import { defaultCrypto } from '#crypto'
import type {
  AuditMember,
  AuditPlace,
  AuditReport,
  Finding,
  NotChecked,
  RuleStatus,
  TrustVerdict,
} from '../core/audit-report.ts'
import { Psd2Error } from '../core/errors.ts'
import { keysMatch, type PrivateKeySource, privateKeyFrom } from '../crypto/keys.ts'
import type { CryptoProvider } from '../crypto/provider.ts'
import { type RuleRun, runRules } from '../rules/engine.ts'
import type { PairSubject } from '../rules/pair/subject.ts'
import type { PreparedProfile } from '../rules/profile.ts'
import type { CertificateSubject } from '../rules/subject.ts'
import type { Certificate } from '../x509/certificate.ts'
import { auditMember, concluded, type OutsideFacts, readyProfile } from './audit-certificate.ts'
import type { FactFinder } from './outside-facts.ts'

type Member = AuditMember['member']

/** The certificates of a provider, and a private key where it is to be shown that it fits. */
export interface PairInput {
  /** DER. */
  readonly qwac: Uint8Array
  readonly qsealc: Uint8Array
  /** Only used to sign a challenge; never kept, never in a report. */
  readonly key?: PrivateKeySource
  /** The certificate for which the key is given. Default: the QSealC, whose key signs requests. */
  readonly keyFor?: Member
}

/** How {@link auditPair} audits. */
export interface PairOptions {
  /** The moment for which the audit is made. */
  readonly at: Date
  /** Name of a profile, or one made ready by {@link readyProfile}. Default: `bpce`. */
  readonly profile?: string | PreparedProfile
  /** What is known from outside of both certificates, or of one of them. */
  readonly facts?: { readonly both?: OutsideFacts } & { readonly [Name in Member]?: OutsideFacts }
  /** Finds out more of both: the path, the trusted lists, revocation, the register. */
  readonly findFacts?: FactFinder
  /** Certificates of the issuers. */
  readonly issuers?: { readonly [Name in Member]?: Certificate | Uint8Array }
  /** Where the certificates came from. */
  readonly places?: { readonly [Name in Member]?: AuditPlace }
  readonly crypto?: CryptoProvider
}

const knownOptions = new Set(['at', 'profile', 'facts', 'findFacts', 'issuers', 'places', 'crypto'])
const knownInput = new Set(['qwac', 'qsealc', 'key', 'keyFor'])
const nowhere: AuditPlace = Object.freeze({ source: '', index: 0, place: '' })

/**
 * Audits a QWAC and a QSealC of one provider: each for itself, both together, and whether a private key is that of its
 * certificate. One report; the paths of its findings begin with `qwac.` or `qsealc.`, and offsets count in that one.
 *
 * @returns the report, plain data ready for JSON; never throws on certificates or keys
 * @throws TypeError on an unknown profile, option or member, and where `at` is no moment
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises'
 * import { auditPair } from 'psd2-toolkit/audit'
 *
 * const [qwac, qsealc, key] = await Promise.all(['qwac.der', 'qsealc.der', 'qsealc.key'].map((file) => readFile(file)))
 * if (qwac && qsealc && key) {
 *   const report = await auditPair({ qwac, qsealc, key }, { profile: 'bpce', at: new Date() })
 *   for (const { path, message } of report.findings) console.log(path, message)
 * }
 * ```
 */
export async function auditPair(pair: PairInput, options: PairOptions): Promise<AuditReport> {
  for (const name in pair) if (!knownInput.has(name)) throw new TypeError(`unknown member '${name}' of a pair`)
  for (const name in options) if (!knownOptions.has(name)) throw new TypeError(`unknown option '${name}'`)
  const { at, profile = 'bpce', facts = {}, findFacts, issuers = {}, places = {}, crypto = defaultCrypto } = options
  if (!(at instanceof Date) || Number.isNaN(at.getTime())) throw new TypeError('at is not a moment')
  const { keyFor = 'qsealc' } = pair
  if (keyFor !== 'qwac' && keyFor !== 'qsealc') throw new TypeError(`keyFor is 'qwac' or 'qsealc'`)
  const prepared = typeof profile === 'string' ? readyProfile(profile) : profile
  const audit = (member: Member, otherwise: 'QWAC' | 'QSealC') =>
    auditMember(pair[member], {
      at,
      prepared,
      facts: { ...facts.both, ...facts[member] },
      findFacts,
      issuer: issuers[member],
      crypto,
      place: places[member] ?? nowhere,
      otherwise,
    })
  const qwac = await audit('qwac', 'QWAC')
  const qsealc = await audit('qsealc', 'QSealC')
  const together =
    qwac.subject === undefined || qsealc.subject === undefined
      ? unjudged(prepared)
      : await judgePair(
          prepared,
          { qwac: qwac.subject, qsealc: qsealc.subject },
          pair,
          keyFor,
          { ...facts.both, at },
          crypto,
        )
  return joined(prepared, qwac.report, qsealc.report, together)
}

async function judgePair(
  { pairSet }: PreparedProfile,
  subjects: { readonly qwac: CertificateSubject; readonly qsealc: CertificateSubject },
  { key }: PairInput,
  keyFor: Member,
  facts: OutsideFacts & { readonly at: Date },
  crypto: CryptoProvider,
): Promise<RuleRun> {
  const keyOf = key === undefined ? undefined : await ownerOf(key, subjects, crypto)
  const subject: PairSubject = { ...subjects, keyFor, ...(keyOf === undefined ? {} : { keyOf }) }
  const keyFits = keyOf === undefined ? facts.keyFits : keyOf === keyFor || keyOf === 'both'
  const begins = [subjects.qwac, subjects.qsealc].map(({ certificate }) => certificate.validity.notBefore.getTime())
  return runRules(pairSet, {
    subject,
    facts: { ...facts, ...(keyFits === undefined ? {} : { keyFits }) },
    issued: Math.max(...begins),
    deviations: [],
  })
}

/** Whose key it is. Nothing of the key is kept. */
async function ownerOf(
  source: PrivateKeySource,
  { qwac, qsealc }: { readonly qwac: CertificateSubject; readonly qsealc: CertificateSubject },
  crypto: CryptoProvider,
): Promise<NonNullable<PairSubject['keyOf']>> {
  try {
    const key = await privateKeyFrom(source, crypto)
    const fits = async ({ certificate }: CertificateSubject): Promise<boolean> => {
      try {
        return await keysMatch(key, certificate.publicKey.value, crypto)
      } catch (error) {
        if (error instanceof Psd2Error) return false
        throw error
      }
    }
    const [ofQwac, ofQsealc] = [await fits(qwac), await fits(qsealc)]
    if (ofQwac) return ofQsealc ? 'both' : 'qwac'
    return ofQsealc ? 'qsealc' : 'neither'
  } catch (error) {
    if (error instanceof Psd2Error) return 'unreadable'
    throw error
  }
}

/** Rules on a pair where one of the two cannot be read. */
function unjudged({ pairSet }: PreparedProfile): RuleRun {
  return {
    findings: [],
    notChecked: pairSet.rules.map(({ rule: { id } }) => ({ rule: id, needs: ['readable'] })),
    outcomes: pairSet.rules.map((): RuleStatus => 'not-checked'),
  }
}

/** One report of three: rules on certificates count once, with the worse of their two ends. */
function joined(prepared: PreparedProfile, qwac: AuditReport, qsealc: AuditReport, pair: RuleRun): AuditReport {
  const ends = prepared.set.rules.map((_, index) => worse(qwac.outcomes[index], qsealc.outcomes[index]))
  const conclusion = concluded({
    findings: [...prefixed('qwac', qwac), ...prefixed('qsealc', qsealc), ...pair.findings],
    notChecked: [...mergeOpen(qwac.notChecked, qsealc.notChecked), ...pair.notChecked],
    outcomes: [...ends, ...pair.outcomes],
  })
  const unreadable = qwac.verdict === 'unreadable' || qsealc.verdict === 'unreadable'
  return {
    source: [qwac.source, qsealc.source].filter((source) => source !== '').join(' + '),
    index: 0,
    place: '',
    sha256: '',
    kind: 'pair',
    kindReason: `a ${qwac.kind} and a ${qsealc.kind}`,
    profile: prepared.profile.name,
    ...conclusion,
    ...(unreadable ? { verdict: 'unreadable' as const } : {}),
    trust: leastTrust(qwac.trust, qsealc.trust),
    members: [memberOf('qwac', qwac), memberOf('qsealc', qsealc)],
  }
}

const endsByGravity: readonly RuleStatus[] = ['finding', 'not-checked', 'pass', 'not-effective', 'not-applicable']

function worse(a: RuleStatus = 'not-checked', b: RuleStatus = 'not-checked'): RuleStatus {
  return endsByGravity.indexOf(a) < endsByGravity.indexOf(b) ? a : b
}

const trustByGravity: readonly TrustVerdict[] = ['untrusted', 'indeterminate', 'not-checked', 'trusted']

function leastTrust(a: TrustVerdict, b: TrustVerdict): TrustVerdict {
  return trustByGravity.indexOf(a) < trustByGravity.indexOf(b) ? a : b
}

function prefixed(member: Member, { findings }: AuditReport): Finding[] {
  return findings.map((finding) => ({ ...finding, path: finding.path === '' ? member : `${member}.${finding.path}` }))
}

function mergeOpen(a: readonly NotChecked[], b: readonly NotChecked[]): NotChecked[] {
  const needs = new Map<string, Set<string>>()
  for (const open of [...a, ...b]) {
    const known = needs.get(open.rule) ?? new Set()
    for (const need of open.needs) known.add(need)
    needs.set(open.rule, known)
  }
  return [...needs].map(([rule, missing]) => ({ rule, needs: [...missing] }))
}

function memberOf(member: Member, { source, index, place, sha256, kind, kindReason, about }: AuditReport): AuditMember {
  return { member, source, index, place, sha256, kind, kindReason, ...(about === undefined ? {} : { about }) }
}
