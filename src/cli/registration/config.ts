import { dirname, resolve } from 'node:path'
import type { CurlFiles, KeySet, RegistrationClientOptions } from '../../client/index.ts'
import { Psd2Error } from '../../core/errors.ts'
import { isJsonObject, type JsonObject, type JsonValue, parseJson } from '../../core/json.ts'
import type { BuildRegistrationOptions, EndpointOptions } from '../../registration/index.ts'
import { readOctets } from '../files.ts'
import type { Terminal } from '../terminal.ts'

/** What the file of `--config` says, its files read. */
export interface ClientConfig {
  readonly client: RegistrationClientOptions
  readonly clientId: string | undefined
  /** Fields of the body, as `buildRegistration` takes them. */
  readonly registration: Fields | undefined
  /** Names of files for curl, by key set. */
  readonly files: { readonly current: CurlFiles; readonly next: CurlFiles }
}

export type Fields = Omit<BuildRegistrationOptions, 'qsealc' | 'qwac' | 'at' | 'policy' | 'environment' | 'operation'>

const top = [
  'environment',
  'codeTab',
  'ca',
  'current',
  'next',
  'bank',
  'policy',
  'accept',
  'tokenClientId',
  'clientId',
  'registration',
]
const fieldNames = ['redirectUris', 'softwareId', 'contact', 'scopes', 'clientName', 'softwareVersion', 'agent', 'kid']

/**
 * Reads a configuration of the client. Names of files are relative to it. Keys are read and never shown; the passphrase
 * of a key stands in a variable of the environment, which the file names.
 *
 * @throws Psd2Error `CONFIG_...`, `JSON_...`, `INPUT_...`
 */
export async function readConfig(file: string, terminal: Terminal): Promise<ClientConfig> {
  const object = objectOf(parseJson(await readOctets(file, terminal)), '')
  only(object, top, '')
  const read = (name: string): Promise<Uint8Array> => readOctets(resolve(dirname(file), name), terminal)
  const ca = textOf(object, 'ca', '')
  const { bank, next, registration } = object
  const current = objectOf(object.current, '/current')
  const nextSet = next === undefined ? undefined : objectOf(next, '/next')
  const client: RegistrationClientOptions = {
    ...endpoints(object),
    current: await keySet(current, '/current', read),
    ...(nextSet === undefined ? {} : { next: await keySet(nextSet, '/next', read) }),
    ...(ca === undefined ? {} : { ca: await read(ca) }),
    ...(bank === undefined ? {} : { bank: await bankOf(objectOf(bank, '/bank'), read) }),
    // The client checks these names itself.
    ...(pick(object, ['policy', 'accept', 'tokenClientId']) as object),
  }
  const fields = registration === undefined ? undefined : objectOf(registration, '/registration')
  if (fields !== undefined) only(fields, fieldNames, '/registration')
  const path = (name: string): string => resolve(dirname(file), name)
  return {
    client,
    clientId: textOf(object, 'clientId', ''),
    registration: fields as unknown as Fields | undefined,
    files: { current: filesOf(current, ca, path), next: nextSet === undefined ? {} : filesOf(nextSet, ca, path) },
  }
}

function endpoints(object: JsonObject): EndpointOptions {
  const { environment } = object
  const codeTab = textOf(object, 'codeTab', '')
  const where =
    typeof environment === 'string'
      ? (environment as EndpointOptions['environment'])
      : { base: textOf(objectOf(environment, '/environment'), 'base', '/environment') ?? '' }
  return { environment: where, ...(codeTab === undefined ? {} : { codeTab }) }
}

async function keySet(set: JsonObject, path: string, read: (name: string) => Promise<Uint8Array>): Promise<KeySet> {
  only(set, ['qwac', 'qsealc'], path)
  const qwac = objectOf(set.qwac, `${path}/qwac`)
  const qsealc = objectOf(set.qsealc, `${path}/qsealc`)
  only(qwac, ['certificate', 'key', 'pfx', 'passphraseVariable'], `${path}/qwac`)
  only(qsealc, ['certificate', 'key', 'url'], `${path}/qsealc`)
  const files: Record<string, Uint8Array> = {}
  for (const name of ['certificate', 'key', 'pfx']) {
    const file = textOf(qwac, name, `${path}/qwac`)
    if (file !== undefined) files[name] = await read(file)
  }
  const variable = textOf(qwac, 'passphraseVariable', `${path}/qwac`)
  const passphrase = variable === undefined ? undefined : process.env[variable]
  if (variable !== undefined && passphrase === undefined) {
    throw configError(`${path}/qwac/passphraseVariable`, 'the variable of the environment is not set')
  }
  const url = textOf(qsealc, 'url', `${path}/qsealc`)
  return {
    qwac: { ...files, ...(passphrase === undefined ? {} : { passphrase }) },
    qsealc: {
      certificate: await read(required(qsealc, 'certificate', `${path}/qsealc`)),
      key: await read(required(qsealc, 'key', `${path}/qsealc`)),
      ...(url === undefined ? {} : { url }),
    },
  }
}

async function bankOf(
  bank: JsonObject,
  read: (name: string) => Promise<Uint8Array>,
): Promise<NonNullable<RegistrationClientOptions['bank']>> {
  only(bank, ['certificates', 'required'], '/bank')
  const names = bank.certificates
  if (!Array.isArray(names) || !names.every((name) => typeof name === 'string')) {
    throw configError('/bank/certificates', 'it is no list of file names')
  }
  if (bank.required !== undefined && typeof bank.required !== 'boolean') {
    throw configError('/bank/required', 'it is neither true nor false')
  }
  const certificates = await Promise.all((names as string[]).map(read))
  return { certificates, ...(bank.required === undefined ? {} : { required: bank.required }) }
}

function filesOf(set: JsonObject, ca: string | undefined, path: (name: string) => string): CurlFiles {
  const qwac = objectOf(set.qwac, '')
  const [certificate, key] = ['certificate', 'key'].map((name) => textOf(qwac, name, ''))
  return {
    ...(certificate === undefined ? {} : { certificate: path(certificate) }),
    ...(key === undefined ? {} : { key: path(key) }),
    ...(ca === undefined ? {} : { ca: path(ca) }),
  }
}

function objectOf(value: JsonValue | undefined, path: string): JsonObject {
  if (isJsonObject(value)) return value
  throw configError(path, value === undefined ? 'it is missing' : 'it is no object')
}

function textOf(object: JsonObject, name: string, path: string): string | undefined {
  const value = object[name]
  if (value === undefined || typeof value === 'string') return value
  throw configError(`${path}/${name}`, 'it is no text')
}

function required(object: JsonObject, name: string, path: string): string {
  const text = textOf(object, name, path)
  if (text === undefined) throw configError(`${path}/${name}`, 'it is missing')
  return text
}

function only(object: JsonObject, names: readonly string[], path: string): void {
  for (const name of Object.keys(object)) {
    if (!names.includes(name)) {
      throw configError(`${path}/${name.slice(0, 40)}`, `nobody knows this member; there are: ${names.join(', ')}`)
    }
  }
}

function pick(object: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(
    names.filter((name) => object[name] !== undefined).map((name) => [name, object[name] ?? null]),
  )
}

function configError(path: string, says: string): Psd2Error {
  return new Psd2Error('CONFIG_MEMBER', `the configuration at ${path === '' ? 'the top' : path}: ${says}`, {
    path,
    mend: 'docs/registration.md has an example',
  })
}
