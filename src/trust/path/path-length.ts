import { type PlacedFlaw, placed } from './flaw.ts'
import type { Member } from './member.ts'

/** Authorities that follow each other, self-issued ones not counted (RFC 5280 6.1.4 (l) and (m)). The last is not counted. */
export function lengthFlaw(path: readonly Member[]): PlacedFlaw | undefined {
  let left = (path.at(-1) as Member).pathLength ?? Number.POSITIVE_INFINITY
  for (let index = path.length - 2; index > 0; index--) {
    const member = path[index] as Member
    if (!member.selfIssued) {
      if (left === 0) return placed({ code: 'PATH_LENGTH', place: '' }, index)
      left--
    }
    left = Math.min(left, member.pathLength ?? left)
  }
  return undefined
}
