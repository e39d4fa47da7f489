/** Writes `rules/<folder>.json` for the vectors of rules, and `rules/certificates.json` for those of certificates. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { certificateVectors } from './certificates.ts'
import { formatJson } from './format-json.ts'
import { type CertificateOutcome, entryOf, type RuleVectorEntry, rulesFolder } from './rules/make/file.ts'
import { ruleVectors } from './rules/make/index.ts'
import { mintRuleVector, storedCertificate } from './rules/make/mint.ts'
import { auditVector, outcomeIn } from './rules/make/outcome.ts'

/** Writes a file and says which outcomes are new or changed: each is to be judged by someone. */
function write(name: string, entries: readonly (RuleVectorEntry | CertificateOutcome)[]): void {
  const file = new URL(`${name}.json`, rulesFolder)
  const before = new Map<string, string>()
  if (existsSync(file)) {
    for (const entry of JSON.parse(readFileSync(file, 'utf8')) as CertificateOutcome[]) {
      before.set(entry.id, lines(entry))
    }
  }
  writeFileSync(file, formatJson(entries))
  for (const entry of entries) {
    const now = lines(entry)
    const then = before.get(entry.id)
    if (now === then) continue
    const added = now.split('\n').filter((line) => !then?.split('\n').includes(line))
    const gone = then?.split('\n').filter((line) => !now.split('\n').includes(line)) ?? []
    console.log(`${then === undefined ? 'new' : 'changed'}, to be read before it is committed: ${entry.id}`)
    for (const line of added) console.log(`  + ${line}`)
    for (const line of gone) console.log(`  - ${line}`)
  }
}

function lines({ verdict, findings }: CertificateOutcome): string {
  return [verdict, ...findings.map(({ rule, severity, path }) => `${severity} ${rule} ${path}`)].join('\n')
}

const outcomes: CertificateOutcome[] = []
for (const { id } of certificateVectors) {
  outcomes.push({ id, ...outcomeIn(await auditVector(storedCertificate(id), {})) })
}
write('certificates', outcomes)
let count = 0
for (const [folder, vectors] of Object.entries(ruleVectors)) {
  const entries: RuleVectorEntry[] = []
  for (const vector of vectors) entries.push(await entryOf(vector, mintRuleVector(vector)))
  write(folder, entries)
  count += entries.length
}
console.log(`${count} certificates for rules`)
