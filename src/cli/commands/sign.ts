import { Command, Option } from 'commander'
import type { ProfileName } from '../../signing/index.ts'
import { signingProfiles, signRequest, signResponse } from '../../signing/index.ts'
import { readCertificate, readOctets } from '../files.ts'
import { readMessageFile } from '../message-file.ts'
import type { Terminal } from '../terminal.ts'
import { parseMoment } from './issuance-options.ts'

interface SignValues {
  readonly profile: ProfileName
  readonly message: string
  readonly key: string
  readonly keyId: string
  readonly certificate?: string
  readonly issuer?: string
  readonly at?: Date
  readonly format: 'curl' | 'json'
}

/** `psd2 sign`: the headers that sign a message as a bank wants it. */
export function signCommand(terminal: Terminal): Command {
  return new Command('sign')
    .description('sign a message, and print the headers to add')
    .addOption(profileOption())
    .requiredOption('--message <file>', 'the message as JSON, or - for standard input')
    .requiredOption('--key <file>', 'the private key of the QSealC: PEM, DER or JWK')
    .requiredOption('--key-id <text>', 'how the bank finds the key: an address, SN=..,CA=.., a client_id')
    .option('--certificate <file>', 'the QSealC: shown to fit the key and the profile before anything is signed')
    .option('--issuer <text>', 'Open Banking UK: who signs, as its register knows them')
    .addOption(new Option('--at <time>', 'sign as of this instant instead of now').argParser(parseMoment))
    .addOption(new Option('--format <format>', 'how to write').choices(['curl', 'json']).default('curl'))
    .action(async (values: SignValues) => sign(values, terminal))
}

export function profileOption(): Option {
  return new Option('--profile <name>', 'whose rules')
    .choices(signingProfiles.map(({ name }) => name))
    .makeOptionMandatory()
}

async function sign(values: SignValues, terminal: Terminal): Promise<void> {
  const { profile, keyId, issuer, at = terminal.now() } = values
  const message = readMessageFile(await readOctets(values.message, terminal))
  const key = await readOctets(values.key, terminal)
  const certificate = values.certificate === undefined ? undefined : await readCertificate(values.certificate, terminal)
  const options = {
    profile,
    key,
    keyId,
    at,
    ...(certificate === undefined ? {} : { certificate }),
    ...(issuer === undefined ? {} : { issuer }),
  }
  const { headers } =
    'request' in message ? await signRequest(message.request, options) : await signResponse(message.response, options)
  if (values.format === 'json') terminal.out(`${JSON.stringify(headers, undefined, 2)}\n`)
  else for (const [name, value] of headers) terminal.out(`-H ${quote(`${name}: ${value}`)}\n`)
}

/** For a POSIX shell. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
