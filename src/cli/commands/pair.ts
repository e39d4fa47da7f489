import { createHash } from 'node:crypto'
import { Command, Option } from 'commander'
import { auditPair, type OutsideFacts, readRequestFact, readyProfile } from '../../audit/index.ts'
import { pairRulesOf } from '../../audit/rule-info.ts'
import { factFinderOf } from '../../audit/trust-data.ts'
import type { AuditPlace } from '../../core/audit-report.ts'
import { Psd2Error } from '../../core/errors.ts'
import { auditFormats } from '../../report/audit/formats.ts'
import { countReport, emptyTally } from '../../report/audit/tally.ts'
import { plain } from '../../report/index.ts'
import { type Profile, parseProfile, profiles } from '../../rules/index.ts'
import { type Certificate, parseCertificate } from '../../x509/index.ts'
import { ExitCode } from '../exit-codes.ts'
import { readOctets } from '../files.ts'
import { readInputs } from '../inputs.ts'
import type { Terminal } from '../terminal.ts'
import { readTrust, type TrustValues, withTrustOptions } from '../trust-options.ts'
import { parseMoment } from './issuance-options.ts'

interface PairValues extends TrustValues {
  readonly qwac: string
  readonly qsealc: string
  readonly key?: string
  readonly keyFor: 'qwac' | 'qsealc'
  readonly previousQwac?: string
  readonly previousQsealc?: string
  readonly otherSet?: readonly string[]
  readonly request?: string
  readonly profile: string
  readonly at?: Date
  readonly format: 'text' | 'json'
}

/** `psd2 pair`: whether a QWAC and a QSealC go together, and will be taken. */
export function pairCommand(terminal: Terminal, version: string): Command {
  const command = new Command('pair')
    .description('audit a QWAC and a QSealC together: each, what they must share, and whether the key fits')
    .addOption(new Option('--qwac <file>', 'the certificate for TLS: PEM, DER, base64').makeOptionMandatory())
    .addOption(new Option('--qsealc <file>', 'the certificate for signatures').makeOptionMandatory())
    .option('--key <file>', 'the private key of one of them: PEM; it is never shown')
    .addOption(new Option('--key-for <member>', 'whose key it should be').choices(['qwac', 'qsealc']).default('qsealc'))
    .option('--previous-qwac <file>', 'the QWAC before: is the issuer the same?')
    .option('--previous-qsealc <file>', 'the QSealC before')
    .option('--other-set <input...>', 'certificates of another set or client, which must not be these')
    .option('--request <file>', 'the registration request: JSON; its identifiers, scopes and JWK are compared')
    .option('--profile <name|file>', 'whose rules: a name, or a file.json', 'bpce')
    .addOption(new Option('--at <time>', 'audit as of this instant instead of now').argParser(parseMoment))
    .addOption(new Option('--format <format>', 'how to write').choices(['text', 'json']).default('text'))
    .action(async (values: PairValues) => pair(values, terminal, version))
  return withTrustOptions(command)
}

async function pair(values: PairValues, terminal: Terminal, version: string): Promise<void> {
  const at = values.at ?? terminal.now()
  const prepared = readyProfile(await chosenProfile(values.profile, terminal))
  const trust = await readTrust(values, terminal)
  if (trust === 'missing') return
  const qwac = await readMember(values.qwac, terminal)
  const qsealc = await readMember(values.qsealc, terminal)
  const key = values.key === undefined ? {} : { key: await readOctets(values.key, terminal) }
  const report = await auditPair(
    { qwac: qwac.der, qsealc: qsealc.der, keyFor: values.keyFor, ...key },
    {
      at,
      profile: prepared,
      ...(trust === undefined ? {} : { findFacts: await factFinderOf(trust) }),
      places: { qwac: qwac.place, qsealc: qsealc.place },
      issuers: {
        ...(qwac.issuer === undefined ? {} : { qwac: qwac.issuer }),
        ...(qsealc.issuer === undefined ? {} : { qsealc: qsealc.issuer }),
      },
      facts: {
        both: await factsOfBoth(values, terminal),
        qwac: { privateKeyBeside: qwac.privateKeyBeside, ...(await previous(values.previousQwac, terminal)) },
        qsealc: { privateKeyBeside: qsealc.privateKeyBeside, ...(await previous(values.previousQsealc, terminal)) },
      },
    },
  )
  const { name, title } = prepared.profile
  const tool = { name: 'psd2-toolkit', version }
  const run = { tool, at: at.toISOString(), profile: { name, title }, rules: pairRulesOf(prepared) }
  const writer = auditFormats[values.format](run, { colour: terminal.paint !== plain })
  const tally = emptyTally()
  countReport(tally, report, at.getTime())
  terminal.out(writer.head())
  terminal.out(writer.entry({ number: 1, report, evidence: {} }))
  terminal.out(writer.tail({ tally, complete: true, unusedBaseline: [] }))
  if (report.verdict === 'unreadable') terminal.exit(ExitCode.input)
  if (report.verdict === 'fail') terminal.exit(ExitCode.findings)
}

async function factsOfBoth({ otherSet, request }: PairValues, terminal: Terminal): Promise<OutsideFacts> {
  return {
    ...(otherSet === undefined ? {} : { otherSets: await hashesOf(otherSet, terminal) }),
    ...(request === undefined ? {} : { request: readRequestFact(await readOctets(request, terminal)) }),
  }
}

async function previous(file: string | undefined, terminal: Terminal): Promise<OutsideFacts> {
  if (file === undefined) return {}
  const { der } = await readMember(file, terminal)
  return { previous: parseCertificate(der, { mode: 'tolerant' }) }
}

/** SHA-256 of every certificate of the inputs. What is none is an error: a set that was not read must not pass. */
async function hashesOf(inputs: readonly string[], terminal: Terminal): Promise<ReadonlySet<string>> {
  const hashes = new Set<string>()
  for await (const input of readInputs(inputs, terminal)) {
    if ('error' in input) throw input.error
    hashes.add(createHash('sha256').update(input.der).digest('hex'))
  }
  return hashes
}

/** A profile by name, or of a file: a name has neither an ending nor a folder. */
export async function chosenProfile(name: string, terminal: Terminal): Promise<string | Profile> {
  if (Object.hasOwn(profiles, name) || !/[./]/.test(name)) return name
  return parseProfile(await readOctets(name, terminal))
}

interface PairFile {
  readonly der: Uint8Array
  readonly issuer: Certificate | undefined
  readonly place: AuditPlace
  readonly privateKeyBeside: boolean
}

/** The certificate of a file. Authorities may follow, as in a chain: the one that issued it becomes a fact. */
async function readMember(file: string, terminal: Terminal): Promise<PairFile> {
  const found: { der: Uint8Array; place: AuditPlace }[] = []
  const errors: Psd2Error[] = []
  for await (const input of readInputs([file], terminal)) {
    const { source, index, place } = input
    if ('error' in input) errors.push(input.error)
    else found.push({ der: input.der, place: { source, index, place } })
  }
  const [first, ...others] = found
  if (first === undefined) throw errors[0] ?? new Psd2Error('INPUT_NO_CERTIFICATE', `${file} has no certificate`)
  const authorities = others.map(({ der }) => readQuietly(der))
  if (authorities.some((read) => read?.extension('basicConstraints')?.decoded?.cA !== true)) {
    throw new Psd2Error('INPUT_SEVERAL', `${file} has several certificates, and not only authorities after the first`, {
      mend: 'give a file with the certificate alone, or with the certificates of its issuers behind it',
    })
  }
  const name = readQuietly(first.der)?.issuer.hex
  const issuer = authorities.find((read) => read?.subject.hex === name)
  return { ...first, issuer, privateKeyBeside: errors.some(({ code }) => code === 'INPUT_PRIVATE_KEY') }
}

function readQuietly(der: Uint8Array): Certificate | undefined {
  try {
    return parseCertificate(der, { mode: 'tolerant' })
  } catch (error) {
    if (error instanceof Psd2Error) return undefined
    throw error
  }
}
