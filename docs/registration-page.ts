import { clientCodes } from '../src/client/index.ts'
import {
  type RegistrationRule,
  type RequestRule,
  registrationPolicies,
  registrationRules,
  requestRules,
} from '../src/registration/index.ts'
import { severityOf } from '../src/rules/index.ts'
import { behaviours } from './registration-coverage.ts'

const policies = Object.values(registrationPolicies)

/** docs/registration-rules.md from the rules, the policies and the table of behaviours. */
export function registrationPage(): string {
  const names = policies.map(({ name }) => name)
  return [
    '# Rules of registration',
    '',
    'Made from the tables in `src` and `docs` by `npm run docs:generate`. A rule is known by its id; ids begin with `registration.`, and',
    "`--accept` takes them whole. Rows are the requirements of the bank's page, for POST and for PUT.",
    '',
    '## Rules on the body',
    '',
    `| rule | POST | PUT | what must hold | ${names.join(' | ')} | clause | mend |`,
    `|---|---|---|---|${names.map(() => '---|').join('')}---|---|`,
    ...registrationRules.map(ruleRow),
    '',
    '## Rules on the request',
    '',
    'For `checkRegistrationRequest` and `psd2 registration check --request`: what a request says before anybody has its key.',
    '',
    '| rule | token | POST | GET | PUT | DELETE | what must hold | mend |',
    '|---|---|---|---|---|---|---|---|',
    ...requestRules.map(requestRow),
    '',
    '## What a policy changes, and why',
    '',
    '| policy | rule | severity | because of |',
    '|---|---|---|---|',
    ...policies.flatMap(({ name, overrides }) =>
      Object.entries(overrides).map(
        ([id, { severity, citation }]) =>
          `| ${name} | ${short(id)} | ${severity} | ${citation.document}, ${citation.clause} |`,
      ),
    ),
    '',
    '## Requirements that no rule decides',
    '',
    '| row | what the page says | who | how |',
    '|---|---|---|---|',
    ...behaviours.map(({ id, says, by, how }) => `| ${id} | ${says} | ${by} | ${how} |`),
    '',
    '## Codes of the client',
    '',
    '| code | what is wrong | mend |',
    '|---|---|---|',
    ...Object.entries(clientCodes).map(([code, { says, mend }]) => `| \`${code}\` | ${says} | ${mend} |`),
    '',
  ].join('\n')
}

function ruleRow(rule: RegistrationRule): string {
  const { id, title, mend, citation, operations, requirement, onUpdate } = rule
  const post = operations.includes('create') ? requirement : ''
  const put = operations.includes('update') ? (onUpdate?.requirement ?? requirement) : ''
  const graded = policies.map(({ overrides }) => overrides[id]?.severity ?? severityOf[rule.modal])
  const clause = `${citation.document}, ${citation.clause}`.replace(/^BPCE PSD2 Registration API, /, 'page, ')
  return `| ${short(id)} | ${post} | ${put} | ${title} | ${graded.join(' | ')} | ${clause} | ${mend} |`
}

function requestRow({ id, rows, title, mend }: RequestRule): string {
  const cells = (['token', 'create', 'read', 'update', 'remove'] as const).map((operation) => rows[operation] ?? '')
  return `| \`${id}\` | ${cells.join(' | ')} | ${title} | ${mend} |`
}

function short(id: string): string {
  return `\`${id.replace(/^registration\./, '')}\``
}
