import { Command, Option } from 'commander'
import { readyProfile } from '../../audit/audit-certificate.ts'
import { readBaseline, unusedEntries } from '../../audit/baseline.ts'
import type { BatchItem } from '../../batch/items.ts'
import { readyJob } from '../../batch/job.ts'
import { auditBatch } from '../../batch/run.ts'
import { type Severity, severities } from '../../core/audit-report.ts'
import { auditFormats, type FormatName } from '../../report/audit/formats.ts'
import { addTally, emptyTally } from '../../report/audit/tally.ts'
import { plain } from '../../report/index.ts'
import { ExitCode } from '../exit-codes.ts'
import { readOctets } from '../files.ts'
import { type Input, readInputs } from '../inputs.ts'
import { type ColorChoice, choosePaint, type Terminal } from '../terminal.ts'
import { parseMoment } from './issuance-options.ts'

interface AuditValues {
  readonly profile: string
  readonly at?: Date
  readonly format: FormatName
  readonly output?: string
  readonly failOn: Severity | 'none'
  readonly baseline?: string
  readonly color: ColorChoice
}

/** `psd2 audit`: which clauses certificates break, and how to mend them. */
export function auditCommand(terminal: Terminal, version: string): Command {
  return new Command('audit')
    .description('audit certificates: which clauses they break, and how to mend them')
    .argument('<input...>', 'files, folders, patterns, or - for standard input: PEM, DER, base64, .p7b, JWKS')
    .option('--profile <name|file>', 'whose rules: a name, or a file.json', 'auto')
    .addOption(new Option('--at <time>', 'audit as of this instant instead of now').argParser(parseMoment))
    .addOption(new Option('--format <format>', 'how to write').choices(Object.keys(auditFormats)).default('text'))
    .addOption(
      new Option('--fail-on <severity>', 'exit 1 from here on').choices([...severities, 'none']).default('error'),
    )
    .option('--baseline <file>', 'findings that are accepted, with reasons: JSON')
    .addOption(new Option('--color <when>', 'emphasis').choices(['auto', 'always', 'never']).default('auto'))
    .action(async (inputs: string[], values: AuditValues) => audit(inputs, values, terminal, version))
}

async function audit(
  inputs: readonly string[],
  values: AuditValues,
  terminal: Terminal,
  version: string,
): Promise<void> {
  const paint = values.color === 'auto' ? terminal.paint : choosePaint(values.color)
  const baseline = values.baseline === undefined ? [] : readBaseline(await readOctets(values.baseline, terminal))
  const at = values.at ?? terminal.now()
  const ready = readyJob({
    tool: { name: 'psd2-toolkit', version: version },
    at,
    profile: readyProfile(values.profile).profile,
    format: values.format,
    colour: paint !== plain,
    issuers: [],
    baseline,
  })
  const format = auditFormats[values.format]
  const tally = emptyTally()
  const used = new Set<number>()
  terminal.out(format.head(ready.run, ready.job))
  let first = true
  for await (const part of auditBatch(items(readInputs(inputs, terminal)), ready)) {
    addTally(tally, part.tally)
    for (const index of part.used) used.add(index)
    if (part.text === '') continue
    terminal.out(first ? part.text : format.between + part.text)
    first = false
  }
  const unusedBaseline = unusedEntries(ready.baseline, used, at)
  terminal.out(format.tail({ tally, complete: true, unusedBaseline }, ready.run, ready.job))
  if (tally.verdicts.unreadable > 0) terminal.exit(ExitCode.input)
  const { failOn } = values
  if (
    failOn !== 'none' &&
    severities.slice(0, severities.indexOf(failOn) + 1).some((name) => tally.findings[name] > 0)
  ) {
    terminal.exit(ExitCode.findings)
  }
}

async function* items(inputs: AsyncIterable<Input>): AsyncGenerator<BatchItem> {
  yield* inputs
}
