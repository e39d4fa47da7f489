import { encodeOid, sequence } from '../../../src/der/writer.ts'
import { id, mailName, statement, withStatement } from './edit.ts'
import { breaks, keeps, type RuleVector } from './vector.ts'

const italian = { organizationIdentifier: 'IT:IT-12345678901', ncaId: 'IT-BI', countryName: 'IT' }
const eidas = { semanticsIdentifier: 'SemanticsId-eIDASLegal', ncaId: 'FR-ACPR' } as const

/** A certificate for signatures, of a person with a serialNumber. */
function person(semanticsIdentifier: string, subjectSerialNumber: string): Pick<RuleVector, 'options' | 'change'> {
  return {
    options: {
      qcTypes: ['esign'],
      policies: ['QCP-n'],
      organizationIdentifier: false,
      organizationName: false,
      ncaId: 'FR-ACPR',
      commonName: 'Jeanne Dupont',
      semanticsIdentifier,
      subjectSerialNumber,
    },
    change: (plan) => {
      plan.qc.psd2 = []
      plan.subject.push({ type: '2.5.4.4', text: 'Dupont', string: 'UTF8String' })
    },
  }
}

const natural = 'SemanticsId-Natural'
const eidasNatural = 'SemanticsId-eIDASNatural'

/** RFC 3739 and EN 319 412-1. */
export const en3194121Vectors: readonly RuleVector[] = [
  breaks('rfc3739.syntax-v1', 'old', 'pkixQCSyntax-v1 stands beside the other statements.', {
    edit: withStatement(statement('1.3.6.1.5.5.7.11.1')),
  }),
  breaks('rfc3739.semantics-information', 'empty', 'SemanticsInformation is empty.', {
    options: { semanticsIdentifier: false },
    edit: withStatement(statement('1.3.6.1.5.5.7.11.2', sequence())),
  }),
  breaks('rfc3739.semantics-information', 'object-identifier', 'SemanticsInformation is a bare object identifier.', {
    options: { semanticsIdentifier: false },
    edit: withStatement(statement('1.3.6.1.5.5.7.11.2', encodeOid('0.4.0.194121.1.2'))),
  }),
  keeps('rfc3739.semantics-information', 'none', 'pkixQCSyntax-v2 has no information, as RFC 3739 allows.', {
    options: { semanticsIdentifier: false },
    edit: withStatement(statement('1.3.6.1.5.5.7.11.2')),
  }),
  breaks('en319412-1.natural-semantics', 'seal', 'A seal claims SemanticsId-Natural.', {
    options: { semanticsIdentifier: 'SemanticsId-Natural' },
  }),
  breaks('en319412-1.identifier-format', 'no-country', 'organizationIdentifier is a bare number.', {
    options: { organizationIdentifier: '123456789', ncaId: 'FR-ACPR' },
  }),
  breaks('en319412-1.identifier-subdivision', 'vat', 'A VAT number has a subdivision of the country.', {
    options: { organizationIdentifier: 'VATUS+PA-123456789', ncaId: 'FR-ACPR' },
  }),
  breaks('en319412-1.identifier-lei', 'country', 'A legal entity identifier has the country FR.', {
    options: { organizationIdentifier: 'LEIFR-TEST00PSD2TOOLKIT006', ncaId: 'FR-ACPR' },
  }),
  breaks('en319412-1.registration-authorities', 'missing', 'A national scheme comes without its register.', {
    options: italian,
  }),
  breaks('en319412-1.registration-authorities', 'mail', 'A national scheme comes with a mail address alone.', {
    options: { ...italian, semanticsIdentifier: false },
    edit: withStatement(
      statement(
        '1.3.6.1.5.5.7.11.2',
        sequence(encodeOid('0.4.0.194121.1.2'), sequence(mailName('register@example.com'))),
      ),
    ),
  }),
  breaks('en319412-1.eidas-space', 'space', 'An identifier under SemanticsId-eIDASLegal has a space.', {
    options: { ...eidas, organizationIdentifier: 'FR/DE/123 45' },
  }),
  breaks('en319412-1.eidas-length', 'long', 'An identifier under SemanticsId-eIDASLegal has 260 characters.', {
    options: { ...eidas, organizationIdentifier: `FR/DE/${'1'.repeat(254)}` },
  }),
  breaks('en319412-1.identifier-country', 'unassigned', 'A register number has the country ZZ.', {
    change: (plan) => {
      plan.subject = plan.subject.map((kept) =>
        kept.type === id.organizationIdentifier ? { ...kept, text: 'NTRZZ-12345' } : kept,
      )
    },
  }),
  keeps('en319412-1.natural-identifier', 'personal-number', 'A personal number.', person(natural, 'PNOFR-123456789')),
  breaks('en319412-1.natural-identifier', 'bare', 'serialNumber is a bare number.', person(natural, '123456789')),
  breaks('en319412-1.natural-identifier', 'country', 'The country is ZZ.', person(natural, 'PASZZ-123456789')),
  breaks('en319412-1.natural-registration-authorities', 'missing', 'A national scheme without its register.', {
    ...person(natural, 'XX:FR-123456789'),
  }),
  keeps('en319412-1.natural-registration-authorities', 'there', 'A national scheme with its register.', {
    options: {
      ...person(natural, 'XX:FR-123456789').options,
      nameRegistrationAuthorities: ['https://register.example.com'],
    },
    change: person(natural, '').change ?? (() => {}),
  }),
  keeps(
    'en319412-1.eidas-natural-identifier',
    'there',
    'An eIDAS identifier.',
    person(eidasNatural, 'ES/AT/02635542Y'),
  ),
  breaks(
    'en319412-1.eidas-natural-identifier',
    'hyphens',
    'Hyphens for slashes.',
    person(eidasNatural, 'ES-AT-02635542Y'),
  ),
  breaks(
    'en319412-1.eidas-natural-identifier',
    'country',
    'One country is ZZ.',
    person(eidasNatural, 'ES/ZZ/02635542Y'),
  ),
]
