import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { auditPair, readyProfile } from '../src/audit/index.ts'
import { pairRulesOf } from '../src/audit/rule-info.ts'
import type { RuleStatus, Severity } from '../src/core/audit-report.ts'
import { formatJson } from './format-json.ts'
import { keyFile, type VectorKey } from './mint.ts'
import { storedCertificate } from './rules/make/mint.ts'

/** A pair of certificates of `vectors/certificates` that shows what becomes of one rule on pairs. */
export interface PairVector {
  readonly id: string
  readonly says: string
  /** The rule that it is about, and what becomes of it. */
  readonly rule: string
  readonly status: RuleStatus
  readonly qwac: string
  readonly qsealc: string
  readonly key?: VectorKey
  readonly keyFor?: 'qwac' | 'qsealc'
}

const usual = { qwac: 'qwac', qsealc: 'qsealc' } as const

/** Pairs under profile `bpce`. */
export const pairVectors: readonly PairVector[] = [
  { id: 'pair', says: 'Two certificates that go together.', rule: 'pair.kinds', status: 'pass', ...usual },
  {
    id: 'pair-swapped',
    says: 'The two are swapped.',
    rule: 'pair.kinds',
    status: 'finding',
    qwac: 'qsealc',
    qsealc: 'qwac',
  },
  {
    id: 'pair-two-seals',
    says: 'A seal stands in for the QWAC.',
    rule: 'pair.kinds',
    status: 'finding',
    qwac: 'qsealc-rsa-4096',
    qsealc: 'qsealc',
  },
  { id: 'pair-same-identifier', says: 'One identifier.', rule: 'pair.same-identifier', status: 'pass', ...usual },
  {
    id: 'pair-other-identifier',
    says: 'The seal is that of another provider.',
    rule: 'pair.same-identifier',
    status: 'finding',
    qwac: 'qwac',
    qsealc: 'qsealc-identifier-hyphens',
  },
  {
    id: 'pair-no-identifier',
    says: 'Neither has an identifier: there is nothing that they share.',
    rule: 'pair.same-identifier',
    status: 'finding',
    qwac: 'qwac-missing-organization-identifier',
    qsealc: 'qsealc-missing-organization-identifier',
  },
  { id: 'pair-two-keys', says: 'Two keys.', rule: 'pair.distinct-keys', status: 'pass', ...usual },
  {
    id: 'pair-one-key',
    says: 'Both are for one key.',
    rule: 'pair.distinct-keys',
    status: 'finding',
    qwac: 'qwac-rsa-4096',
    qsealc: 'qsealc-rsa-4096',
  },
  { id: 'pair-same-roles', says: 'The same roles.', rule: 'pair.same-roles', status: 'pass', ...usual },
  {
    id: 'pair-other-roles',
    says: 'The seal has two roles more.',
    rule: 'pair.same-roles',
    status: 'finding',
    qwac: 'qwac',
    qsealc: 'qsealc-four-roles',
  },
  {
    id: 'pair-other-nca',
    says: 'The seal has another nCAId.',
    rule: 'pair.same-roles',
    status: 'finding',
    qwac: 'qwac',
    qsealc: 'qsealc-nca-mismatch',
  },
  {
    id: 'pair-no-roles-to-compare',
    says: 'The seal has no PSD2 statement.',
    rule: 'pair.same-roles',
    status: 'not-applicable',
    qwac: 'qwac',
    qsealc: 'qsealc-missing-psd2-statement',
  },
  { id: 'pair-without-key', says: 'No private key is given.', rule: 'pair.key-fits', status: 'not-checked', ...usual },
  {
    id: 'pair-key-of-seal',
    says: 'The private key is that of the seal.',
    rule: 'pair.key-fits',
    status: 'pass',
    ...usual,
    key: 'qsealc-rsa-3072',
  },
  {
    id: 'pair-key-of-qwac',
    says: 'The private key is that of the QWAC, and was given for it.',
    rule: 'pair.key-fits',
    status: 'pass',
    ...usual,
    key: 'qwac-rsa-3072',
    keyFor: 'qwac',
  },
  {
    id: 'pair-key-of-the-other',
    says: 'The private key is that of the QWAC, and was given for the seal.',
    rule: 'pair.key-fits',
    status: 'finding',
    ...usual,
    key: 'qwac-rsa-3072',
  },
  {
    id: 'pair-key-of-neither',
    says: 'The private key is that of neither.',
    rule: 'pair.key-fits',
    status: 'finding',
    ...usual,
    key: 'leaf-p-256',
  },
  {
    id: 'pair-unreadable',
    says: 'The seal cannot be read: the QWAC is audited all the same.',
    rule: 'pair.kinds',
    status: 'not-checked',
    qwac: 'qwac',
    qsealc: 'qsealc-duplicate-qc-statements',
  },
]

/** A pair vector as `pairs.json` has it. */
export interface PairEntry extends PairVector {
  readonly verdict: string
  readonly findings: readonly { readonly rule: string; readonly severity: Severity; readonly path: string }[]
}

const ids = pairRulesOf(readyProfile('bpce')).map(({ id }) => id)

/** What the audit of a pair finds now. */
export async function pairEntry(vector: PairVector): Promise<{ entry: PairEntry; status: RuleStatus | undefined }> {
  const { qwac, qsealc, key, keyFor, rule } = vector
  const report = await auditPair(
    {
      qwac: storedCertificate(qwac),
      qsealc: storedCertificate(qsealc),
      ...(key === undefined ? {} : { key: privateKeyText(key) }),
      ...(keyFor === undefined ? {} : { keyFor }),
    },
    { at: new Date('2026-01-02T00:00:00Z') },
  )
  const findings = report.findings.map(({ rule: id, severity, path }) => ({ rule: id, severity, path }))
  return { entry: { ...vector, verdict: report.verdict, findings }, status: report.outcomes[ids.indexOf(rule)] }
}

/** The PEM of a stored key, without the line above it that says what it is. */
function privateKeyText(name: VectorKey): string {
  const text = readFileSync(keyFile(name), 'utf8')
  return text.slice(text.indexOf('-----BEGIN'))
}

export const pairsFile = new URL('pairs.json', import.meta.url)

async function writePairs(): Promise<void> {
  const entries = await Promise.all(pairVectors.map(async (vector) => (await pairEntry(vector)).entry))
  const text = formatJson(entries)
  const changed = !existsSync(pairsFile) || hash(readFileSync(pairsFile, 'utf8')) !== hash(text)
  writeFileSync(pairsFile, text)
  console.log(`${entries.length} pairs${changed ? ', new or changed: to be read before they are committed' : ''}`)
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

if (process.argv[1]?.endsWith('pairs.ts') === true) await writePairs()
