import { Command, InvalidArgumentError, Option } from 'commander'
import { readBaseline, unusedEntries } from '../../audit/baseline.ts'
import { readyJob } from '../../batch/job.ts'
import { auditBatch } from '../../batch/run.ts'
import { survey, withKnowledge } from '../../batch/survey.ts'
import { reportWriter } from '../../batch/write-report.ts'
import { type Severity, severities } from '../../core/audit-report.ts'
import type { AuditTally } from '../../core/audit-run.ts'
import { type FormatName, formatNames } from '../../report/audit/formats.ts'
import { escapeText, plain } from '../../report/index.ts'
import { openAuditInputs } from '../audit-inputs.ts'
import { chooseProfile, type ProfileChoice } from '../audit-profile.ts'
import { ExitCode } from '../exit-codes.ts'
import { readOctets } from '../files.ts'
import { readInputs } from '../inputs.ts'
import { openOutput } from '../output.ts'
import { startProgress } from '../progress.ts'
import { type ColorChoice, choosePaint, type Terminal } from '../terminal.ts'
import { readTrust, type TrustValues, withTrustOptions } from '../trust-options.ts'
import { parseList, parseMoment } from './issuance-options.ts'

interface AuditValues extends ProfileChoice, TrustValues {
  readonly at?: Date
  readonly format: FormatName
  readonly output?: string
  readonly failOn: Severity | 'none'
  readonly baseline?: string
  readonly issuer?: string
  readonly workers?: number
  readonly color: ColorChoice
}

/** `psd2 audit`: which clauses certificates break, and how to mend them. */
export function auditCommand(terminal: Terminal, version: string): Command {
  const command = new Command('audit')
    .description('audit certificates: which clauses they break, and how to mend them')
    .argument(
      '<input...>',
      'files, folders, patterns, or - for standard input: PEM, DER, base64, .p7b, JWKS, NDJSON of { "id", "der" }',
    )
    .option('--profile <name|file>', 'whose rules: a name, or a file.json', 'auto')
    .addOption(new Option('--at <time>', 'audit as of this instant instead of now').argParser(parseMoment))
    .addOption(new Option('--format <format>', 'how to write').choices(formatNames).default('text'))
    .option('--output <file>', 'write there instead of to standard output')
    .addOption(
      new Option('--fail-on <severity>', 'exit 1 from this severity on')
        .choices([...severities, 'none'])
        .default('error'),
    )
    .addOption(new Option('--rule <id>', 'only this rule, or folder.*; may be repeated').argParser(parseList))
    .addOption(withoutRule())
    .option('--baseline <file>', 'findings that are accepted, with reasons: JSON')
    .option('--issuer <file>', 'certificates of issuers: their signatures are verified')
    .addOption(new Option('--workers <number>', 'threads for large batches').argParser(parseWorkers))
    .addOption(new Option('--color <when>', 'emphasis').choices(['auto', 'always', 'never']).default('auto'))
    .action(async (inputs: string[], values: AuditValues) => audit(inputs, values, terminal, version))
  return withTrustOptions(command).addHelpText('after', exitCodeHelp)
}

const exitCodeHelp = `
Exit codes: 0 no finding at or above --fail-on; 1 findings; 2 wrong use; 3 something could not be read;
4 a mistake of ours; 5 trust data that cannot be used; 130 interrupted: what was done is written.
`

/** Commander takes --no-x for the denial of --x; here it is an option of its own. */
function withoutRule(): Option {
  const option = new Option('--no-rule <id>', 'all but this rule, or folder.*; may be repeated').argParser(parseList)
  option.negate = false
  option.attributeName = () => 'noRule'
  return option
}

function parseWorkers(text: string): number {
  if (!/^\d{1,3}$/.test(text)) throw new InvalidArgumentError('give a number from 0')
  return Number(text)
}

async function audit(args: readonly string[], values: AuditValues, terminal: Terminal, version: string): Promise<void> {
  const { failOn, workers } = values
  const paint = values.color === 'auto' ? terminal.paint : choosePaint(values.color)
  const at = values.at ?? terminal.now()
  const trust = await readTrust(values, terminal)
  if (trust === 'missing') return
  const ready = readyJob({
    tool: { name: 'psd2-toolkit', version },
    at,
    profile: await chooseProfile(values, terminal),
    format: values.format,
    colour: paint !== plain && values.output === undefined,
    issuers: values.issuer === undefined ? [] : await readCertificates(values.issuer, terminal),
    ...(trust === undefined ? {} : { trust }),
    baseline: values.baseline === undefined ? [] : readBaseline(await readOctets(values.baseline, terminal)),
  })
  const inputs = await openAuditInputs(args, terminal)
  const given = [values.baseline, values.issuer, values.profile].filter((name) => name !== undefined)
  const output = await openOutput(values.output, [...args, ...given], terminal)
  const stop = new AbortController()
  const release = terminal.onInterrupt?.(() => stop.abort())
  try {
    const withKeys = ready.run.rules.some(({ needs }) => needs.includes('keyUse'))
    const known = await survey(inputs.preview(), withKeys, stop.signal)
    const expected = inputs.hasRecords ? undefined : known.items
    const progress = startProgress(terminal.progress, expected, () => terminal.now().getTime())
    const writer = reportWriter(ready, output.write)
    const used = new Set<number>()
    await writer.begin()
    const options = { signal: stop.signal, expected: known.items, ...(workers === undefined ? {} : { workers }) }
    for await (const part of auditBatch(withKnowledge(inputs.items(), known), ready, options)) {
      progress.clear()
      await writer.add(part)
      for (const index of part.used) used.add(index)
      progress.add(part.items)
    }
    progress.clear()
    const complete = !stop.signal.aborted
    const unusedBaseline = complete ? unusedEntries(ready.baseline, used, at) : []
    await writer.end({ complete, unusedBaseline })
    await output.end()
    if (!complete) terminal.err('interrupted: what was done is written\n')
    for (const { entry, because } of unusedBaseline) {
      terminal.err(`baseline entry ${because}: ${escapeText(`${entry.rule} (${entry.reason})`)}\n`)
    }
    if (!complete) terminal.exit(ExitCode.interrupted)
    if (writer.tally.verdicts.unreadable > 0) terminal.exit(ExitCode.input)
    if (failsOn(failOn, writer.tally)) terminal.exit(ExitCode.findings)
  } finally {
    release?.()
  }
}

function failsOn(failOn: Severity | 'none', { findings }: AuditTally): boolean {
  return failOn !== 'none' && severities.slice(0, severities.indexOf(failOn) + 1).some((name) => findings[name] > 0)
}

/** Every certificate of a file. */
async function readCertificates(file: string, terminal: Terminal): Promise<Uint8Array[]> {
  const ders: Uint8Array[] = []
  for await (const input of readInputs([file], terminal)) {
    if ('error' in input) throw input.error
    ders.push(input.der)
  }
  return ders
}
