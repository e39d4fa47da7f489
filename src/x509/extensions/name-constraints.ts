import { type Cursor, contextConstructed, contextPrimitive, readSmallInteger } from '../../der/index.ts'
import { Tag } from '../../der/tags.ts'
import { openList } from '../report.ts'
import { type GeneralName, readGeneralName } from './general-name.ts'

/** GeneralSubtree (RFC 5280 4.2.1.10). */
export interface GeneralSubtree {
  readonly base: GeneralName
  /** Always 0 in a certificate that keeps RFC 5280. */
  readonly minimum: number
  readonly maximum: number | undefined
}

/** nameConstraints. */
export interface NameConstraints {
  readonly permittedSubtrees: readonly GeneralSubtree[]
  readonly excludedSubtrees: readonly GeneralSubtree[]
}

/**
 * ```text
 * NameConstraints ::= SEQUENCE { permittedSubtrees [0] GeneralSubtrees OPTIONAL,
 *   excludedSubtrees [1] GeneralSubtrees OPTIONAL }
 * ```
 */
export function readNameConstraints(cursor: Cursor): NameConstraints {
  const end = openList(cursor, '')
  const permittedSubtrees = readSubtrees(cursor, 'permittedSubtrees', contextConstructed(0))
  const excludedSubtrees = readSubtrees(cursor, 'excludedSubtrees', contextConstructed(1))
  cursor.close(end)
  return { permittedSubtrees, excludedSubtrees }
}

/**
 * ```text
 * GeneralSubtree ::= SEQUENCE { base GeneralName, minimum [0] INTEGER DEFAULT 0, maximum [1] INTEGER OPTIONAL }
 * ```
 */
function readSubtrees(cursor: Cursor, step: string, tag: number): GeneralSubtree[] {
  const subtrees: GeneralSubtree[] = []
  if (!cursor.next(tag)) return subtrees
  const end = openList(cursor, step, tag)
  while (!cursor.isEmpty) {
    const itemEnd = cursor.open(Tag.SEQUENCE, subtrees.length)
    const base = readGeneralName(cursor, 'base', 'range')
    let minimum = 0
    let maximum: number | undefined
    if (cursor.next(contextPrimitive(0))) {
      const start = cursor.position
      minimum = readSmallInteger(cursor, 'minimum', 0, 0xffff, contextPrimitive(0))
      if (minimum === 0) cursor.deviate('DER_DEFAULT_ENCODED', 'minimum', start, '0')
    }
    if (cursor.next(contextPrimitive(1))) maximum = readSmallInteger(cursor, 'maximum', 0, 0xffff, contextPrimitive(1))
    cursor.close(itemEnd)
    subtrees.push({ base, minimum, maximum })
  }
  cursor.close(end)
  return subtrees.slice()
}
