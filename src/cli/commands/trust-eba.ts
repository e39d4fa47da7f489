import { createReadStream } from 'node:fs'
import { rename, rm, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Command, Option } from 'commander'
import { Psd2Error } from '../../core/errors.ts'
import { given } from '../../core/given.ts'
import { type PspRole, psd2Attributes } from '../../eidas/index.ts'
import { type IndexedEba, indexEbaRegister } from '../../lists/index.ts'
import { escapeJson, escapeText } from '../../report/index.ts'
import { openEbaRegister, type RegisterAnswer, type RegisterCode } from '../../trust/index.ts'
import { parseCertificate } from '../../x509/index.ts'
import { ExitCode } from '../exit-codes.ts'
import { readOctets } from '../files.ts'
import { readInputs, unreadable } from '../inputs.ts'
import type { Terminal } from '../terminal.ts'
import { parseList, parseMoment } from './issuance-options.ts'
import { registerAnswerText } from './trust-eba-text.ts'

interface IndexValues {
  readonly out: string
  readonly sha256?: string
}

interface LookupValues {
  readonly index: string
  readonly certificate?: string
  readonly roles?: PspRole[]
  readonly country?: string
  readonly at?: Date
  readonly format: 'text' | 'json'
}

const indexHelp = `
The register is the JSON file in the archive that the EBA publishes (PSDMD): its address is in
https://euclid.eba.europa.eu/register/api/filemetadata. It is read as it comes, so that it may be unpacked on the way:

  unzip -p PSDMD.zip "*.json" | psd2 trust eba index - --out eba.index

Agents, who are mostly natural persons, and addresses are not kept.
`

const lookupHelp = `
Exit codes: 0 the register has the institution, authorised and with every role; 1 it does not, or not all of that;
5 the register does not tell: credit institutions do not stand in it, and French numbers differ from those in certificates.
`

/** `psd2 trust eba`: the register of the European Banking Authority. */
export function trustEbaCommand(terminal: Terminal): Command {
  return new Command('eba')
    .description('the EBA register of payment institutions: make an index of it, and look institutions up')
    .addCommand(indexCommand(terminal))
    .addCommand(lookupCommand(terminal))
}

function indexCommand(terminal: Terminal): Command {
  return new Command('index')
    .description('make an index of the published register')
    .argument('<file>', 'the register as JSON, or - for standard input')
    .addOption(new Option('--out <index>', 'the file to write').makeOptionMandatory())
    .option('--sha256 <hex>', 'refuse a register with another SHA-256')
    .addHelpText('after', indexHelp)
    .action(async (file: string, values: IndexValues) => makeIndex(file, values, terminal))
}

function lookupCommand(terminal: Terminal): Command {
  return new Command('lookup')
    .description('what the register says of an organizationIdentifier')
    .argument('[identifier]', 'such as PSDIE-CBI-C58301')
    .addOption(new Option('--index <file>', 'what psd2 trust eba index made').makeOptionMandatory())
    .option('--certificate <file>', 'take identifier and roles from this certificate')
    .addOption(new Option('--roles <names>', 'roles to look for, such as PSP_AI,PSP_PI').argParser(parseList))
    .option('--country <code>', 'where the service is to be given; default: the home country')
    .addOption(new Option('--at <time>', 'ask about this instant instead of now').argParser(parseMoment))
    .addOption(new Option('--format <format>', 'how to write').choices(['text', 'json']).default('text'))
    .addHelpText('after', lookupHelp)
    .action(async (identifier: string | undefined, values: LookupValues) => lookup(identifier, values, terminal))
}

async function makeIndex(file: string, { out, sha256 }: IndexValues, terminal: Terminal): Promise<void> {
  if (file !== '-' && resolve(file) === resolve(out)) throw new TypeError('--out would overwrite the register')
  const source = file === '-' ? standardInput(terminal) : fileStream(file)
  const made = await indexEbaRegister(source, given({ sha256 }))
  const beside = `${out}.${process.pid}.part`
  try {
    await writeFile(beside, made.index)
    await rename(beside, out)
  } catch (cause) {
    await rm(beside, { force: true })
    throw new Psd2Error('OUTPUT_UNWRITABLE', `${out} cannot be written (${(cause as NodeJS.ErrnoException).code})`, {
      cause,
      mend: 'check the folder and the permissions',
    })
  }
  terminal.out(indexText(made, out))
  for (const { code, message } of made.unreadable) terminal.err(`notice: ${code}: ${escapeText(message)}\n`)
}

async function* standardInput(terminal: Terminal): AsyncGenerator<Uint8Array> {
  if (terminal.stdinStream === undefined) yield await terminal.stdin()
  else yield* terminal.stdinStream()
}

async function* fileStream(file: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of createReadStream(file, { highWaterMark: 1 << 18 })) yield chunk as Uint8Array
  } catch (error) {
    throw error instanceof Psd2Error ? error : unreadable(file, error)
  }
}

function indexText({ sha256, size, types, kept, unreadableCount, index }: IndexedEba, out: string): string {
  const counts = Object.entries(types)
    .sort(([, a], [, b]) => b - a)
    .map(([type, count]) => `  ${escapeText(type).padEnd(10)} ${String(count).padStart(8)}\n`)
  return [
    `${escapeText(out)}  ${kept} entries, ${index.length} octets\n`,
    `  register of ${size} octets, SHA-256 ${sha256}\n`,
    ...counts,
    ...(unreadableCount === 0 ? [] : [`  ${unreadableCount} entries could not be read: a miss proves nothing\n`]),
  ].join('')
}

async function lookup(argument: string | undefined, values: LookupValues, terminal: Terminal): Promise<void> {
  const { index, certificate, country, at = terminal.now(), format } = values
  if ((argument === undefined) === (certificate === undefined)) {
    throw new TypeError('give either an organizationIdentifier or --certificate')
  }
  const asked = certificate === undefined ? undefined : await attributesOf(certificate, terminal)
  const identifier = argument ?? asked?.identifier
  if (identifier === undefined) return terminal.exit(ExitCode.input)
  const octets = await indexOctets(index, terminal)
  if (octets === undefined) return
  const register = await openEbaRegister(octets)
  const answer = register.lookup(identifier, { at, ...given({ roles: values.roles ?? asked?.roles, country }) })
  terminal.out(format === 'json' ? answerJson(answer, at) : registerAnswerText(answer, terminal.paint))
  for (const code of exitCodesOf(answer)) terminal.exit(code)
}

/** Identifier and roles of a certificate. Undefined, told, where it has no identifier. */
async function attributesOf(
  file: string,
  terminal: Terminal,
): Promise<{ identifier: string | undefined; roles: PspRole[] }> {
  for await (const input of readInputs([file], terminal)) {
    if ('error' in input) throw input.error
    const attributes = psd2Attributes(parseCertificate(input.der, { mode: 'tolerant' }))
    const roles = attributes.roles.flatMap(({ role, oid }) => {
      if (role === null) terminal.err(`notice: the role ${escapeText(oid)} is not known here, and not looked up\n`)
      return role === null ? [] : [role]
    })
    const identifier = attributes.organizationIdentifier?.value
    if (identifier === undefined) {
      terminal.err(`error: ${escapeText(file)} has no organizationIdentifier, or more than one\n`)
    }
    return { identifier, roles }
  }
  throw new Psd2Error('INPUT_NO_CERTIFICATE', `${file} has no certificate`)
}

/** The index; where the file is not there, trust data is missing. */
async function indexOctets(file: string, terminal: Terminal): Promise<Uint8Array | undefined> {
  try {
    return await readOctets(file, terminal)
  } catch (error) {
    if (!(error instanceof Psd2Error) || error.code !== 'INPUT_NOT_FOUND') throw error
    terminal.err(`error: ${error.code}: ${escapeText(error.message)}\nmend: psd2 trust eba index FILE --out INDEX\n`)
    terminal.exit(ExitCode.missing)
    return undefined
  }
}

/** Findings that tell that the register does not know, and not that something is wrong. */
const unknown: ReadonlySet<RegisterCode> = new Set(['REGISTER_ROLE_UNKNOWN', 'REGISTER_DATES', 'REGISTER_DAY'])

function exitCodesOf({ status, findings }: RegisterAnswer): number[] {
  if (status === 'no_match') return [ExitCode.findings]
  if (status === 'indeterminate') return [ExitCode.missing]
  return findings.map(({ code }) => (unknown.has(code) ? ExitCode.missing : ExitCode.findings))
}

function answerJson(answer: RegisterAnswer, at: Date): string {
  const { identifier, match, ...rest } = answer
  const data = { identifier: identifier.value, at: at.toISOString(), ...rest, match: match ?? null }
  return `${escapeJson(JSON.stringify(data, undefined, 2))}\n`
}
