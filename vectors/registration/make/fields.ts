import { bodyWith, changed, derOf, keyed, keyOf, type RegistrationVector, raw } from './vector.ts'

const contact = { contact_name: 'API team', email: 'api@tpp.example', phone_number: '+33 1 23 45 67 89' }
const key = '/jwks/keys/0'
const x5c = `${key}/x5c/0`
const pem = '-----BEGIN PRIVATE KEY-----\nU0VDUkVU\n-----END PRIVATE KEY-----'

const texts: readonly RegistrationVector[] = [
  ...(['client_name', 'software_id'] as const).flatMap((name) => {
    const slug = name.replaceAll('_', '-')
    return [
      changed(`${slug}-missing`, 'field', `${name} is missing.`, { [name]: undefined }, [[slug, `/${name}`]]),
      changed(`${slug}-null`, 'field', `${name} is null.`, { [name]: null }, [[slug, `/${name}`]]),
      changed(`${slug}-number`, 'field', `${name} is a number.`, { [name]: 7 }, [[slug, `/${name}`]]),
      changed(`${slug}-blank`, 'field', `${name} is blank.`, { [name]: '  ' }, [
        [slug, `/${name}`],
        ...(name === 'client_name' ? [['client-name-organization', '/client_name', 'warning'] as const] : []),
      ]),
    ]
  }),
  changed(
    'software-version-missing',
    'field',
    'software_version is missing on POST.',
    { software_version: undefined },
    [['software-version', '/software_version']],
  ),
  changed('software-version-number', 'field', 'software_version is a number.', { software_version: 1.5 }, [
    ['software-version-type', '/software_version'],
  ]),
  changed(
    'contact-missing',
    'field',
    'contact is missing, contacts is there.',
    {
      contact: undefined,
      contacts: ['api@tpp.example'],
    },
    [
      ['contact', '/contact'],
      ['member-unknown', '/contacts', 'notice'],
    ],
  ),
  changed('contact-text', 'field', 'contact is a string, as the table says.', { contact: 'api@tpp.example' }, [
    ['contact', '/contact'],
  ]),
  changed('contact-array', 'field', 'contact is an array.', { contact: [contact] }, [['contact', '/contact']]),
  changed(
    'contact-incomplete',
    'field',
    'contact lacks its telephone number, and the name is blank.',
    {
      contact: { ...contact, phone_number: undefined, contact_name: ' ' },
    },
    [
      ['contact', '/contact/contact_name'],
      ['contact', '/contact/phone_number'],
    ],
  ),
  changed(
    'contact-phone',
    'field',
    'The telephone number is a word.',
    { contact: { ...contact, phone_number: 'none' } },
    [['contact-phone', '/contact/phone_number', 'warning']],
  ),
  changed(
    'contact-email',
    'field',
    'The e-mail address has a name around it.',
    {
      contact: { ...contact, email: 'API <api@tpp.example>' },
    },
    [['contact-email', '/contact/email', 'warning']],
  ),
  changed('member-misspelt', 'field', 'redirectUris beside redirect_uris.', { redirectUris: [] }, [
    ['member-unknown', '/redirectUris', 'notice'],
  ]),
  changed('private-key-text', 'JWK-09', 'A private key in a member that is not used.', { logo: pem }, [
    ['text-characters', '/logo'],
    ['private-key-text', '/logo'],
  ]),
]

const legalIds: readonly RegistrationVector[] = (
  [
    ['small', 'psdfr-acpr-12345', 'legal-id-case'],
    ['small-authority', 'PSDFR-acpr-12345', 'legal-id-case'],
    ['vat', 'VATFR-12345678901', 'legal-id-scheme'],
    ['no-scheme', 'FR-ACPR-12345', 'legal-id-scheme'],
    ['uk', 'PSDUK-FCA-12345', 'legal-id-country'],
    ['digits-for-country', 'PSD12-ACPR-12345', 'legal-id-country'],
    ['no-hyphen', 'PSDFR_ACPR_12345', 'legal-id-hyphen'],
    ['one-hyphen', 'PSDFR-ACPR12345', 'legal-id-hyphen'],
    ['unicode-hyphen', 'PSDFR\u2010ACPR\u201012345', 'legal-id-hyphen'],
    ['full-width', 'PSDFR-\uff21CPR-12345', 'legal-id-hyphen'],
    ['one-letter', 'PSDFR-A-12345', 'legal-id-authority'],
    ['nine-letters', 'PSDFR-ABCDEFGHI-12345', 'legal-id-authority'],
    ['no-number', 'PSDFR-ACPR-', 'legal-id-number'],
    ['slash', 'PSDFR-ACPR-1/2', 'legal-id-number'],
  ] as const
).map(([id, value, slug]) =>
  changed(`legal-id-${id}`, 'REG-05', `provider_legal_id: ${id}.`, { provider_legal_id: value }, [
    [slug, '/provider_legal_id'],
    ['legal-id-qsealc', '/provider_legal_id'],
    ['legal-id-qwac', '/provider_legal_id'],
  ]),
)

const more: readonly RegistrationVector[] = [
  changed('legal-id-missing', 'REG-05', 'provider_legal_id is missing.', { provider_legal_id: undefined }, [
    ['provider-legal-id', '/provider_legal_id'],
  ]),
  changed('legal-id-array', 'REG-05', 'provider_legal_id is an array.', { provider_legal_id: ['PSDFR-ACPR-12345'] }, [
    ['provider-legal-id', '/provider_legal_id'],
  ]),
]

const jwks: readonly RegistrationVector[] = [
  changed('jwks-missing', 'field', 'jwks is missing.', { jwks: undefined }, [['jwks', '/jwks']]),
  changed('jwks-text', 'field', 'jwks is a text.', { jwks: 'x' }, [['jwks-key', '/jwks']]),
  changed('jwks-array', 'field', 'jwks is an array.', { jwks: [keyOf('qsealc')] }, [['jwks-key', '/jwks']]),
  changed('jwks-empty', 'JWK-15', 'No key.', { jwks: { keys: [] } }, [['jwks-key', '/jwks/keys']]),
  changed('jwks-two', 'JWK-15', 'Two keys.', { jwks: { keys: [keyOf('qsealc'), keyOf('qsealc-rsa-2048')] } }, [
    ['jwks-key', '/jwks/keys/1'],
  ]),
  keyed('jwk-kty', 'JWK-11', 'kty in small letters.', { kty: 'rsa' }, [['jwk-kty', `${key}/kty`]]),
  keyed('jwk-kty-missing', 'JWK-11', 'kty is missing.', { kty: undefined }, [['jwk-kty', `${key}/kty`]]),
  keyed('jwk-use', 'JWK-13', 'use is enc.', { use: 'enc' }, [['jwk-use', `${key}/use`]]),
  keyed('jwk-alg', 'JWK-12', 'alg is PS256.', { alg: 'PS256' }, [['jwk-alg', `${key}/alg`]]),
  keyed('jwk-alg-null', 'JWK-12', 'alg is null, as the bank answers.', { alg: null }, [['jwk-alg', `${key}/alg`]]),
  keyed('jwk-key-ops', 'JWK-13', 'key_ops is sign.', { key_ops: ['sign'] }, [['jwk-key-ops', `${key}/key_ops`]]),
  keyed('jwk-keys-ops', 'JWK-13', 'key_ops is misspelt.', { key_ops: undefined, keys_ops: ['verify'] }, [
    ['jwk-keys-ops', `${key}/keys_ops`],
  ]),
  keyed(
    'jwk-keys-ops-observed',
    'control',
    'key_ops is misspelt, which is known to be accepted.',
    {
      key_ops: undefined,
      keys_ops: ['verify'],
    },
    [['jwk-keys-ops', `${key}/keys_ops`, 'warning']],
    { policy: 'observed' },
  ),
  keyed('jwk-misspelt', 'field', 'kid is written keyId.', { kid: undefined, keyId: '1' }, [
    ['jwk-misspelt', `${key}/keyId`],
  ]),
  keyed('jwk-kid', 'JWK-16', 'kid leaves its folder.', { kid: '../../etc/passwd' }, [['jwk-kid', `${key}/kid`]]),
  keyed('jwk-x5u', 'JWK-08', 'x5u leads to a metadata service.', { x5u: 'http://169.254.169.254/' }, [
    ['jwk-x5u', `${key}/x5u`],
  ]),
  keyed('jwk-x5t', 'JWK-07', 'x5t is there.', { x5t: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA' }, [['jwk-x5t', `${key}/x5t`]]),
  keyed(
    'jwk-x5t-s256-hexadecimal',
    'JWK-06',
    'x5t#S256 is hexadecimal.',
    {
      'x5t#S256': Buffer.from(String(keyOf('qsealc')['x5t#S256']), 'base64url').toString('hex'),
    },
    [['jwk-x5t-s256', `${key}/x5t#S256`]],
  ),
  keyed(
    'jwk-x5t-s256-of-other',
    'JWK-04',
    'x5t#S256 of another certificate.',
    {
      'x5t#S256': keyOf('qwac')['x5t#S256'],
    },
    [['jwk-x5t-s256', `${key}/x5t#S256`]],
  ),
  keyed('jwk-private', 'JWK-09', 'd is there.', { d: 'U0VDUkVU' }, [['jwk-private', `${key}/d`]]),
  keyed('jwk-symmetric', 'JWK-10', 'k is there.', { k: 'U0VDUkVU' }, [['jwk-private', `${key}/k`]]),
  keyed('jwk-other-key', 'JWK-01', 'n of another key.', { n: keyOf('qsealc-rsa-2048').n }, [
    ['jwk-key-match', `${key}/n`],
  ]),
  keyed('jwk-x5c-empty', 'JWK-03', 'x5c is empty.', { x5c: [] }, [['jwk-x5c', `${key}/x5c`]]),
  keyed('jwk-x5c-text', 'JWK-03', 'x5c is a text.', { x5c: 'MII' }, [['jwk-x5c', `${key}/x5c`]]),
  keyed(
    'jwk-x5c-chain',
    'JWK-03',
    'x5c has the chain.',
    {
      x5c: [derOf('qsealc'), derOf('ca-seal'), derOf('ca-root')].map((der) => der.toString('base64')),
    },
    [
      ['jwk-x5c', `${key}/x5c/1`],
      ['x5c-chain', `${key}/x5c/1`],
      ['x5c-chain', `${key}/x5c/2`],
    ],
  ),
  keyed('jwk-x5c-base64url', 'JWK-02', 'x5c is base64url.', { x5c: [derOf('qsealc').toString('base64url')] }, [
    ['jwk-x5c-der', x5c],
  ]),
  keyed(
    'jwk-x5c-trailing',
    'DER-06',
    'An octet behind the certificate.',
    {
      x5c: [Buffer.concat([derOf('qsealc'), Buffer.of(0)]).toString('base64')],
    },
    [['seal-unreadable', x5c]],
  ),
]

const certificates: readonly RegistrationVector[] = [
  changed('seal-qwac', 'PRO-29', 'The QWAC in the place of the QSealC.', {}, [['seal-kind', x5c]], {
    certificate: 'qwac',
  }),
  changed('seal-expired', 'SIG-38', 'The QSealC has ended.', {}, [['jwk-x5c-der', x5c]], {
    certificate: 'qsealc-expired',
  }),
  changed('seal-not-yet', 'SIG-38', 'The QSealC has not begun.', {}, [['jwk-x5c-der', x5c]], {
    at: '2025-12-31T23:59:59Z',
    context: { qwac: null },
  }),
  changed(
    'seal-ends-before-active',
    'field',
    'The QSealC ends before the registration becomes active.',
    {},
    [['seal-until-active', x5c, 'warning']],
    { at: '2027-12-31T12:00:00Z', context: { qwac: null } },
  ),
  changed('seal-pss', 'PRO-01', 'The QSealC is signed with RSASSA-PSS.', {}, [['seal-pss', x5c]], {
    certificate: 'qsealc-pss-signature',
  }),
  keyed(
    'seal-p-256',
    'PRO-10',
    'The key is on P-256.',
    { alg: 'RS256' },
    [
      ['jwk-kty', x5c],
      ['jwk-kty', `${key}/kty`],
      ['jwk-kty', `${key}/crv`],
      ['jwk-kty', `${key}/x`],
      ['jwk-kty', `${key}/y`],
      ['jwk-key-absent', key, 'notice'],
    ],
    { certificate: 'qsealc-p-256' },
  ),
  changed(
    'seal-two-statements',
    'PRO-24',
    'Two PSD2 statements.',
    {},
    [
      ['scope-role', '/scope'],
      ['role-aisp', x5c],
      ['seal-psd2', x5c],
    ],
    { certificate: 'qsealc-two-psd2-statements' },
  ),
  changed('seal-nca-mismatch', 'PRO-27', 'nCAId is not the authority of the identifier.', {}, [['seal-psd2', x5c]], {
    certificate: 'qsealc-nca-mismatch',
  }),
  changed(
    'seal-no-statement',
    'PRO-28',
    'No PSD2 statement.',
    {},
    [
      ['scope-role', '/scope'],
      ['role-aisp', x5c],
      ['seal-psd2', x5c],
    ],
    { certificate: 'qsealc-missing-psd2-statement' },
  ),
  changed('seal-untrusted', 'PRO-31', 'No path to a trusted issuer.', {}, [['seal-trusted', x5c]], {
    context: { path: 'invalid' },
  }),
  changed(
    'seal-issuer-unknown',
    'PRO-31',
    'Nobody knows the issuer: another answer than untrusted.',
    {},
    [['seal-issuer-unknown', x5c]],
    { context: { path: 'issuer-unknown' } },
  ),
  changed('seal-withdrawn', 'PRO-31', 'The register has no such PSP.', {}, [['seal-register', x5c]], {
    context: { register: 'no-match' },
  }),
  changed('seal-register-silent', 'control', 'The register says nothing of banks.', {}, [], {
    context: { register: 'indeterminate' },
  }),
  changed('seal-other-set', 'PRO-38', 'The certificate of the other environment.', {}, [['seal-other-set', x5c]], {
    context: { otherSet: true },
  }),
  changed('qwac-kind', 'TOK-10', 'The connection has the QSealC.', {}, [['qwac-kind', '']], {
    context: { qwac: 'qsealc' },
  }),
  changed('qwac-expired', 'TOK-10', 'The QWAC has ended.', {}, [['qwac-valid', '']], {
    context: { qwac: 'qwac-expired' },
  }),
  changed('qwac-pss', 'PRO-01', 'The QWAC is signed with RSASSA-PSS.', {}, [['qwac-pss', '']], {
    context: { qwac: 'qwac-ps256' },
  }),
  raw(
    'rfc-page',
    'control',
    'A body of the page under the RFCs.',
    `${JSON.stringify(bodyWith('qsealc'))}\n`,
    [
      ['response-type-grant', '/response_types', 'warning'],
      ['tls-client-auth-subject', '/token_endpoint_auth_method', 'warning'],
      ['scope-rfc', '/scope', 'notice'],
    ],
    { policy: 'rfc' },
  ),
  keyed(
    'rfc-no-n',
    'field',
    'RFC 7518 demands n and e.',
    { n: undefined, e: undefined },
    [
      ['jwk-key-absent', key],
      ['response-type-grant', '/response_types', 'warning'],
      ['tls-client-auth-subject', '/token_endpoint_auth_method', 'warning'],
      ['scope-rfc', '/scope', 'notice'],
    ],
    { policy: 'rfc' },
  ),
]

export const fieldVectors: readonly RegistrationVector[] = [...texts, ...legalIds, ...more, ...jwks, ...certificates]
