import type { Grounding } from '../../core/audit-report.ts'
import type { Citation } from '../../core/citation.ts'
import type { JsonValue } from '../../core/json.ts'
import type { Modal, Place, Rule } from '../../rules/rule.ts'
import type { RegistrationSubject } from '../subject.ts'
import type { RegistrationOperation } from '../types.ts'

/** A requirement on a registration. On an update the page states most of them again, in a row of their own. */
export interface RegistrationRule extends Rule<RegistrationSubject> {
  /** The operations that the rule is for. */
  readonly operations: readonly RegistrationOperation[]
  /** Row and clause of the same requirement on an update. */
  readonly onUpdate?: { readonly requirement: string; readonly citation: Citation }
}

export const PAGE = 'BPCE PSD2 Registration API'

type Check = Rule<RegistrationSubject>['check']

/** A rule as its file writes it. */
interface Draft {
  readonly slug: string
  /** Row for POST, and row for PUT; a rule for one operation has one row. */
  readonly rows: readonly [create: string | undefined, update: string | undefined]
  /** Where the page or another document says so. A text is a part of the page's tables of the body. */
  readonly clause: string | Citation
  readonly title: string
  readonly why: string
  readonly mend: string
  /** Default: `bank`. */
  readonly modal?: Modal
  /** Default: `A`. */
  readonly grounding?: Grounding
  readonly needs?: NonNullable<Rule<RegistrationSubject>['needs']>
  readonly applies?: NonNullable<Rule<RegistrationSubject>['applies']>
  readonly check: NonNullable<Check>
}

/** Completes a rule: its id, its clauses for both operations. */
export function rule({ slug, rows, clause, modal = 'bank', grounding = 'A', ...rest }: Draft): RegistrationRule {
  const [create, update] = rows
  const cite = (method: string): Citation =>
    typeof clause === 'string' ? { document: PAGE, clause: `${method}, HTTP Body, ${clause}` } : clause
  const ofPost = cite('POST /register')
  const ofPut = cite('PUT /register/{client_id}')
  const operations: RegistrationOperation[] = []
  if (create !== undefined) operations.push('create')
  if (update !== undefined) operations.push('update')
  const requirement = create ?? update
  if (requirement === undefined) throw new TypeError(`rule '${slug}' has no row`)
  return {
    id: `registration.${slug}`,
    requirement,
    citation: create === undefined ? ofPut : ofPost,
    modal,
    grounding,
    ...rest,
    operations,
    ...(create !== undefined && update !== undefined ? { onUpdate: { requirement: update, citation: ofPut } } : {}),
  }
}

/** A part of the page that is none of its tables. */
export function page(clause: string): Citation {
  return { document: PAGE, clause }
}

/** A limit or a precaution that no document demands. */
export const own: Citation = { document: 'psd2-toolkit', clause: 'limits and precautions' }

export function rfc(number: number, clause: string): Citation {
  return { document: `RFC ${number}`, clause }
}

/** A place in the JSON text, by its JSON Pointer. */
export function at(pointer: string, offset = 0): Place {
  return { path: pointer, offset, length: 0 }
}

/** The type of a JSON value, in words. */
export function typeName(value: JsonValue): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'an array'
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`
}

/** Text that may stand in a finding: short names only. Anything else could be personal, or a secret in a wrong place. */
export function shown(value: JsonValue): string {
  if (typeof value !== 'string') return typeName(value)
  return /^[A-Za-z0-9_.:-]{0,40}$/.test(value) ? `"${value}"` : `a text of ${value.length} characters`
}

/** True for a member that is there. The bank's own answers have null for what is absent: they must be good to send back. */
export function isPresent(value: JsonValue | undefined): value is Exclude<JsonValue, null> {
  return value !== undefined && value !== null
}
