import { rename, writeFile } from 'node:fs/promises'
import { Command, Option } from 'commander'
import { Psd2Error } from '../../core/errors.ts'
import {
  fetchTrustedLists,
  httpFetcher,
  type ListAnchors,
  type ListOfLists,
  readListOfLists,
  readNationalList,
  readTrustedList,
} from '../../lists/index.ts'
import { escapeJson, escapeText } from '../../report/index.ts'
import { openTrustStore, packTrustStore, type TrustStore, type VerifiedList } from '../../trust/index.ts'
import { type Certificate, parseCertificate } from '../../x509/index.ts'
import { ExitCode } from '../exit-codes.ts'
import { readOctets } from '../files.ts'
import { readInputs } from '../inputs.ts'
import type { Terminal } from '../terminal.ts'
import { parseList, parseMoment } from './issuance-options.ts'
import {
  failureOf,
  type ListEntry,
  type ListReport,
  listOfListsFacts,
  listReportText,
  reportedList,
  storedList,
} from './trust-list-report.ts'

interface TrustListValues {
  readonly lotl?: string
  readonly pivot?: string[]
  readonly anchors?: string
  readonly notice?: string
  readonly signers?: string
  readonly fetch?: string | true
  readonly territory?: string[]
  readonly store?: string
  readonly at?: Date
  readonly format: 'text' | 'json'
}

const listOfListsLocation = 'https://ec.europa.eu/tools/lotl/eu-lotl.xml'

const help = `
Nothing is trusted by itself: --anchors are the certificates of the notice in the Official Journal, from which the list of
lists is verified, and with it the national lists; or --signers are those who may sign the files. Nothing is fetched without
--fetch. A store that was saved before can be given as a file, and is shown.

Exit codes: 0 everything verifies and is in force; 1 a list is refused; 3 a file is no list; 5 a list is not in force any
more, is not pointed to, or cannot be fetched.
`

/** `psd2 trust list`: imports trusted lists, shows what they say, and saves them for lookups. */
export function trustListCommand(terminal: Terminal): Command {
  return new Command('list')
    .description('verify EU trusted lists, show their services, save them as one file')
    .argument('[files...]', 'national lists, or a saved store')
    .option('--lotl <file>', 'the list of lists that points to them')
    .addOption(
      new Option('--pivot <file>', 'a pivot between the notice and the list of lists; once each').argParser(parseEach),
    )
    .option('--anchors <file>', 'certificates of the Official Journal notice')
    .option('--notice <url>', 'address of that notice: refuse a list of lists that goes back to another')
    .option('--signers <file>', 'certificates that may sign the files, where there is no list of lists')
    .option(
      '--fetch [url]',
      `fetch the list of lists and what it points to; without an address from ${listOfListsLocation}`,
    )
    .addOption(
      new Option('--territory <codes>', 'with --fetch: only these national lists, such as FR,DE').argParser(parseList),
    )
    .option('--store <file>', 'save the lists that verify as one file')
    .addOption(
      new Option('--at <time>', 'the instant at which lists must be in force, instead of now').argParser(parseMoment),
    )
    .addOption(new Option('--format <format>', 'how to write').choices(['text', 'json']).default('text'))
    .addHelpText('after', help)
    .action(async (files: string[], values: TrustListValues) => trustList(files, values, terminal))
}

function parseEach(value: string, before: readonly string[] = []): string[] {
  return [...before, value]
}

async function trustList(files: readonly string[], values: TrustListValues, terminal: Terminal): Promise<void> {
  requireUse(files, values)
  const { at = terminal.now(), format } = values
  const entries: ListEntry[] = []
  const lists: VerifiedList[] = []
  const add = (source: string, list: VerifiedList): void => {
    lists.push(list)
    entries.push(reportedList(source, list))
    if (list.stale) entries.push(failureOf(source, staleError(list)))
  }
  const lotl = await attempt(values.lotl ?? 'list of lists', entries, async () => {
    if (values.fetch !== undefined) return fetched(values, at, terminal, add, entries)
    return values.lotl === undefined ? undefined : readLotl(values.lotl, values, at, terminal)
  })
  if (lotl?.list.stale === true) entries.push(failureOf(values.lotl ?? 'list of lists', staleError(lotl.list)))
  const signers = values.signers === undefined ? [] : await readCertificates(values.signers, terminal)
  // Where the list of lists is refused, nothing says who may sign the others.
  for (const file of entries.length > 0 && lotl === undefined ? [] : files) {
    await attempt(file, entries, async () => {
      const bytes = await readOctets(file, terminal)
      if (isStore(bytes)) entries.push(...storedLists(file, await openTrustStore(bytes), at))
      else add(file, await readOne(bytes, lotl, signers, at))
    })
  }
  const store = values.store === undefined ? null : await save(values.store, lists, entries, terminal)
  const report: ListReport = { at, listOfLists: lotl === undefined ? null : listOfListsFacts(lotl), entries, store }
  terminal.out(format === 'json' ? jsonOf(report) : listReportText(report))
  for (const entry of entries) if ('error' in entry) tell(entry, terminal)
}

/** What fails here is an entry of the report, and the rest goes on. */
async function attempt<Value>(
  source: string,
  entries: ListEntry[],
  run: () => Promise<Value>,
): Promise<Value | undefined> {
  try {
    return await run()
  } catch (error) {
    if (!(error instanceof Psd2Error)) throw error
    entries.push(failureOf(source, error))
    return undefined
  }
}

/** JSON of a report: data for stdout, one object. */
function jsonOf({ at, listOfLists, entries, store }: ListReport): string {
  const lists = entries.map((entry) =>
    'error' in entry ? { source: entry.source, error: entry.error.toJSON() } : entry,
  )
  return `${escapeJson(JSON.stringify({ at, listOfLists, lists, store }, undefined, 2))}\n`
}

function requireUse(
  files: readonly string[],
  { lotl, anchors, signers, fetch, pivot, territory }: TrustListValues,
): void {
  if (fetch !== undefined && (files.length > 0 || lotl !== undefined || signers !== undefined)) {
    throw new TypeError('--fetch takes no files, --lotl or --signers')
  }
  if (files.length === 0 && lotl === undefined && fetch === undefined) {
    throw new TypeError('name a list, or --lotl, or --fetch')
  }
  if ((lotl !== undefined || fetch !== undefined) && anchors === undefined) {
    throw new TypeError('--anchors is missing: nothing says who may sign the list of lists')
  }
  if (lotl !== undefined && signers !== undefined) throw new TypeError('give --lotl or --signers, not both')
  if (pivot !== undefined && lotl === undefined) throw new TypeError('--pivot goes with --lotl')
  if (territory !== undefined && fetch === undefined) throw new TypeError('--territory goes with --fetch')
}

async function anchorsOf({ anchors = '', notice }: TrustListValues, terminal: Terminal): Promise<ListAnchors> {
  const certificates = await readCertificates(anchors, terminal)
  return { certificates, ...(notice === undefined ? {} : { notice }) }
}

async function readLotl(file: string, values: TrustListValues, at: Date, terminal: Terminal): Promise<ListOfLists> {
  const anchors = await anchorsOf(values, terminal)
  const pivots = await Promise.all((values.pivot ?? []).map((pivot) => readOctets(pivot, terminal)))
  return readListOfLists(await readOctets(file, terminal), { anchors, pivots, at, acceptStale: true })
}

async function fetched(
  values: TrustListValues,
  at: Date,
  terminal: Terminal,
  add: (source: string, list: VerifiedList) => void,
  entries: ListEntry[],
): Promise<ListOfLists> {
  const location = typeof values.fetch === 'string' ? values.fetch : listOfListsLocation
  const { territory: territories } = values
  const options = { fetch: httpFetcher(), location, anchors: await anchorsOf(values, terminal), at }
  const { listOfLists, lists, failures } = await fetchTrustedLists(
    territories === undefined ? options : { ...options, territories },
  )
  for (const list of lists) add(list.territory, list)
  for (const { territory, error } of failures) entries.push(failureOf(territory, error))
  return listOfLists
}

async function readOne(
  bytes: Uint8Array,
  lotl: ListOfLists | undefined,
  signers: readonly Certificate[],
  at: Date,
): Promise<VerifiedList> {
  if (lotl !== undefined) return readNationalList(bytes, { listOfLists: lotl.list, at, acceptStale: true })
  if (signers.length === 0) throw new TypeError('--lotl or --signers is missing: nothing says who may sign the list')
  return readTrustedList(bytes, { signers, at, acceptStale: true })
}

/** Every certificate of a file, read tolerantly: scheme operators' are compared octet by octet. */
async function readCertificates(file: string, terminal: Terminal): Promise<Certificate[]> {
  const certificates: Certificate[] = []
  for await (const input of readInputs([file], terminal)) {
    if ('error' in input) throw input.error
    certificates.push(parseCertificate(input.der, { mode: 'tolerant' }))
  }
  if (certificates.length > 0) return certificates
  throw new Psd2Error('INPUT_NO_CERTIFICATE', `${file} has no certificate`, {
    mend: 'give the certificates as PEM or DER; without them nobody is trusted',
  })
}

const storeMagic = new TextEncoder().encode('PSD2TLST')

function isStore(bytes: Uint8Array): boolean {
  return storeMagic.every((octet, index) => bytes[index] === octet)
}

function storedLists(source: string, store: TrustStore, at: Date): ListEntry[] {
  return store.lists.flatMap((list) => {
    const entry = storedList(source, list, at)
    return entry.stale ? [entry, failureOf(source, staleError(list))] : [entry]
  })
}

async function save(
  file: string,
  lists: readonly VerifiedList[],
  entries: ListEntry[],
  terminal: Terminal,
): Promise<ListReport['store']> {
  if (lists.length === 0) {
    terminal.err(`${escapeText(file)} is not written: no list verifies\n`)
    return null
  }
  try {
    await requireNewer(file, lists, terminal)
    const bytes = await packTrustStore(lists)
    // First beside it: whoever reads the store meanwhile reads the old one or the new one.
    await writeFile(`${file}.new`, bytes)
    await rename(`${file}.new`, file)
    const { counts } = await openTrustStore(bytes)
    return { file, octets: bytes.length, lists: lists.length, ...counts }
  } catch (error) {
    if (!(error instanceof Psd2Error)) throw error
    entries.push(failureOf(file, error))
    return null
  }
}

/** A store that is there already has no list that is newer than the one that takes its place. */
async function requireNewer(file: string, lists: readonly VerifiedList[], terminal: Terminal): Promise<void> {
  let known: TrustStore
  try {
    known = await openTrustStore(await readOctets(file, terminal))
  } catch (error) {
    if (error instanceof Psd2Error && error.code === 'INPUT_NOT_FOUND') return
    throw error
  }
  for (const { territory, sequenceNumber } of known.lists) {
    const next = lists.find((list) => list.territory === territory)
    if (next === undefined) terminal.err(`the list of ${territory} is in the old store and not in the new one\n`)
    else if (next.sequenceNumber < sequenceNumber) {
      throw new Psd2Error('TSL_SEQUENCE_LOWER', `the list of ${territory} is older than that in the store`, {
        mend: 'fetch the list again; where the old one is meant, remove the store first',
      })
    }
  }
}

function staleError({ territory, nextUpdate }: Pick<VerifiedList, 'territory' | 'nextUpdate'>): Psd2Error {
  const due =
    nextUpdate === undefined ? 'is closed' : `is out of date: its next update was due ${nextUpdate.toISOString()}`
  return new Psd2Error(nextUpdate === undefined ? 'TSL_CLOSED' : 'TSL_STALE', `the list of ${territory} ${due}`, {
    mend: 'fetch the list that is in force today; --at asks about another instant',
  })
}

function tell({ source, error }: { readonly source: string; readonly error: Psd2Error }, terminal: Terminal): void {
  const mend = error.mend === undefined ? '' : `\nmend: ${escapeText(error.mend)}`
  terminal.err(`${escapeText(source)}: ${error.code}: ${escapeText(error.message)}${mend}\n`)
  terminal.exit(exitCodeOf(error))
}

const missing: ReadonlySet<string> = new Set([
  'TSL_STALE',
  'TSL_CLOSED',
  'TSL_FETCH',
  'TSL_POINTER_MISSING',
  'TSL_POINTER_LOCATION',
])

function exitCodeOf({ code }: Psd2Error): number {
  if (missing.has(code)) return ExitCode.missing
  return /^(?:XML|LIMIT|INPUT|TSL_STORE|TSL_ROOT|DER|X509)/.test(code) ? ExitCode.input : ExitCode.findings
}
