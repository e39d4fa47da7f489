import { infoOf } from './codes.ts'
import type { PlacedFlaw } from './flaw.ts'
import type { Member } from './member.ts'

/** A refused path: the worst of what speaks against it, and how far it came. */
export interface Refused {
  readonly flaw: PlacedFlaw
  readonly flaws: number
  readonly anchored: boolean
  readonly path: readonly Member[]
}

/** Of paths that reached an anchor the one nearest to acceptance is told, of others the one that went furthest. */
export function isBetter(a: Refused, b: Refused): boolean {
  if (a.anchored !== b.anchored) return a.anchored
  const byRank = infoOf(a.flaw.code).rank - infoOf(b.flaw.code).rank
  if (!a.anchored) return a.flaw.index === b.flaw.index ? byRank > 0 : a.flaw.index > b.flaw.index
  return byRank === 0 ? a.flaws < b.flaws : byRank > 0
}
