import { type OrganizationIdentifier, parseOrganizationIdentifier } from '../../eidas/organization-identifier.ts'
import type { PspRole } from '../../eidas/roles.ts'
import { type AuthorisationState, authorisationAt } from './authorisation.ts'
import { aliasOwners, foreignNumbering } from './authorities.ts'
import { type RegisterCode, registerCodes } from './codes.ts'
import type { RegisterEntity } from './entity.ts'
import type { RegisterIndex, RegisterInfo } from './index-format.ts'
import { looseNumber, numberOfCode } from './numbers.ts'
import { type RoleAnswer, roleAnswer } from './roles.ts'

/** `indeterminate` is an answer of its own: the register proves neither that the institution is there nor that it is not. */
export type RegisterStatus = 'match' | 'no_match' | 'indeterminate'

/** By what an entry was found, strongest first. `alias` is the caller's word. */
export type RegisterRule =
  | 'alias'
  | 'entity-code'
  | 'national-reference'
  | 'entity-code-loose'
  | 'national-reference-loose'

/** A word on the answer. */
export interface RegisterFinding {
  readonly code: RegisterCode
  readonly message: string
  readonly mend: string
  /** Of which role, or what was met. */
  readonly detail?: string | undefined
}

/** The entry that was found, and what it is worth. */
export interface RegisterMatch {
  readonly entity: RegisterEntity
  readonly rule: RegisterRule
  /** True where the authority was found by an alias of the table. */
  readonly authorityByAlias: boolean
  readonly authorisation: AuthorisationState
  /** Where the service is to be given; the home country where nobody said. */
  readonly country: string
  readonly roles: readonly RoleAnswer[]
  /** Other entries of the same number, which were not taken. */
  readonly others: readonly {
    readonly code: string
    readonly type: string
    readonly authorisation: AuthorisationState
  }[]
}

/** What the register says of an organizationIdentifier. */
export interface RegisterAnswer {
  readonly status: RegisterStatus
  readonly code: RegisterCode
  readonly message: string
  readonly mend: string
  readonly identifier: OrganizationIdentifier
  /** Undefined where the status is not `match`. */
  readonly match: RegisterMatch | undefined
  /**
   * What speaks against the institution, or cannot be told: authorisation withdrawn, a role without its service. A match
   * without findings is an institution that is authorised and has every role that was asked about.
   */
  readonly findings: readonly RegisterFinding[]
  /** The register that was asked. */
  readonly register: Pick<RegisterInfo, 'sourceSha256' | 'newest'>
}

/** How a lookup asks. */
export interface LookupOptions {
  readonly at: Date
  /** Roles that the certificate claims. */
  readonly roles?: readonly PspRole[]
  /** The Member State where the service is to be given. Default: the home country. */
  readonly country?: string
  /** EntityCode by organizationIdentifier, where somebody has checked that the two are one institution. */
  readonly aliases?: Readonly<Record<string, string>>
}

/** Looks an organizationIdentifier up. */
export function lookUp(index: RegisterIndex, value: string, options: LookupOptions): RegisterAnswer {
  const identifier = parseOrganizationIdentifier(value)
  const answer = (status: RegisterStatus, code: RegisterCode, match?: RegisterMatch): RegisterAnswer => ({
    status,
    code,
    message: registerCodes[code].says,
    mend: registerCodes[code].mend,
    identifier,
    match,
    findings: match === undefined ? [] : findingsOf(match),
    register: { sourceSha256: index.info.sourceSha256, newest: index.info.newest },
  })
  const { aliases = {} } = options
  if (Object.hasOwn(aliases, value)) {
    const [entity, second] = index.byCode(aliases[value] as string)
    if (entity === undefined || second !== undefined) return answer('indeterminate', 'REGISTER_ALIAS')
    return answer('match', 'REGISTER_MATCH', matchOf({ entity, rule: 'alias' }, false, [], options))
  }
  const { country, authority, number, problem, scheme } = identifier
  if (problem !== undefined) return answer('indeterminate', 'REGISTER_IDENTIFIER')
  if (scheme !== 'PSD' || country === null || authority === null || number === null) {
    return answer('indeterminate', 'REGISTER_SCHEME')
  }
  const { owners, byAlias } = ownersOf(index, country + authority)
  if (owners.length === 0) return answer('indeterminate', unknownAuthority(index, country))
  if (owners.some((owner) => foreignNumbering.has(owner))) return answer('indeterminate', 'REGISTER_NUMBERING')

  const found = find(index, owners, number)
  const institutions = found.filter(({ entity }) => entity.type !== 'PSD_BR')
  if (institutions.length === 0) {
    if (found.length > 0) return answer('indeterminate', 'REGISTER_BRANCH')
    if (index.info.unreadable > 0) return answer('indeterminate', 'REGISTER_INCOMPLETE')
    const isBank = options.roles?.includes('PSP_AS') === true
    return isBank ? answer('indeterminate', 'REGISTER_CREDIT_INSTITUTION') : answer('no_match', 'REGISTER_NO_MATCH')
  }
  const best = bestOf(institutions, options.at)
  if (best === undefined) return answer('indeterminate', 'REGISTER_AMBIGUOUS')
  const others = institutions.filter((candidate) => candidate !== best).map(({ entity }) => entity)
  return answer('match', 'REGISTER_MATCH', matchOf(best, byAlias, others, options))
}

/** The authorities of the register that a nCAId means; `key` has the form of `authorityKey`. */
function ownersOf(index: RegisterIndex, key: string): { owners: readonly string[]; byAlias: boolean } {
  const same = index.owners.get(key) ?? []
  const aliased = aliasOwners(key).filter((owner) => Object.hasOwn(index.info.owners, owner) && !same.includes(owner))
  return { owners: aliased.length === 0 ? same : [...same, ...aliased], byAlias: same.length === 0 }
}

/** An authority of Europe of which the register has nothing, or none at all. */
function unknownAuthority(index: RegisterIndex, country: string): RegisterCode {
  const isThere = Object.keys(index.info.owners).some((owner) => owner.startsWith(`${country}_`))
  return isThere ? 'REGISTER_AUTHORITY' : 'REGISTER_AUTHORITY_EMPTY'
}

interface Candidate {
  readonly entity: RegisterEntity
  readonly rule: RegisterRule
}

const strength: readonly RegisterRule[] = [
  'entity-code',
  'national-reference',
  'entity-code-loose',
  'national-reference-loose',
]

function find(index: RegisterIndex, owners: readonly string[], number: string): Candidate[] {
  const loose = looseNumber(number)
  const found: Candidate[] = []
  if (loose === '') return found
  for (const owner of owners) {
    for (const entity of index.byNumber(owner, loose)) {
      const rule = ruleOf(entity, number, loose)
      if (rule !== undefined) found.push({ entity, rule })
    }
  }
  return found
}

/** Undefined where the number is not that of the entry. */
function ruleOf(
  { code, owner, nationalReferences }: RegisterEntity,
  number: string,
  loose: string,
): RegisterRule | undefined {
  const own = numberOfCode(code, owner)
  if (own === number) return 'entity-code'
  if (nationalReferences.includes(number)) return 'national-reference'
  if (looseNumber(own) === loose) return 'entity-code-loose'
  const isLoose = nationalReferences.some((reference) => looseNumber(reference) === loose)
  return isLoose ? 'national-reference-loose' : undefined
}

/**
 * The one that the strongest rule found. Of several, an institution whose licence changed has one in force and others that
 * are withdrawn; anything else is not chosen between.
 */
function bestOf(candidates: readonly Candidate[], at: Date): Candidate | undefined {
  const rule = strength.find((name) => candidates.some((candidate) => candidate.rule === name))
  const same = candidates.filter((candidate) => candidate.rule === rule)
  if (same.length === 1) return same[0]
  const inForce = same.filter(({ entity }) => authorisationAt(entity.authorisations, at) === 'in-force')
  return inForce.length === 1 ? inForce[0] : undefined
}

function matchOf(
  { entity, rule }: Candidate,
  authorityByAlias: boolean,
  others: readonly RegisterEntity[],
  { at, roles = [], country = entity.owner.slice(0, 2) }: LookupOptions,
): RegisterMatch {
  return {
    entity,
    rule,
    authorityByAlias,
    authorisation: authorisationAt(entity.authorisations, at),
    country,
    roles: roles.map((role) => roleAnswer(role, entity.services, country)),
    others: others.map(({ code, type, authorisations }) => ({
      code,
      type,
      authorisation: authorisationAt(authorisations, at),
    })),
  }
}

const stateCodes: Readonly<Record<AuthorisationState, RegisterCode | undefined>> = {
  'in-force': undefined,
  withdrawn: 'REGISTER_WITHDRAWN',
  'not-yet': 'REGISTER_NOT_YET',
  changing: 'REGISTER_DAY',
  unknown: 'REGISTER_DATES',
}

function findingsOf({ entity, authorisation, roles }: RegisterMatch): RegisterFinding[] {
  const findings: RegisterFinding[] = []
  const add = (code: RegisterCode, detail?: string) => {
    const { says, mend } = registerCodes[code]
    findings.push({ code, message: says, mend, detail })
  }
  const state = stateCodes[authorisation]
  if (state !== undefined) add(state, entity.authorisations.join(', '))
  if (entity.type === 'PSD_EXC') add('REGISTER_NOT_A_PSP', entity.type)
  for (const { role, status, service } of roles) {
    if (status === 'not-granted') add('REGISTER_ROLE_NOT_GRANTED', `${role}, ${service}`)
    if (status === 'indeterminate') add('REGISTER_ROLE_UNKNOWN', role)
  }
  return findings
}
