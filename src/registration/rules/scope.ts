import type { CertificateSubject } from '../../rules/subject.ts'
import { isScope, type Scope, scopeRoles } from '../scope.ts'
import type { RegistrationSubject } from '../subject.ts'
import { at, isPresent, page, type RegistrationRule, rfc, rule, shown, typeName } from './rule.ts'

const place = at('/scope')

function scopesOf({ scopes }: RegistrationSubject): readonly Scope[] {
  return scopes.filter(isScope)
}

/** Scopes for which a certificate does not name the role. */
function withoutRole(subject: RegistrationSubject, { attributes }: CertificateSubject): readonly Scope[] {
  const roles = attributes.roles.map(({ role }) => role)
  return scopesOf(subject).filter((scope) => !roles.includes(scopeRoles[scope]))
}

function rolesText(scopes: readonly Scope[]): string {
  return scopes.map((scope) => `${scope} needs ${scopeRoles[scope]}`).join(', ')
}

export const scopeRules: readonly RegistrationRule[] = [
  rule({
    slug: 'scope',
    rows: ['R-051', 'R-108'],
    clause: 'scope',
    title: 'scope is a string',
    why: 'it says what the TPP wants to do, and agents must say it too',
    mend: 'send "scope": "aisp", or several with commas: "aisp,pisp"',
    check: ({ body: { scope } }, report) => {
      if (!isPresent(scope)) report(place, { message: 'scope is missing' })
      else if (typeof scope !== 'string') report(place, { message: `scope is ${typeName(scope)}, not a string` })
    },
  }),
  rule({
    slug: 'scope-separator',
    rows: ['R-052', 'R-108'],
    clause: 'scope',
    title: 'the elements of scope are separated by commas',
    why: 'blanks are those of RFC 7591; this page has commas, and the blanks of the token request stay',
    mend: 'write commas: "aisp,pisp"',
    check: ({ blankScope }, report) => {
      if (blankScope) report(place, { message: 'the elements of scope are separated by blanks' })
    },
  }),
  rule({
    slug: 'scope-values',
    rows: ['R-053', 'R-108'],
    clause: 'scope',
    title: 'scope has aisp, pisp, cbpii, at least one, and nothing else',
    why: 'whoever reads an unknown scope may take it for more than was granted',
    mend: 'send a choice of aisp, pisp and cbpii, in small letters, without a comma at the end',
    check: ({ body: { scope }, scopes }, report) => {
      if (typeof scope !== 'string') return
      const unknown = scopes.filter((element) => !isScope(element))
      if (unknown.length > 0) report(place, { actual: unknown.slice(0, 8).map(shown).join(', ') })
    },
  }),
  rule({
    slug: 'scope-twice',
    rows: ['R-053', 'R-108'],
    clause: 'scope',
    grounding: 'C',
    title: 'each scope stands there once',
    why: 'a scope that stands there twice is a list that nobody looked at',
    mend: 'send each once',
    check: ({ scopes }, report) => {
      if (new Set(scopes).size !== scopes.length) report(place, { message: 'a scope occurs twice' })
    },
  }),
  rule({
    slug: 'scope-role',
    rows: ['R-053', 'R-108'],
    clause: { document: 'ETSI TS 119 495', clause: '5.2.2' },
    title: 'the QSealC names the role of every scope',
    why: 'the role in the certificate is what the authority granted; a scope beyond it is not authorised',
    mend: 'leave the scope out, or have a certificate issued with the role',
    applies: ({ seal, agent }) => seal !== undefined && !agent,
    check: (subject, report) => {
      const missing = subject.seal === undefined ? [] : withoutRole(subject, subject.seal)
      if (missing.length > 0) report(place, { actual: rolesText(missing) })
    },
  }),
  rule({
    slug: 'scope-agent',
    rows: ['R-054', 'R-108'],
    clause: 'scope',
    title: 'the scope of an agent is within that of the TPP',
    why: 'an agent acts under the authorisation of the TPP and has none of its own',
    mend: 'leave out what the certificate of the TPP has no role for',
    applies: ({ seal, agent }) => seal !== undefined && agent,
    check: (subject, report) => {
      const missing = subject.seal === undefined ? [] : withoutRole(subject, subject.seal)
      if (missing.length > 0) report(place, { actual: rolesText(missing) })
    },
  }),
  rule({
    slug: 'scope-role-qwac',
    rows: ['R-053', 'R-108'],
    clause: { document: 'ETSI TS 119 495', clause: '5.2.2' },
    title: 'the QWAC names the role of every scope',
    why: 'the two certificates are of one TPP: a role that only one of them has is not granted, or no longer',
    mend: 'have both certificates issued with the same roles',
    needs: ['qwac'],
    check: (subject, report) => {
      const missing = subject.qwac === undefined ? [] : withoutRole(subject, subject.qwac)
      if (missing.length > 0) report(place, { actual: rolesText(missing) })
    },
  }),
  rule({
    slug: 'role-aisp',
    rows: ['R-160', 'R-160'],
    clause: page('Eligibility'),
    title: 'the QSealC names the role PSP_AI',
    why: 'the page reserves the API for account information service providers',
    mend: 'have a certificate issued with the role PSP_AI',
    applies: ({ seal }) => seal !== undefined,
    check: ({ seal }, report) => {
      if (seal?.attributes.roles.some(({ role }) => role === 'PSP_AI') === true) return
      report(at('/jwks/keys/0/x5c/0'), {
        actual: seal?.attributes.roles.map(({ role, oid }) => role ?? oid).join(', ') ?? '',
      })
    },
  }),
  rule({
    slug: 'scope-rfc',
    rows: ['R-052', 'R-108'],
    clause: rfc(7591, '2'),
    modal: 'may',
    title: 'several scopes are separated by blanks',
    why: 'RFC 7591 has blanks; this page has commas, and the page is what the bank reads',
    mend: 'nothing, for this bank',
    check: ({ blankScope, scopes }, report) => {
      if (!blankScope && scopes.length > 1) report(place, { message: 'the elements of scope are separated by commas' })
    },
  }),
]
