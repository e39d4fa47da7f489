import { isToken } from '../field-names.ts'
import type { HttpLimits } from '../limits.ts'
import { httpError } from '../refuse.ts'
import { type CoveredComponent, noParameters } from '../signature.ts'
import type { CavageDialect } from './dialects.ts'
import type { CavageQuirks } from './quirks.ts'

const path = 'headers'

/**
 * The list in the parameter `headers`: names in lower case with one space between them, each once. Names in parentheses are
 * those of the dialect and no others.
 *
 * @throws Psd2Error `SIGNATURE_HEADERS_...`, `SIGNATURE_COMPONENT_...`, `LIMIT_COMPONENTS`
 */
export function readHeaderList(
  text: string,
  dialect: CavageDialect,
  quirks: CavageQuirks,
  limits: HttpLimits,
): readonly CoveredComponent[] {
  if (text.trim() === '') throw httpError('SIGNATURE_HEADERS_EMPTY', undefined, { path })
  return readNames(text.split(' ', limits.components + 1), dialect, quirks, limits)
}

/** The same for names that are in a list already. */
export function readNames(
  names: readonly string[],
  dialect: CavageDialect,
  quirks: CavageQuirks,
  limits: HttpLimits,
): readonly CoveredComponent[] {
  if (names.length === 0) throw httpError('SIGNATURE_HEADERS_EMPTY', undefined, { path })
  if (names.length > limits.components) throw httpError('LIMIT_COMPONENTS', undefined, { path })
  const seen = new Set<string>()
  const components = names.map((name) => {
    const component = readName(name, dialect, quirks)
    if (seen.has(component.name)) throw httpError('SIGNATURE_COMPONENT_TWICE', name, { path })
    seen.add(component.name)
    return component
  })
  return Object.freeze(components)
}

function readName(name: string, dialect: CavageDialect, quirks: CavageQuirks): CoveredComponent {
  const lower = name.toLowerCase()
  if (name.startsWith('(')) {
    const known = name === '(request-target)' || (dialect.hasTimes && (name === '(created)' || name === '(expires)'))
    if (!known) throw httpError('SIGNATURE_COMPONENT_UNKNOWN', name, { path })
  } else if (!isToken(name)) throw httpError('SIGNATURE_HEADERS_LIST', name, { path })
  const keeps = quirks.keepHeaderCase === true
  if (name !== lower && !keeps && quirks.headerListCase !== true)
    throw httpError('SIGNATURE_HEADERS_CASE', name, { path })
  const label = keeps ? name : lower
  return Object.freeze({ name: lower, id: lower, label, start: `${label}: `, parameters: noParameters })
}
