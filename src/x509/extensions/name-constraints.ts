import { type Cursor, contextConstructed, contextPrimitive, readSmallInteger } from '../../der/index.ts'
import { Tag } from '../../der/tags.ts'
import { report } from '../report.ts'
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
export function readNameConstraints(outer: Cursor): NameConstraints {
  const cursor = outer.enter(Tag.SEQUENCE, '')
  if (cursor.isEmpty) report(outer, 'X509_LIST_EMPTY', '', cursor.start)
  const permittedSubtrees = readSubtrees(cursor, 'permittedSubtrees', contextConstructed(0))
  const excludedSubtrees = readSubtrees(cursor, 'excludedSubtrees', contextConstructed(1))
  cursor.finish()
  return { permittedSubtrees, excludedSubtrees }
}

/**
 * ```text
 * GeneralSubtree ::= SEQUENCE { base GeneralName, minimum [0] INTEGER DEFAULT 0, maximum [1] INTEGER OPTIONAL }
 * ```
 */
function readSubtrees(outer: Cursor, step: string, tag: number): GeneralSubtree[] {
  const subtrees: GeneralSubtree[] = []
  if (!outer.next(tag)) return subtrees
  const cursor = outer.enter(tag, step)
  if (cursor.isEmpty) report(outer, 'X509_LIST_EMPTY', step, cursor.start)
  while (!cursor.isEmpty) {
    const item = cursor.enter(Tag.SEQUENCE, subtrees.length)
    const base = readGeneralName(item, 'base', 'range')
    let minimum = 0
    let maximum: number | undefined
    if (item.next(contextPrimitive(0))) {
      const start = item.position
      minimum = readSmallInteger(item, 'minimum', 0, 0xffff, contextPrimitive(0))
      if (minimum === 0) item.deviate('DER_DEFAULT_ENCODED', 'minimum', start, '0')
    }
    if (item.next(contextPrimitive(1))) maximum = readSmallInteger(item, 'maximum', 0, 0xffff, contextPrimitive(1))
    item.finish()
    subtrees.push({ base, minimum, maximum })
  }
  return subtrees.slice()
}
