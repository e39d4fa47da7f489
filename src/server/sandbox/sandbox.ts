import { createHash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type FactSources, openTrustData, type TrustData } from '../../audit/index.ts'
import { given } from '../../core/given.ts'
import type { PolicyName } from '../../registration/index.ts'
import { createRegistrationApp } from '../app.ts'
import type { Eligibility } from '../eligibility.ts'
import { eitherTrust, listTrust } from '../list-trust.ts'
import type { Logger } from '../logger.ts'
import type { RateLimit } from '../rate-limit.ts'
import { type RunningServer, serveRegistration } from '../serve.ts'
import { openStore } from '../store/open.ts'
import { type CertificateTrust, pathTrust, type RevocationDemands } from '../trust.ts'
import { type SandboxMaterial, sandboxMaterial } from './material.ts'

/** How {@link startSandbox} starts. */
export interface SandboxOptions {
  /** Folder for certificates and store. It is made where it is not there. */
  readonly data: string
  /** Default 0: any that is free. */
  readonly port?: number
  /** Default `127.0.0.1`. */
  readonly host?: string
  /** A PostgreSQL to keep registrations in, instead of the data folder. */
  readonly databaseUrl?: string
  /** Authorities to trust beside that of the sandbox, DER: those of real TPP certificates. */
  readonly anchors?: readonly Uint8Array[]
  /** What else is known: trusted lists, further authorities, revocation, the register. The sandbox fetches nothing. */
  readonly trustData?: TrustData
  /** A certificate of which nobody can say whether it was revoked. Default `accept`, with a line in the log. */
  readonly unknownRevocation?: 'accept' | 'refuse'
  /** As of `createRegistrationApp`: registrations that wait for their eligibility can be tried. */
  readonly eligibility?: Eligibility
  readonly policy?: PolicyName
  readonly rateLimit?: RateLimit | false
  readonly log?: Logger
  readonly now?: () => Date
}

/** A sandbox that runs. */
export interface Sandbox {
  /** `https://localhost:<port>`. */
  readonly url: string
  readonly port: number
  readonly material: SandboxMaterial
  /** Takes no more requests, waits for those under way, closes the store. */
  close(): Promise<void>
}

/**
 * Starts a bank to register with: https with client certificates, an authority of its own, ready-made certificates of a TPP
 * in `certificates/tpp` of the data folder.
 *
 * @throws Psd2Error `STORE_LOCKED` where another process has the folder open; `PACKAGE_MISSING`
 *
 * @example
 * ```ts
 * import { startSandbox } from 'psd2-toolkit/server'
 *
 * const sandbox = await startSandbox({ data: './psd2-sandbox' })
 * console.log(sandbox.url, sandbox.material.folder)
 * await sandbox.close()
 * ```
 */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { data, port, host, databaseUrl, policy, rateLimit, log, now } = options
  const sources = await openTrustData(options.trustData ?? {})
  if (options.unknownRevocation === 'refuse' && sources.revocation === undefined) {
    throw new TypeError('to refuse what nobody can tell of, give lists or responses that tell of revocation')
  }
  await mkdir(data, { recursive: true, mode: 0o700 })
  const store = await openStore(
    databaseUrl === undefined ? { folder: join(data, 'store') } : { url: databaseUrl, ...given({ log }) },
  )
  let running: RunningServer | undefined
  try {
    const material = await sandboxMaterial(data)
    const { seal } = material
    const fingerprint = createHash('sha256').update(seal.certificate.bytes).digest('hex')
    const app = await createRegistrationApp({
      store,
      trust: trustOf(material, sources, options),
      clientCertificate: { from: 'socket' },
      environment: 'sandbox',
      seal: { ...seal, keyId: `https://localhost/api/keyid/certificate_${fingerprint}` },
      ...given({ register: sources.register, eligibility: options.eligibility, now, policy, rateLimit, log }),
    })
    const { tls } = material
    running = await serveRegistration({ app, tls, ...given({ port, host }) })
    const { close } = running
    return {
      url: `https://localhost:${running.port}`,
      port: running.port,
      material,
      async close() {
        await close()
        await store.close()
      },
    }
  } catch (error) {
    await running?.close(0)
    await store.close()
    throw error
  }
}

/** The sandbox's own authority and those that were named; beside them the trusted lists. */
function trustOf(
  { root, issuers }: SandboxMaterial,
  sources: FactSources,
  { anchors = [], unknownRevocation = 'accept', log }: SandboxOptions,
): CertificateTrust {
  const demands: RevocationDemands =
    sources.revocation === undefined
      ? {}
      : {
          checkRevocation: sources.revocation,
          revocation: unknownRevocation === 'accept' ? 'if-present' : 'require',
        }
  const told = { ...demands, ...given({ log }) }
  const own = pathTrust({
    anchors: [root, ...anchors, ...(sources.anchors ?? [])],
    intermediates: [...issuers, ...(sources.intermediates ?? [])],
    ...told,
  })
  return sources.trustStore === undefined ? own : eitherTrust(own, listTrust({ store: sources.trustStore, ...told }))
}
