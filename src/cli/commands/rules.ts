import { Command, Option } from 'commander'
import { readyProfile } from '../../audit/index.ts'
import { pairRulesOf } from '../../audit/rule-info.ts'
import type { Grounding, Severity } from '../../core/audit-report.ts'
import type { RuleInfo } from '../../core/audit-run.ts'
import type { Citation } from '../../core/citation.ts'
import {
  type RegistrationSubject,
  type RequestSubject,
  registrationPolicies,
  registrationRules,
  requestRules,
} from '../../registration/index.ts'
import { escapeJson, escapeText } from '../../report/index.ts'
import {
  certificateRules,
  type PairSubject,
  pairRules,
  profiles,
  type Rule,
  severityOf,
  unknownRule,
} from '../../rules/index.ts'
import type { CertificateSubject } from '../../rules/subject.ts'
import type { Terminal } from '../terminal.ts'
import { chosenProfile } from './pair.ts'

type AnyRule = Rule<CertificateSubject> | Rule<PairSubject>

const rulesById: ReadonlyMap<string, AnyRule> = new Map(
  [...certificateRules, ...pairRules].map((rule): [string, AnyRule] => [rule.id, rule]),
)

/** Rules on what is registered: `psd2 registration check` tells their ids, and no profile of audits has them. */
const registrationById: ReadonlyMap<string, Rule<RegistrationSubject> | Rule<RequestSubject>> = new Map(
  [...registrationRules, ...requestRules].map((rule) => [rule.id, rule]),
)

/** `psd2 rules`: what is asked of certificates, and on what ground. */
export function rulesCommand(terminal: Terminal): Command {
  return new Command('rules')
    .description('list the rules of audits, with clause, severity and ground')
    .option('--profile <name|file>', 'only the rules of a profile, with its severities')
    .addOption(new Option('--format <format>', 'how to write').choices(['table', 'json']).default('table'))
    .action(async ({ profile, format }: { profile?: string; format: 'table' | 'json' }) => {
      const everything = { name: 'everything', title: 'all rules', rules: ['*'] }
      const prepared = readyProfile(profile === undefined ? everything : await chosenProfile(profile, terminal))
      const infos = pairRulesOf(prepared)
      const { overrides = {} } = prepared.profile
      const reasonOf = (id: string): Citation | undefined =>
        Object.hasOwn(overrides, id) ? overrides[id]?.citation : undefined
      terminal.out(format === 'json' ? rulesJson(infos, reasonOf) : rulesTable(infos))
    })
}

function rulesJson(infos: readonly RuleInfo[], reasonOf: (id: string) => Citation | undefined): string {
  const rules = infos.map((info) => {
    const { effective, codes = [] } = rulesById.get(info.id) ?? {}
    const severityCitation = reasonOf(info.id)
    return {
      ...info,
      ...(severityCitation === undefined ? {} : { severityCitation }),
      ...(effective === undefined ? {} : { effective }),
      codes,
    }
  })
  return `${escapeJson(JSON.stringify(rules, undefined, 2))}\n`
}

function rulesTable(infos: readonly RuleInfo[]): string {
  const width = Math.max(...infos.map(({ id }) => id.length))
  const lines = infos.map(({ id, severity, grounding, citation, title, needs }) => {
    const waits = needs.length === 0 ? '' : ` [needs ${needs.join(', ')}]`
    return `${id.padEnd(width)}  ${severity.padEnd(7)}  ${grounding}  ${title} (${citationText(citation)})${waits}`
  })
  return `${lines.join('\n')}\n${infos.length} rules\n`
}

const groundings: Readonly<Record<Grounding, string>> = {
  A: 'the text of the clause, or the document of the bank',
  B: 'what public linters quote of the clause',
  C: 'general knowledge',
}

/** `psd2 explain`: one rule, for the one who has to answer for it. */
export function explainCommand(terminal: Terminal): Command {
  return new Command('explain')
    .description('explain a rule: its clause, why it matters to a bank, how to mend what breaks it')
    .argument('<rule>', 'id of the rule, as reports and psd2 rules have it')
    .action(async (id: string) => {
      const rule = rulesById.get(id) ?? registrationById.get(id)
      if (rule === undefined) {
        throw new TypeError(unknownRule(id, [...rulesById.values(), ...registrationById.values()]))
      }
      const { ruleExamples } = await import('../rule-examples.ts')
      const { passes, fails } = ruleExamples[id] ?? {}
      const { modal, grounding, citation, requirement, title, why, mend, effective, needs = [], codes = [] } = rule
      const rows: [string, string | undefined][] = [
        ['Clause', `${citationText(citation)} (${modal})`],
        ['Requirement', requirement],
        ['Grounding', `${grounding}: ${groundings[grounding]}`],
        ['Demands', title],
        ['Why', why],
        ['Mend', mend],
        ['In force', effective && forceText(effective)],
        ['Needs', needs.length === 0 ? undefined : needs.join(', ')],
        ['Codes', codes.length === 0 ? undefined : codes.join(', ')],
        ['Profiles', profilesWith(id).join(', ')],
        ['Policies', registrationById.has(id) ? policiesWith(id, severityOf[modal]) : undefined],
        ['Passes', passes && `vector ${passes}`],
        ['Fails', fails && `vector ${fails}`],
      ]
      const lines = rows
        .filter(([, value]) => value)
        .map(([label, value = '']) => `  ${label.padEnd(12)} ${escapeText(value)}`)
      terminal.out(`${terminal.paint.bold(id)}\n${lines.join('\n')}\n`)
    })
}

function forceText({ from, until }: { readonly from?: string; readonly until?: string }): string {
  const parts = [from === undefined ? '' : `from ${from}`, until === undefined ? '' : `until ${until}`]
  return `${parts.filter((part) => part !== '').join(' ')}, by notBefore of the certificate`
}

/** Profiles that have the rule, each with the severity that it gives. */
function profilesWith(id: string): string[] {
  return Object.keys(profiles).flatMap((name) => {
    const found = pairRulesOf(readyProfile(name)).find((info) => info.id === id)
    return found === undefined ? [] : [`${name} (${found.severity})`]
  })
}

/** Policies of registration, each with the severity that it gives to the rule. */
function policiesWith(id: string, severity: Severity): string {
  const graded = Object.values(registrationPolicies).map(
    ({ name, overrides }) => `${name} (${overrides[id]?.severity ?? severity})`,
  )
  return graded.join(', ')
}

function citationText({ document, edition, clause }: Citation): string {
  return [document, edition, clause].filter((part) => part !== undefined && part !== '').join(' ')
}
