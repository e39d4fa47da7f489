import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { auditCertificate, readyProfile } from '../../src/audit/index.ts'
import type { Finding } from '../../src/core/audit-report.ts'
import type { SubjectOptions } from '../../src/rules/subject.ts'
import { pemFile } from '../corpus/pem-file.ts'
import { describeCorpus } from '../support/corpus.ts'
import { declaredType, type Exception, pkilintExceptions, pkilintRules } from './linters/pkilint.ts'
import { zlintExceptions, zlintRules } from './linters/zlint.ts'

const profile = readyProfile('auto')
const known = new Set(profile.set.rules.map(({ rule }) => rule.id))

async function findingsIn(file: string, subject: SubjectOptions = {}): Promise<readonly Finding[]> {
  const at = new Date('2026-01-01T00:00:00Z')
  return (await auditCertificate(pemFile(file), { at, profile: { ...profile, subject } })).findings
}

/** Cases of a corpus: file names without their ending, with what the linter expects. */
function cases<Expected>(folder: string): { file: string; path: string; expected: readonly Expected[] }[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => {
      const file = name.slice(0, -'.json'.length)
      const { expected } = JSON.parse(readFileSync(join(folder, name), 'utf8'))
      return { file, path: join(folder, `${file}.pem`), expected }
    })
}

/** A disagreement, as an exception names it. */
type Disagreement = Pick<Exception, 'file' | 'code'>

function keyOf({ file, code }: Disagreement): string {
  return `${file} ${code}`
}

/** Every disagreement must be an exception, and every exception a disagreement. */
function compare(
  linter: string,
  compared: number,
  found: readonly Disagreement[],
  excused: readonly Exception[],
): void {
  const agreed = compared - found.length
  process.stderr.write(
    `${linter}: ${agreed} of ${compared} agree (${((100 * agreed) / compared).toFixed(1)} %), ${found.length} differ for a stated reason\n`,
  )
  expect(found.map(keyOf).sort()).toEqual(excused.map(keyOf).sort())
  for (const exception of excused) expect(exception.reason.length, keyOf(exception)).toBeGreaterThan(20)
}

interface PkilintFinding {
  readonly nodePath: string
  readonly severity: string
  readonly code: string
}

/** The path of pkilint as ours: `extensions.4.extnValue.qCStatements.0...` is `extensions[4].qcStatements[0]`. */
function fieldOf(nodePath: string): string {
  const path = nodePath.replace(/^certificate\./, '')
  const [, extension, rest = ''] = /^tbsCertificate\.extensions\.(\d+)(.*)$/.exec(path) ?? []
  if (extension !== undefined) {
    const statement = /qCStatements\.(\d+)/.exec(rest)?.[1]
    return `tbsCertificate.extensions[${extension}]${statement === undefined ? '' : `.qcStatements[${statement}]`}`
  }
  const [, name, rdn, index] = /^tbsCertificate\.(subject|issuer)\.rdnSequence\.(\d+)\.(\d+)/.exec(path) ?? []
  if (name !== undefined) return `tbsCertificate.${name}[${rdn}][${index}]`
  return path.replace(/\.rdnSequence$/, '')
}

/** One field stands in the other. */
function isSameField(a: string, b: string): boolean {
  const isWithin = (inner: string, outer: string) =>
    inner === outer || inner.startsWith(`${outer}.`) || inner.startsWith(`${outer}[`)
  return isWithin(a, b) || isWithin(b, a)
}

describeCorpus('pkilint', ['certificates', 'pkilint-etsi'], (folder) => {
  it('every ETSI finding is found here too, at the same field, or excused', async () => {
    const found: Disagreement[] = []
    let compared = 0
    for (const { file, path, expected } of cases<PkilintFinding>(folder)) {
      const wanted = expected.filter(({ code }) => code.startsWith('etsi.'))
      if (wanted.length === 0) continue
      const findings = await findingsIn(path, declaredType(file))
      for (const { code, nodePath } of wanted) {
        compared++
        const rules = pkilintRules[code.slice('etsi.'.length)] ?? []
        const field = fieldOf(nodePath)
        if (findings.some((finding) => rules.includes(finding.rule) && isSameField(finding.path, field))) continue
        found.push({ file, code })
      }
    }
    compare('pkilint', compared, found, pkilintExceptions)
  })

  it('codes stand for rules that there are', () => {
    for (const rule of Object.values(pkilintRules).flat()) expect(known.has(rule), rule).toBe(true)
  })
})

interface ZlintStatus {
  readonly lint: string
  readonly status: string | readonly string[]
}

const isEtsi = (lint: string): boolean => /etsi|qcstatem|qctype|psd2|qc_statements/.test(lint)

describeCorpus('zlint', ['certificates', 'zlint'], (folder) => {
  it('every ETSI and PSD2 lint comes to the same, or is excused', async () => {
    const found: Disagreement[] = []
    let compared = 0
    for (const { file, path, expected } of cases<ZlintStatus>(folder)) {
      const findings = await findingsIn(path)
      for (const { lint, status } of expected) {
        // NA and NE say nothing of the certificate.
        if (!isEtsi(lint) || (status !== 'Pass' && status !== 'Error' && status !== 'Warn')) continue
        compared++
        const rules = zlintRules[lint] ?? []
        const speaks = findings.some(({ rule }) => rules.includes(rule))
        if (speaks !== (status !== 'Pass')) found.push({ file, code: lint })
      }
    }
    compare('zlint', compared, found, zlintExceptions)
  })

  it('lints stand for rules that there are', () => {
    for (const rule of Object.values(zlintRules).flat()) expect(known.has(rule), rule).toBe(true)
  })
})
