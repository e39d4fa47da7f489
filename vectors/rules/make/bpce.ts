import { hashOid, plainModulus, pssAlgorithm, rsaKey } from './parts.ts'
import { breaks, concernsNot, keeps, type RuleVector } from './vector.ts'

const rsa = { profile: 'bpce', key: 'qsealc-rsa-3072' } as const
const qwac = { profile: 'bpce', kind: 'QWAC', key: 'qwac-rsa-3072' } as const
const granted = { verdict: 'granted', evidence: 'list FR' } as const

/** What Groupe BPCE asks of one certificate. */
export const bpceVectors: readonly RuleVector[] = [
  keeps('bpce.kind', 'seal', 'A QSealC.', rsa),
  breaks('bpce.kind', 'signature', 'A certificate for signatures of a person.', {
    ...rsa,
    options: { qcTypes: ['esign'] },
  }),
  keeps('bpce.pss-signature', 'pkcs1', 'Signed with sha256WithRSAEncryption.', qwac),
  breaks('bpce.pss-signature', 'pss', 'Signed with RSASSA-PSS.', {
    ...qwac,
    edit: (parts) => {
      parts.signature = pssAlgorithm(hashOid.sha256, hashOid.sha256, 32)
    },
  }),
  keeps('bpce.pss-issuer', 'pkcs1', 'The issuer is signed with sha256WithRSAEncryption.', {
    ...rsa,
    facts: { issuer: 'ca-seal' },
  }),
  breaks('bpce.pss-issuer', 'pss', 'A certificate that is signed with RSASSA-PSS is given as the issuer.', {
    ...rsa,
    facts: { issuer: 'qsealc-pss-signature' },
  }),
  keeps('bpce.pss-key', 'rsa', 'A seal with an RSA key.', rsa),
  breaks('bpce.pss-key', 'pss', 'A seal whose key is bound to RSASSA-PSS.', {
    ...rsa,
    edit: (parts) => {
      parts.publicKey = rsaKey(plainModulus, 65_537n, '1.2.840.113549.1.1.10')
    },
  }),
  concernsNot('bpce.pss-key', 'qwac', 'A QWAC.', qwac),
  keeps('bpce.rsa-key', 'rsa', 'A seal with an RSA key.', rsa),
  breaks('bpce.rsa-key', 'ec', 'A seal with an EC key.', { profile: 'bpce' }),
  concernsNot('bpce.rsa-key', 'qwac', 'A QWAC with an EC key.', { profile: 'bpce', kind: 'QWAC' }),
  keeps('bpce.identifier-form', 'psd', 'A PSD identifier.', rsa),
  breaks('bpce.identifier-form', 'vat', 'A VAT identifier.', {
    ...rsa,
    options: { organizationIdentifier: 'VATFR-12345678901', ncaId: 'FR-ACPR' },
  }),
  breaks('bpce.identifier-form', 'cyrillic', 'A Cyrillic letter in the authority.', {
    ...rsa,
    options: { organizationIdentifier: 'PSDFR-\u0410CPR-12345', ncaId: 'FR-ACPR', countryName: 'FR' },
  }),
  breaks('bpce.identifier-form', 'absent', 'No identifier.', {
    ...rsa,
    options: { defects: ['missing-organization-identifier'] },
  }),
  keeps('bpce.role-aisp', 'aisp', 'The role PSP_AI among others.', rsa),
  breaks('bpce.role-aisp', 'pisp', 'The role PSP_PI alone.', { ...rsa, options: { roles: ['PSP_PI'] } }),
  breaks('bpce.role-aisp', 'no-statement', 'No PSD2 statement.', {
    ...rsa,
    options: { defects: ['missing-psd2-statement'] },
  }),
  keeps('bpce.public-only', 'alone', 'The file has the certificate alone.', {
    ...rsa,
    facts: { privateKeyBeside: false },
  }),
  breaks('bpce.public-only', 'beside', 'The file has the private key too.', {
    ...rsa,
    facts: { privateKeyBeside: true },
  }),
  keeps('bpce.provider-legal-id', 'same', 'provider_legal_id is the identifier.', {
    ...rsa,
    facts: { request: { providerLegalId: 'PSDFR-ACPR-12345' } },
  }),
  breaks('bpce.provider-legal-id', 'other', 'provider_legal_id is that of another provider.', {
    ...rsa,
    facts: { request: { providerLegalId: 'PSDFR-ACPR-54321' } },
  }),
  keeps('bpce.scope', 'roles', 'The scopes of the roles, and one that needs none.', {
    ...rsa,
    facts: { request: { scopes: ['aisp', 'pisp', 'extended_transaction_history'] } },
  }),
  breaks('bpce.scope', 'beyond', 'cbpii without PSP_IC.', {
    ...rsa,
    facts: { request: { scopes: ['aisp', 'cbpii'] } },
  }),
  concernsNot('bpce.scope', 'no-statement', 'Without statement there is no role to compare.', {
    ...rsa,
    options: { defects: ['missing-psd2-statement'] },
    facts: { request: { scopes: ['aisp'] } },
  }),
  keeps('bpce.client-name', 'same', 'client_name is organizationName.', {
    ...rsa,
    facts: { request: { clientName: 'Test PSP (for test only)' } },
  }),
  breaks('bpce.client-name', 'brand', 'client_name is a brand.', {
    ...rsa,
    facts: { request: { clientName: 'Brand' } },
  }),
  keeps('bpce.agent-identifier', 'agent', 'client_legal_id of an agent.', {
    ...rsa,
    facts: { request: { clientLegalId: 'AGTFR-ACPR-12345001' } },
  }),
  breaks('bpce.agent-identifier', 'other-provider', 'client_legal_id of an agent of somebody else.', {
    ...rsa,
    facts: { request: { clientLegalId: 'AGTFR-ACPR-54321001' } },
  }),
  concernsNot('bpce.agent-identifier', 'vat', 'An identifier that no agent can be derived from.', {
    ...rsa,
    options: { organizationIdentifier: 'VATFR-12345678901', ncaId: 'FR-ACPR' },
    facts: { request: { clientLegalId: 'AGTFR-ACPR-12345001' } },
  }),
  keeps('bpce.x5c', 'itself', 'x5c holds the certificate.', { ...rsa, facts: { itself: ['x5c'] } }),
  breaks('bpce.x5c', 'two', 'x5c holds two items.', { ...rsa, facts: { request: { x5c: ['AAAA', 'AAAA'] } } }),
  breaks('bpce.x5c', 'other', 'x5c holds something else.', { ...rsa, facts: { request: { x5c: ['MIIB'] } } }),
  concernsNot('bpce.x5c', 'qwac', 'A QWAC is not in the request.', { ...qwac, facts: { request: { x5c: ['AAAA'] } } }),
  keeps('bpce.x5t', 'itself', 'x5t#S256 is the thumbprint.', { ...rsa, facts: { itself: ['x5t'] } }),
  breaks('bpce.x5t', 'other', 'x5t#S256 is another one.', { ...rsa, facts: { request: { x5t: 'AAAA' } } }),
  concernsNot('bpce.x5t', 'qwac', 'A QWAC is not in the request.', { ...qwac, facts: { request: { x5t: 'AAAA' } } }),
  keeps('bpce.qualified-issuer', 'granted', 'The issuer is granted.', { ...rsa, facts: { serviceNow: granted } }),
  breaks('bpce.qualified-issuer', 'withdrawn', 'The issuer is not granted any more.', {
    ...rsa,
    facts: { serviceNow: { verdict: 'not-granted', evidence: 'list FR: withdrawn' } },
  }),
  keeps('bpce.known-issuer', 'granted', 'A list has the issuer.', { ...rsa, facts: { serviceNow: granted } }),
  breaks('bpce.known-issuer', 'unknown', 'No list has the issuer.', {
    ...rsa,
    facts: { serviceNow: { verdict: 'unknown', evidence: '31 lists' } },
  }),
  keeps('bpce.issuer-changed', 'same', 'The certificate before is of the same issuer.', {
    ...rsa,
    facts: { previous: 'qsealc' },
  }),
  breaks('bpce.issuer-changed', 'other', 'The certificate before is of another issuer.', {
    ...rsa,
    facts: { previous: 'qwac' },
  }),
  breaks('bpce.issuer-changed', 'other-key', 'The certificate before is of that issuer with another key.', {
    ...rsa,
    facts: { previous: 'qsealc-ecdsa-issuer' },
  }),
  keeps('bpce.separate-sets', 'apart', 'No other set has it.', { ...rsa, facts: { otherSets: ['00'] } }),
  breaks('bpce.separate-sets', 'shared', 'The sandbox has it too.', { ...rsa, facts: { itself: ['otherSets'] } }),
  keeps('bpce.register', 'match', 'The register agrees.', {
    ...rsa,
    facts: { register: { verdict: 'match', evidence: 'FR_ACPR!12345' } },
  }),
  breaks('bpce.register', 'no-match', 'The register has fewer roles.', {
    ...rsa,
    facts: { register: { verdict: 'no-match', evidence: 'FR_ACPR!12345 has no PS_070' } },
  }),
  keeps('bpce.register-clear', 'match', 'The register gives a clear answer.', {
    ...rsa,
    facts: { register: { verdict: 'match', evidence: 'FR_ACPR!12345' } },
  }),
  breaks('bpce.register-clear', 'indeterminate', 'The register has two entries.', {
    ...rsa,
    facts: { register: { verdict: 'indeterminate', evidence: 'two entries' } },
  }),
]
