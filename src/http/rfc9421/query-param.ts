import { httpError } from '../refuse.ts'

/** How often a name occurs in a query, and its value the first time. Names and values are percent-encoded anew. */
export type QueryParameters = ReadonlyMap<string, { readonly value: string; readonly count: number }>

/** The parameters of a query, read as a form (RFC 9421 clause 2.2.8). */
export function readQuery(query: string): QueryParameters {
  const parameters = new Map<string, { value: string; count: number }>()
  for (const [name, value] of new URLSearchParams(query)) {
    const key = encode(name)
    const held = parameters.get(key)
    if (held === undefined) parameters.set(key, { value: encode(value), count: 1 })
    else held.count++
  }
  return parameters
}

/**
 * The value of one parameter of the query. A name that occurs twice has no value that two readers agree on, so it is
 * refused; so is a text whose octets are no UTF-8.
 *
 * @param name - percent-encoded, as the component has it
 */
export function queryParameter(parameters: QueryParameters, name: string): string {
  const found = parameters.get(name)
  if (found === undefined || found.count > 1 || `${name}${found.value}`.includes(replacement)) {
    throw httpError('SIGNATURE_QUERY_PARAM', name, { path: '@query-param' })
  }
  return found.value
}

/** What decoders put in the place of octets that are no UTF-8, encoded. */
const replacement = '%EF%BF%BD'

/** The percent-encode set of application/x-www-form-urlencoded, with %20 for a space. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()~]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}
