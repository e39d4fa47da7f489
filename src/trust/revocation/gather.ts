import { Certificate, Name, PublicKeyInfo } from '../../x509/index.ts'
import { canonicalName, sameName } from '../path/names/canonical.ts'
import type { RevocationIssuer } from '../path/types.ts'
import { type Address, addressesOf } from './address.ts'
import {
  evidenceOf,
  issuerOf,
  type RevocationEvidence,
  type RevocationQuestion,
  type RevocationResult,
  type RevocationStatus,
} from './answer.ts'
import { type RevocationCode, revocationCodes } from './codes.ts'
import { allReasons, type CrlFinding, type CrlSource, checkCrl } from './crl-check.ts'
import { exemptionOf } from './exemption.ts'
import { checkOcsp, type OcspSource, ocspRequestFor } from './ocsp-check.ts'
import { type RevocationFetcher, readList, type Setting } from './options.ts'

/** Lists of other issuers that an answer mentions. */
const mostOthers = 8

/** Octets of a response that are fetched. */
const largestResponse = 1 << 20

/** A question whose parts were looked at. */
interface Question {
  readonly certificate: Certificate
  readonly issuer: RevocationIssuer
  readonly at: Date
}

/** Everything that one question has met so far. */
interface Gathered {
  readonly evidence: RevocationEvidence[]
  /** Reasons that lists without the certificate cover. */
  reasons: number
}

/** Asks what was given, then what the certificate says itself, then the network where there is a fetcher. */
export async function answerQuestion(given: RevocationQuestion, setting: Setting): Promise<RevocationResult> {
  const question = checked(given)
  const { certificate, issuer } = question
  const gathered: Gathered = { evidence: [], reasons: 0 }
  const { evidence } = gathered
  if (!sameName(certificate.issuer, issuer.subject)) {
    const detail = String(issuer.subject)
    return result({
      ...gathered,
      evidence: [evidenceOf('certificate', 'issuer', 'unknown', 'REVOCATION_ISSUER', { detail })],
    })
  }
  for (const source of listsFor(certificate, setting)) await addList(source, question, setting, gathered)
  for (const source of setting.responses) evidence.push(await askResponse(source, question, setting, setting.nonce))
  const exemption = exemptionOf(certificate, setting.longestShortTerm)
  if (exemption !== undefined) evidence.push(exemption)
  if (setting.fetcher !== undefined) await fetchAll(question, setting, gathered, setting.fetcher)
  return result(gathered)
}

function checked({ certificate, issuer, at }: RevocationQuestion): Question {
  if (!(certificate instanceof Certificate)) {
    throw new TypeError('certificate must be a certificate that parseCertificate read')
  }
  const isKey = issuer?.subject instanceof Name && issuer.publicKey instanceof PublicKeyInfo
  if (!isKey) throw new TypeError('issuer must be a certificate that parseCertificate read, or a name with a key')
  if (!(at instanceof Date) || Number.isNaN(at.getTime())) throw new TypeError('at must be a Date that is a moment')
  return { certificate, issuer: issuerOf(issuer), at }
}

/** Lists of the issuer and indirect ones; beside them unreadable ones, and a few of others, to say that they are. */
function listsFor(certificate: Certificate, setting: Setting): readonly (CrlSource | RevocationEvidence)[] {
  const own = setting.byIssuer.get(canonicalName(certificate.issuer)) ?? []
  const isIndirect = (source: CrlSource | RevocationEvidence): boolean =>
    'list' in source && source.list.issuingDistributionPoint?.indirectCRL === true
  const kept = new Set<CrlSource | RevocationEvidence>(own)
  for (const source of setting.lists) if (isIndirect(source)) kept.add(source)
  if (own.length > 0) return [...kept]
  for (const source of setting.lists) if (kept.size < mostOthers) kept.add(source)
  return [...kept]
}

async function addList(
  source: CrlSource | RevocationEvidence,
  question: Question,
  setting: Setting,
  gathered: Gathered,
): Promise<void> {
  if (!('list' in source)) {
    gathered.evidence.push(source)
    return
  }
  const { evidence, reasons }: CrlFinding = await checkCrl(source, { ...setting, ...question })
  gathered.evidence.push(evidence)
  gathered.reasons |= reasons
}

function askResponse(
  source: OcspSource,
  question: Question,
  setting: Setting,
  nonce: Uint8Array | undefined,
): Promise<RevocationEvidence> {
  const responderStatus = (responder: Certificate) => statusByLists({ ...question, certificate: responder }, setting)
  return checkOcsp(source, { ...setting, ...question, nonce, responderStatus })
}

/** What the lists that were given say; responders are asked about no responder. */
async function statusByLists(question: Question, setting: Setting): Promise<RevocationStatus> {
  const gathered: Gathered = { evidence: [], reasons: 0 }
  for (const source of listsFor(question.certificate, setting)) await addList(source, question, setting, gathered)
  return result(gathered).status
}

function isDecided({ evidence, reasons }: Gathered): boolean {
  return reasons === allReasons || evidence.some(({ status }) => status !== 'unknown')
}

async function fetchAll(
  question: Question,
  setting: Setting,
  gathered: Gathered,
  fetcher: RevocationFetcher,
): Promise<void> {
  for (const address of addressesOf(question.certificate)) {
    if (isDecided(gathered)) return
    if (address.url === undefined) {
      gathered.evidence.push(evidenceOf(address.kind, address.text, 'unknown', 'REVOCATION_FETCH_ADDRESS'))
    } else await fetchFrom(address, address.url, question, setting, gathered, fetcher)
  }
}

async function fetchFrom(
  { kind, text }: Address,
  url: string,
  question: Question,
  setting: Setting,
  gathered: Gathered,
  fetcher: RevocationFetcher,
): Promise<void> {
  const { certificate, issuer } = question
  const { crypto, limits } = setting
  const nonce = kind === 'ocsp' ? (setting.makeNonce?.() ?? setting.nonce) : undefined
  const body = kind === 'ocsp' ? await ocspRequestFor(certificate, issuer, nonce, crypto) : undefined
  const request =
    kind === 'ocsp'
      ? ({ kind, method: 'POST', headers: ocspHeaders, body, maxBytes: largestResponse } as const)
      : ({ kind, method: 'GET', headers: crlHeaders, body, maxBytes: limits.size ?? 64 << 20 } as const)
  const failed = (detail: string | undefined) =>
    gathered.evidence.push(evidenceOf(kind, text, 'unknown', 'REVOCATION_FETCH_FAILED', { detail }))
  let bytes: unknown
  try {
    bytes = await fetcher(url, request)
  } catch (error) {
    // What it says may hold what must not be shown, such as the password of a proxy.
    failed(error instanceof Error ? error.name : undefined)
    return
  }
  if (!(bytes instanceof Uint8Array)) failed('the fetcher gave no octets')
  else if (kind === 'crl') await addList(readList(bytes, text, limits), question, setting, gathered)
  else gathered.evidence.push(await askResponse({ bytes, origin: text }, question, setting, nonce))
}

const ocspHeaders = [
  ['content-type', 'application/ocsp-request'],
  ['accept', 'application/ocsp-response'],
] as const
const crlHeaders = [['accept', 'application/pkix-crl']] as const

/** Codes that say little, where another says more. */
const vague: ReadonlySet<RevocationCode> = new Set([
  'REVOCATION_CRL_OTHER_ISSUER',
  'REVOCATION_OCSP_OTHER_CERTIFICATE',
  'REVOCATION_FETCH_ADDRESS',
])

function result({ evidence, reasons }: Gathered): RevocationResult {
  const decided =
    evidence.find(({ status }) => status === 'revoked') ?? evidence.find(({ status }) => status === 'good')
  if (decided !== undefined) return resultOf(decided.status, decided.code, evidence, decided)
  // Lists for some reasons each, which together cover all of them.
  if (reasons === allReasons) return resultOf('good', 'REVOCATION_CRL_GOOD', evidence)
  const telling = evidence.find(({ code }) => !vague.has(code)) ?? evidence[0]
  return resultOf('unknown', telling?.code ?? 'REVOCATION_NO_SOURCE', evidence)
}

function resultOf(
  status: RevocationStatus,
  code: RevocationCode,
  evidence: readonly RevocationEvidence[],
  decided?: RevocationEvidence,
): RevocationResult {
  const { says, mend } = revocationCodes[code]
  return { status, code, reason: says, mend, revocation: decided?.revocation, evidence }
}
