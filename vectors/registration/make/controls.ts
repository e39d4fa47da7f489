import { changed, keyed, type RegistrationVector, registered } from './vector.ts'

const known = { path: 'valid', register: 'match' } as const
const rfcBody = { scope: 'aisp pisp', tls_client_auth_subject_dn: 'CN=tpp.example.com' }

/** Bodies that pass. What they are told refuses nothing. */
export const controlVectors: readonly RegistrationVector[] = [
  changed('control', 'control', 'A sound registration, with everything known beside it.', {}, [], { context: known }),
  changed('control-update', 'control', 'A sound update.', { client_id: registered.clientId }, [], {
    operation: 'update',
    context: { ...known, registered },
  }),
  changed(
    'control-update-without',
    'control',
    'An update needs neither client_id nor software_version.',
    { software_version: undefined },
    [],
    { operation: 'update', context: { registered } },
  ),
  changed(
    'control-agent',
    'control',
    'An agent, as the page advises to name it.',
    { client_legal_id: 'AGTFR-ACPR-12345001', software_id: 'Agent of Example' },
    [],
    { context: { agent: true } },
  ),
  changed('control-tpp-names-itself', 'control', 'A TPP may send its own identifier as client_legal_id.', {
    client_legal_id: 'PSDFR-ACPR-12345',
  }),
  changed('control-scope-blanks', 'control', 'Commas with a blank, as the page shows.', { scope: 'aisp, pisp' }),
  changed('control-scope-one', 'control', 'One scope of two roles.', { scope: 'pisp' }),
  changed('control-scope-all', 'control', 'Three scopes.', { scope: 'aisp,pisp,cbpii' }, [], {
    certificate: 'qsealc-four-roles',
    context: { qwac: 'qwac-four-roles' },
  }),
  changed('control-unused', 'control', 'Every member that the page lists and does not use, and null.', {
    software_statement: 'eyJhbGciOiJub25lIn0.e30.',
    client_uri: 'https://169.254.169.254/',
    logo_uri: 'file:///etc/passwd',
    tos_uri: 'https://tpp.example/tos',
    policy_uri: 'https://tpp.example/policy',
    logo: 'logo',
    client_legal_id: null,
    jwks_uri: null,
  }),
  keyed(
    'control-key-null',
    'control',
    'x5u and x5t are null, as in the answers of the bank.',
    { x5u: null, x5t: null },
    [
      ['jwk-member-unknown', '/jwks/keys/0/x5u', 'notice'],
      ['jwk-member-unknown', '/jwks/keys/0/x5t', 'notice'],
    ],
  ),
  keyed('control-without-n-and-e', 'control', 'The page lists neither n nor e.', { n: undefined, e: undefined }, [
    ['jwk-key-absent', '/jwks/keys/0', 'notice'],
  ]),
  changed('control-legal-name', 'control', 'Letters with accents, an ampersand, an apostrophe.', {
    software_id: "L'Éclair & Fils",
    contact: { contact_name: 'Zoë Łuczak', email: 'zoe@tpp.example', phone_number: '0123456789' },
  }),
  changed('control-redirects', 'control', 'Paths, queries and ports that are sound.', {
    redirect_uris: [
      'https://tpp.example',
      'https://tpp.example/',
      'https://TPP.example/CB',
      'https://tpp.example:8443/cb',
      'https://tpp.example/cb?tenant=1,2&x=%20',
      "https://a-1.tpp.co.uk/a;b=c/~d/'(e)!",
    ],
  }),
  changed(
    'control-redirect-loopback',
    'control',
    'In the sandbox the own machine will do.',
    { redirect_uris: ['http://localhost:8080/cb', 'http://127.0.0.1/cb', 'http://[::1]:3000/cb'] },
    [],
    { context: { environment: 'sandbox' } },
  ),
  changed('control-observed', 'control', 'What the bank is known to accept.', {}, [], { policy: 'observed' }),
  changed(
    'control-rfc',
    'control',
    'Under the RFCs, with what they want beside the page.',
    rfcBody,
    [
      ['response-type-grant', '/response_types', 'warning'],
      ['member-unknown', '/tls_client_auth_subject_dn', 'notice'],
      ['scope-separator', '/scope', 'notice'],
    ],
    { policy: 'rfc' },
  ),
  changed(
    'control-rfc-code',
    'control',
    'Under the RFCs, code with its grant.',
    {
      ...rfcBody,
      scope: 'aisp',
      grant_types: ['authorization_code', 'client_credentials'],
    },
    [
      ['member-unknown', '/tls_client_auth_subject_dn', 'notice'],
      ['grant-types-other', '/grant_types', 'notice'],
    ],
    { policy: 'rfc' },
  ),
  changed(
    'control-rfc-update',
    'control',
    'An update under the RFCs.',
    {
      ...rfcBody,
      client_id: registered.clientId,
    },
    [
      ['response-type-grant', '/response_types', 'warning'],
      ['member-unknown', '/tls_client_auth_subject_dn', 'notice'],
      ['scope-separator', '/scope', 'notice'],
    ],
    { policy: 'rfc', operation: 'update', context: { registered } },
  ),
  changed('control-first-second', 'control', 'The first second of the certificate.', {}, [], {
    at: '2026-01-01T00:00:00Z',
  }),
  changed(
    'control-accepted',
    'control',
    'A breach that the caller accepts by the id of its rule.',
    {
      software_version: undefined,
    },
    [['software-version', '/software_version', 'notice']],
    {
      context: { accept: ['registration.software-version'] },
    },
  ),
]
