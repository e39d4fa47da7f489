import { readyProfile } from '../src/audit/index.ts'
import { pairRulesOf } from '../src/audit/rule-info.ts'
import type { RuleInfo } from '../src/core/audit-run.ts'
import type { Citation } from '../src/core/citation.ts'
import { certificateRules, pairRules, profiles } from '../src/rules/index.ts'
import { notRules } from '../src/rules/not-rules.ts'
import { ownRequirements, requirementSections } from './requirements.ts'

const folders: Readonly<Record<string, string>> = {
  rfc5280: 'RFC 5280 and X.690',
  rfc3279: 'RFC 3279: algorithm identifiers',
  'en319412-2': 'ETSI EN 319 412-2: common fields',
  'en319412-3': 'ETSI EN 319 412-3: legal persons',
  'en319412-4': 'ETSI EN 319 412-4: web sites',
  rfc3739: 'RFC 3739: qualified certificates',
  'en319412-1': 'ETSI EN 319 412-1: semantics of names',
  'en319412-5': 'ETSI EN 319 412-5: QC statements',
  ts119495: 'ETSI TS 119 495: open banking',
  ts119312: 'ETSI TS 119 312: cryptographic suites',
  cabf: 'CA/Browser Forum: Baseline Requirements and EV Guidelines, as EN 319 411-2 pulls them in',
  crypto: 'Broken and shared keys',
  practice: 'Practice',
  issuer: 'Issuer, chain and what others say of them',
  bpce: 'Groupe BPCE: one certificate',
  pair: 'Pairs of QWAC and QSealC',
}

const everything = pairRulesOf(readyProfile({ name: 'everything', title: '', rules: ['*'] }))

/** docs/rules.md from the rule objects and profiles. */
export function rulesPage(): string {
  const lines = [
    '# Rules of audits',
    '',
    'Made from the rules in `src/rules` by `npm run docs:generate`. `psd2 explain RULE` says more of each.',
    '',
    "- **severity**: by the modal verb of the clause (`shall` and a bank's demand: error; `should`: warning; `may` and advice:",
    '  notice), unless the rule or a profile says otherwise',
    "- **ground**: A the text of the clause or of the bank's document, B what public linters quote of it, C general knowledge",
    '- **needs**: outside facts; without them the rule counts as not checked',
    '',
    '## Profiles',
    '',
    '| profile | what it is for | type | rules |',
    '|---|---|---|---|',
    ...Object.entries(profiles).map(([name, { title, type = 'as the certificate says', psd2 }]) => {
      const count = pairRulesOf(readyProfile(name)).length
      return `| \`${name}\` | ${title} | ${type}${psd2 === true ? ', PSD2' : ''} | ${count} |`
    }),
    '',
    'Severities that a profile changes, with its reason:',
    '',
    '| profile | rule | severity | reason |',
    '|---|---|---|---|',
    ...Object.entries(profiles).flatMap(([name, { overrides = {} }]) =>
      Object.entries(overrides).map(
        ([id, { severity, citation }]) => `| \`${name}\` | \`${id}\` | ${severity} | ${citationText(citation)} |`,
      ),
    ),
    '',
    ...ownProfile,
  ]
  for (const [folder, title] of Object.entries(folders)) {
    const rules = everything.filter(({ id }) => id.startsWith(`${folder}.`))
    lines.push(
      '',
      `## ${title}`,
      '',
      '| rule | what must hold | clause | severity | ground | needs |',
      '|---|---|---|---|---|---|',
    )
    for (const rule of rules) lines.push(ruleRow(rule))
  }
  return `${lines.join('\n')}\n`
}

const ownProfile = [
  '### A profile of your own',
  '',
  'JSON, for `--profile file.json` and `parseProfile`. `rules` are ids, or folders as `ts119495.*`; with `extends` they are',
  'added to those of a profile that is built in. Each override says on what ground.',
  '',
  '```json',
  '{',
  '  "name": "our-bank",',
  '  "title": "what our gateway takes",',
  '  "extends": "auto",',
  '  "rules": ["bpce.pss-signature"],',
  '  "overrides": {',
  '    "practice.client-auth": { "severity": "error", "citation": { "document": "Gateway manual", "clause": "3.2" } },',
  '    "cabf.certificate-transparency": { "severity": "off", "citation": { "document": "Gateway manual", "clause": "3.3" } }',
  '  }',
  '}',
  '```',
]

function ruleRow({ id, title, citation, severity, grounding, needs }: RuleInfo): string {
  return `| \`${id}\` | ${title} | ${citationText(citation)} | ${severity} | ${grounding} | ${needs.join(', ')} |`
}

/** docs/coverage.md: every row of the table of requirements, and what became of it. */
export function coveragePage(): string {
  const rules = [...certificateRules, ...pairRules]
  const reasons = new Map(notRules.map(({ requirement, reason }) => [requirement, reason]))
  const rows = requirementSections.flatMap((section) => section.rows)
  const covered = rows.filter((row) => !reasons.has(row)).length
  const lines = [
    '# Coverage of requirements',
    '',
    'Made from the rules in `src/rules` and their reasons by `npm run docs:generate`. Each row of the table of requirements is',
    `one or more rules, or says why it is none: ${covered} rows of ${rows.length} are rules.`,
  ]
  for (const { title, rows: ids } of requirementSections) {
    lines.push('', `## ${title}`, '', '| requirement | rules, or why there is none |', '|---|---|')
    for (const row of ids) {
      const names = rules.filter(({ requirement }) => requirement === row).map(({ id }) => `\`${id}\``)
      lines.push(`| \`${row}\` | ${names.length > 0 ? names.join(', ') : (reasons.get(row) ?? 'missing')} |`)
    }
  }
  lines.push('', '## Rules beside that table', '', '| requirement | rules | why |', '|---|---|---|')
  for (const [row, why] of Object.entries(ownRequirements)) {
    const names = rules.filter(({ requirement }) => requirement === row).map(({ id }) => `\`${id}\``)
    lines.push(`| \`${row}\` | ${names.join(', ')} | ${why} |`)
  }
  return `${lines.join('\n')}\n`
}

function citationText({ document, edition, clause }: Citation): string {
  return [document, edition, clause].filter((part) => part !== undefined && part !== '').join(' ')
}
