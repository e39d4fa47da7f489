import type { Psd2Error } from '../../core/errors.ts'
import type { ListOfLists } from '../../lists/index.ts'
import { escapeText } from '../../report/index.ts'
import type { ServiceUse, StoredList, VerifiedList } from '../../trust/index.ts'

/** A service as it stands today, in a line. */
interface ServiceLine {
  readonly provider: string
  readonly name: string
  readonly type: string
  readonly status: string
  readonly since: Date
  readonly uses: readonly ServiceUse[]
}

/** A list that verified. */
interface ReportedList {
  readonly source: string
  readonly territory: string
  readonly version: number
  readonly sequenceNumber: number
  readonly operator: string
  readonly issued: Date
  /** Null where the list is closed. */
  readonly nextUpdate: Date | null
  readonly stale: boolean
  readonly signer: string
  /** How many CA/QC services are granted today, by use; absent for a list out of a store. */
  readonly granted?: Readonly<Record<ServiceUse, number>>
  readonly services?: readonly ServiceLine[]
  readonly remarks?: VerifiedList['remarks']
}

/** What the command says about one file or territory. */
export type ListEntry = ReportedList | { readonly source: string; readonly error: Psd2Error }

export interface ListReport {
  readonly at: Date
  readonly listOfLists: ReturnType<typeof listOfListsFacts> | null
  readonly entries: readonly ListEntry[]
  readonly store: {
    readonly file: string
    readonly octets: number
    readonly lists: number
    readonly services: number
    readonly keys: number
  } | null
}

export function failureOf(source: string, error: Psd2Error): ListEntry {
  return { source, error }
}

export function reportedList(source: string, list: VerifiedList): ListEntry {
  const { territory, version, sequenceNumber, operator, issued, nextUpdate = null, stale, signer, remarks } = list
  const services = list.services.flatMap(({ provider, name, statuses: [now] }) =>
    now === undefined ? [] : [{ provider, name, type: now.type, status: now.status, since: now.from, uses: now.uses }],
  )
  const granted = (use: ServiceUse) =>
    services.filter(({ type, status, uses }) => type === 'CA/QC' && status === 'granted' && uses.includes(use)).length
  return {
    source,
    territory,
    version,
    sequenceNumber,
    operator,
    issued,
    nextUpdate,
    stale,
    signer: String(signer.subject),
    granted: { web: granted('web'), eseal: granted('eseal'), esign: granted('esign') },
    services,
    remarks,
  }
}

export function storedList(source: string, list: StoredList, at: Date): ReportedList {
  const { territory, version, sequenceNumber, operator, issued, nextUpdate = null, signer } = list
  const stale = nextUpdate === null || at.getTime() > nextUpdate.getTime()
  return { source, territory, version, sequenceNumber, operator, issued, nextUpdate, stale, signer }
}

export function listOfListsFacts({ list, pivots, announcedPivots, notice }: ListOfLists) {
  const { sequenceNumber, issued, nextUpdate = null, stale, signer, pointers } = list
  return {
    sequenceNumber,
    issued,
    nextUpdate,
    stale,
    signer: String(signer.subject),
    notice: notice ?? null,
    pivots: pivots.map((pivot) => pivot.sequenceNumber),
    announcedPivots,
    pointers: pointers.map(({ territory, type, location, signers }) => ({
      territory,
      type,
      location,
      signers: signers.length,
    })),
  }
}

export function listReportText({ listOfLists, entries, store }: ListReport): string {
  const lines: string[] = []
  if (listOfLists !== null) {
    const { sequenceNumber, issued, nextUpdate, stale, notice, pivots, pointers } = listOfLists
    lines.push(`EU  list of lists ${sequenceNumber}, ${dates(issued, nextUpdate, stale)}`)
    if (pivots.length > 0) lines.push(`    pivots ${pivots.join(', ')}`)
    lines.push(`    notice ${escapeText(notice ?? 'none')}`)
    lines.push(`    points to ${[...new Set(pointers.map(({ territory }) => escapeText(territory)))].join(' ')}`)
  }
  for (const entry of entries) if (!('error' in entry)) lines.push(...listLines(entry))
  if (store !== null) {
    const { file, octets, lists, services, keys } = store
    lines.push(`${escapeText(file)}: ${lists} lists, ${services} services, ${keys} keys, ${octets} octets`)
  }
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`
}

function listLines(list: ReportedList): string[] {
  const { territory, version, sequenceNumber, operator, issued, nextUpdate, stale, granted, services = [] } = list
  const lines = [
    `${territory}  list ${sequenceNumber} of version ${version}, ${dates(issued, nextUpdate, stale)}`,
    `    ${escapeText(operator)}; signed by ${escapeText(list.signer)}`,
  ]
  if (granted !== undefined) {
    const { web, eseal, esign } = granted
    lines.push(
      `    ${services.length} services; granted CA/QC: ${web} for web sites, ${eseal} for seals, ${esign} for signatures`,
    )
  }
  for (const { provider, name, type, status, since, uses } of services) {
    if (type !== 'CA/QC') continue
    const what = `${escapeText(status)} since ${since.toISOString().slice(0, 10)}`
    lines.push(`    ${what.padEnd(28)} ${uses.join(' ').padEnd(15)} ${escapeText(provider)}: ${escapeText(name)}`)
  }
  for (const { code, message } of list.remarks ?? []) lines.push(`    remark ${code}: ${escapeText(message)}`)
  return lines
}

function dates(issued: Date, nextUpdate: Date | null, stale: boolean): string {
  const next = nextUpdate === null ? 'closed' : `next update ${nextUpdate.toISOString().slice(0, 10)}`
  return `issued ${issued.toISOString().slice(0, 10)}, ${next}${stale ? ', OUT OF DATE' : ''}`
}
