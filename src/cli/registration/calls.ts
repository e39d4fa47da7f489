import { Command, Option } from 'commander'
import type { RegistrationAnswer, RegistrationClient } from '../../client/index.ts'
import { Psd2Error } from '../../core/errors.ts'
import { type Activation, buildRegistration, type RegistrationOperation } from '../../registration/index.ts'
import { escapeJson } from '../../report/index.ts'
import { readOctets } from '../files.ts'
import type { Terminal } from '../terminal.ts'
import { type ClientConfig, readConfig } from './config.ts'
import { telling } from './tell.ts'

interface CallValues {
  readonly config: string
  readonly clientId?: string
  readonly body?: string
  readonly keys: 'current' | 'next'
  readonly rotate?: true
  readonly dryRun?: true
}

/** One call of the API, as a command. */
interface CallCommand {
  readonly name: 'token' | 'create' | 'get' | 'update' | 'delete'
  readonly says: string
  readonly hasBody?: RegistrationOperation
  readonly hasClientId?: true
}

const calls: readonly CallCommand[] = [
  { name: 'token', says: 'get an access token, and print it: keep it out of logs' },
  { name: 'create', says: 'register an app or an agent', hasBody: 'create' },
  { name: 'get', says: 'print what is registered', hasClientId: true },
  { name: 'update', says: 'replace what is registered', hasBody: 'update', hasClientId: true },
  { name: 'delete', says: 'remove a client and all its data', hasClientId: true },
]

/** `psd2 registration token`, `create`, `get`, `update`, `delete`. */
export function callCommands(terminal: Terminal): readonly Command[] {
  return calls.map((call) => {
    const command = new Command(call.name)
      .description(call.says)
      .requiredOption('--config <file>', 'environment, certificates and keys: docs/registration.md has an example')
      .addOption(new Option('--keys <set>', 'which key set').choices(['current', 'next']).default('current'))
      .option('--dry-run', 'send nothing; print the request for curl, with placeholders for secrets')
      .action(async (values: CallValues) => telling(terminal, () => run(call, values, terminal)))
    if (call.hasClientId) command.option('--client-id <text>', 'default: that of the configuration')
    if (call.hasBody) command.option('--body <file>', 'default: built from the configuration')
    if (call.name === 'update') {
      command.option('--rotate', 'register the certificate of the key set next, signed with that of current')
    }
    return command
  })
}

async function run(call: CallCommand, values: CallValues, terminal: Terminal): Promise<void> {
  const config = await readConfig(values.config, terminal)
  const { RegistrationClient, curlCommand } = await loadClient()
  const client = new RegistrationClient({ ...config.client, now: terminal.now })
  try {
    if (values.dryRun === true) {
      const files = config.files[values.keys]
      terminal.out(curlCommand(await prepared(call, values, config, client, terminal), files))
    } else {
      const result = await send(call, values, config, client, terminal)
      terminal.out(`${escapeJson(JSON.stringify(result, undefined, 2))}\n`)
    }
  } finally {
    await client.close()
  }
}

/** The client needs libraries that reading certificates does not. */
async function loadClient(): Promise<typeof import('../../client/index.ts')> {
  try {
    return await import('../../client/index.ts')
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ERR_MODULE_NOT_FOUND') throw error
    throw new TypeError('the client needs two more packages: npm install undici@7 oauth4webapi@3')
  }
}

async function prepared(
  call: CallCommand,
  values: CallValues,
  config: ClientConfig,
  client: RegistrationClient,
  terminal: Terminal,
): Promise<Parameters<typeof import('../../client/index.ts').curlCommand>[0]> {
  const { keys } = values
  if (call.name === 'token') return client.prepareToken()
  const operations = { create: 'create', get: 'read', update: 'update', delete: 'remove' } as const
  return client.prepare(operations[call.name], {
    keys,
    ...(call.hasClientId ? { clientId: clientIdOf(values, config) } : {}),
    ...(call.hasBody === undefined ? {} : { body: await bodyFor(call.hasBody, values, config, client, terminal) }),
  })
}

async function send(
  call: CallCommand,
  values: CallValues,
  config: ClientConfig,
  client: RegistrationClient,
  terminal: Terminal,
): Promise<object> {
  const options = { keys: values.keys }
  switch (call.name) {
    case 'token': {
      const { value, expiresAt } = await client.token(options)
      return { access_token: value, expiresAt: expiresAt.toISOString() }
    }
    case 'create':
      return changed(await client.create(await bodyFor('create', values, config, client, terminal), options))
    case 'get':
      return answered(await client.read(clientIdOf(values, config), options))
    case 'update': {
      const body = await bodyFor('update', values, config, client, terminal)
      const clientId = clientIdOf(values, config)
      return changed(
        values.rotate === true
          ? await client.rotate(clientId, body, options)
          : await client.update(clientId, body, options),
      )
    }
    case 'delete':
      return {
        clientId: clientIdOf(values, config),
        removed: true,
        ...(await client.remove(clientIdOf(values, config), options)),
      }
  }
}

function clientIdOf(values: CallValues, config: ClientConfig): string {
  const clientId = values.clientId ?? config.clientId
  if (clientId === undefined) throw new TypeError('--client-id is missing, and the configuration has no clientId')
  return clientId
}

/** The body of a file, or one that is built from the fields of the configuration and the certificate of the key set. */
async function bodyFor(
  operation: RegistrationOperation,
  values: CallValues,
  { registration, client: settings }: ClientConfig,
  client: RegistrationClient,
  terminal: Terminal,
): Promise<Uint8Array> {
  if (values.body !== undefined) return readOctets(values.body, terminal)
  if (registration === undefined) {
    throw new Psd2Error('CONFIG_MEMBER', 'there is no --body, and the configuration has no registration', {
      path: '/registration',
      mend: 'docs/registration.md has an example',
    })
  }
  const { environment, policy, accept } = settings
  const { body } = await buildRegistration({
    ...registration,
    qsealc: client.certificate(values.rotate === true ? 'next' : values.keys),
    at: terminal.now(),
    operation,
    environment: environment === 'live' ? 'live' : 'sandbox',
    ...(policy === undefined ? {} : { policy }),
    ...(accept === undefined ? {} : { accept }),
    ...(operation === 'update' && values.clientId !== undefined ? { clientId: values.clientId } : {}),
  })
  return body
}

function answered({ status, clientId, registration, signature, requestId }: RegistrationAnswer): object {
  return { status, clientId, requestId, signature, registration }
}

function changed(answer: RegistrationAnswer & { readonly activation: Activation }): object {
  return { ...answered(answer), activation: answer.activation }
}
