import type { HttpLimits } from '../limits.ts'
import { httpError } from '../refuse.ts'
import { type CoveredComponent, noParameters } from '../signature.ts'
import { parseItem } from '../structured/parse.ts'
import { serialiseItem, serialiseParameters, serialiseString } from '../structured/serialise.ts'
import type { InnerList, Item, Parameters } from '../structured/types.ts'

const path = 'signature-input'

/** Which parameters a component can have (RFC 9421 clauses 2.1 and 2.2.8): flags, and those with a text. */
const flags: readonly string[] = ['sf', 'bs', 'tr', 'req']
const texts: readonly string[] = ['key', 'name']

/** Derived components (RFC 9421 clause 2.2), with the parameters that each can have. */
const derivedNames: Readonly<Record<string, readonly string[]>> = {
  '@method': ['req'],
  '@target-uri': ['req'],
  '@authority': ['req'],
  '@scheme': ['req'],
  '@request-target': ['req'],
  '@path': ['req'],
  '@query': ['req'],
  '@query-param': ['req', 'name'],
  '@status': [],
}

const fieldParameters: readonly string[] = ['sf', 'bs', 'tr', 'req', 'key']
const fieldName = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/

/**
 * The covered components of a signature from its inner list: each known, with parameters that fit it, and none twice, in
 * whatever order its parameters stand.
 *
 * @throws Psd2Error `SIGNATURE_COMPONENT_...`, `LIMIT_COMPONENTS`
 */
export function readComponents(list: InnerList, limits: HttpLimits): readonly CoveredComponent[] {
  if (list.items.length > limits.components) throw httpError('LIMIT_COMPONENTS', undefined, { path })
  const seen = new Set<string>()
  const components = list.items.map((item) => {
    const component = Object.freeze(readComponent(item))
    if (seen.has(component.id)) throw httpError('SIGNATURE_COMPONENT_TWICE', component.id, { path })
    seen.add(component.id)
    return component
  })
  return Object.freeze(components)
}

function readComponent(item: Item): CoveredComponent {
  if (item.value.type !== 'string') throw httpError('SIGNATURE_COMPONENT_UNKNOWN', 'not a string', { path })
  const name = item.value.value
  const parameters = readComponentParameters(name, item.parameters)
  const allowed = name.startsWith('@') ? derived(name) : field(name)
  for (const parameter of parameters.keys()) {
    if (!allowed.includes(parameter)) throw httpError('SIGNATURE_COMPONENT_PARAMETER', `${name};${parameter}`, { path })
  }
  if (parameters.has('bs') && (parameters.has('sf') || parameters.has('key'))) {
    throw httpError('SIGNATURE_COMPONENT_PARAMETER', `${name};bs beside sf or key`, { path })
  }
  if (name === '@query-param' && !parameters.has('name')) {
    throw httpError('SIGNATURE_COMPONENT_PARAMETER', '@query-param without name', { path })
  }
  const label = serialiseItem(item)
  return { name, id: idOf(name, item.parameters), label, start: `${label}: `, parameters }
}

function derived(name: string): readonly string[] {
  if (!Object.hasOwn(derivedNames, name)) throw httpError('SIGNATURE_COMPONENT_UNKNOWN', name, { path })
  return derivedNames[name] as readonly string[]
}

function field(name: string): readonly string[] {
  if (!fieldName.test(name)) throw httpError('SIGNATURE_COMPONENT_UNKNOWN', name, { path })
  return fieldParameters
}

function readComponentParameters(name: string, parameters: Parameters): ReadonlyMap<string, string | true> {
  if (parameters.size === 0) return noParameters
  const read = new Map<string, string | true>()
  for (const [parameter, value] of parameters) {
    const isFlag = flags.includes(parameter) && value.type === 'boolean' && value.value
    const isText = texts.includes(parameter) && value.type === 'string'
    if (!isFlag && !isText) throw httpError('SIGNATURE_COMPONENT_PARAMETER', `${name};${parameter}`, { path })
    read.set(parameter, isText ? (value.value as string) : true)
  }
  return read
}

/** The name with its parameters in alphabetical order: the same for two spellings of one component. */
function idOf(name: string, parameters: Parameters): string {
  if (parameters.size === 0) return name
  return name + serialiseParameters(new Map([...parameters].sort(([a], [b]) => (a < b ? -1 : 1))))
}

/**
 * A component as a policy or a signer names it: the serialised form without the quotation marks around the name, such as
 * `content-digest`, `@method;req` or `@query-param;name="id"`. Throws `TypeError` on anything else.
 */
export function componentItem(text: string): Item {
  const end = text.indexOf(';')
  const name = end < 0 ? text : text.slice(0, end)
  try {
    const item = parseItem(serialiseString(name) + (end < 0 ? '' : text.slice(end)), 'component')
    readComponent(item)
    return item
  } catch (cause) {
    throw new TypeError(`'${text}' is no component of RFC 9421`, { cause })
  }
}

/** The id of a component as it is named in {@link componentItem}. */
export function componentId(text: string): string {
  return readComponent(componentItem(text)).id
}
