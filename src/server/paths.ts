import { registerPath, tokenPath } from '../registration/endpoints.ts'

export { registerPath, tokenPath }

/** Not of the page: whether the server and its store answer, and what it answers. */
export const healthPath = '/health'
export const descriptionPath = '/openapi.json'

/** Methods of each path; whatever else is asked is answered with 405. */
export const methods = {
  token: ['POST'],
  register: ['POST'],
  client: ['GET', 'PUT', 'DELETE'],
} as const

export type Endpoint = keyof typeof methods

/** Headers by which a method can be smuggled past whoever looks at the request line. */
export const methodOverrides: readonly string[] = ['x-http-method-override', 'x-http-method', 'x-method-override']

/**
 * What a request target asks for, as it was on the wire: one spelling only, no query, nothing encoded, so that two readers
 * see the same resource. A client_id that none of ours can be is undefined, as is an unknown one.
 */
export function resourceOf(target: string): { readonly endpoint: Endpoint; readonly clientId?: string } | undefined {
  if (target === tokenPath) return { endpoint: 'token' }
  if (target === registerPath) return { endpoint: 'register' }
  if (!target.startsWith(`${registerPath}/`)) return undefined
  const clientId = target.slice(registerPath.length + 1)
  return /^[^/?#]*$/.test(clientId) ? { endpoint: 'client', clientId } : undefined
}

/** True where a text can be a client_id of ours. */
export function isClientId(text: string): boolean {
  return /^[A-Za-z0-9._~-]{1,200}$/.test(text)
}
