import { isToken } from '../field-names.ts'
import type { HttpLimits } from '../limits.ts'
import { httpError } from '../refuse.ts'
import { type CoveredComponent, noParameters } from '../signature.ts'

const path = 'sigD.pars'

/** The names in `pars` (ETSI TS 119 182-1 clause 5.2.8.2): lower case, each once, headers and `(request-target)`. */
export function readPars(names: readonly unknown[], limits: HttpLimits): readonly CoveredComponent[] {
  if (names.length === 0) throw httpError('SIGNATURE_HEADERS_EMPTY', undefined, { path })
  if (names.length > limits.components) throw httpError('LIMIT_COMPONENTS', undefined, { path })
  const seen = new Set<string>()
  return names.map((name) => {
    if (typeof name !== 'string') throw httpError('JADES_HEADER', 'pars has more than texts', { path })
    if (name !== name.toLowerCase()) throw httpError('SIGNATURE_HEADERS_CASE', name, { path })
    if (name !== '(request-target)' && !isToken(name)) throw httpError('SIGNATURE_COMPONENT_UNKNOWN', name, { path })
    if (seen.has(name)) throw httpError('SIGNATURE_COMPONENT_TWICE', name, { path })
    seen.add(name)
    return { name, id: name, label: name, start: `${name}: `, parameters: noParameters }
  })
}
