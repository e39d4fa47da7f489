import type {
  ExplainedDeviation,
  Inspection,
  InspectionFailure,
  InspectionResult,
  NamedOid,
} from '../core/inspection.ts'
import type { JsonValue } from '../core/json.ts'
import { escapeText } from './escape.ts'
import { type Paint, plain } from './paint.ts'

/** How {@link inspectionToText} writes. */
export interface TextOptions {
  /** The instant that validity is counted from. */
  readonly at: Date
  readonly paint?: Paint
}

const labelWidth = 16
const day = 86_400_000

/** Roles in words (ETSI TS 119 495 5.2.2). */
const roleTitles: Readonly<Record<string, string | undefined>> = {
  PSP_AS: 'account servicing',
  PSP_PI: 'payment initiation',
  PSP_AI: 'account information',
  PSP_IC: 'issuing of card-based payment instruments',
  PSP_CB: 'international central bank',
  PSP_PA: 'international public authority',
  VOP_RS: 'verification of payee, routing',
  VOP_VS: 'verification of payee, verification',
}

/** One result as text for people, ending in an empty line. Everything that the certificate says is escaped. */
export function inspectionToText(result: InspectionResult, options: TextOptions): string {
  if (Number.isNaN(options.at.getTime())) throw new TypeError('at is not a moment')
  const paint = options.paint ?? plain
  const lines = 'error' in result ? failureLines(result, paint) : inspectionLines(result, options.at, paint)
  return `${lines.join('\n')}\n\n`
}

function title(source: string, place: string, paint: Paint): string {
  const where = place === '' ? '' : paint.dim(` (${escapeText(place)})`)
  return `${paint.bold(escapeText(source))}${where}`
}

function failureLines({ source, place, error }: InspectionFailure, paint: Paint): string[] {
  const lines = [`${title(source, place, paint)}  ${paint.bad('unreadable')}`, row('Error', error.code, paint)]
  lines.push(continued(escapeText(error.message)))
  if (error.clause !== '' && !error.clause.startsWith('psd2-toolkit')) lines.push(continued(paint.dim(error.clause)))
  if (error.mend !== '') lines.push(continued(`mend: ${escapeText(error.mend)}`))
  return lines
}

function inspectionLines(result: Inspection, at: Date, paint: Paint): string[] {
  const rows: [string, readonly string[]][] = [
    ['Subject', [escapeText(result.subject)]],
    ['Issuer', [escapeText(result.issuer)]],
    ['Serial number', [result.serialNumber]],
    ['Valid', [validityText(result.validity, at, paint)]],
    ['PSP', identifierLines(result)],
    ['Authority', result.psd2 === null ? [] : [escapeText(`${result.psd2.ncaId}, ${result.psd2.ncaName}`)]],
    ['Roles', roleLines(result, paint)],
    ['QC statements', result.qcStatements.filter(({ name }) => name !== 'PSD2').map(statementText)],
    ['Key', [keyText(result)]],
    ['Signature', [signatureText(result)]],
    ['Key usage', list(result.keyUsage)],
    ['Extended usage', list(result.extendedKeyUsage.map(nameOf))],
    [
      'Names',
      result.subjectAltNames.map(({ kind, value }) => escapeText(kind === 'dNSName' ? value : `${kind} ${value}`)),
    ],
    ['Policies', result.policies.map(({ oid, name }) => (name === null ? oid : `${oid} ${name}`))],
    ['SHA-256', [result.sha256]],
    ['x5t#S256', [result['x5t#S256']]],
  ]
  const lines = [
    `${title(result.source, result.place, paint)}  ${paint.bold(result.kind)}${paint.dim(`, ${result.kindReason}`)}`,
  ]
  for (const [label, values] of rows) {
    for (const [index, value] of values.entries()) lines.push(index === 0 ? row(label, value, paint) : continued(value))
  }
  return [...lines, ...deviationLines(result.deviations, paint)]
}

function row(label: string, value: string, paint: Paint): string {
  return `  ${paint.dim(label.padEnd(labelWidth))}${value}`
}

function continued(value: string): string {
  return `  ${' '.repeat(labelWidth)}${value}`
}

function list(values: readonly string[]): string[] {
  return values.length === 0 ? [] : [values.join(', ')]
}

function nameOf({ oid, name }: NamedOid): string {
  return name ?? oid
}

function validityText({ notBefore, notAfter }: Inspection['validity'], at: Date, paint: Paint): string {
  const begins = Date.parse(notBefore)
  const ends = Date.parse(notAfter)
  const now = at.getTime()
  const period = `${notBefore} to ${notAfter}`
  if (now < begins) return `${period}, ${paint.warn(`begins in ${days(begins - now)}`)}`
  if (now > ends) return `${period}, ${paint.bad(`ended ${days(now - ends)} ago`)}`
  const left = `${days(ends - now)} left`
  return `${period}, ${ends - now < 30 * day ? paint.warn(left) : paint.good(left)}`
}

function days(milliseconds: number): string {
  const count = Math.floor(milliseconds / day)
  if (count === 0) return 'less than a day'
  return count === 1 ? '1 day' : `${count} days`
}

function identifierLines({ organizationIdentifier: identifier }: Inspection): string[] {
  if (identifier === null) return []
  const { value, scheme, country, authority, number } = identifier
  const parts: [string, string | null][] = [
    ['scheme', scheme],
    ['country', country],
    ['authority', authority],
    ['number', number],
  ]
  const told = parts.filter(([, part]) => part !== null).map(([name, part]) => `${name} ${part}`)
  return [escapeText(told.length === 0 ? value : `${value} (${told.join(', ')})`)]
}

function roleLines({ psd2 }: Inspection, paint: Paint): string[] {
  if (psd2 === null) return []
  if (psd2.roles.length === 0) return [paint.bad('none')]
  return psd2.roles.map(({ oid, role, name }) => {
    if (role === null) return `${paint.bad('unknown')} ${oid} ${escapeText(`'${name}'`)}`
    const text = `${role.padEnd(8)} ${roleTitles[role] ?? ''}`.trimEnd()
    return name === role ? text : `${text} ${paint.warn(escapeText(`named '${name}'`))}`
  })
}

function statementText({ oid, name, value }: Inspection['qcStatements'][number]): string {
  const told = valueText(value)
  return escapeText(told === '' ? (name ?? oid) : `${name ?? oid} ${told}`)
}

/** The information of a statement in one line: values only, names of members left out. */
function valueText(value: JsonValue): string {
  if (value === null) return ''
  if (Array.isArray(value)) return value.map(valueText).join(', ')
  if (typeof value !== 'object') return String(value)
  const members = Object.entries(value)
  if ('oid' in value && 'name' in value) return valueText(value.name as JsonValue)
  return members
    .map(([, member]) => valueText(member as JsonValue))
    .filter((text) => text !== '')
    .join(' ')
}

function keyText({ publicKey: { algorithm, oid, size, curve } }: Inspection): string {
  const kind = curve === null ? (algorithm ?? oid) : `${algorithm ?? oid} ${curve}`
  return size === null ? kind : `${kind}, ${size} bits`
}

function signatureText({ signatureAlgorithm: { oid, name, pss } }: Inspection): string {
  const text = name ?? oid
  return pss === undefined ? text : `${text} with ${pss.hash}, MGF1 ${pss.mgfHash}, salt ${pss.saltLength} octets`
}

/** Grouped by code, so that one breach at ten places takes one paragraph. */
function deviationLines(deviations: readonly ExplainedDeviation[], paint: Paint): string[] {
  if (deviations.length === 0) return [row('Deviations', paint.good('none'), paint)]
  const refused = deviations.filter(({ leniency }) => leniency !== 'note').length
  const verdict = refused === 0 ? '' : `; strict reading refuses the certificate for ${refused} of them`
  const lines = [row('Deviations', `${deviations.length}${verdict}`, paint)]
  for (const code of new Set(deviations.map((deviation) => deviation.code))) {
    const places = deviations.filter((deviation) => deviation.code === code)
    const [first] = places
    if (first === undefined) continue
    const mark = first.leniency === 'note' ? paint.warn('remark') : paint.bad('breach')
    lines.push(`    ${mark} ${paint.bold(code)}: ${first.message} ${paint.dim(`[${first.clause}]`)}`)
    for (const { path, offset, detail } of places) {
      lines.push(`      offset ${offset}, ${escapeText(path)}${detail === undefined ? '' : `: ${escapeText(detail)}`}`)
    }
    lines.push(`      mend: ${first.mend}`)
  }
  return lines
}
