import { registrationRules } from '../../../src/registration/index.ts'
import { attackVectors } from './attacks.ts'
import { controlVectors } from './controls.ts'
import { fieldVectors } from './fields.ts'
import type { Context, RegistrationVector } from './vector.ts'

export type { RegistrationVector } from './vector.ts'
export { derOf } from './vector.ts'

/** Every body that is a vector, always of the same octets. */
export const registrationVectors: readonly RegistrationVector[] = [...controlVectors, ...attackVectors, ...fieldVectors]

/** One entry of `index.json`. */
export interface RegistrationIndexEntry {
  readonly id: string
  readonly family: string
  readonly says: string
  readonly operation: RegistrationVector['operation']
  readonly policy: RegistrationVector['policy']
  readonly at: string
  readonly context: Context
  readonly verdict: string
  /** Everything that is to be said, the gravest first. */
  readonly findings: readonly {
    readonly severity: string
    readonly requirement: string
    readonly rule: string
    readonly path: string
  }[]
}

/** What the index says of a vector. */
export function registrationIndexEntry(vector: RegistrationVector): RegistrationIndexEntry {
  const { id, family, says, operation, policy, at, context } = vector
  const findings = vector.findings.map(([slug, path, severity = 'error']) => {
    const rule = `registration.${slug}`
    return { severity, requirement: requirementOf(rule, operation), rule, path }
  })
  const worst = findings[0]?.severity
  const verdict = worst === 'fatal' ? 'unreadable' : worst === 'error' ? 'fail' : 'pass'
  return { id, family, says, operation, policy, at, context, verdict, findings }
}

function requirementOf(id: string, operation: RegistrationVector['operation']): string {
  const rule = registrationRules.find((one) => one.id === id)
  if (rule === undefined) throw new TypeError(`no rule is called '${id}'`)
  return operation === 'update' ? (rule.onUpdate?.requirement ?? rule.requirement) : rule.requirement
}
