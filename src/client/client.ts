import { randomUUID } from 'node:crypto'
import { defaultCrypto } from '#crypto'
import type { CryptoProvider } from '../crypto/provider.ts'
import {
  type Activation,
  activationTime,
  type Endpoints,
  type RegistrationOperation,
  registrationEndpoints,
  verifyRegistration,
} from '../registration/index.ts'
import type { Certificate } from '../x509/index.ts'
import { refusalOf } from './answers.ts'
import { type AnswerSignature, type BankSeal, verifyAnswer } from './bank-signature.ts'
import { RegistrationError } from './codes.ts'
import { isSame, type KeySet, type ReadKeySet, readKeySet } from './key-set.ts'
import {
  type CallOptions,
  choice,
  type KeySetName,
  type RegistrationClientOptions,
  readBank,
  requireClientOptions,
} from './options.ts'
import { answered, type RegistrationAnswer } from './registration-answer.ts'
import { type RetrySettings, withRetry } from './retry.ts'
import { type PreparedRequest, prepareRequest, withToken } from './signed-request.ts'
import { type AccessToken, type TokenSource, tokenRequest, tokenSource } from './token.ts'
import {
  defaultTransportLimits,
  openTransport,
  type Transport,
  type WireAnswer,
  type WireRequest,
} from './transport.ts'

/** A registration or a change, and when it counts. */
export interface ChangedRegistration extends RegistrationAnswer {
  /** By the clock of the page, as of the answer: eligibility is the bank's to decide. */
  readonly activation: Activation
}

/** What became of a removal. */
export interface Removal {
  readonly requestId: string
  readonly signature: AnswerSignature
  /** True where a first try broke off and the second one met no client any more: it was that try which removed it. */
  readonly onEarlierTry: boolean
}

/** One key set with its connections and its token. */
interface Session {
  readonly keys: ReadKeySet
  readonly transport: Transport
  readonly token: TokenSource
}

/** What one operation sends. */
interface Call {
  readonly method: WireRequest['method']
  readonly url: string
  readonly body?: Uint8Array
  readonly keyId: string
  readonly expected: readonly number[]
}

/**
 * A client of the BPCE PSD2 Registration API: gets and renews the token over TLS with the QWAC, signs with the QSealC, holds
 * a body to the rules of the bank before it is sent, and reads both forms of the bank's errors. It keeps neither keys nor
 * tokens where an error or a log could show them.
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises'
 * import { RegistrationClient } from 'psd2-toolkit/client'
 * import { buildRegistration } from 'psd2-toolkit/registration'
 *
 * const qsealc = await readFile('qsealc.pem', 'utf8')
 * const client = new RegistrationClient({
 *   environment: 'sandbox',
 *   current: {
 *     qwac: { certificate: await readFile('qwac-chain.pem'), key: await readFile('qwac.key') },
 *     qsealc: { certificate: qsealc, key: await readFile('qsealc.key'), url: 'https://tpp.example/certs/qsealc.pem' },
 *   },
 * })
 * const { body } = await buildRegistration({
 *   qsealc: client.certificate(),
 *   redirectUris: ['https://tpp.example/callback'],
 *   softwareId: 'Example App',
 *   contact: { contact_name: 'API team', email: 'api@tpp.example', phone_number: '+33 1 23 45 67 89' },
 *   at: new Date(),
 * })
 * const { clientId, activation } = await client.create(body)
 * console.log(clientId, activation)
 * await client.close()
 * ```
 */
export class RegistrationClient {
  readonly endpoints: Endpoints
  readonly #sessions: { current: Session; next: Session | undefined }
  readonly #options: RegistrationClientOptions
  readonly #crypto: CryptoProvider
  readonly #bank: BankSeal | undefined
  readonly #retry: RetrySettings

  /** @throws TypeError where an option is unknown or wrong; Psd2Error where a certificate cannot be read */
  constructor(options: RegistrationClientOptions) {
    requireClientOptions(options)
    const { environment, codeTab, retry = {}, bank } = options
    this.endpoints = registrationEndpoints({ environment, ...(codeTab === undefined ? {} : { codeTab }) })
    this.#options = { ...options }
    this.#crypto = options.crypto ?? defaultCrypto
    this.#bank = bank === undefined ? undefined : readBank(bank)
    this.#retry = { retries: retry.retries ?? 2, delay: retry.delay ?? 300 }
    this.#sessions = {
      current: this.#open(options.current, 'current'),
      next: options.next === undefined ? undefined : this.#open(options.next, 'next'),
    }
  }

  /** The QSealC of a key set. */
  certificate(name: KeySetName = 'current'): Certificate {
    return this.#session(name).keys.qsealc
  }

  /** Gets the access token, or the one that still holds. It is a secret: keep it out of logs. */
  token({ keys = 'current', signal }: CallOptions = {}): Promise<AccessToken> {
    return this.#session(choice(keys).qwac).token.get(signal)
  }

  /** The token request as it would be sent. */
  prepareToken(): WireRequest {
    return tokenRequest({ url: this.endpoints.token, clientId: this.#tokenClientId() })
  }

  /**
   * Registers an app or an agent (POST /register).
   *
   * @throws Psd2Error with the id of a rule that the bank would refuse the body for; nothing is sent then
   * @throws RegistrationError `BANK_...`, `TOKEN_...`. After `BANK_OUTCOME_UNKNOWN` nobody knows whether it was registered
   */
  async create(body: Uint8Array, options: CallOptions = {}): Promise<ChangedRegistration> {
    return this.#changed(await this.#createCall(body, options), options)
  }

  /** Reads what is registered (GET /register/{client_id}). */
  async read(clientId: string, options: CallOptions = {}): Promise<RegistrationAnswer> {
    const { answer, prepared, signature } = await this.#exchange(this.#readCall(clientId), options)
    return answered(answer, prepared, signature, clientId)
  }

  /**
   * Replaces all of what is registered (PUT /register/{client_id}). The body may carry the QSealC of either key set; what is
   * signed with is the choice of `keys`.
   */
  async update(clientId: string, body: Uint8Array, options: CallOptions = {}): Promise<ChangedRegistration> {
    return this.#changed(await this.#updateCall(clientId, body, options), options, clientId)
  }

  /** Removes the client and all its data (DELETE /register/{client_id}). */
  async remove(clientId: string, options: CallOptions = {}): Promise<Removal> {
    const { prepared, signature, gone } = await this.#exchange(this.#removeCall(clientId), options)
    return { requestId: prepared.requestId, signature, onEarlierTry: gone }
  }

  /**
   * Replaces the certificates: an update with a body that carries the QSealC of `next`, signed with the key that the bank
   * knows. Where the bank took it, `next` is `current` from then on.
   */
  async rotate(clientId: string, given: Uint8Array, options: CallOptions = {}): Promise<ChangedRegistration> {
    const body = copied(given)
    const next = this.#session('next')
    await this.#requireCertificate(body, 'update', options, [next])
    const changed = await this.update(clientId, body, options)
    const { current } = this.#sessions
    this.#sessions.current = next
    this.#sessions.next = undefined
    await current.transport.close()
    return changed
  }

  /** The signed request as it would be sent, without its token. Checks a body as `create` and `update` do. */
  async prepare(
    operation: 'create' | 'read' | 'update' | 'remove',
    {
      clientId = '',
      body = new Uint8Array(0),
      ...options
    }: { clientId?: string; body?: Uint8Array } & CallOptions = {},
  ): Promise<PreparedRequest> {
    const calls = {
      create: () => this.#createCall(body, options),
      read: () => this.#readCall(clientId),
      update: () => this.#updateCall(clientId, body, options),
      remove: () => this.#removeCall(clientId),
    }
    if (!Object.hasOwn(calls, operation)) throw new TypeError(`unknown operation '${String(operation)}'`)
    return this.#prepare(await calls[operation](), options)
  }

  /** Closes all connections. */
  async close(): Promise<void> {
    await this.#sessions.current.transport.close()
    await this.#sessions.next?.transport.close()
  }

  #open(given: KeySet, what: string): Session {
    const { ca, limits } = this.#options
    const keys = readKeySet(given, what, this.#crypto)
    const transport = openTransport(keys.tls, ca, { ...defaultTransportLimits, ...limits })
    const settings = { url: this.endpoints.token, clientId: this.#tokenClientId(), transport, now: () => this.#now() }
    return { keys, transport, token: tokenSource(settings) }
  }

  #session(name: KeySetName): Session {
    const session = this.#sessions[name]
    if (session === undefined) throw new TypeError(`there is no key set '${name}'`)
    return session
  }

  #now(): Date {
    return this.#options.now?.() ?? new Date()
  }

  #tokenClientId(): string {
    return this.#options.tokenClientId ?? 'PSD2_TPPRegister'
  }

  async #createCall(given: Uint8Array, options: CallOptions): Promise<Call> {
    const body = copied(given)
    const { keys } = this.#session(choice(options.keys).qsealc)
    if (keys.url === undefined) throw new TypeError('qsealc.url is needed to register: the keyId of the first request')
    await this.#requireCertificate(body, 'create', options, [this.#session(choice(options.keys).qsealc)])
    return { method: 'POST', url: this.endpoints.register, body, keyId: keys.url, expected: [201, 200] }
  }

  #readCall(clientId: string): Call {
    return { method: 'GET', url: this.#clientUrl(clientId), keyId: clientId, expected: [200] }
  }

  async #updateCall(clientId: string, given: Uint8Array, options: CallOptions): Promise<Call> {
    const body = copied(given)
    const url = this.#clientUrl(clientId)
    const { current, next } = this.#sessions
    await this.#requireCertificate(body, 'update', options, next === undefined ? [current] : [current, next], clientId)
    return { method: 'PUT', url, body, keyId: clientId, expected: [201, 200] }
  }

  #removeCall(clientId: string): Call {
    return { method: 'DELETE', url: this.#clientUrl(clientId), keyId: clientId, expected: [204, 200] }
  }

  /** The bank makes client_ids, and nobody takes them apart; what has a slash or a dot segment is none. */
  #clientUrl(clientId: string): string {
    if (typeof clientId !== 'string') throw new TypeError('client_id is text')
    if (!/^[\x21\x23-\x2e\x30-\x5b\x5d-\x7e]{1,256}$/.test(clientId) || /^\.{1,2}$/.test(clientId)) {
      throw new RegistrationError('CLIENT_ID_FORM')
    }
    return `${this.endpoints.register}/${encodeURIComponent(clientId)}`
  }

  /** The same rules as the bank's, before anything is sent; and that the body has the certificate it is signed with. */
  async #requireCertificate(
    body: Uint8Array,
    operation: RegistrationOperation,
    options: CallOptions,
    sessions: readonly Session[],
    clientId?: string,
  ): Promise<void> {
    const { environment, policy, accept } = this.#options
    const { qwac, qsealc } = this.#session(choice(options.keys).qwac).keys
    const providerLegalId = qsealc.subject.all('2.5.4.97')[0]?.text
    const { certificate } = await verifyRegistration(body, {
      operation,
      at: this.#now(),
      environment: environment === 'live' ? 'live' : 'sandbox',
      crypto: this.#crypto,
      ...(policy === undefined ? {} : { policy }),
      ...(accept === undefined ? {} : { accept }),
      ...(qwac === undefined ? {} : { qwac }),
      ...(clientId === undefined || providerLegalId === undefined ? {} : { registered: { clientId, providerLegalId } }),
    })
    if (!sessions.some(({ keys }) => isSame(keys.qsealc, certificate)))
      throw new RegistrationError('CLIENT_CERTIFICATE')
  }

  #prepare({ method, url, body, keyId }: Call, options: CallOptions): Promise<PreparedRequest> {
    const { keys } = this.#session(choice(options.keys).qsealc)
    const requestId = this.#options.requestId?.() ?? randomUUID()
    return prepareRequest({ method, url, body, keyId, keys, requestId, at: this.#now() })
  }

  async #changed(call: Call, options: CallOptions, clientId?: string): Promise<ChangedRegistration> {
    const { answer, prepared, signature } = await this.#exchange(call, options)
    const changed = answered(answer, prepared, signature, clientId)
    return { ...changed, activation: activationTime({ at: this.#now() }) }
  }

  /** Sends a call, again where that is safe. Each try is signed anew: a signature that was seen is refused. */
  async #exchange(call: Call, options: CallOptions): Promise<Exchanged> {
    const { signal } = options
    const { transport, token } = this.#session(choice(options.keys).qwac)
    let uncertain = false
    return withRetry(call.method, this.#retry, signal, async () => {
      const access = await token.get(signal)
      const prepared = await this.#prepare(call, options)
      const answer = await this.#send(transport, withToken(prepared, access.value), signal, () => {
        uncertain = true
      })
      const signature = await verifyAnswer(answer, prepared, this.#bank, this.#now(), this.#crypto)
      if (call.expected.includes(answer.status)) return { answer, prepared, signature, gone: false }
      // A removal that broke off had removed it after all.
      if (call.method === 'DELETE' && uncertain && answer.status === 404)
        return { answer, prepared, signature, gone: true }
      const error = refusalOf(answer, [access.value], prepared.requestId)
      if (error.code === 'BANK_TOKEN') token.drop(access)
      throw error
    })
  }

  async #send(
    transport: Transport,
    wire: WireRequest,
    signal: AbortSignal | undefined,
    broke: () => void,
  ): Promise<WireAnswer> {
    try {
      return await transport.send(wire, signal)
    } catch (error) {
      if (error instanceof RegistrationError && error.code !== 'BANK_UNREACHABLE') broke()
      throw error
    }
  }
}

interface Exchanged {
  readonly answer: WireAnswer
  readonly prepared: PreparedRequest
  readonly signature: AnswerSignature
  /** A removal was done by a try before this one. */
  readonly gone: boolean
}

/** What was checked is what is sent, whatever the caller does to its octets meanwhile. */
function copied(body: Uint8Array): Uint8Array {
  if (!(body instanceof Uint8Array)) throw new TypeError('the body is a Uint8Array: the octets that are signed')
  return new Uint8Array(body)
}
