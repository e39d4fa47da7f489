import { Psd2Error } from '../../core/errors.ts'
import type { RegistrationCheck, RegistrationFinding } from '../../registration/index.ts'
import { escapeText } from '../../report/index.ts'
import { ExitCode } from '../exit-codes.ts'
import type { Terminal } from '../terminal.ts'

/** A finding in words: what, where, by which clause, and how to mend it. */
export function findingText(finding: RegistrationFinding): string {
  const { severity, requirement, rule, path, message, actual, citation, mend } = finding
  const met = actual === undefined ? '' : ` (${actual})`
  return [
    `${severity} ${requirement} ${rule}`,
    `  ${escapeText(message)}${escapeText(met)}`,
    `  at ${path === '' ? 'the whole body' : escapeText(path)}`,
    `  mend: ${escapeText(mend)} (${citation.document}, ${citation.clause})`,
    '',
  ].join('\n')
}

/** What is told of a check, of a body or of a whole request. */
type Told = Pick<RegistrationCheck, 'policy' | 'at' | 'verdict' | 'findings' | 'notChecked'> & {
  readonly operation: string | undefined
  readonly outcomes?: RegistrationCheck['outcomes']
}

/** The whole check in words. */
export function checkText({ policy, at, verdict, findings, notChecked }: Told): string {
  const told = findings.map(findingText).join('')
  const open = [...new Set(notChecked.flatMap(({ needs }) => needs))]
  const unseen = open.length === 0 ? '' : `not checked for want of: ${open.join(', ')}\n`
  return `${told}${unseen}${verdict} by policy ${policy}, as of ${at}\n`
}

/** The whole check as data. */
export function checkJson(check: Told): object {
  const { operation = null, policy, at, verdict, findings, notChecked, outcomes } = check
  return { operation, policy, at, verdict, findings, notChecked, outcomes }
}

/** Codes that say the bank was not reached. */
const missing = /^(?:BANK_(?:UNREACHABLE|TLS|TIMEOUT|CONNECTION|OUTCOME_UNKNOWN))$/
const refused = /^(?:registration\.|BANK_|TOKEN_|CLIENT_|JWK_|SIGN|DIGEST_)/

/** Runs an action; what the rules or the bank refuse is told and counted, anything else goes on. */
export async function telling(terminal: Terminal, action: () => Promise<void>): Promise<void> {
  try {
    await action()
  } catch (error) {
    if (!(error instanceof Psd2Error) || !refused.test(error.code)) throw error
    const { code, message, path = '', mend = '' } = error
    const where = path === '' ? '' : ` at ${path}`
    terminal.err(`error: ${code}${escapeText(where)}: ${escapeText(message)}\nmend: ${escapeText(mend)}\n`)
    terminal.exit(missing.test(code) ? ExitCode.missing : ExitCode.findings)
  }
}
