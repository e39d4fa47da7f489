import { defaultCrypto } from '#crypto'
import type { Finding, NotChecked, Severity } from '../../core/audit-report.ts'
import { severities } from '../../core/audit-report.ts'
import { Psd2Error } from '../../core/errors.ts'
import { type HttpMessage, type MessageView, readMessage } from '../../http/index.ts'
import { ruleSet, runRules } from '../../rules/engine.ts'
import {
  type CheckRegistrationOptions,
  checkRegistration,
  type RegistrationCheck,
  type RegistrationFinding,
} from '../check.ts'
import { requireMoment, requireOptions } from '../options.ts'
import { page } from '../rules/rule.ts'
import { requestRules } from './rules.ts'
import { type RequestOperation, requestSubject } from './subject.ts'

/** How {@link checkRegistrationRequest} checks. What is asked for, the request says. */
export type CheckRequestOptions = Omit<CheckRegistrationOptions, 'operation'>

/** Everything that is to be said of a request. */
export interface RequestCheck {
  /** Undefined where path and method name none. */
  readonly operation: RequestOperation | undefined
  readonly verdict: 'pass' | 'fail' | 'unreadable'
  /** Of the request first, then of its body; the gravest first. */
  readonly findings: readonly RegistrationFinding[]
  readonly notChecked: readonly NotChecked[]
  /** The body of POST and PUT, by {@link checkRegistration}. */
  readonly body: RegistrationCheck | undefined
}

const names = ['at', 'policy', 'environment', 'qwac', 'agent', 'registered', 'facts', 'accept', 'crypto']
const set = /* @__PURE__ */ ruleSet(requestRules)

/**
 * Checks a whole request of the Registration API: path and method, the headers, the digest of the body, what the signature
 * covers, the form of the token request; and the body of POST and PUT by {@link checkRegistration}. The signature itself is
 * verified by `verifyRequest`, since that needs a key.
 *
 * @returns findings and a verdict; never throws on input
 * @throws TypeError where an argument or an option is wrong
 *
 * @example
 * ```ts
 * import { checkRegistrationRequest } from 'psd2-toolkit/registration'
 *
 * const request = {
 *   method: 'GET',
 *   target: '/stet/setting/v1/register/1PSDFR-ACPR-12345',
 *   headers: [['X-Request-ID', '42']] as [string, string][],
 * }
 * const { operation, findings } = await checkRegistrationRequest(request, { at: new Date() })
 * console.log(operation, findings.map(({ rule }) => rule)) // read, request.signature and request.authorization
 * ```
 */
export async function checkRegistrationRequest(
  message: HttpMessage,
  options: CheckRequestOptions,
): Promise<RequestCheck> {
  requireOptions(options, names, 'checkRegistrationRequest')
  requireMoment(options.at)
  const { at, crypto = defaultCrypto } = options
  let view: MessageView
  try {
    view = readMessage(message)
  } catch (error) {
    if (!(error instanceof Psd2Error)) throw error
    return {
      operation: undefined,
      verdict: 'unreadable',
      findings: [unreadable(error)],
      notChecked: [],
      body: undefined,
    }
  }
  if (view.status !== undefined) throw new TypeError('this is a response')
  const subject = await requestSubject(view, crypto)
  const { operation } = subject
  const { findings } = runRules(set, { subject, facts: { at }, issued: at.getTime(), deviations: [] })
  const body =
    operation === 'create' || operation === 'update'
      ? await checkRegistration(view.body, { ...bodyOptions(options, operation), operation })
      : undefined
  const all = [...sorted(findings.map((finding) => withRow(finding, operation))), ...(body?.findings ?? [])]
  const failed = all.some(({ severity }) => severity === 'fatal' || severity === 'error')
  const verdict = body?.verdict === 'unreadable' ? 'unreadable' : failed ? 'fail' : 'pass'
  return { operation, verdict, findings: all, notChecked: body?.notChecked ?? [], body }
}

/** What is registered is no business of a creation. */
function bodyOptions({ registered, ...rest }: CheckRequestOptions, operation: RequestOperation): CheckRequestOptions {
  return operation === 'create' || registered === undefined ? rest : { ...rest, registered }
}

function withRow(finding: Finding, operation: RequestOperation | undefined): RegistrationFinding {
  const rule = requestRules.find(({ id }) => id === finding.rule)
  const row = operation === undefined ? undefined : rule?.rows[operation]
  return { ...finding, requirement: row ?? rule?.requirement ?? '' }
}

const rank = /* @__PURE__ */ new Map<Severity, number>(severities.map((severity, index) => [severity, index]))

function sorted(findings: readonly RegistrationFinding[]): readonly RegistrationFinding[] {
  return [...findings].sort((a, b) => (rank.get(a.severity) ?? 0) - (rank.get(b.severity) ?? 0))
}

function unreadable({ code, message, path = '', mend = '' }: Psd2Error): RegistrationFinding {
  return {
    rule: 'request.message',
    requirement: 'R-001',
    severity: 'fatal',
    message: `${message} (${code})`,
    citation: page('HTTP Headers'),
    grounding: 'A',
    ...{ path, offset: 0, length: 0 },
    mend,
  }
}
