import { type PlacedFlaw, placed } from './flaw.ts'
import type { ConstrainedName, Member } from './member.ts'
import type { Constraints } from './names/subtrees.ts'
import type { Work } from './work.ts'

/**
 * Holds every name of a path against the constraints of every authority above it (RFC 5280 6.1.3 (b) and (c), 6.1.4 (g)).
 * A self-issued certificate that is not the last is exempt.
 *
 * @param path - from the certificate that is validated up to the anchor
 */
export function constraintFlaw(path: readonly Member[], work: Work): PlacedFlaw | undefined {
  for (let above = path.length - 1; above > 0; above--) {
    const constraints = (path[above] as Member).constraints
    if (constraints === undefined) continue
    for (let index = above - 1; index >= 0; index--) {
      const member = path[index] as Member
      if (index > 0 && member.selfIssued) continue
      for (const name of member.names) {
        const code = refusal(name, constraints, work)
        if (code !== undefined)
          return placed({ code, place: name.place, offset: name.offset, detail: name.kind }, index)
      }
    }
  }
  return undefined
}

type NameCode = 'PATH_NAME_EXCLUDED' | 'PATH_NAME_NOT_PERMITTED' | 'PATH_NAME_MALFORMED' | 'PATH_NAME_FORM_UNSUPPORTED'

function refusal({ kind, value }: ConstrainedName, constraints: Constraints, work: Work): NameCode | undefined {
  if (constraints.unsupported.has(kind)) return 'PATH_NAME_FORM_UNSUPPORTED'
  const subtrees = constraints.byForm.get(kind)
  if (subtrees === undefined) return undefined
  const { permitted, excluded } = subtrees
  work.spend('names', permitted.length + excluded.length)
  if (value === undefined) return 'PATH_NAME_MALFORMED'
  // Excluded beats permitted.
  if (excluded.some((subtree) => subtree.excludes(value))) return 'PATH_NAME_EXCLUDED'
  if (permitted.length > 0 && !permitted.some((subtree) => subtree.permits(value))) return 'PATH_NAME_NOT_PERMITTED'
  return undefined
}
