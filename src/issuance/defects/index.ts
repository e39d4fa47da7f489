import { unknownName } from '../../core/nearest.ts'
import type { LeafPlan } from '../leaf-plan.ts'
import { certificateDefects } from './certificate.ts'
import type { Defect } from './defect.ts'
import { extensionDefects } from './extensions.ts'
import { identifierDefects } from './identifier.ts'
import { psd2Defects } from './psd2.ts'
import { qcStatementDefects } from './qc-statements.ts'

/**
 * Deliberate mistakes for test certificates, by name. Each is made before signing, so that a certificate with defects
 * is still properly signed.
 *
 * @example
 * ```ts
 * import { defects } from 'psd2-toolkit/issuance'
 *
 * for (const [name, { says, kinds }] of Object.entries(defects)) console.log(name, kinds.join(), says)
 * ```
 */
export const defects = {
  ...psd2Defects,
  ...qcStatementDefects,
  ...identifierDefects,
  ...extensionDefects,
  ...certificateDefects,
} as const satisfies Record<string, Defect>

/** The name of a deliberate mistake. */
export type DefectName = keyof typeof defects

export const defectNames = Object.keys(defects) as DefectName[]

/** True where the text names a defect. */
export function isDefectName(name: string): name is DefectName {
  return Object.hasOwn(defects, name)
}

/** The defect for a name. Throws `TypeError` with the nearest names on an unknown one. */
export function defectOf(name: string): Defect {
  if (!isDefectName(name)) throw unknownName('defect', name, defectNames)
  return defects[name]
}

/** Changes the plan by every defect in turn. Throws `TypeError` on an unknown name and on one for the other kind. */
export function applyDefects(plan: LeafPlan, names: readonly string[]): void {
  for (const name of names) {
    const defect = defectOf(name)
    if (!defect.kinds.includes(plan.kind)) {
      throw new TypeError(`defect '${name}' is for a ${defect.kinds.join()} only, not for a ${plan.kind}`)
    }
    defect.change(plan)
  }
}
