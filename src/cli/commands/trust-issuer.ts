import { Command, Option } from 'commander'
import { Psd2Error } from '../../core/errors.ts'
import { certificateKind } from '../../eidas/index.ts'
import { escapeJson, escapeText } from '../../report/index.ts'
import { answerText, findIssuer, openTrustStore, type ServiceUse, type TrustStore } from '../../trust/index.ts'
import { parseCertificate } from '../../x509/index.ts'
import { ExitCode } from '../exit-codes.ts'
import { readOctets } from '../files.ts'
import { type Input, readInputs } from '../inputs.ts'
import type { Terminal } from '../terminal.ts'
import { parseMoment } from './issuance-options.ts'

interface TrustIssuerValues {
  readonly store: string
  readonly use?: ServiceUse
  readonly at?: Date
  readonly format: 'text' | 'json'
}

/** What the lists say at one instant. */
interface Said {
  readonly verdict: 'granted' | 'not-granted' | 'unknown'
  readonly evidence: string
}

/** What the command says of one certificate. */
type IssuerLine = { readonly source: string; readonly index: number } & (
  | {
      readonly subject: string
      readonly kind: string
      /** Absent where the certificate is for no use of qualified certificates. */
      readonly serviceAtIssuance?: Said
      readonly serviceNow?: Said
    }
  | { readonly error: ReturnType<Psd2Error['toJSON']> }
)

const help = `
The issuer is the key of the lists that made the signature of the certificate. It is asked about at issuance and at --at.

Exit codes: 0 granted at both; 1 not granted; 3 input that cannot be read; 5 the issuer is in no list, or the list is out of date.
`

/** `psd2 trust issuer`: whether a qualified issuer stands behind certificates, by saved trusted lists. */
export function trustIssuerCommand(terminal: Terminal): Command {
  return new Command('issuer')
    .description('what saved trusted lists say of the issuer of a certificate')
    .argument('<inputs...>', 'certificates: files, folders, patterns, or - for standard input')
    .requiredOption('--store <file>', 'the lists, as psd2 trust list --store saved them')
    .addOption(new Option('--use <use>', 'instead of what the certificate is for').choices(['web', 'eseal', 'esign']))
    .addOption(new Option('--at <time>', 'instead of now').argParser(parseMoment))
    .addOption(new Option('--format <format>', 'how to write').choices(['text', 'json']).default('text'))
    .addHelpText('after', help)
    .action(async (inputs: string[], values: TrustIssuerValues) => trustIssuer(inputs, values, terminal))
}

async function trustIssuer(inputs: readonly string[], values: TrustIssuerValues, terminal: Terminal): Promise<void> {
  const { at = terminal.now(), use, format } = values
  const store = await openTrustStore(await readOctets(values.store, terminal))
  const lines: IssuerLine[] = []
  for await (const input of readInputs(inputs, terminal)) {
    const line = await lineOf(input, store, at, use)
    lines.push(line)
    for (const code of exitCodesOf(line)) terminal.exit(code)
    if (format === 'text') terminal.out(textOf(line))
  }
  if (format === 'json') terminal.out(`${escapeJson(JSON.stringify(lines, undefined, 2))}\n`)
}

const useOfKind: Readonly<Record<string, ServiceUse | undefined>> = { QWAC: 'web', QSealC: 'eseal', QESign: 'esign' }

async function lineOf(input: Input, store: TrustStore, at: Date, chosen: ServiceUse | undefined): Promise<IssuerLine> {
  const { source, index } = input
  try {
    if ('error' in input) throw input.error
    const certificate = parseCertificate(input.der, { mode: 'tolerant' })
    const { kind } = certificateKind(certificate)
    const line = { source, index, subject: String(certificate.subject), kind }
    const use = chosen ?? useOfKind[kind]
    if (use === undefined) return line
    const ask = async (moment: Date): Promise<Said> => {
      const answer = await findIssuer(store, certificate, { use, at: moment })
      return { verdict: answer.status, evidence: answerText(answer) }
    }
    return { ...line, serviceAtIssuance: await ask(certificate.validity.notBefore), serviceNow: await ask(at) }
  } catch (error) {
    if (!(error instanceof Psd2Error)) throw error
    return { source, index, error: error.toJSON() }
  }
}

function textOf(line: IssuerLine): string {
  const head = `${escapeText(line.source)}`
  if ('error' in line) return `${head}\n  ${line.error.code}: ${escapeText(line.error.message)}\n`
  const { subject, kind, serviceAtIssuance, serviceNow } = line
  const said = (when: string, evidence: string | undefined) =>
    `  ${when.padEnd(12)} ${escapeText(evidence ?? 'not asked: this is no certificate for web sites, seals or signatures')}\n`
  return (
    `${head}  ${kind}, ${escapeText(subject)}\n` +
    said('at issuance', serviceAtIssuance?.evidence) +
    said('at the time', serviceNow?.evidence)
  )
}

const exitCodes = { granted: ExitCode.ok, 'not-granted': ExitCode.findings, unknown: ExitCode.missing } as const

function exitCodesOf(line: IssuerLine): number[] {
  if ('error' in line) return [ExitCode.input]
  const { serviceAtIssuance, serviceNow } = line
  // What nothing was asked about is not granted.
  return [serviceAtIssuance, serviceNow].map((fact) =>
    fact === undefined ? ExitCode.findings : exitCodes[fact.verdict],
  )
}
