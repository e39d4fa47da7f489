import { Command, Option } from 'commander'
import { Psd2Error } from '../../core/errors.ts'
import { given } from '../../core/given.ts'
import type { HttpMessage } from '../../http/index.ts'
import {
  buildRegistration,
  type CheckRequestOptions,
  checkRegistration,
  checkRegistrationRequest,
  type PolicyName,
  type RegistrationOperation,
  registrationPolicies,
  type Scope,
  scopes as scopeNames,
} from '../../registration/index.ts'
import { escapeJson } from '../../report/index.ts'
import { ExitCode } from '../exit-codes.ts'
import { readCertificate, readOctets } from '../files.ts'
import { readMessageFile } from '../message-file.ts'
import { callCommands } from '../registration/calls.ts'
import { checkJson, checkText, findingText, telling } from '../registration/tell.ts'
import type { Terminal } from '../terminal.ts'
import { parseMoment } from './issuance-options.ts'

interface CheckValues {
  readonly operation: RegistrationOperation
  readonly policy: PolicyName
  readonly environment: 'live' | 'sandbox'
  readonly qwac?: string
  readonly agent?: true
  readonly request?: true
  readonly accept?: readonly string[]
  readonly at?: Date
  readonly format: 'text' | 'json'
}

interface BuildValues {
  readonly qsealc: string
  readonly qwac?: string
  readonly redirectUri: readonly string[]
  readonly softwareId: string
  readonly contactName: string
  readonly contactEmail: string
  readonly contactPhone: string
  readonly scope?: readonly Scope[]
  readonly clientName?: string
  readonly softwareVersion?: string
  readonly agentSerial?: string
  readonly agentId?: string
  readonly kid?: string
  readonly operation: RegistrationOperation
  readonly clientId?: string
  readonly policy: PolicyName
  readonly environment: 'live' | 'sandbox'
  readonly accept?: readonly string[]
  readonly at?: Date
}

/** `psd2 registration`: the Registration API of Groupe BPCE. */
export function registrationCommand(terminal: Terminal): Command {
  const command = new Command('registration')
    .description('the PSD2 Registration API of Groupe BPCE: check, build and send registrations')
    .addCommand(checkCommand(terminal))
    .addCommand(buildCommand(terminal))
  for (const call of callCommands(terminal)) command.addCommand(call)
  return command
}

const operation = () => new Option('--operation <name>', 'POST or PUT').choices(['create', 'update']).default('create')
const policy = () =>
  new Option('--policy <name>', 'whose reading of the page').choices(Object.keys(registrationPolicies)).default('seed')
const environment = () =>
  new Option('--environment <name>', 'where redirect URIs lead').choices(['live', 'sandbox']).default('live')
const accept = () => new Option('--accept <rules...>', 'ids of rules whose breaches shall be notices')
const moment = () => new Option('--at <time>', 'check as of this instant instead of now').argParser(parseMoment)

function checkCommand(terminal: Terminal): Command {
  return new Command('check')
    .description('check the body of a registration by every rule of the page')
    .argument('<file>', 'the body as JSON, or - for standard input')
    .option('--request', 'the file is a whole request, as psd2 verify takes it; it says what is asked for')
    .addOption(operation())
    .addOption(policy())
    .addOption(environment())
    .option('--qwac <file>', 'the certificate of the connection: PEM, DER, base64')
    .option('--agent', 'the registration is meant to be that of an agent')
    .addOption(accept())
    .addOption(moment())
    .addOption(new Option('--format <format>', 'how to write').choices(['text', 'json']).default('text'))
    .action(async (file: string, values: CheckValues) => check(file, values, terminal))
}

function buildCommand(terminal: Terminal): Command {
  return new Command('build')
    .description('print the body of a registration, built from certificates and checked')
    .requiredOption('--qsealc <file>', 'the certificate that goes into the body')
    .option('--qwac <file>', 'the certificate of the connection: held against the QSealC')
    .requiredOption('--redirect-uri <uris...>', 'where the bank may send users back')
    .requiredOption('--software-id <name>', 'the name that users are shown')
    .requiredOption('--contact-name <name>', 'whom the bank asks')
    .requiredOption('--contact-email <address>', 'and where')
    .requiredOption('--contact-phone <number>', 'with the country')
    .addOption(new Option('--scope <scopes...>', 'default: what both certificates grant').choices(scopeNames))
    .option('--client-name <name>', 'legal name; default: organizationName of the QSealC')
    .option('--software-version <text>', 'default: 1.0')
    .option('--agent-serial <digits>', 'register an agent, under the number of the TPP and this serial number')
    .option('--agent-id <text>', 'register an agent, under this whole client_legal_id')
    .option('--kid <text>', 'default: the serial number of the QSealC, in decimal')
    .addOption(operation())
    .option('--client-id <text>', 'of an update: that of the path, repeated in the body')
    .addOption(policy())
    .addOption(environment())
    .addOption(accept())
    .addOption(moment())
    .action(async (values: BuildValues) => telling(terminal, () => build(values, terminal)))
}

async function check(file: string, values: CheckValues, terminal: Terminal): Promise<void> {
  const { format, qwac, agent, operation: kind, request, at = terminal.now(), ...rest } = values
  const octets = await readOctets(file, terminal)
  const options: CheckRequestOptions = {
    ...rest,
    at,
    ...(agent === undefined ? {} : { agent }),
    ...(qwac === undefined ? {} : { qwac: await readCertificate(qwac, terminal) }),
  }
  const told = { policy: rest.policy, at: at.toISOString() }
  const result =
    request === true
      ? { ...told, ...(await checkRegistrationRequest(requestOf(octets), options)) }
      : await checkRegistration(octets, { ...options, operation: kind })
  if (format === 'json') terminal.out(`${escapeJson(JSON.stringify(checkJson(result), undefined, 2))}\n`)
  else terminal.out(checkText(result))
  if (result.verdict === 'unreadable') terminal.exit(ExitCode.input)
  else if (result.verdict === 'fail') terminal.exit(ExitCode.findings)
}

function requestOf(octets: Uint8Array): HttpMessage {
  const message = readMessageFile(octets)
  if ('request' in message) return message.request
  throw new Psd2Error('MESSAGE_FILE', 'the file is a response', { path: '', mend: 'give the request' })
}

async function build(values: BuildValues, terminal: Terminal): Promise<void> {
  const { qsealc, qwac, redirectUri, scope, agentSerial, agentId, at = terminal.now() } = values
  const { contactName, contactEmail, contactPhone, ...rest } = values
  if (agentSerial !== undefined && agentId !== undefined) {
    throw new TypeError('--agent-serial and --agent-id: give one of them')
  }
  const { softwareId, clientName, softwareVersion, kid, clientId, operation: kind, policy: name } = rest
  const { registration, findings } = await buildRegistration({
    qsealc: await readCertificate(qsealc, terminal),
    redirectUris: redirectUri,
    softwareId,
    contact: { contact_name: contactName, email: contactEmail, phone_number: contactPhone },
    at,
    operation: kind,
    policy: name,
    environment: rest.environment,
    ...given({ scopes: scope, clientName, softwareVersion, kid, clientId, accept: rest.accept }),
    ...(qwac === undefined ? {} : { qwac: await readCertificate(qwac, terminal) }),
    ...(agentSerial === undefined ? {} : { agent: { serial: agentSerial } }),
    ...(agentId === undefined ? {} : { agent: { legalId: agentId } }),
  })
  for (const finding of findings) terminal.err(findingText(finding))
  terminal.out(`${escapeJson(JSON.stringify(registration, undefined, 2))}\n`)
}
