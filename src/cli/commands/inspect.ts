import { Command, Option } from 'commander'
import { inspectCertificate, inspectionFailure } from '../../audit/index.ts'
import type { InspectionResult } from '../../core/inspection.ts'
import { inspectionsToJson, inspectionToNdjson, inspectionToText, type Paint } from '../../report/index.ts'
import { ExitCode } from '../exit-codes.ts'
import { type Input, readInputs } from '../inputs.ts'
import { type ColorChoice, choosePaint, type Terminal } from '../terminal.ts'
import { parseMoment } from './issuance-options.ts'

interface InspectValues {
  readonly format: keyof typeof writers
  readonly at?: Date
  readonly color: ColorChoice
}

/** Writes results as they come; `end` writes what has to wait for the last one. */
interface Writer {
  readonly write: (result: InspectionResult) => void
  readonly end: () => void
}

const writers = {
  text: (terminal: Terminal, at: Date, paint: Paint): Writer => ({
    write: (result) => terminal.out(inspectionToText(result, { at, paint })),
    end: () => undefined,
  }),
  json: (terminal: Terminal): Writer => {
    const results: InspectionResult[] = []
    return { write: (result) => results.push(result), end: () => terminal.out(inspectionsToJson(results)) }
  },
  ndjson: (terminal: Terminal): Writer => ({
    write: (result) => terminal.out(inspectionToNdjson(result)),
    end: () => undefined,
  }),
} as const

/** `psd2 inspect`: everything that certificates say, and what deviates. */
export function inspectCommand(terminal: Terminal): Command {
  return new Command('inspect')
    .description('tell what certificates say: whom they name, which roles they grant, what deviates')
    .argument('<input...>', 'files, folders, patterns, or - for standard input: PEM, DER, base64, .p7b, JWKS')
    .addOption(new Option('--format <format>', 'how to write').choices(Object.keys(writers)).default('text'))
    .addOption(new Option('--at <time>', 'count validity from this instant instead of now').argParser(parseMoment))
    .addOption(new Option('--color <when>', 'emphasis').choices(['auto', 'always', 'never']).default('auto'))
    .action(async (inputs: string[], values: InspectValues) => inspect(inputs, values, terminal))
}

async function inspect(inputs: readonly string[], values: InspectValues, terminal: Terminal): Promise<void> {
  const paint = values.color === 'auto' ? terminal.paint : choosePaint(values.color)
  const writer = writers[values.format](terminal, values.at ?? terminal.now(), paint)
  for await (const input of readInputs(inputs, terminal)) {
    const result = await inspectInput(input)
    if ('error' in result) terminal.exit(ExitCode.input)
    writer.write(result)
  }
  writer.end()
}

function inspectInput(input: Input): InspectionResult | Promise<InspectionResult> {
  const { source, index, place } = input
  if ('error' in input) return inspectionFailure(input.error, source, index, place)
  return inspectCertificate(input.der, { source, index, place })
}
