import { readyProfile } from '../audit/audit-certificate.ts'
import { type Baseline, readyBaseline } from '../audit/baseline.ts'
import type { FactFinder } from '../audit/index.ts'
import { auditRun } from '../audit/rule-info.ts'
import { factFinderOf, type TrustData } from '../audit/trust-data.ts'
import type { AuditRun, BaselineEntry } from '../core/audit-run.ts'
import type { FormatWriter } from '../report/audit/format.ts'
import { auditFormats, type FormatName } from '../report/audit/formats.ts'
import type { PreparedProfile, Profile } from '../rules/profile.ts'
import { type Issuers, readIssuers } from './issuers.ts'

/** What is to be done with every certificate of a run. Plain data: it goes to each worker once. */
export interface AuditJob {
  readonly tool: AuditRun['tool']
  /** The moment for which the audit is made. */
  readonly at: Date
  readonly profile: Profile
  readonly format: FormatName
  /** Emphasis for a terminal. */
  readonly colour: boolean
  /** DER of certificates that may have issued what is audited. */
  readonly issuers: readonly Uint8Array[]
  readonly baseline: readonly BaselineEntry[]
  /** Where facts of trust come from; without it the rules that need them count as not checked. */
  readonly trust?: TrustData
}

/** A job made ready to run. */
export interface ReadyJob {
  readonly job: AuditJob
  readonly profile: PreparedProfile
  readonly run: AuditRun
  readonly baseline: Baseline
  readonly issuers: Issuers
  /** Undefined where the job has no trust data. */
  readonly findFacts: Promise<FactFinder> | undefined
  /** Undefined for HTML, which is not written as it comes. */
  readonly writer: FormatWriter | undefined
}

export function readyJob(job: AuditJob): ReadyJob {
  const profile = readyProfile(job.profile)
  const run = auditRun(profile, job)
  return {
    job,
    profile,
    run,
    writer: job.format === 'html' ? undefined : auditFormats[job.format](run, job),
    baseline: readyBaseline(job.baseline),
    issuers: readIssuers(job.issuers),
    findFacts: job.trust === undefined ? undefined : factFinderOf(job.trust),
  }
}
