import type { LeafPlan } from '../leaf-plan.ts'
import type { LeafKind } from '../profile-plan.ts'

/** One deliberate mistake: what it is, and the change to the plan of a sound certificate that makes it. */
export interface Defect {
  /** One sentence on what is wrong with the certificate. */
  readonly says: string
  /** The kinds of certificate in which it can be made. */
  readonly kinds: readonly LeafKind[]
  /** The requirement that it breaks, as rules name it; none where it is allowed but seldom met. */
  readonly requirement?: string
  readonly change: (plan: LeafPlan) => void
}

export const both: readonly LeafKind[] = ['QWAC', 'QSealC']
export const webOnly: readonly LeafKind[] = ['QWAC']
export const sealOnly: readonly LeafKind[] = ['QSealC']
