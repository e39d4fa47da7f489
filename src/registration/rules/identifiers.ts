import { type IdentifierProblem, type OrganizationIdentifier, parseOrganizationIdentifier } from '../../eidas/index.ts'
import type { CertificateSubject } from '../../rules/subject.ts'
import { agentIdProblem, agentIdStem, isAgentId } from '../client-legal-id.ts'
import type { RegistrationSubject } from '../subject.ts'
import { at, isPresent, page, type RegistrationRule, rfc, rule, shown, typeName } from './rule.ts'

const legalId = at('/provider_legal_id')
const clientId = at('/client_legal_id')
const eligibility = page('Eligibility')

/** The identifier taken apart; undefined where it is no text. */
function providerOf({ body: { provider_legal_id: value } }: RegistrationSubject): OrganizationIdentifier | undefined {
  return typeof value === 'string' ? parseOrganizationIdentifier(value) : undefined
}

/** True where the identifier would be sound in capitals. */
function isSmall({ value, problem }: OrganizationIdentifier): boolean {
  return problem !== undefined && /[a-z]/.test(value.slice(0, 14)) && sound(value)
}

function sound(value: string): boolean {
  const parts = /^([^-]*-[^-]*-)(.*)$/s.exec(value)
  if (parts === null) return false
  return parseOrganizationIdentifier((parts[1] as string).toUpperCase() + parts[2]).problem === undefined
}

/** One row of the grammar of the page: which problems of the reader break it. */
interface GrammarRow {
  readonly slug: string
  readonly row: string
  readonly title: string
  readonly mend: string
  readonly breaks: (identifier: OrganizationIdentifier) => boolean
}

function has(...problems: readonly IdentifierProblem[]): GrammarRow['breaks'] {
  return (identifier) => {
    const { problem } = identifier
    return problem !== undefined && problems.includes(problem) && !isSmall(identifier)
  }
}

const form = 'write PSD, the country, a hyphen, the authority, a hyphen, the number: PSDFR-ACPR-12345'

const grammar: readonly GrammarRow[] = [
  {
    slug: 'legal-id-case',
    row: 'R-162',
    title: 'the identifier of the PSP is in capitals',
    mend: 'write it as the certificate has it',
    breaks: isSmall,
  },
  {
    slug: 'legal-id-scheme',
    row: 'R-163',
    title: 'the identifier of the PSP begins with PSD',
    mend: 'other schemes (VAT, NTR, LEI) are sound and are no authorisation number: have certificates issued with the PSD form',
    breaks: (identifier) =>
      has('scheme')(identifier) || (identifier.problem === undefined && identifier.scheme !== 'PSD'),
  },
  {
    slug: 'legal-id-country',
    row: 'R-164',
    title: 'PSD is followed by the country of the authority (ISO 3166)',
    mend: 'write the ISO code: GR and not EL, GB and not UK',
    breaks: has('country-form', 'country-unknown'),
  },
  {
    slug: 'legal-id-hyphen',
    row: 'R-165',
    title: 'the parts of the identifier are separated by hyphen-minus, U+002D, and all of it is ASCII',
    mend: 'type the identifier anew: dashes and letters of other alphabets look the same',
    breaks: has('hyphen-missing', 'characters'),
  },
  {
    slug: 'legal-id-authority',
    row: 'R-166',
    title: 'the authority has two to eight letters from A to Z',
    mend: 'use the short name of the authority, for example ACPR',
    breaks: has('authority-form'),
  },
  {
    slug: 'legal-id-number',
    row: 'R-167',
    title: 'the authorisation number is there, and can stand in a path and a header',
    mend: 'write the number as the authority gave it',
    breaks: has('reference-empty', 'reference-form'),
  },
]

/** organizationIdentifier of a certificate; undefined where it has none, or several. */
function identifierOf(certificate: CertificateSubject | undefined): string | undefined {
  return certificate?.attributes.organizationIdentifier?.value
}

export const identifierRules: readonly RegistrationRule[] = [
  rule({
    slug: 'provider-legal-id',
    rows: ['R-059', 'R-110'],
    clause: 'provider_legal_id',
    title: 'provider_legal_id is a string',
    why: 'it says which PSP registers',
    mend: 'send organizationIdentifier of the certificates',
    check: ({ body: { provider_legal_id: value } }, report) => {
      if (!isPresent(value)) report(legalId, { message: 'provider_legal_id is missing' })
      else if (typeof value !== 'string') report(legalId, { message: `provider_legal_id is ${typeName(value)}` })
    },
  }),
  ...grammar.map(({ slug, row, title, mend, breaks }) =>
    rule({
      slug,
      rows: [row, row],
      clause: eligibility,
      title,
      mend: mend === '' ? form : mend,
      why: 'the bank finds the TPP by this text, and by nothing that looks like it',
      check: (subject, report) => {
        const identifier = providerOf(subject)
        if (identifier !== undefined && breaks(identifier)) report(legalId, { actual: shown(identifier.value) })
      },
    }),
  ),
  rule({
    slug: 'legal-id-qsealc',
    rows: ['R-060', 'R-110'],
    clause: 'provider_legal_id',
    title: 'provider_legal_id is organizationIdentifier of the QSealC',
    why: 'otherwise one PSP registers in the name of another',
    mend: 'send what the certificate has, character by character',
    applies: ({ seal }) => seal !== undefined,
    check: ({ body: { provider_legal_id: value }, seal }, report) => {
      const identifier = identifierOf(seal)
      if (identifier === undefined) {
        report(legalId, { message: 'the QSealC has no organizationIdentifier, or several' })
      } else if (typeof value === 'string' && value !== identifier) report(legalId)
    },
  }),
  rule({
    slug: 'legal-id-qwac',
    rows: ['R-061', 'R-110'],
    clause: page('Eligibility'),
    title: 'provider_legal_id is organizationIdentifier of the QWAC of the connection',
    why: 'otherwise one PSP registers in the name of another',
    mend: 'connect with the QWAC of the PSP that registers',
    needs: ['qwac'],
    check: ({ body: { provider_legal_id: value }, qwac }, report) => {
      const identifier = identifierOf(qwac)
      if (identifier === undefined) report(legalId, { message: 'the QWAC has no organizationIdentifier, or several' })
      else if (typeof value === 'string' && value !== identifier) report(legalId)
    },
  }),
  rule({
    slug: 'one-psp',
    rows: ['R-025', 'R-025'],
    clause: page('Get the access token'),
    title: 'QWAC and QSealC name the same PSP',
    why: 'a set of certificates that was put together from two PSPs lets one act with the rights of the other',
    mend: 'use both certificates of one PSP',
    needs: ['qwac'],
    applies: ({ seal }) => seal !== undefined,
    check: ({ seal, qwac }, report) => {
      const [ofSeal, ofQwac] = [identifierOf(seal), identifierOf(qwac)]
      if (ofSeal !== undefined && ofQwac !== undefined && ofSeal !== ofQwac) report(at('/jwks/keys/0/x5c/0'))
    },
  }),
  rule({
    slug: 'legal-id-owner',
    rows: [undefined, 'R-110'],
    clause: 'provider_legal_id',
    title: 'an update does not change the PSP that registered',
    why: 'otherwise a renewal of certificates hands the client over to somebody else',
    mend: 'another PSP registers anew',
    needs: ['registered'],
    check: ({ body: { provider_legal_id: value }, seal }, report, { registered }) => {
      const owner = registered?.providerLegalId
      if (typeof value === 'string' && value !== owner) report(legalId)
      else if (seal !== undefined && identifierOf(seal) !== owner) report(at('/jwks/keys/0/x5c/0'))
    },
  }),
  rule({
    slug: 'client-legal-id-type',
    rows: ['R-062', 'R-111'],
    clause: 'client_legal_id',
    title: 'client_legal_id, where it is sent, is a string that is not empty',
    why: 'it tells an agent from a TPP',
    mend: 'leave it out for a TPP, or send the identifier of the agent',
    check: ({ body: { client_legal_id: value } }, report) => {
      if (!isPresent(value)) return
      if (typeof value !== 'string') report(clientId, { message: `client_legal_id is ${typeName(value)}, no string` })
      else if (value === '') report(clientId, { message: 'client_legal_id is empty' })
    },
  }),
  rule({
    slug: 'client-legal-id-tpp',
    rows: ['R-062', 'R-111'],
    clause: 'client_legal_id',
    grounding: 'C',
    title: 'client_legal_id of a TPP, where it is sent, is its own identifier',
    why: 'another PSP, or anything else, would be registered under a name that is not its own',
    mend: 'leave it out, or send provider_legal_id; an agent has an identifier that begins with AGT',
    applies: ({ agent }) => !agent,
    check: ({ body }, report) => {
      const value = body.client_legal_id
      if (typeof value === 'string' && value !== '' && value !== body.provider_legal_id) report(clientId)
    },
  }),
  rule({
    slug: 'client-legal-id-agent',
    rows: ['R-063', 'R-111'],
    clause: 'client_legal_id',
    title: 'an agent has a client_legal_id',
    why: 'without it the bank takes the registration for that of the TPP',
    mend: 'send AGT, the identifier of the TPP without PSD, and a serial number',
    applies: ({ declaredAgent }) => declaredAgent,
    check: ({ body: { client_legal_id: value } }, report) => {
      if (!isPresent(value)) report(clientId, { message: 'client_legal_id is missing' })
      else if (typeof value === 'string' && !isAgentId(value))
        report(clientId, { message: 'it does not begin with AGT' })
    },
  }),
  rule({
    slug: 'client-legal-id-form',
    rows: ['R-064', 'R-111'],
    clause: 'client_legal_id',
    title: 'client_legal_id of an agent is AGT, country, hyphen, authority, hyphen, and a number',
    why: 'it goes into paths, headers and logs, and has the form of an identifier of a PSP',
    mend: 'write it as the page shows: AGTFR-ACPR-12345001',
    applies: ({ agent }) => agent,
    check: ({ body: { client_legal_id: value } }, report) => {
      if (typeof value !== 'string' || !isAgentId(value)) return
      const problem = agentIdProblem(value)
      if (problem !== undefined) report(clientId, { actual: `${shown(value)}: ${problem}` })
    },
  }),
  rule({
    slug: 'client-legal-id-stem',
    rows: ['R-065', 'R-111'],
    clause: 'client_legal_id',
    modal: 'should',
    title: 'client_legal_id of an agent is AGT, the identifier of the TPP without PSD, and a serial number',
    why: 'the page advises it so that no two TPPs choose the same',
    mend: 'take provider_legal_id, put AGT in the place of PSD, and add a serial number of digits',
    applies: ({ agent }) => agent,
    check: ({ body }, report) => {
      const { client_legal_id: value, provider_legal_id: provider } = body
      if (typeof value !== 'string' || typeof provider !== 'string' || agentIdProblem(value) !== undefined) return
      const stem = agentIdStem(provider)
      if (!value.startsWith(stem) || !/^-?[0-9]{1,20}$/.test(value.slice(stem.length))) report(clientId)
    },
  }),
  rule({
    slug: 'client-id-path',
    rows: [undefined, 'R-100'],
    clause: rfc(7592, '2.2'),
    title: 'client_id in the body, where it is sent, is that of the path',
    why: 'whoever reads the one and whoever reads the other would change two clients',
    mend: 'leave it out, or send the client_id of the path',
    needs: ['registered'],
    check: ({ body: { client_id: value } }, report, { registered }) => {
      if (isPresent(value) && value !== registered?.clientId) report(at('/client_id'))
    },
  }),
  rule({
    slug: 'client-id-absent',
    rows: [undefined, 'R-100'],
    clause: rfc(7592, '2.2'),
    modal: 'may',
    title: 'the body of an update has client_id',
    why: 'RFC 7592 demands it; the page has it in the path alone',
    mend: 'send the client_id of the path in the body too',
    check: ({ body: { client_id: value } }, report) => {
      if (!isPresent(value)) report(at('/client_id'), { message: 'client_id is absent from the body' })
    },
  }),
]
