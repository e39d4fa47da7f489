import { randomBytes } from 'node:crypto'
import type { Answer } from './answer.ts'
import { hashText } from './answer.ts'
import type { Caller } from './caller.ts'
import { serverError } from './codes.ts'
import type { Deps } from './deps.ts'
import { isClientId } from './paths.ts'
import type { ClientRecord } from './store/store.ts'

/** Seconds that a token lasts (Limits). */
export const tokenLife = 3600
export const tokenScope = 'manageRegistration'
const genericClientId = 'PSD2_TPPRegister'
/** The example of the page has this one; it was that of the sandbox before. */
const exampleClientId = '9d8711ec-f1b4-45e4-8072-2b3aa49793f0'

/** Seconds by which the clocks of two servers on one store may differ. */
const skew = 60

/** `POST /token`: an access token bound to the QWAC of the connection. Only its hash is kept. */
export async function issueToken(
  caller: Caller,
  contentType: string | undefined,
  body: Uint8Array,
  at: Date,
  { store, environment, crypto, log }: Deps,
): Promise<Answer> {
  const form = readForm(contentType, body)
  if (form.get('grant_type') !== 'client_credentials') throw serverError('GRANT_TYPE')
  if (form.get('scope') !== tokenScope) throw serverError('SCOPE')
  const clientId = form.get('client_id')
  const isExample = environment === 'sandbox' && clientId === exampleClientId
  if (clientId !== genericClientId && !isExample) throw serverError('CLIENT_ID')
  if (isExample)
    log.warn({ owner: caller.owner }, 'the client_id of the example was used: PSD2_TPPRegister is the one to use')
  const token = randomBytes(32).toString('base64url')
  const { thumbprint } = caller
  await store.addToken({
    hash: await hashOf(token, crypto),
    thumbprint,
    environment,
    scope: tokenScope,
    issuedAt: at,
    expiresAt: new Date(at.getTime() + tokenLife * 1000),
  })
  return {
    status: 200,
    headers: { pragma: 'no-cache' },
    body: { access_token: token, token_type: 'Bearer', expires_in: tokenLife, scope: tokenScope },
  }
}

/**
 * Holds a request to the token that it has: known, of this environment, for this scope, not older than an hour, and bound to
 * the QWAC that is shown. All but an old one are refused alike.
 *
 * @returns the client of the path, which the same query has looked for among those of the caller
 */
export async function requireToken(
  caller: Caller,
  authorization: readonly string[],
  clientId: string | undefined,
  at: Date,
  { store, environment, crypto }: Deps,
): Promise<ClientRecord | undefined> {
  if (authorization.length === 0) throw serverError('TOKEN_MISSING')
  const token =
    authorization.length === 1 ? /^bearer +([A-Za-z0-9._~+/-]{1,512}=*)$/i.exec(authorization[0] ?? '')?.[1] : undefined
  if (token === undefined) throw serverError('TOKEN_SYNTAX')
  const tokenHash = await hashOf(token, crypto)
  const { token: held, client } =
    clientId !== undefined && isClientId(clientId)
      ? await store.findCall({ tokenHash, clientId, owner: caller.owner })
      : { token: await store.findToken(tokenHash), client: undefined }
  if (
    held === undefined ||
    held.thumbprint !== caller.thumbprint ||
    held.environment !== environment ||
    held.scope !== tokenScope ||
    held.issuedAt.getTime() > at.getTime() + skew * 1000
  ) {
    throw serverError('TOKEN_UNKNOWN')
  }
  if (held.expiresAt.getTime() <= at.getTime()) throw serverError('TOKEN_EXPIRED')
  return client
}

function hashOf(token: string, crypto: Deps['crypto']): Promise<string> {
  return hashText(new TextEncoder().encode(token), crypto)
}

/** Parameters of a form, each once. */
function readForm(contentType: string | undefined, body: Uint8Array): ReadonlyMap<string, string> {
  if (!/^application\/x-www-form-urlencoded\s*(?:;\s*charset="?utf-8"?\s*)?$/i.test(contentType ?? '')) {
    throw serverError('FORM_CONTENT_TYPE')
  }
  const form = new Map<string, string>()
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body)
    for (const part of text.split('&')) {
      const [name = '', ...value] = part.split('=')
      const key = decodeURIComponent(name.replaceAll('+', ' '))
      if (form.has(key)) throw serverError('FORM_SYNTAX')
      form.set(key, decodeURIComponent(value.join('=').replaceAll('+', ' ')))
    }
  } catch {
    throw serverError('FORM_SYNTAX')
  }
  return form
}
