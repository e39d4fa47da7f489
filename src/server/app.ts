import { type Context, Hono } from 'hono'
import { defaultCrypto } from '#crypto'
import { chunksOf, collectBody } from '../adapters/body.ts'
import { type ClientCertificateSource, clientCertificateReader } from '../adapters/client-certificate.ts'
import { Psd2Error } from '../core/errors.ts'
import type { CryptoProvider } from '../crypto/provider.ts'
import type { PolicyName } from '../registration/index.ts'
import type { EbaRegister } from '../trust/index.ts'
import { type Answer, type BankSeal, readySeal, responseOf } from './answer.ts'
import { type Caller, callerFinder } from './caller.ts'
import { serverError } from './codes.ts'
import type { Deps, Environment } from './deps.ts'
import type { Eligibility } from './eligibility.ts'
import { faultOf } from './fault.ts'
import { type Incoming, incomingOf, isGone, onlyRequestId } from './incoming.ts'
import { type Logger, silent } from './logger.ts'
import { openApiOf } from './openapi.ts'
import { descriptionPath, healthPath, methodOverrides, methods, resourceOf } from './paths.ts'
import { answerPolicy } from './policy.ts'
import { type RateLimit, rateLimiter, readRateLimit } from './rate-limit.ts'
import { ComplaintError, refusalOf } from './refusal.ts'
import { createClient, type Operation, readClient, removeClient, replaceClient } from './register.ts'
import { registeredTrust } from './registered.ts'
import { sealsWith } from './seals.ts'
import type { RegistrationStore } from './store/store.ts'
import { sweeperOf } from './sweeper.ts'
import { issueToken, requireToken } from './token-endpoint.ts'
import { type CertificateTrust, rememberTrust } from './trust.ts'

/** What a registration server is made of. */
export interface RegistrationAppOptions {
  readonly store: RegistrationStore
  /** Which issuers stand behind certificates. */
  readonly trust: CertificateTrust
  /** The register of the EBA: a TPP that it says is not authorised is refused. Default: it is not asked. */
  readonly register?: EbaRegister
  /** Asked before a client is registered or changed, whether its criteria of eligibility are met. Default: they are. */
  readonly eligibility?: Eligibility
  /** Where the QWAC is: on the TLS connection, or in a header of proxies that you name. */
  readonly clientCertificate: ClientCertificateSource
  readonly environment: Environment
  /** How the page is read where it contradicts itself. Default `seed`: to the letter. */
  readonly policy?: PolicyName
  /** Signs the answers of the four operations. Default: they are not signed. */
  readonly seal?: BankSeal
  /** Octets of a body at most. Default 65,536. */
  readonly maxBody?: number
  /** Requests of one caller to this process; false for none. */
  readonly rateLimit?: RateLimit | false
  /** Default: the clock. */
  readonly now?: () => Date
  /** A logger of pino, or one like it. Default: nothing is said. */
  readonly log?: Logger
  readonly crypto?: CryptoProvider
}

const names: ReadonlySet<string> = new Set([
  'store',
  'trust',
  'register',
  'eligibility',
  'clientCertificate',
  'environment',
  'policy',
  'seal',
  'maxBody',
  'rateLimit',
  'now',
  'log',
  'crypto',
])

const nothing = new Uint8Array(0)

/** A request, and what is found out about it. */
interface Exchange {
  readonly incoming: Incoming
  readonly resource: ReturnType<typeof resourceOf>
  readonly at: Date
  /** As soon as it is known, for the log and the signature of the answer. */
  caller: Caller | undefined
}

/** A form of three parameters. */
const maxForm = 4096

const operations: Readonly<Record<string, Operation>> = {
  POST: createClient,
  GET: readClient,
  PUT: replaceClient,
  DELETE: removeClient,
}

/**
 * The registration server of the bank's page as a Hono application: `POST /stet/psd2/oauth/token`, and POST, GET, PUT and
 * DELETE under `/stet/setting/v1/register`, for whatever host. Serve it with @hono/node-server over https that asks for
 * client certificates ({@link serveRegistration} does), so that targets, header lines and certificates are those of the wire.
 *
 * @throws TypeError on unknown options and values that mean nothing
 * @throws Psd2Error where the seal is none, or its key not that of its certificate
 *
 * @example
 * ```ts
 * import { createRegistrationApp, pathTrust, openStore } from 'psd2-toolkit/server'
 *
 * declare const root: Uint8Array
 * declare const issuing: Uint8Array[]
 * const app = await createRegistrationApp({
 *   store: await openStore({ folder: './data/store' }),
 *   trust: pathTrust({ anchors: [root], intermediates: issuing }),
 *   clientCertificate: { from: 'socket' },
 *   environment: 'sandbox',
 * })
 * console.log(app.routes.length)
 * ```
 */
export async function createRegistrationApp(options: RegistrationAppOptions): Promise<Hono> {
  for (const name in options)
    if (!names.has(name)) throw new TypeError(`unknown option '${name}' of createRegistrationApp`)
  const {
    store,
    clientCertificate,
    environment,
    now = () => new Date(),
    log = silent,
    crypto = defaultCrypto,
  } = options
  const { maxBody = 65_536 } = options
  if (typeof options.trust !== 'function')
    throw new TypeError('trust is a function that shows who stands behind a certificate')
  if (environment !== 'sandbox' && environment !== 'live') throw new TypeError('environment is sandbox or live')
  if (clientCertificate === undefined) throw new TypeError('clientCertificate says where the QWAC is')
  if (!Number.isSafeInteger(maxBody) || maxBody < 1) throw new TypeError('maxBody is a number of octets')
  const policy = answerPolicy(options.policy)
  const { register, eligibility = () => 'met' } = options
  if (typeof eligibility !== 'function') throw new TypeError('eligibility is a function that answers a state')
  const ground = register === undefined ? options.trust : registeredTrust(options.trust, register, log)
  const trust = rememberTrust(ground, crypto)
  const deps: Deps = { store, trust, register, eligibility, seals: sealsWith(crypto), environment, policy, crypto, log }
  const sweep = sweeperOf(store, log)
  const reader = clientCertificateReader(clientCertificate)
  const ofConnection = clientCertificate.from === 'socket'
  const findCaller = callerFinder(reader, ofConnection, trust, crypto)
  const seal = options.seal === undefined ? undefined : await readySeal(options.seal, now(), crypto)
  const limit = options.rateLimit === false ? () => 0 : rateLimiter(readRateLimit(options.rateLimit))

  async function answer(exchange: Exchange): Promise<Answer> {
    const { incoming, resource, at } = exchange
    const { method, target, headers, fields, socket } = incoming
    if (resource === undefined) throw serverError('RESOURCE_UNKNOWN')
    const allowed: readonly string[] = methods[resource.endpoint]
    const isSmuggled = methodOverrides.some((name) => fields.has(name))
    if (!allowed.includes(method) || isSmuggled) {
      return withHeaders(refusalOf(serverError('METHOD_NOT_ALLOWED'), policy), { allow: allowed.join(', ') })
    }
    const refuse = (seconds: number): Answer =>
      withHeaders(refusalOf(serverError('RATE_LIMIT'), policy), { 'retry-after': String(seconds) })
    const waiting = ofConnection ? limit(socket?.remoteAddress ?? '', at) : 0
    if (waiting > 0) return refuse(waiting)
    const most = resource.endpoint === 'token' ? maxForm : maxBody
    const body =
      incoming.body === null
        ? nothing
        : await collectBody(chunksOf(incoming.body), most, fields.get('content-length')?.[0])
    const caller = await findCaller(socket, headers, at)
    exchange.caller = caller
    // Behind a proxy all come from one address.
    const waitingCaller = ofConnection ? 0 : limit(caller.thumbprint, at)
    if (waitingCaller > 0) return refuse(waitingCaller)
    const [contentType, ...others] = fields.get('content-type') ?? []
    const type = others.length === 0 ? contentType : undefined
    if (resource.endpoint === 'token') {
      sweep(at)
      return issueToken(caller, type, body, at, deps)
    }
    const client = await requireToken(caller, fields.get('authorization') ?? [], resource.clientId, at, deps)
    const hidden = reader.hidden(socket)
    const isHidden = hidden.some((name) => fields.has(name))
    const lines = isHidden ? headers.filter(([name]) => !hidden.includes(name.toLowerCase())) : headers
    const operate = operations[method]
    if (operate === undefined) throw serverError('METHOD_NOT_ALLOWED')
    const message = { method, target, headers: lines, body }
    return operate({ message, contentType: type, client, caller, at }, deps)
  }

  async function handle(c: Context): Promise<Response> {
    const start = performance.now()
    const at = now()
    const incoming = incomingOf(c)
    const { method, target } = incoming
    const exchange: Exchange = { incoming, resource: resourceOf(target), at, caller: undefined }
    const reply = await outcomeOf(exchange)
    const { resource, caller } = exchange
    const requestId = onlyRequestId(incoming)
    // Nobody gets a signature of the bank who has not shown a certificate that it takes.
    const signing = resource?.endpoint === 'token' || caller === undefined ? undefined : seal
    const response = await responseOf(reply, { requestId, method, target }, signing, at)
    const line = {
      requestId: loggable(requestId),
      method,
      endpoint: resource?.endpoint ?? 'unknown',
      status: reply.status,
      code: reply.code,
      owner: caller?.owner,
      qwac: caller?.thumbprint,
      milliseconds: Math.round((performance.now() - start) * 10) / 10,
    }
    if (reply.status < 500) log.info(line, 'answered')
    else if (reply.code !== 'GONE') log.error(line, 'answered with a failure')
    return response
  }

  async function outcomeOf(exchange: Exchange): Promise<Answer> {
    try {
      return await answer(exchange)
    } catch (error) {
      if (error instanceof ComplaintError || (error instanceof Psd2Error && !isOurFault(error))) {
        return refusalOf(error, policy)
      }
      const { incoming } = exchange
      if (isGone(incoming)) {
        // Nobody is there to take the answer.
        log.info({ method: incoming.method }, 'a client went away')
        return { ...refusalOf(serverError('INTERNAL'), policy), code: 'GONE' }
      }
      log.error(faultOf(error), 'a request failed')
      return refusalOf(serverError('INTERNAL'), policy)
    }
  }

  const app = new Hono()
  app.get(healthPath, async (c) => {
    const isReady = await store.ping().then(
      () => true,
      (error) => {
        log.error(faultOf(error), 'the store does not answer')
        return false
      },
    )
    return c.json({ status: isReady ? 'up' : 'down' }, isReady ? 200 : 503, { 'cache-control': 'no-store' })
  })
  app.get(descriptionPath, (c) => c.json(openApiOf(policy)))
  app.all('*', handle)
  // What is thrown before there is an answer, such as a seal that cannot sign.
  app.onError((error, c) => {
    log.error(faultOf(error), 'a request failed')
    const { status, body } = refusalOf(serverError('INTERNAL'), policy)
    return c.json(body, status as 500)
  })
  return app
}

/** What a caller chose goes into the log where it is a UUID: it can be nothing else then, such as a token. */
function loggable(requestId: string | undefined): string | undefined {
  return requestId !== undefined && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(requestId)
    ? requestId
    : undefined
}

function withHeaders(answer: Answer, headers: Readonly<Record<string, string>>): Answer {
  return { ...answer, headers: { ...answer.headers, ...headers } }
}

/** A store that does not answer is nobody's bad request. */
function isOurFault({ code }: Psd2Error): boolean {
  return code === 'SIGNATURE_REPLAY_STORE'
}
