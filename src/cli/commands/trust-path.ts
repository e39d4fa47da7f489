import { Command, InvalidArgumentError, Option } from 'commander'
import { Psd2Error } from '../../core/errors.ts'
import { given } from '../../core/given.ts'
import { escapeJson, escapeText } from '../../report/index.ts'
import {
  type ConformanceCode,
  conformanceCodes,
  createPathValidator,
  type PathPurpose,
  type PathValidator,
  pathVerdict,
  type ReferenceName,
  type ValidPath,
} from '../../trust/index.ts'
import type { Certificate } from '../../x509/index.ts'
import { ExitCode } from '../exit-codes.ts'
import { readOctets } from '../files.ts'
import { readInputs } from '../inputs.ts'
import type { Terminal } from '../terminal.ts'
import { parseList, parseMoment } from './issuance-options.ts'

interface PathValues {
  readonly anchors: string[]
  readonly intermediates?: string[]
  readonly crls?: string[]
  readonly revocation?: 'require' | 'if-present' | 'off'
  readonly purpose: PathPurpose
  readonly name?: string[]
  readonly at?: Date
  readonly maxDepth?: number
  readonly accept?: ConformanceCode[]
  readonly format: 'text' | 'json'
}

/** `psd2 trust path`: the path from a certificate to a trusted one, or why there is none. */
export function trustPathCommand(terminal: Terminal): Command {
  // Lists of files end where the input begins, and nothing marks the place: the last list gives its last file up.
  let open: string[] = []
  const files = (value: string, before: string[] = []): string[] => {
    open = [...before, value]
    return open
  }
  return new Command('path')
    .description('find the path from a certificate to an anchor, and hold it to RFC 5280')
    .argument(
      '[input]',
      'the certificate, with what came with it: PEM, DER, base64, .p7b, JWKS, or - for standard input',
    )
    .addOption(
      new Option('--anchors <files...>', 'what is trusted: files or folders').argParser(files).makeOptionMandatory(),
    )
    .addOption(new Option('--intermediates <files...>', 'certificates that may stand between').argParser(files))
    .addOption(new Option('--crls <files...>', 'revocation lists, DER or PEM').argParser(files))
    .addOption(
      new Option(
        '--revocation <how>',
        'what a missing answer about revocation means; require where lists are given',
      ).choices(['require', 'if-present', 'off']),
    )
    .addOption(
      new Option('--purpose <purpose>', 'what the certificate is for')
        .choices(['serverAuth', 'clientAuth', 'any'])
        .default('any'),
    )
    .addOption(
      new Option('--name <names>', 'host names or IP addresses that it must have, separated by commas').argParser(
        parseList,
      ),
    )
    .addOption(new Option('--at <time>', 'decide as of this instant instead of now').argParser(parseMoment))
    .addOption(new Option('--max-depth <number>', 'certificates between it and the anchor').argParser(parseDepth))
    .addOption(
      new Option('--accept <codes>', 'breaches of rules for issuers to let pass, or "all" of them').argParser(
        parseCodes,
      ),
    )
    .addOption(new Option('--format <format>', 'how to write').choices(['text', 'json']).default('text'))
    .action(async (named: string | undefined, values: PathValues) => {
      const input = named ?? (open.length > 1 ? open.pop() : undefined)
      if (input === undefined) throw new TypeError('name the certificate: psd2 trust path --anchors FILE... INPUT')
      await decide(input, values, terminal)
    })
}

function parseDepth(text: string): number {
  if (!/^\d{1,3}$/.test(text) || Number(text) > 255) throw new InvalidArgumentError('give a number up to 255')
  return Number(text)
}

function parseCodes(text: string): ConformanceCode[] {
  if (text === 'all') return [...conformanceCodes]
  const codes = parseList(text)
  const unknown = codes.filter((code) => !(conformanceCodes as readonly string[]).includes(code))
  if (unknown.length > 0) throw new InvalidArgumentError(`give some of ${conformanceCodes.join(', ')}`)
  return codes as ConformanceCode[]
}

async function decide(source: string, values: PathValues, terminal: Terminal): Promise<void> {
  const { purpose, at = terminal.now(), accept = [], format } = values
  const { found, unread } = await collect([source], terminal)
  const [certificate, ...beside] = found
  // Which of them is meant must not depend on which can be read.
  if (certificate === undefined || unread > 0) return terminal.exit(ExitCode.input)
  const validator = await validatorOf(values, accept, terminal)
  if (validator === undefined) return terminal.exit(ExitCode.missing)
  const write = format === 'json' ? writeJson : writeText
  const names = (values.name ?? []).map(referenceName)
  const asked: Asked = { source, at, purpose, names: values.name ?? [] }
  try {
    const crls = values.crls === undefined ? undefined : await readLists(values.crls, terminal)
    const { maxDepth, revocation } = values
    const question = {
      certificate,
      intermediates: beside,
      at,
      purpose,
      names,
      ...given({ crls, maxDepth, revocation }),
    }
    write(asked, await validator.validate(question), terminal)
  } catch (error) {
    const verdict = pathVerdict(error)
    // What cannot be read is no refusal of a path.
    if (!(error instanceof Psd2Error) || verdict === undefined) throw error
    write(asked, error, terminal)
    terminal.exit(error.code === 'PATH_REVOCATION_UNKNOWN' ? ExitCode.missing : ExitCode.findings)
  }
}

async function readLists(sources: readonly string[], terminal: Terminal): Promise<Uint8Array[]> {
  const lists: Uint8Array[] = []
  for (const source of sources) lists.push(await readOctets(source, terminal))
  return lists
}

/** The validator, or undefined, told, where nothing can be trusted. */
async function validatorOf(
  { anchors: sources, intermediates = [] }: PathValues,
  accept: readonly ConformanceCode[],
  terminal: Terminal,
): Promise<PathValidator | undefined> {
  const { found: anchors } = await collect(sources, terminal)
  if (anchors.length === 0) {
    terminal.err('error: there is no anchor: nothing is trusted by default\nmend: give the roots with --anchors\n')
    return undefined
  }
  try {
    const { found } = await collect(intermediates, terminal)
    const validator = createPathValidator({ anchors, intermediates: found, accept })
    for (const { error } of validator.unreadable) tell(error, terminal)
    return validator
  } catch (error) {
    if (!(error instanceof Psd2Error)) throw error
    tell(error, terminal)
    return undefined
  }
}

/** The certificates of files. What else is in them is told, and counted unless it is a private key. */
async function collect(
  sources: readonly string[],
  terminal: Terminal,
): Promise<{ found: Uint8Array[]; unread: number }> {
  const found: Uint8Array[] = []
  let unread = 0
  for await (const input of readInputs(sources, terminal)) {
    if ('error' in input) {
      tell(input.error, terminal, input.source)
      if (input.error.code !== 'INPUT_PRIVATE_KEY') unread++
    } else found.push(input.der)
  }
  return { found, unread }
}

function tell(error: Psd2Error, terminal: Terminal, source?: string): void {
  const from = source === undefined ? '' : `${escapeText(source)}: `
  const mend = error.mend === undefined ? '' : `\n  mend: ${escapeText(error.mend)}`
  terminal.err(`${from}${error.code}: ${escapeText(error.message)}${mend}\n`)
}

function referenceName(text: string): ReferenceName {
  if (text.includes('@')) return { email: text }
  return text.includes(':') || /^[\d.]+$/.test(text) ? { ip: text } : { dns: text }
}

/** What was asked, for the answer. */
interface Asked {
  readonly source: string
  readonly at: Date
  readonly purpose: PathPurpose
  readonly names: readonly string[]
}

function writeJson({ source, at, purpose, names }: Asked, result: ValidPath | Psd2Error, terminal: Terminal): void {
  const asked = { source, at: at.toISOString(), purpose, names }
  const answer =
    result instanceof Psd2Error
      ? { verdict: pathVerdict(result), error: result.toJSON() }
      : { verdict: 'trusted', path: result.path.map(summary), notChecked: result.notChecked, work: result.work }
  terminal.out(`${escapeJson(JSON.stringify({ ...asked, ...answer }, undefined, 2))}\n`)
}

function summary({ subject, issuer, serialNumber, validity }: Certificate): object {
  return {
    subject: String(subject),
    issuer: String(issuer),
    serialNumber: serialNumber.toString(),
    notBefore: validity.notBefore.toISOString(),
    notAfter: validity.notAfter.toISOString(),
  }
}

function writeText({ source, at, purpose }: Asked, result: ValidPath | Psd2Error, terminal: Terminal): void {
  const { out, paint } = terminal
  const when = `at ${at.toISOString()}`
  if (result instanceof Psd2Error) {
    const { code, message, citation, mend } = result
    out(`${escapeText(source)}  ${paint.bad('refused')} ${when}: ${code} (${pathVerdict(result)})\n`)
    out(`  ${escapeText(message)}\n  ${citation?.document} ${citation?.clause}\n  mend: ${escapeText(mend ?? '')}\n`)
    return
  }
  out(`${escapeText(source)}  ${paint.good('trusted')} ${when}, purpose ${purpose}\n`)
  for (const [index, { subject, validity }] of result.path.entries()) {
    const role = index === 0 ? 'certificate' : index === result.path.length - 1 ? 'anchor' : 'authority'
    out(`  ${index}  ${role.padEnd(12)}${escapeText(String(subject))}\n`)
    out(`     ${''.padEnd(12)}until ${validity.notAfter.toISOString()}\n`)
  }
  out(`  not checked: ${result.notChecked.join(', ') || 'nothing of what can be asked here'}\n`)
}
