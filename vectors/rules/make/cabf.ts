import { address, altName, crlAt, dns, replaceExtension } from './parts.ts'
import { breaks, concernsNot, holdsNotThen, keeps, type RuleVector } from './vector.ts'

const QWAC = { kind: 'QWAC' } as const
const before = { notBefore: new Date('2022-06-01T00:00:00Z') }
const at2022 = '2022-06-02T00:00:00Z'
const at2018 = '2018-02-02T00:00:00Z'
const SAN = '2.5.29.17'
const CRL = '2.5.29.31'

/** CA/Browser Forum. */
export const cabfVectors: readonly RuleVector[] = [
  holdsNotThen('cabf.prohibited-purposes', '2022', 'emailProtection in a QWAC of 2022: it was allowed then.', {
    ...QWAC,
    options: { ...before, extendedKeyUsage: ['serverAuth', 'clientAuth', 'emailProtection'] },
    at: at2022,
  }),
  breaks('cabf.prohibited-purposes', 'several', 'A QWAC for mail, code and OCSP answers too: three findings.', {
    ...QWAC,
    options: { extendedKeyUsage: ['serverAuth', 'clientAuth', 'emailProtection', 'codeSigning', 'OCSPSigning'] },
  }),
  breaks('cabf.other-purposes', 'unknown', 'A QWAC with a purpose that nobody knows.', {
    ...QWAC,
    options: { extendedKeyUsage: ['serverAuth', 'clientAuth', '1.3.6.1.4.1.32473.3.1'] },
  }),
  breaks('cabf.other-purposes', '2022', 'anyExtendedKeyUsage in a QWAC of 2022: not recommended then.', {
    ...QWAC,
    options: { ...before, extendedKeyUsage: ['serverAuth', 'clientAuth', '2.5.29.37.0'] },
    at: at2022,
  }),
  breaks('cabf.alt-names', 'internal', 'Names and addresses that nobody can own, and one of another kind.', {
    ...QWAC,
    edit: (parts) =>
      replaceExtension(
        parts,
        SAN,
        altName(
          dns('tpp.example.com'),
          dns('gateway'),
          dns('tpp.bank.internal'),
          dns('a_b.example.com'),
          address(10, 0, 0, 1),
          address(0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1),
          address(192, 0, 2, 1),
        ),
      ),
  }),
  breaks('cabf.key-usage', 'non-repudiation', 'A QWAC with nonRepudiation.', {
    ...QWAC,
    options: { keyUsage: ['digitalSignature', 'nonRepudiation'] },
  }),
  breaks('cabf.key-usage', 'ec-without-signature', 'A QWAC with an EC key for keyAgreement alone.', {
    ...QWAC,
    options: { keyUsage: ['keyAgreement'] },
  }),
  keeps('cabf.key-usage', '2022', 'nonRepudiation in a QWAC of 2022: it was allowed then.', {
    ...QWAC,
    options: { ...before, keyUsage: ['digitalSignature', 'nonRepudiation'] },
    at: at2022,
  }),
  breaks('cabf.key-usage-recommended', 'both', 'A QWAC with digitalSignature and keyEncipherment.', {
    ...QWAC,
    key: 'leaf-rsa-2048',
    options: { keyUsage: ['digitalSignature', 'keyEncipherment', 'dataEncipherment'] },
  }),
  holdsNotThen('cabf.key-usage-recommended', '2022', 'The same in 2022, when it was usual.', {
    ...QWAC,
    key: 'leaf-rsa-2048',
    options: { ...before, keyUsage: ['digitalSignature', 'keyEncipherment'] },
    at: at2022,
  }),
  holdsNotThen('cabf.validity', '2018', 'A QWAC of February 2018 for three years.', {
    ...QWAC,
    options: { notBefore: new Date('2018-02-01T00:00:00Z'), notAfter: new Date('2021-01-31T23:59:59Z') },
    at: at2018,
  }),
  keeps('cabf.validity', 'to-the-second', 'A QWAC of January 2026 for 398 days to the second.', {
    ...QWAC,
    options: { notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2027-02-02T23:59:59Z') },
  }),
  breaks('cabf.validity', 'a-second-more', 'A QWAC of January 2026 for 398 days and a second.', {
    ...QWAC,
    options: { notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2027-02-03T00:00:00Z') },
  }),
  breaks('cabf.validity', '200-days', 'A QWAC of March 2026 for 201 days.', {
    ...QWAC,
    options: { notBefore: new Date('2026-03-15T00:00:00Z'), notAfter: new Date('2026-10-01T23:59:59Z') },
    at: '2026-03-16T00:00:00Z',
  }),
  concernsNot('cabf.validity', 'general', 'A QWAC that is not for browsers, for two years.', {
    ...QWAC,
    options: {
      policies: ['QNCP-w-gen', 'QCP-w-psd2'],
      notBefore: new Date('2026-05-01T00:00:00Z'),
      notAfter: new Date('2028-04-29T23:59:59Z'),
      cabfOrganizationIdentifier: false,
    },
    at: '2026-05-02T00:00:00Z',
  }),
  breaks('cabf.policy', 'none', 'A QWAC under QEVCP-w alone.', {
    ...QWAC,
    options: { policies: ['QEVCP-w', 'QCP-w-psd2'] },
  }),
  breaks('cabf.policy', 'two', 'A QWAC with two policies of the CA/Browser Forum.', {
    ...QWAC,
    options: { policies: ['QEVCP-w', 'QCP-w-psd2', 'CABF-EV', 'CABF-OV'] },
  }),
  holdsNotThen('cabf.policy', '2020', 'The first of them in June 2020.', {
    ...QWAC,
    options: { policies: ['QEVCP-w', 'QCP-w-psd2'], notBefore: new Date('2020-06-01T00:00:00Z') },
    at: '2020-06-02T00:00:00Z',
  }),
  keeps('cabf.certificate-transparency', 'list', 'A QWAC with a list of signed certificate timestamps.', {
    ...QWAC,
    change: (plan) => {
      const list = { oid: '1.3.6.1.4.1.11129.2.4.2', critical: false, value: Uint8Array.of(4, 2, 0, 0) }
      plan.added.push(list)
    },
  }),
  holdsNotThen('cabf.certificate-transparency', '2018', 'A QWAC of February 2018 without one.', {
    ...QWAC,
    options: { notBefore: new Date('2018-02-01T00:00:00Z'), notAfter: new Date('2019-01-31T23:59:59Z') },
    at: at2018,
  }),
  breaks('cabf.plain-http', 'https', 'A QWAC with the CRL behind https.', {
    ...QWAC,
    edit: (parts) => replaceExtension(parts, CRL, crlAt('https://pki.example.com/web.crl')),
  }),
  holdsNotThen('cabf.plain-http', '2022', 'The same in 2022.', {
    ...QWAC,
    options: before,
    edit: (parts) => replaceExtension(parts, CRL, crlAt('https://pki.example.com/web.crl')),
    at: at2022,
  }),
  breaks('cabf.ev-subject', 'bare', 'A QWAC under QEVCP-w whose subject says too little: three findings.', {
    ...QWAC,
    options: { businessCategory: false, jurisdictionCountryName: false, localityName: false },
  }),
  breaks('cabf.ev-identifier', 'lei', 'An EV certificate with an LEI.', {
    ...QWAC,
    options: {
      organizationIdentifier: 'LEIXG-529900T8BM49AURSDO55',
      ncaId: 'FR-ACPR',
      countryName: 'FR',
      cabfOrganizationIdentifier: { scheme: 'LEI', country: 'XG', reference: '529900T8BM49AURSDO55' },
    },
  }),
  holdsNotThen('cabf.ev-identifier', '2019', 'An EV certificate of April 2019 with an LEI.', {
    ...QWAC,
    options: {
      organizationIdentifier: 'LEIXG-529900T8BM49AURSDO55',
      ncaId: 'FR-ACPR',
      countryName: 'FR',
      cabfOrganizationIdentifier: false,
      notBefore: new Date('2019-04-01T00:00:00Z'),
    },
    at: '2019-04-02T00:00:00Z',
  }),
  holdsNotThen('cabf.ev-identifier-extension', '2019', 'An EV certificate of June 2019 without the extension.', {
    ...QWAC,
    options: { cabfOrganizationIdentifier: false, notBefore: new Date('2019-06-01T00:00:00Z') },
    at: '2019-06-02T00:00:00Z',
  }),
  holdsNotThen('cabf.ev-identifier-match', '2019', 'An EV certificate of June 2019 whose extension says otherwise.', {
    ...QWAC,
    options: {
      cabfOrganizationIdentifier: { scheme: 'PSD', country: 'FR', stateOrProvince: 'IDF', reference: 'ACPR-99999' },
      notBefore: new Date('2019-06-01T00:00:00Z'),
    },
    at: '2019-06-02T00:00:00Z',
  }),
  breaks('cabf.ev-identifier-state', 'psd', 'The extension has a state beside the scheme PSD.', {
    ...QWAC,
    options: {
      cabfOrganizationIdentifier: { scheme: 'PSD', country: 'FR', stateOrProvince: 'IDF', reference: 'ACPR-12345' },
    },
  }),
  holdsNotThen('cabf.ev-identifier-state', '2019', 'The same in June 2019.', {
    ...QWAC,
    options: {
      cabfOrganizationIdentifier: { scheme: 'PSD', country: 'FR', stateOrProvince: 'IDF', reference: 'ACPR-12345' },
      notBefore: new Date('2019-06-01T00:00:00Z'),
    },
    at: '2019-06-02T00:00:00Z',
  }),
]
