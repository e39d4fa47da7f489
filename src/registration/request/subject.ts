import { Psd2Error } from '../../core/errors.ts'
import type { Digester } from '../../crypto/provider.ts'
import { verifyMessageDigest } from '../../http/digest/index.ts'
import { type MessageView, parseSignatures } from '../../http/index.ts'
import { registerPath, tokenPath } from '../endpoints.ts'

/** What a request asks for: a token, or one of the four operations. */
export type RequestOperation = 'token' | 'create' | 'read' | 'update' | 'remove'

/** What lies under a path. */
export type Resource = 'token' | 'register' | 'client'

/** The operations of each resource, by method. */
export const methods: Readonly<Record<Resource, Readonly<Record<string, RequestOperation>>>> = {
  token: { POST: 'token' },
  register: { POST: 'create' },
  client: { GET: 'read', PUT: 'update', DELETE: 'remove' },
}

/** A request as the rules see it. */
export interface RequestSubject {
  readonly view: MessageView
  readonly resource: Resource | undefined
  /** Undefined where the resource has no such method. */
  readonly operation: RequestOperation | undefined
  /** Of the path, percent-decoded; undefined where it cannot be, or where there is none. */
  readonly clientId: string | undefined
  /** Parameters of the token request, each with all its values; undefined where there is no form to read. */
  readonly form: ReadonlyMap<string, readonly string[]> | undefined
  /** Names of what the signature covers; undefined where there is none to read. */
  readonly components: readonly string[] | undefined
  /** Why the signature cannot be read. */
  readonly signatureError: Psd2Error | undefined
  /** Why the digest is not that of the body. */
  readonly digestError: Psd2Error | undefined
}

export async function requestSubject(view: MessageView, crypto: Digester): Promise<RequestSubject> {
  const path = view.target?.path ?? ''
  const resource = resourceOf(path, view.target?.query)
  const method = view.method ?? ''
  const own = resource === undefined ? {} : methods[resource]
  const operation = Object.hasOwn(own, method) ? own[method] : undefined
  const signed = operation === undefined || operation === 'token' ? {} : readSignature(view)
  return {
    view,
    resource,
    operation,
    clientId: resource === 'client' ? decoded(path.slice(registerPath.length + 1)) : undefined,
    form: operation === 'token' ? readForm(view.body) : undefined,
    components: signed.components,
    signatureError: signed.error,
    digestError: operation === undefined || operation === 'token' ? undefined : await digestErrorOf(view, crypto),
  }
}

/** A query leads elsewhere: no address of the page has one. */
function resourceOf(path: string, query: string | undefined): Resource | undefined {
  if (query !== undefined && query !== '') return undefined
  if (path === tokenPath) return 'token'
  if (path === registerPath) return 'register'
  return path.startsWith(`${registerPath}/`) ? 'client' : undefined
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** Parameters of a form are few; an attacker could send thousands. */
const mostParameters = 32

function readForm(body: Uint8Array): ReadonlyMap<string, readonly string[]> | undefined {
  if (body.length > 8192) return undefined
  const form = new Map<string, string[]>()
  try {
    const parts = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body).split('&')
    if (parts.length > mostParameters) return undefined
    for (const part of parts) {
      const cut = part.indexOf('=')
      const [name, value] = cut < 0 ? [part, ''] : [part.slice(0, cut), part.slice(cut + 1)]
      const key = decodeURIComponent(name.replaceAll('+', ' '))
      const values = form.get(key) ?? []
      values.push(decodeURIComponent(value.replaceAll('+', ' ')))
      form.set(key, values)
    }
    return form
  } catch {
    return undefined
  }
}

function readSignature(view: MessageView): { components?: readonly string[]; error?: Psd2Error } {
  try {
    const [signature] = parseSignatures(view, { dialect: 'cavage-10' })
    return { components: signature?.components.map(({ id }) => id) ?? [] }
  } catch (error) {
    if (error instanceof Psd2Error) return { error }
    throw error
  }
}

async function digestErrorOf(view: MessageView, crypto: Digester): Promise<Psd2Error | undefined> {
  try {
    await verifyMessageDigest(view, { required: 'with-body', fields: ['Digest'], algorithms: ['sha-256'], crypto })
    return undefined
  } catch (error) {
    if (error instanceof Psd2Error) return error
    throw error
  }
}
