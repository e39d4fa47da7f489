import { type Finding, severities } from '../../../core/audit-report.ts'
import { escapeMarkup } from '../../escape.ts'

/** Octets in a row. */
const width = 16

/** Octets of one certificate that are shown: several times what a large one has. */
const mostOctets = 16_384

/** Rows before and after the octets of a finding, and rows of a long one. */
const context = 1
const mostRows = 6

/** A part of the octets with one mark. */
interface Run {
  readonly start: number
  readonly end: number
  /** Number of the finding in the list, or -1. */
  readonly mark: number
}

/** The whole certificate, with what findings point to marked. */
export function hexDump(der: Uint8Array, findings: readonly Finding[]): string {
  const shown = Math.min(der.length, mostOctets)
  const marks = marksOf(findings, shown)
  const rest = der.length - shown
  return rows(der, 0, shown, marks, findings) + (rest > 0 ? `\n... ${rest} more octets are not shown` : '')
}

/** The rows around one finding; undefined where it points to nothing. */
export function hexExcerpt(der: Uint8Array, finding: Finding): string | undefined {
  const { offset, length } = finding
  if (length === 0 || offset >= der.length) return undefined
  const first = Math.max(0, Math.floor(offset / width) - context)
  const last = Math.floor((Math.min(offset + length, der.length) - 1) / width) + context
  const end = Math.min(last, first + mostRows - 1)
  const stop = Math.min((end + 1) * width, der.length)
  const text = rows(der, first * width, stop, marksOf([finding], stop), [finding])
  return end < last ? `${text}\n... ${offset + length - stop} more octets` : text
}

/** For each octet the gravest finding on it. */
function marksOf(findings: readonly Finding[], size: number): Int32Array {
  const marks = new Int32Array(size).fill(-1)
  const order = findings
    .map(({ severity }, index) => ({ index, rank: severities.indexOf(severity) }))
    .sort((a, b) => b.rank - a.rank)
  for (const { index } of order) {
    const { offset, length } = findings[index] as Finding
    marks.fill(index, Math.min(offset, size), Math.min(offset + length, size))
  }
  return marks
}

function rows(der: Uint8Array, from: number, to: number, marks: Int32Array, findings: readonly Finding[]): string {
  const lines: string[] = []
  for (let start = from; start < to; start += width) {
    const end = Math.min(start + width, to)
    const runs = runsOf(marks, start, end)
    const hex = runs.map((run) => marked(run, hexText(der, run.start, run.end), findings)).join(' ')
    const ascii = runs.map((run) => marked(run, asciiText(der, run.start, run.end), findings)).join('')
    lines.push(`<b>${start.toString(16).padStart(6, '0')}</b>  ${hex}${'   '.repeat(width - (end - start))}  ${ascii}`)
  }
  return lines.join('\n')
}

function runsOf(marks: Int32Array, start: number, end: number): Run[] {
  const runs: Run[] = []
  let from = start
  for (let at = start + 1; at <= end; at++) {
    if (at < end && marks[at] === marks[from]) continue
    runs.push({ start: from, end: at, mark: marks[from] as number })
    from = at
  }
  return runs
}

function marked({ mark }: Run, text: string, findings: readonly Finding[]): string {
  const severity = findings[mark]?.severity
  return severity === undefined ? text : `<mark class="${severity}">${text}</mark>`
}

function hexText(der: Uint8Array, start: number, end: number): string {
  let text = ''
  for (let at = start; at < end; at++) text += (at > start ? ' ' : '') + octets[der[at] as number]
  return text
}

const octets: readonly string[] = Array.from({ length: 256 }, (_, octet) => octet.toString(16).padStart(2, '0'))

function asciiText(der: Uint8Array, start: number, end: number): string {
  let text = ''
  for (let at = start; at < end; at++) text += characters[der[at] as number]
  return text
}

const characters: readonly string[] = Array.from({ length: 256 }, (_, octet) =>
  octet < 0x20 || octet > 0x7e ? '·' : escapeMarkup(String.fromCharCode(octet)),
)
