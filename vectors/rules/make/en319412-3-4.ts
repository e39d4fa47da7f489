import { sequence } from '../../../src/der/writer.ts'
import { attribute, both, id, mailName, withExtension, withIssuer, withoutAttribute } from './edit.ts'
import { breaks, keeps, type RuleVector } from './vector.ts'

/** EN 319 412-3. */
export const en3194123Vectors: readonly RuleVector[] = [
  breaks('en319412-3.organization', 'missing', 'The subject has no organizationName.', {
    change: withoutAttribute(id.organizationName),
  }),
  breaks('en319412-3.common-name', 'missing', 'The subject has no commonName.', {
    change: withoutAttribute(id.commonName),
  }),
  breaks('en319412-3.single', 'everything', 'The subject has every attribute twice.', {
    change: (plan) => {
      plan.subject = [...plan.subject, ...plan.subject]
    },
  }),
  breaks('en319412-3.country-assigned', 'uk', 'countryName is UK, which ISO 3166-1 has as GB.', {
    options: { countryName: 'UK', organizationIdentifier: 'PSDGB-FCA-123456' },
  }),
  breaks('en319412-3.identifier-differs', 'same', 'organizationName is the identifier.', {
    options: { organizationName: 'psdfr-acpr-12345' },
  }),
  breaks('en319412-3.organization-identifier', 'general', 'A certificate under QNCP-w-gen has no identifier.', {
    kind: 'QWAC',
    options: { policies: ['QNCP-w-gen'], defects: ['missing-organization-identifier'] },
  }),
]

const gen = { policies: ['QNCP-w-gen'], cabfOrganizationIdentifier: false } as const

/** EN 319 412-4. */
export const en3194124Vectors: readonly RuleVector[] = [
  breaks('en319412-4.server-auth', 'client-only', 'extKeyUsage under QNCP-w-gen has clientAuth alone.', {
    kind: 'QWAC',
    options: { ...gen, extendedKeyUsage: ['clientAuth'] },
  }),
  breaks('en319412-4.server-auth', 'missing', 'There is no extKeyUsage under QNCP-w-gen.', {
    kind: 'QWAC',
    options: { ...gen, extendedKeyUsage: [] },
  }),
  breaks('en319412-4.alternative-names', 'missing', 'There is no subjectAltName under QNCP-w-gen.', {
    kind: 'QWAC',
    options: { ...gen, dnsNames: [] },
  }),
  breaks('en319412-4.alternative-names', 'mail', 'subjectAltName under QNCP-w-gen has a mail address.', {
    kind: 'QWAC',
    options: { ...gen, commonName: 'Test PSP' },
    edit: withExtension(id.subjectAltName, sequence(mailName('psp@example.com'))),
  }),
  keeps('en319412-4.common-name', 'person', 'commonName is the name of the PSP, which is no host.', {
    kind: 'QWAC',
    options: { ...gen, commonName: 'Test PSP S.A.' },
  }),
  keeps('en319412-4.common-name', 'other-case', 'commonName is the host in capitals.', {
    kind: 'QWAC',
    options: { ...gen, commonName: 'TPP.Example.Com' },
  }),
  breaks('en319412-4.common-name', 'address', 'commonName is an address that subjectAltName lacks.', {
    kind: 'QWAC',
    options: { ...gen, commonName: '192.0.2.1' },
  }),
  breaks('en319412-4.issuer-identifier', 'missing', 'The issuer of a QWAC has no organizationIdentifier.', {
    kind: 'QWAC',
    edit: withIssuer(
      attribute(id.countryName, 'FR'),
      attribute(id.organizationName, 'Test QTSP (for test only)'),
      attribute(id.commonName, 'TEST ONLY Web CA'),
    ),
  }),
  breaks('en319412-4.identifier-differs', 'both', 'Identifiers of issuer and subject are names.', {
    kind: 'QWAC',
    options: { organizationName: 'PSDFR-ACPR-12345' },
    edit: both(
      withIssuer(
        attribute(id.countryName, 'FR'),
        attribute(id.organizationName, 'Test QTSP'),
        attribute(id.organizationIdentifier, 'Test QTSP'),
        attribute(id.commonName, 'TEST ONLY Web CA'),
      ),
    ),
  }),
]
