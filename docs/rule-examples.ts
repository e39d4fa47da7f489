import { readFileSync } from 'node:fs'
import { readyProfile } from '../src/audit/index.ts'
import { certificateRules, pairRules } from '../src/rules/index.ts'
import { certificateVectors } from '../vectors/certificates.ts'
import { pairVectors } from '../vectors/pairs.ts'
import { type RuleVectorEntry, rulesFolder } from '../vectors/rules/make/file.ts'
import { ruleVectors } from '../vectors/rules/make/index.ts'
import { storedCertificate } from '../vectors/rules/make/mint.ts'
import { auditVector } from '../vectors/rules/make/outcome.ts'

interface Example {
  passes?: string
  fails?: string
}

/** A vector for each end of each rule: one that was made for the rule, else the first that comes to it. */
export async function collectExamples(): Promise<ReadonlyMap<string, Example>> {
  const examples = new Map([...certificateRules, ...pairRules].map(({ id }): [string, Example] => [id, {}]))
  const take = (rule: string, status: string | undefined, vector: string): void => {
    const example = examples.get(rule)
    if (example === undefined) return
    if (status === 'pass') example.passes ??= vector
    if (status === 'finding') example.fails ??= vector
  }
  for (const { id, rule, status } of [...Object.values(ruleVectors).flat(), ...pairVectors]) take(rule, status, id)
  const rulesOf = (profile: string): string[] => readyProfile(profile).set.rules.map(({ rule }) => rule.id)
  const auto = rulesOf('auto')
  for (const { id } of certificateVectors) {
    const { outcomes } = await auditVector(storedCertificate(id), {})
    for (const [index, rule] of auto.entries()) take(rule, outcomes[index], id)
  }
  for (const folder of Object.keys(ruleVectors)) {
    const entries: RuleVectorEntry[] = JSON.parse(readFileSync(new URL(`${folder}.json`, rulesFolder), 'utf8'))
    for (const entry of entries) {
      const { outcomes, profile } = await auditVector(Buffer.from(entry.der, 'base64'), entry)
      for (const [index, rule] of rulesOf(profile).entries()) take(rule, outcomes[index], entry.id)
    }
  }
  return examples
}

/** src/cli/rule-examples.ts. */
export async function ruleExamplesSource(): Promise<string> {
  const lines = [...(await collectExamples())].map(([id, { passes, fails }]) => {
    const members = [passes && `passes: '${passes}'`, fails && `fails: '${fails}'`].filter(Boolean).join(', ')
    const line = `  '${id}': { ${members} },`
    return line.length <= 120
      ? line
      : `  '${id}': {\n${[passes && `    passes: '${passes}',`, fails && `    fails: '${fails}',`].filter(Boolean).join('\n')}\n  },`
  })
  return [
    '/** Made by `npm run docs:generate`: a certificate of `vectors` that keeps each rule, and one that breaks it. */',
    'export const ruleExamples: Readonly<Record<string, { readonly passes?: string; readonly fails?: string }>> = {',
    ...lines,
    '}',
    '',
  ].join('\n')
}
