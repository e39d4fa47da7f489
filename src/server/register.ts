import { randomBytes } from 'node:crypto'
import { encodeBase64 } from '../core/base64.ts'
import { equalBytes } from '../core/bytes.ts'
import { Psd2Error } from '../core/errors.ts'
import type { HttpMessage } from '../http/index.ts'
import type { VerifiedMessage } from '../signing/index.ts'
import { type Answer, hashText } from './answer.ts'
import { type Caller, ownerOf } from './caller.ts'
import { type BodyCheck, checkRegistrationBody, type SoundRegistration } from './check-registration.ts'
import { type ServerCode, serverError } from './codes.ts'
import type { Deps } from './deps.ts'
import { activationRow, askEligibility } from './eligibility.ts'
import { bodyOf } from './record.ts'
import { ComplaintError } from './refusal.ts'
import { requireServices } from './registered.ts'
import type { Seal } from './seals.ts'
import type { ClientRecord, Conflict, Outcome, SignedOnce } from './store/store.ts'

/** A request whose QWAC and token were accepted. */
export interface RegisterRequest {
  readonly message: HttpMessage & { readonly body: Uint8Array }
  readonly contentType: string | undefined
  /** That of the path, where it is the caller's. */
  readonly client: ClientRecord | undefined
  readonly caller: Caller
  readonly at: Date
}

/** One of the four operations. */
export type Operation = (request: RegisterRequest, deps: Deps) => Promise<Answer>

const refusals: Readonly<Record<Conflict, ServerCode>> = {
  replayed: 'REQUEST_REPLAYED',
  'seal-taken': 'SEAL_TAKEN',
  'legal-id-taken': 'LEGAL_ID_TAKEN',
  'name-taken': 'NAME_TAKEN',
  'scope-of-agent': 'AGENT_SCOPE',
  'changed-meanwhile': 'CHANGED_MEANWHILE',
}

/** `POST /register`: one application or one agent, signed with the key of the certificate in the body. */
export const createClient: Operation = async (request, deps) => {
  requireJson(request.contentType)
  const body = await checkBody(request, undefined, deps)
  const once =
    body.seal === undefined ? undefined : await verifySigned(request, [await deps.seals.received(body.seal)], deps)
  const checked = sound(body)
  if (once === undefined) throw serverError('INTERNAL')
  const { caller, at } = request
  await requireOneOwner(checked, caller, deps, at)
  const client: ClientRecord = {
    ...rowOf(checked),
    clientId: newClientId(caller.owner),
    owner: caller.owner,
    origin: 'api',
    version: 1,
    createdAt: at,
    updatedAt: at,
    ...(await activationOf('create', checked, request, deps)),
  }
  requireDone(await deps.store.create(client, once, deps.policy))
  tellWaiting(client, deps)
  return { status: deps.policy.created, headers: {}, body: bodyOf(client, deps.policy) }
}

/** `GET /register/{client_id}`: readable from the moment of the 201, long before the client is active. */
export const readClient: Operation = async (request, deps) => {
  const client = ownClient(request)
  const once = await verifySigned(request, [sealOf(client, deps)], deps)
  if (!(await deps.store.remember(once))) throw serverError('REQUEST_REPLAYED')
  return { status: 200, headers: {}, body: bodyOf(client, deps.policy) }
}

/**
 * `PUT /register/{client_id}`: the whole registration anew, signed with the registered certificate or the new one, both of
 * the organisation that the QWAC names. From the answer on, the new one counts.
 */
export const replaceClient: Operation = async (request, deps) => {
  const before = ownClient(request)
  requireJson(request.contentType)
  const body = await checkBody(request, before, deps)
  const once = await verifySigned(request, await candidates(before, body, deps), deps)
  const checked = sound(body)
  const { caller, at } = request
  await requireOneOwner(checked, caller, deps, at)
  if (checked.kind !== before.kind || (before.kind === 'agent' && checked.clientLegalId !== before.clientLegalId)) {
    throw serverError('OWNER_CHANGED')
  }
  const client: ClientRecord = {
    ...before,
    ...rowOf(checked),
    version: before.version + 1,
    updatedAt: at,
    ...(await activationOf('update', checked, request, deps)),
  }
  requireDone(await deps.store.replace(client, once, deps.policy))
  tellWaiting(client, deps)
  return { status: deps.policy.replaced, headers: {}, body: bodyOf(client, deps.policy) }
}

/** `DELETE /register/{client_id}`: nothing is kept, and the certificates are free for a new registration. */
export const removeClient: Operation = async (request, deps) => {
  const client = ownClient(request)
  const once = await verifySigned(request, [sealOf(client, deps)], deps)
  requireDone(await deps.store.remove(client, once))
  return { status: 204, headers: {}, body: undefined }
}

function requireDone(outcome: Outcome): void {
  if (outcome.done) return
  // Whoever signed with the key of a certificate may know which client it has.
  throw serverError(refusals[outcome.conflict], { ownClientId: outcome.ownClientId })
}

function requireJson(contentType: string | undefined): void {
  if (!/^application\/json\s*(?:;\s*charset="?utf-8"?\s*)?$/i.test(contentType ?? ''))
    throw serverError('BODY_CONTENT_TYPE')
}

function checkBody(
  { message, caller, at }: RegisterRequest,
  before: ClientRecord | undefined,
  { policy, environment, crypto }: Deps,
): Promise<BodyCheck> {
  return checkRegistrationBody(message.body, {
    operation: before === undefined ? 'create' : 'update',
    registered: before === undefined ? undefined : { clientId: before.clientId, providerLegalId: before.owner },
    policy: policy.name,
    environment,
    qwac: caller.certificate,
    at,
    crypto,
  })
}

/** A body that the rules have nothing against. What is signed wrongly is told before: then somebody else changed it. */
function sound({ complaints, registration }: BodyCheck): SoundRegistration {
  if (complaints.length > 0 || registration === undefined) throw new ComplaintError(complaints)
  return registration
}

/** The client of the path. Another's, and one enrolled on the portal, are as if unknown. */
function ownClient({ client, message }: RegisterRequest): ClientRecord {
  if (message.method !== 'PUT' && message.body.length > 0) throw serverError('BODY_UNEXPECTED')
  if (client === undefined || client.origin === 'portal') throw serverError('RESOURCE_UNKNOWN')
  return client
}

function sealOf({ sealThumbprint, seal }: ClientRecord, { seals }: Deps): Seal {
  return seals.stored(sealThumbprint, seal)
}

/** Registered certificate and new one: two signature checks at most. */
async function candidates(before: ClientRecord, { seal }: BodyCheck, deps: Deps): Promise<Seal[]> {
  const registered = sealOf(before, deps)
  const isSame = seal === undefined || equalBytes(seal.bytes, registered.certificate.bytes)
  return isSame ? [registered] : [registered, await deps.seals.received(seal)]
}

/**
 * Verifies digest and signature with the first certificate that fits, and that a qualified issuer stands behind it.
 *
 * @returns what makes the signature count once
 */
async function verifySigned(
  { message, at }: RegisterRequest,
  seals: readonly Seal[],
  { trust, crypto }: Deps,
): Promise<SignedOnce> {
  const { verified, seal } = await verifyWithOne(message, seals, at)
  const { certificate, thumbprint } = seal
  await trust(certificate, { as: 'QSealC', at })
  return {
    sealThumbprint: thumbprint,
    signed: await hashText(verified.base.octets, crypto),
    until: certificate.validity.notAfter,
  }
}

async function verifyWithOne(
  message: HttpMessage,
  seals: readonly Seal[],
  at: Date,
): Promise<{ verified: VerifiedMessage; seal: Seal }> {
  let first: unknown
  for (const seal of seals) {
    try {
      return { verified: await seal.verifier.verifyRequest(message, { at }), seal }
    } catch (error) {
      if (!(error instanceof Psd2Error)) throw error
      first ??= error
    }
  }
  throw first
}

/**
 * One organisation in QWAC, QSealC and body, a certificate that the bank may trust for what it is to be used for, and scopes
 * within what the register has.
 */
async function requireOneOwner(
  { seal, providerLegalId, scopes }: SoundRegistration,
  caller: Caller,
  { trust, register }: Deps,
  at: Date,
): Promise<void> {
  if (ownerOf(seal) !== caller.owner || providerLegalId !== caller.owner) throw serverError('SEAL_OWNER')
  await trust(seal, { as: 'QSealC', at })
  requireServices(caller.owner, scopes, at, register)
}

function rowOf({ kind, clientName, clientLegalId, seal, sealThumbprint, metadata }: SoundRegistration) {
  return { kind, clientName, clientLegalId, seal: encodeBase64(seal.bytes), sealThumbprint, metadata }
}

/** Has the identifier of the TPP in it, as the page says, and cannot be guessed; nobody is to read anything from it. */
function newClientId(owner: string): string {
  return `${owner.replace(/[^A-Za-z0-9._~-]/g, '_')}-${randomBytes(9).toString('hex').toUpperCase()}`
}

async function activationOf(
  operation: 'create' | 'update',
  { kind, seal: qsealc, metadata }: SoundRegistration,
  { caller: { owner, certificate: qwac }, at }: RegisterRequest,
  { eligibility }: Deps,
) {
  return activationRow(await askEligibility(eligibility, { operation, owner, kind, qwac, qsealc, metadata, at }), at)
}

/** The page has no member for it: the operator is told, and finds the client among those that wait. */
function tellWaiting({ owner, kind, eligibility, estimatedAt }: ClientRecord, { log }: Deps): void {
  if (eligibility !== 'met') log.warn({ owner, kind, eligibility, estimatedAt }, 'a client waits for its eligibility')
}
