import { encodeBase64, encodeBase64url } from '../../core/base64.ts'
import { identifierPlace, namePlace } from '../places.ts'
import type { Place } from '../rule.ts'
import type { CertificateRule } from '../subject.ts'
import { psd2Of, rolesPlace } from '../ts119495/parts.ts'
import { bpceClause } from './citation.ts'

const common = { modal: 'bank', grounding: 'A', needs: ['request'] } as const

function inRequest(path: string): Place {
  return { path, offset: 0, length: 0 }
}

const legalId: CertificateRule = {
  ...common,
  id: 'bpce.provider-legal-id',
  member: 'providerLegalId',
  requirement: 'BPCE:provider-legal-id',
  citation: bpceClause('POST /register'),
  title: 'provider_legal_id is organizationIdentifier of the certificate',
  why: 'the bank registers nobody under the identifier of another',
  mend: 'send organizationIdentifier, character by character',
  check: ({ certificate, attributes }, report, { request }) => {
    const actual = request?.providerLegalId
    const expected = attributes.organizationIdentifier?.value
    if (actual === undefined || actual === expected) return
    const message = 'provider_legal_id is not organizationIdentifier'
    report(identifierPlace(certificate), { message, actual, ...(expected === undefined ? {} : { expected }) })
  },
}

const scopeRoles: Readonly<Record<string, string | undefined>> = {
  aisp: '0.4.0.19495.1.3',
  pisp: '0.4.0.19495.1.2',
  cbpii: '0.4.0.19495.1.4',
}

const scope: CertificateRule = {
  ...common,
  id: 'bpce.scope',
  member: 'scopes',
  requirement: 'BPCE:scope-subset',
  citation: bpceClause('scope'),
  title: 'the certificate has the role of each scope that is asked for',
  why: 'a scope beyond the roles would grant what the authority did not',
  mend: 'ask for the scopes of the roles, or have the certificate issued with the missing role',
  applies: ({ psd2Statement }) => psd2Statement !== undefined,
  check: (subject, report, { request }) => {
    const { roles } = psd2Of(subject)
    for (const name of request?.scopes ?? []) {
      const oid = Object.hasOwn(scopeRoles, name) ? scopeRoles[name] : undefined
      if (oid === undefined || roles.some((role) => role.oid === oid)) continue
      const actual = roles.map((role) => role.role ?? role.oid).join(' ')
      report(rolesPlace(subject), { message: `the scope ${name} needs a role that is missing`, actual, expected: oid })
    }
  },
}

const clientName: CertificateRule = {
  ...common,
  severity: 'warning',
  id: 'bpce.client-name',
  member: 'clientName',
  requirement: 'BPCE:client-name',
  citation: bpceClause('client_name'),
  title: 'client_name is organizationName of the certificate',
  why: 'the bank asks for the legal name, and compares it by eye',
  mend: 'send the name as the certificate has it',
  check: ({ certificate }, report, { request }) => {
    const actual = request?.clientName
    const expected = certificate.subject.only('2.5.4.10')
    if (actual === undefined || actual === expected) return
    const message = 'client_name is not organizationName'
    report(namePlace(certificate, 'subject'), { message, actual, ...(expected === undefined ? {} : { expected }) })
  },
}

const agent: CertificateRule = {
  ...common,
  id: 'bpce.agent-identifier',
  member: 'clientLegalId',
  requirement: 'BPCE:agent',
  citation: bpceClause('client_legal_id'),
  title: 'client_legal_id of an agent is AGT, then the identifier of the provider without PSD, then a number',
  why: 'the bank must see from it for whom the agent acts; with that of another provider it would act for him',
  mend: 'for PSDFR-ACPR-12345 send AGTFR-ACPR-12345 and a number of your own',
  applies: ({ attributes }) => attributes.organizationIdentifier?.scheme === 'PSD',
  check: ({ certificate, attributes }, report, { request }) => {
    const actual = request?.clientLegalId
    const own = attributes.organizationIdentifier?.value ?? ''
    if (actual === undefined || actual === own) return
    const prefix = `AGT${own.slice(3)}`
    if (/^AGT[A-Z]{2}-[A-Z]{2,8}-.+$/.test(actual) && actual.startsWith(prefix)) return
    report(identifierPlace(certificate), {
      message: 'client_legal_id is not that of an agent of the provider',
      actual,
      expected: `${prefix} and a number`,
    })
  },
}

const x5c: CertificateRule = {
  ...common,
  id: 'bpce.x5c',
  member: 'x5c',
  requirement: 'BPCE:x5c-one',
  citation: bpceClause('jwks.x5c'),
  title: 'x5c holds the seal certificate alone, as standard base64 of its DER',
  why: 'the bank reads the first item and nothing else, and knows no base64url here',
  mend: 'build the JWK Set with psd2 jwks build',
  applies: ({ type }) => type === 'QSealC',
  check: ({ certificate }, report, { request }) => {
    const items = request?.x5c
    if (items === undefined) return
    if (items.length !== 1) {
      const message = 'x5c has not one item'
      report(inRequest('jwks.keys[0].x5c'), { message, actual: `${items.length} items`, expected: '1 item' })
    } else if (items[0] !== encodeBase64(certificate.bytes)) {
      report(inRequest('jwks.keys[0].x5c[0]'), { message: 'x5c is not base64 of this certificate' })
    }
  },
}

const x5t: CertificateRule = {
  ...common,
  id: 'bpce.x5t',
  member: 'x5t',
  requirement: 'BPCE:x5t',
  citation: bpceClause('jwks.x5t#S256'),
  title: 'x5t#S256 is base64url of the SHA-256 of the seal certificate',
  why: 'the bank finds the key of a signature by it',
  mend: 'compute it with psd2 x5t',
  needs: ['request', 'sha256'],
  applies: ({ type }) => type === 'QSealC',
  check: (_, report, { request, sha256 = '' }) => {
    const actual = request?.x5t
    if (actual === undefined) return
    const expected = encodeBase64url(Uint8Array.from(sha256.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)))
    if (actual === expected) return
    const message = 'x5t#S256 is not the thumbprint of this certificate'
    report(inRequest('jwks.keys[0].x5t#S256'), { message, actual, expected })
  },
}

/** What the bank compares between certificate and registration request. */
export const requestRules: readonly CertificateRule[] = [legalId, scope, clientName, agent, x5c, x5t]
