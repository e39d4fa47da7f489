import { bodyWith, changed, type RegistrationVector, raw, redirects, registered } from './vector.ts'

const sound = JSON.stringify(bodyWith('qsealc'))
/** The sound text with something put before its last brace. */
const put = (more: string): string => `${sound.slice(0, -1)},${more}}`
const contact = { contact_name: 'API team', email: 'api@tpp.example', phone_number: '+33 1 23 45 67 89' }
const update = { operation: 'update', context: { registered } } as const
const x5c = '/jwks/keys/0/x5c/0'

const texts: readonly RegistrationVector[] = [
  raw('member-proto', 'REG-01', '__proto__ at the top.', put('"__proto__":{"scope":"pisp"}'), [
    ['member-dangerous', '/__proto__'],
  ]),
  raw(
    'member-proto-in-contact',
    'REG-01',
    '__proto__ in contact.',
    sound.replace('"contact":{', '"contact":{"__proto__":{"admin":true},'),
    [['member-dangerous', '/contact/__proto__']],
  ),
  raw(
    'member-constructor-in-jwks',
    'REG-01',
    'constructor.prototype beside the keys.',
    sound.replace('"jwks":{', '"jwks":{"constructor":{"prototype":{"x":1}},'),
    [
      ['member-dangerous', '/jwks/constructor'],
      ['member-dangerous', '/jwks/constructor/prototype'],
    ],
  ),
  raw('twice-legal-id', 'REG-02', 'Two provider_legal_id.', put('"provider_legal_id":"PSDFR-ACPR-99999"'), [
    ['json-twice', '/provider_legal_id', 'fatal'],
  ]),
  raw('twice-jwks', 'REG-02', 'Two jwks.', put('"jwks":{"keys":[]}'), [['json-twice', '/jwks', 'fatal']]),
  raw('twice-escaped', 'REG-02', 'The second name is written with an escape.', put('"sco\\u0070e":"pisp"'), [
    ['json-twice', '/scope', 'fatal'],
  ]),
  raw(
    'twice-in-contact',
    'REG-02',
    'Two email in contact.',
    sound.replace('"email"', '"email":"a@b.example","email"'),
    [['json-twice', '/contact/email', 'fatal']],
  ),
  raw('limit-depth', 'REG-03', 'Arrays, thousands deep.', put(`"x":${'['.repeat(9000)}${']'.repeat(9000)}`), [
    ['json-limits', `/x${'/0'.repeat(16)}`, 'fatal'],
  ]),
  raw('limit-size', 'REG-03', 'A text of more than 64 KiB.', put(`"x":"${'x'.repeat(1 << 16)}"`), [
    ['json-limits', '', 'fatal'],
  ]),
  raw('limit-number', 'REG-03', 'A number beyond any double.', put('"x":1e400'), [['json', '/x', 'fatal']]),
  changed(
    'limit-redirects',
    'REG-03',
    'A thousand redirect URIs.',
    { redirect_uris: Array.from({ length: 1000 }, (_, i) => `https://tpp.example/${i}`) },
    [['redirect-uris-count', '/redirect_uris']],
  ),
  changed('limit-text', 'REG-03', 'A name of 40,000 characters.', { client_name: 'x'.repeat(40_000) }, [
    ['text-length', '/client_name'],
    ['client-name-organization', '/client_name', 'warning'],
  ]),
  raw('text-form', 'REG-04', 'A form.', 'scope=aisp&software_id=x', [['json', '', 'fatal']]),
  raw('text-utf-16', 'REG-04', 'UTF-16.', new Uint8Array(Buffer.from(`\ufeff${sound}`, 'utf16le')), [
    ['json', '', 'fatal'],
  ]),
  raw('text-mark', 'REG-04', 'A byte order mark before.', `\ufeff${sound}`, [['json', '', 'fatal']]),
  raw('text-trailing', 'REG-04', 'A second text behind.', `${sound}{}`, [['json', '', 'fatal']]),
  raw('text-nan', 'REG-04', 'NaN.', put('"x":NaN'), [['json', '/x', 'fatal']]),
  raw('text-comment', 'REG-04', 'A comment.', `/* */${sound}`, [['json', '', 'fatal']]),
  raw('text-quotes', 'REG-04', 'Typographic quotation marks.', sound.replace('"scope"', '\u201cscope\u201d'), [
    ['json', '', 'fatal'],
  ]),
  raw(
    'text-latin-1',
    'REG-04',
    'A letter in ISO 8859-1.',
    new Uint8Array(Buffer.from(sound.replace('Example App', 'Caf\u00e9'), 'latin1')),
    [['json', '/software_id', 'fatal']],
  ),
  raw('text-empty', 'REG-04', 'Nothing.', '', [['json', '', 'fatal']]),
  raw('text-cut', 'REG-04', 'The end is missing.', sound.slice(0, -1), [['json', '', 'fatal']]),
  raw('text-array', 'REG-04', 'An array.', `[${sound}]`, [['json', '', 'fatal']]),
  raw('text-null', 'REG-04', 'null.', 'null', [['json', '', 'fatal']]),
  raw('text-surrogate', 'REG-04', 'Half of a surrogate pair.', put('"x":"\\ud800"'), [['json', '/x', 'fatal']]),
]

const psps: readonly RegistrationVector[] = [
  changed(
    'legal-id-of-other',
    'REG-05',
    'provider_legal_id of another TPP.',
    { provider_legal_id: 'PSDFR-ACPR-99999' },
    [
      ['legal-id-qsealc', '/provider_legal_id'],
      ['legal-id-qwac', '/provider_legal_id'],
    ],
  ),
  changed(
    'qsealc-of-other',
    'REG-05',
    'The QSealC of another TPP.',
    {},
    [
      ['legal-id-qsealc', '/provider_legal_id'],
      ['one-psp', x5c],
    ],
    { certificate: 'qsealc-identifier-hyphens' },
  ),
  changed(
    'qwac-of-other',
    'REG-06',
    'The QWAC of one TPP and the QSealC of another.',
    {},
    [
      ['legal-id-qwac', '/provider_legal_id'],
      ['one-psp', x5c],
    ],
    { context: { qwac: 'qwac-identifier-hyphens' } },
  ),
  changed(
    'qsealc-without-identifier',
    'REG-05',
    'The QSealC names no PSP.',
    {},
    [['legal-id-qsealc', '/provider_legal_id']],
    { certificate: 'qsealc-missing-organization-identifier' },
  ),
  changed(
    'qwac-without-identifier',
    'REG-06',
    'The QWAC names no PSP.',
    {},
    [['legal-id-qwac', '/provider_legal_id']],
    {
      context: { qwac: 'qwac-missing-organization-identifier' },
    },
  ),
  changed('name-of-other', 'REG-07', 'client_name is not organizationName.', { client_name: 'Example PSP' }, [
    ['client-name-organization', '/client_name', 'warning'],
  ]),
]

const scopeVectors: readonly RegistrationVector[] = [
  changed('scope-cbpii', 'REG-08', 'cbpii without PSP_IC.', { scope: 'aisp,cbpii' }, [
    ['scope-role', '/scope'],
    ['scope-role-qwac', '/scope'],
  ]),
  changed('scope-beyond-qwac', 'REG-08', 'pisp, and the QWAC has PSP_AI alone.', {}, [['scope-role-qwac', '/scope']], {
    context: { qwac: 'qwac-psp-ai' },
  }),
  changed(
    'scope-no-roles',
    'REG-08',
    'The QSealC grants no role.',
    {},
    [
      ['scope-role', '/scope'],
      ['role-aisp', x5c],
    ],
    { certificate: 'qsealc-no-roles' },
  ),
  changed(
    'scope-role-by-name',
    'REG-08',
    'The role stands in a name, where it counts nothing.',
    { scope: 'pisp' },
    [
      ['scope-role', '/scope'],
      ['role-aisp', x5c],
    ],
    { certificate: 'qsealc-role-by-name-only' },
  ),
  changed('scope-array', 'REG-09', 'scope is an array.', { scope: ['aisp', 'pisp'] }, [['scope', '/scope']]),
  changed('scope-missing', 'REG-09', 'scope is missing.', { scope: undefined }, [['scope', '/scope']]),
  changed('scope-empty', 'REG-09', 'scope is empty.', { scope: '' }, [['scope-values', '/scope']]),
  changed('scope-blank', 'REG-09', 'Blanks, as in RFC 7591.', { scope: 'aisp pisp' }, [['scope-separator', '/scope']]),
  changed('scope-twice', 'REG-09', 'aisp twice.', { scope: 'aisp,aisp' }, [['scope-twice', '/scope']]),
  changed('scope-capitals', 'REG-09', 'Capitals.', { scope: 'AISP' }, [['scope-values', '/scope']]),
  changed('scope-comma', 'REG-09', 'A comma at the end.', { scope: 'aisp,' }, [['scope-values', '/scope']]),
  changed('scope-other', 'REG-09', 'A scope of the PSD2 API.', { scope: 'aisp,extended_transaction_history' }, [
    ['scope-values', '/scope'],
  ]),
  changed('scope-token', 'REG-09', 'The scope of the token request.', { scope: 'manageRegistration' }, [
    ['scope-values', '/scope'],
  ]),
  changed('scope-tab', 'REG-09', 'A tabulator between.', { scope: 'aisp,\tpisp' }, [
    ['text-characters', '/scope'],
    ['scope-values', '/scope'],
  ]),
  changed(
    'agent-scope',
    'REG-10',
    'An agent with a scope that its TPP has not.',
    {
      client_legal_id: 'AGTFR-ACPR-12345001',
      scope: 'cbpii',
    },
    [
      ['scope-agent', '/scope'],
      ['scope-role-qwac', '/scope'],
    ],
  ),
]

const agents: readonly RegistrationVector[] = [
  changed(
    'client-legal-id-of-other',
    'REG-11',
    'The identifier of another TPP.',
    { client_legal_id: 'PSDFR-ACPR-99999' },
    [['client-legal-id-tpp', '/client_legal_id']],
  ),
  changed(
    'agent-of-other',
    'REG-11',
    'An agent under the number of another TPP: the page only advises.',
    {
      client_legal_id: 'AGTFR-ACPR-99999001',
    },
    [['client-legal-id-stem', '/client_legal_id', 'warning']],
  ),
  ...(
    [
      ['dots', 'AGTFR-ACPR-12345/../1'],
      ['slash', 'AGTFR-ACPR-12345%2F001'],
      ['blank', 'AGTFR-ACPR-12345 001'],
      ['line', 'AGTFR-ACPR-12345\u2028001'],
      ['small', 'agtfr-acpr-12345001'],
      ['short', 'AGTFR-A-1'],
      ['number', 'AGTFR-ACPR-'],
      ['hyphen', 'AGTFR\u2010ACPR-12345001'],
      ['long', `AGTFR-ACPR-12345${'0'.repeat(200)}`],
    ] as const
  ).map(([id, value]) =>
    changed(`agent-id-${id}`, 'REG-11', `The identifier of an agent: ${id}.`, { client_legal_id: value }, [
      ...(id === 'line' ? [['text-characters', '/client_legal_id'] as const] : []),
      ['client-legal-id-form', '/client_legal_id'],
    ]),
  ),
  changed(
    'agent-without-id',
    'REG-11',
    'An agent without client_legal_id.',
    {},
    [['client-legal-id-agent', '/client_legal_id']],
    { context: { agent: true } },
  ),
  changed(
    'agent-with-psd',
    'REG-11',
    'An agent under the identifier of its TPP.',
    {
      client_legal_id: 'PSDFR-ACPR-12345',
    },
    [['client-legal-id-agent', '/client_legal_id']],
    { context: { agent: true } },
  ),
  changed('client-legal-id-number', 'REG-11', 'client_legal_id is a number.', { client_legal_id: 12345 }, [
    ['client-legal-id-type', '/client_legal_id'],
  ]),
]

const uris: readonly RegistrationVector[] = [
  ...redirects([
    ['javascript', 'javascript:alert(1)', 'redirect-uri-absolute'],
    ['javascript-with-authority', 'javascript://tpp.example/%0Aalert(1)', 'redirect-uri-absolute'],
    ['data', 'data:text/html,x', 'redirect-uri-absolute'],
    ['custom-scheme', 'tppapp://callback', 'redirect-uri-absolute'],
    ['capital-scheme', 'HTTPS://tpp.example/cb', 'redirect-uri-absolute'],
    ['relative', '//tpp.example/cb', 'redirect-uri-absolute'],
    ['path', '/cb', 'redirect-uri-absolute'],
    ['no-authority', 'https:/tpp.example/cb', 'redirect-uri-absolute'],
    ['empty-authority', 'https:///cb', 'redirect-uri-absolute'],
    ['empty', '', 'redirect-uri-absolute'],
    ['http', 'http://tpp.example/cb', 'redirect-uri-https'],
    ['user', 'https://bank.example@evil.example/cb', 'redirect-uri-userinfo'],
    ['password', 'https://a:b@tpp.example/cb', 'redirect-uri-userinfo'],
    ['fragment', 'https://tpp.example/cb#x', 'redirect-uri-fragment'],
    ['empty-fragment', 'https://tpp.example/cb#', 'redirect-uri-fragment'],
    ['wildcard-host', 'https://*.tpp.example/cb', 'redirect-uri-wildcard'],
    ['wildcard-path', 'https://tpp.example/*', 'redirect-uri-wildcard'],
    ['ipv4', 'https://192.0.2.1/cb', 'redirect-uri-host'],
    ['ipv4-decimal', 'https://3221225985/cb', 'redirect-uri-host'],
    ['ipv4-hexadecimal', 'https://0xc0.0.2.0x1/cb', 'redirect-uri-host'],
    ['ipv4-final-dot', 'https://192.0.2.1./cb', 'redirect-uri-host'],
    ['ipv6', 'https://[2001:db8::1]/cb', 'redirect-uri-host'],
    ['localhost', 'https://localhost/cb', 'redirect-uri-host'],
    ['loopback', 'https://127.0.0.1/cb', 'redirect-uri-host'],
    ['local-name', 'https://app.localhost/cb', 'redirect-uri-host'],
    ['one-label', 'https://intranet/cb', 'redirect-uri-host'],
    ['final-dot', 'https://tpp.example./cb', 'redirect-uri-host'],
    ['empty-label', 'https://tpp..example/cb', 'redirect-uri-host'],
    ['underscore', 'https://tpp_1.example/cb', 'redirect-uri-host'],
    ['percent-in-host', 'https://tpp%2eexample/cb', 'redirect-uri-host'],
    ['punycode', 'https://xn--bnque-populaire-cyb.example/cb', 'redirect-uri-idn'],
    ['homograph', 'https://b\u0430nque.example/cb', 'redirect-uri-characters'],
    ['backslash', 'https://tpp.example\\@evil.example/cb', 'redirect-uri-characters'],
    ['space', 'https://tpp.example/c b', 'redirect-uri-characters'],
    ['percent', 'https://tpp.example/%zz', 'redirect-uri-characters'],
    ['port-zero', 'https://tpp.example:0/cb', 'redirect-uri-port'],
    ['port-empty', 'https://tpp.example:/cb', 'redirect-uri-port'],
    ['port-great', 'https://tpp.example:65536/cb', 'redirect-uri-port'],
    ['port-leading-zero', 'https://tpp.example:0443/cb', 'redirect-uri-port'],
    ['list', 'https://tpp.example/a,https://tpp.example/b', 'redirect-uri-list'],
    ['list-with-blank', 'https://tpp.example/a https://tpp.example/b', 'redirect-uri-list'],
    ['dots', 'https://tpp.example/cb/../admin', 'redirect-uri-dot-segment'],
    ['dots-encoded', 'https://tpp.example/cb/%2E%2e/admin', 'redirect-uri-dot-segment'],
    ['long', `https://tpp.example/${'x'.repeat(2048)}`, 'redirect-uri-length'],
  ]),
  changed('redirect-tab', 'REG-12', 'A tabulator inside.', { redirect_uris: ['https://tpp.example/c\tb'] }, [
    ['text-characters', '/redirect_uris/0'],
    ['redirect-uri-characters', '/redirect_uris/0'],
  ]),
  changed(
    'redirect-twice',
    'REG-12',
    'One URI twice.',
    {
      redirect_uris: ['https://tpp.example/cb', 'https://tpp.example/cb'],
    },
    [['redirect-uri-twice', '/redirect_uris/1']],
  ),
  changed('redirects-empty', 'REG-12', 'No URI.', { redirect_uris: [] }, [['redirect-uris-empty', '/redirect_uris']]),
  changed('redirects-missing', 'REG-12', 'redirect_uris is missing.', { redirect_uris: undefined }, [
    ['redirect-uris', '/redirect_uris'],
  ]),
  changed(
    'redirects-text',
    'REG-12',
    'A text with commas in the place of the array.',
    {
      redirect_uris: 'https://tpp.example/a,https://tpp.example/b',
    },
    [['redirect-uris', '/redirect_uris']],
  ),
  changed(
    'redirects-of-objects',
    'REG-12',
    'An item is an object.',
    { redirect_uris: [{ uri: 'https://tpp.example' }] },
    [['redirect-uris', '/redirect_uris/0']],
  ),
]

const unused: readonly RegistrationVector[] = [
  changed('jwks-uri', 'REG-14', 'jwks_uri leads to a metadata service.', { jwks_uri: 'http://169.254.169.254/' }, [
    ['jwks-uri', '/jwks_uri', 'warning'],
  ]),
  changed(
    'jwks-uri-rfc',
    'REG-14',
    'jwks_uri beside jwks, under the RFCs.',
    {
      jwks_uri: 'https://tpp.example/jwks',
      scope: 'aisp',
      tls_client_auth_subject_dn: 'CN=tpp.example.com',
    },
    [
      ['jwks-uri', '/jwks_uri'],
      ['response-type-grant', '/response_types', 'warning'],
      ['member-unknown', '/tls_client_auth_subject_dn', 'notice'],
    ],
    { policy: 'rfc' },
  ),
  ...['software_statement', 'client_uri', 'logo_uri', 'tos_uri', 'policy_uri', 'logo'].map((name) =>
    changed(
      `unused-${name}`,
      name === 'software_statement' ? 'REG-15' : 'REG-14',
      `${name} is a number.`,
      { [name]: 5 },
      [[name.replaceAll('_', '-'), `/${name}`, 'warning']],
    ),
  ),
  changed('tos-uri-contact', 'REG-14', 'tos_uri is the contact, as the page reads.', { tos_uri: contact }, [
    ['tos-uri-contact', '/tos_uri'],
  ]),
  changed(
    'update-of-post',
    'REG-15',
    'An update with members of POST.',
    {
      software_statement: 'x',
      jwks_uri: 'https://tpp.example/jwks',
    },
    [
      ['members-of-post', '/software_statement', 'warning'],
      ['members-of-post', '/jwks_uri', 'warning'],
    ],
    update,
  ),
]

const metadata: readonly RegistrationVector[] = [
  ...[
    'none',
    'client_secret_basic',
    'self_signed_tls_client_auth',
    'TLS_CLIENT_AUTH',
    undefined,
    ['tls_client_auth'],
  ].map((method, index) =>
    changed(
      `auth-method-${index}`,
      'REG-16',
      `token_endpoint_auth_method: ${String(method)}.`,
      {
        token_endpoint_auth_method: method,
      },
      [['token-endpoint-auth-method', '/token_endpoint_auth_method']],
    ),
  ),
  changed('grant-password', 'REG-16', 'password.', { grant_types: ['client_credentials', 'password'] }, [
    ['grant-types', '/grant_types'],
  ]),
  changed('grant-without', 'REG-16', 'Without client_credentials.', { grant_types: ['authorization_code'] }, [
    ['grant-types', '/grant_types'],
    ['grant-types-other', '/grant_types'],
  ]),
  changed('grant-empty', 'REG-16', 'None.', { grant_types: [] }, [['grant-types', '/grant_types']]),
  changed('grant-text', 'REG-16', 'A text.', { grant_types: 'client_credentials' }, [['grant-types', '/grant_types']]),
  changed('grant-missing', 'REG-16', 'Missing.', { grant_types: undefined }, [['grant-types', '/grant_types']]),
  changed(
    'grant-more',
    'REG-16',
    'What recorded requests have, by the text of the page.',
    {
      grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
    },
    [['grant-types-other', '/grant_types']],
  ),
  changed(
    'grant-more-observed',
    'control',
    'What recorded requests have, by what is known to be accepted.',
    {
      grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
      software_version: undefined,
    },
    [
      ['grant-types-other', '/grant_types', 'notice'],
      ['software-version', '/software_version', 'notice'],
    ],
    { policy: 'observed' },
  ),
  changed('grant-capitals', 'REG-16', 'In capitals, as the bank answers.', { grant_types: ['CLIENT_CREDENTIALS'] }, [
    ['types-case', '/grant_types'],
  ]),
  changed('grant-twice', 'REG-16', 'Twice.', { grant_types: ['client_credentials', 'client_credentials'] }, [
    ['grant-types', '/grant_types'],
  ]),
  changed('response-token', 'REG-16', 'token.', { response_types: ['token'] }, [['response-types', '/response_types']]),
  changed('response-two', 'REG-16', 'code and token.', { response_types: ['code', 'token'] }, [
    ['response-types', '/response_types'],
  ]),
  changed('response-missing', 'REG-16', 'Missing.', { response_types: undefined }, [
    ['response-types', '/response_types'],
  ]),
  changed(
    'contact-line-break',
    'REG-17',
    'A line break in the e-mail address.',
    {
      contact: { ...contact, email: 'a@tpp.example\r\nBcc: b@tpp.example' },
    },
    [
      ['text-characters', '/contact/email'],
      ['contact-email', '/contact/email', 'warning'],
    ],
  ),
  changed('name-markup', 'REG-17', 'HTML in the name that users see.', { software_id: '<script>alert(1)</script>' }, [
    ['name-markup', '/software_id', 'warning'],
  ]),
  changed('name-nul', 'REG-17', 'NUL in the legal name.', { client_name: 'Test PSP (for test only)\u0000' }, [
    ['text-characters', '/client_name'],
    ['client-name-organization', '/client_name', 'warning'],
  ]),
  changed('name-right-to-left', 'REG-18', 'A control that turns the line around.', { software_id: 'App \u202eknab' }, [
    ['text-characters', '/software_id'],
  ]),
  changed('name-invisible', 'REG-18', 'A character that nobody sees.', { software_id: 'Exam\u200bple' }, [
    ['text-characters', '/software_id'],
  ]),
  changed('name-long', 'REG-18', 'A name of 300 characters.', { software_id: 'x'.repeat(300) }, [
    ['text-length', '/software_id'],
  ]),
  changed('name-mixed', 'REG-18', 'Latin and Cyrillic in one word.', { software_id: 'Ex\u0430mple' }, [
    ['name-look-alike', '/software_id', 'warning'],
  ]),
  changed('name-of-bank', 'REG-18', 'The name of a bank of the group.', { software_id: "Caisse d'\u00c9pargne" }, [
    ['name-look-alike', '/software_id', 'warning'],
  ]),
]

const owners: readonly RegistrationVector[] = [
  changed(
    'update-other-psp',
    'REG-20',
    'An update hands the client to another PSP.',
    {
      provider_legal_id: 'PSDBE-NBB-0403-227-515',
    },
    [['legal-id-owner', '/provider_legal_id']],
    {
      certificate: 'qsealc-identifier-hyphens',
      operation: 'update',
      context: { registered, qwac: 'qwac-identifier-hyphens' },
    },
  ),
  changed(
    'update-other-qsealc',
    'REG-20',
    'An update brings the QSealC of another PSP.',
    {},
    [
      ['legal-id-qsealc', '/provider_legal_id'],
      ['one-psp', x5c],
      ['legal-id-owner', x5c],
    ],
    { ...update, certificate: 'qsealc-identifier-hyphens' },
  ),
  changed('update-expired', 'REG-21', 'An update with a certificate that has ended.', {}, [['jwk-x5c-der', x5c]], {
    ...update,
    certificate: 'qsealc-expired',
  }),
  changed(
    'update-other-id',
    'REG-23',
    'client_id of the body is not that of the path.',
    { client_id: 'other' },
    [['client-id-path', '/client_id']],
    update,
  ),
  changed(
    'update-no-id-rfc',
    'REG-23',
    'RFC 7592 wants client_id in the body.',
    {
      scope: 'aisp',
      tls_client_auth_subject_dn: 'CN=tpp.example.com',
    },
    [
      ['client-id-absent', '/client_id'],
      ['response-type-grant', '/response_types', 'warning'],
      ['member-unknown', '/tls_client_auth_subject_dn', 'notice'],
    ],
    { ...update, policy: 'rfc' },
  ),
  raw(
    'update-patch',
    'REG-23',
    'An update that is a patch.',
    '{"software_id":"New name"}',
    [
      ['whole-body', ''],
      ['redirect-uris', '/redirect_uris'],
      ['token-endpoint-auth-method', '/token_endpoint_auth_method'],
      ['grant-types', '/grant_types'],
      ['response-types', '/response_types'],
      ['client-name', '/client_name'],
      ['scope', '/scope'],
      ['contact', '/contact'],
      ['provider-legal-id', '/provider_legal_id'],
      ['jwks', '/jwks'],
    ],
    update,
  ),
]

export const attackVectors: readonly RegistrationVector[] = [
  ...texts,
  ...psps,
  ...scopeVectors,
  ...agents,
  ...uris,
  ...unused,
  ...metadata,
  ...owners,
]
