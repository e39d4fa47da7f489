import {
  encodeOid,
  explicit,
  implicit,
  integer,
  nullValue,
  printableString,
  sequence,
  setOf,
} from '../../../src/der/writer.ts'
import { encodeExtension } from '../../../src/issuance/extensions.ts'
import { uriName } from '../../../src/issuance/qc-statements.ts'
import type { SubjectAttribute } from '../../../src/issuance/subject.ts'
import {
  attribute,
  both,
  critical,
  id,
  infoAccess,
  mailName,
  withExtension,
  withIssuer,
  withoutExtension,
} from './edit.ts'
import { breaks, concernsNot, holdsNotThen, keeps, type RuleVector } from './vector.ts'

const country = attribute(id.countryName, 'FR')
const organization = attribute(id.organizationName, 'Test QTSP (for test only)')
const identifier = attribute(id.organizationIdentifier, 'NTRFR-000000000')
const commonName = attribute(id.commonName, 'TEST ONLY Seal CA')

const withoutRevocation = both(
  withoutExtension(id.crlDistributionPoints),
  withExtension(id.authorityInfoAccess, infoAccess(['caIssuers', 'http://pki.example.com/seal-ca.cer'])),
)
const assured = withExtension(id.validityAssured, nullValue())

const surname = attribute('2.5.4.4', 'Dupont')
const givenName = attribute('2.5.4.42', 'Jeanne')
const pseudonym = attribute('2.5.4.65', 'Marianne')

/** A certificate for signatures, of a person with the names given. */
function person(...names: readonly SubjectAttribute[]): Pick<RuleVector, 'options' | 'change'> {
  return {
    options: {
      qcTypes: ['esign'],
      policies: ['QCP-n'],
      organizationIdentifier: false,
      organizationName: false,
      ncaId: 'FR-ACPR',
      commonName: 'Jeanne Dupont',
      semanticsIdentifier: false,
    },
    change: (plan) => {
      plan.qc.psd2 = []
      plan.subject.push(...names)
    },
  }
}

/** EN 319 412-2. */
export const en3194122Vectors: readonly RuleVector[] = [
  breaks('en319412-2.signature-algorithm', 'sha1', 'The certificate says that it is signed with SHA-1.', {
    edit: (parts) => {
      parts.signature = sequence(encodeOid('1.2.840.113549.1.1.5'), nullValue())
    },
  }),
  breaks('en319412-2.issuer-country', 'missing', 'The issuer has no countryName.', {
    edit: withIssuer(organization, identifier, commonName),
  }),
  breaks('en319412-2.issuer-organization', 'missing', 'The issuer has no organizationName.', {
    edit: withIssuer(country, identifier, commonName),
  }),
  breaks('en319412-2.issuer-common-name', 'missing', 'The issuer has no commonName.', {
    edit: withIssuer(country, organization, identifier),
  }),
  breaks('en319412-2.issuer-identifier', 'missing', 'The issuer has no organizationIdentifier.', {
    edit: withIssuer(country, organization, commonName),
  }),
  breaks('en319412-2.issuer-single', 'two-names', 'The issuer has two commonNames and two countries.', {
    edit: withIssuer(country, country, organization, identifier, commonName, commonName),
  }),
  breaks('en319412-2.issuer-identifier-differs', 'same', 'The identifier of the issuer is its name, in other case.', {
    edit: withIssuer(country, organization, { ...identifier, text: 'TEST QTSP (FOR TEST ONLY)' }, commonName),
  }),
  breaks('en319412-2.criticality', 'key-identifier', 'authorityKeyIdentifier is critical.', {
    change: critical(id.authorityKeyIdentifier),
  }),
  breaks('en319412-2.policies-critical', 'seal', 'certificatePolicies is critical.', {
    change: critical(id.certificatePolicies),
  }),
  breaks('en319412-2.alternative-name-critical', 'web', 'subjectAltName is critical beside a subject.', {
    kind: 'QWAC',
    change: critical(id.subjectAltName),
  }),
  breaks('en319412-2.issuer-alternative-name-critical', 'seal', 'issuerAltName is critical.', {
    edit: withExtension(id.issuerAltName, sequence(mailName('ca@example.com')), true),
  }),
  keeps('en319412-2.issuer-alternative-name-critical', 'not', 'issuerAltName is there and not critical.', {
    edit: withExtension(id.issuerAltName, sequence(mailName('ca@example.com'))),
  }),
  breaks('en319412-2.extended-key-usage-critical', 'web', 'extKeyUsage of a QWAC is critical.', {
    kind: 'QWAC',
    change: critical(id.extendedKeyUsage),
  }),
  concernsNot(
    'en319412-2.extended-key-usage-critical',
    'time-stamping',
    'extKeyUsage is timeStamping alone and critical, as RFC 3161 wants it.',
    { options: { extendedKeyUsage: ['timeStamping'] }, change: critical(id.extendedKeyUsage) },
  ),
  breaks('en319412-2.crl-critical', 'seal', 'cRLDistributionPoints is critical.', {
    change: critical(id.crlDistributionPoints),
  }),
  breaks(
    'en319412-2.authority-key-identifier',
    'without-identifier',
    'authorityKeyIdentifier has a serial number alone.',
    {
      edit: withExtension(id.authorityKeyIdentifier, sequence(implicit(2, Uint8Array.of(1)))),
    },
  ),
  breaks('en319412-2.key-usage', 'data-encipherment', 'keyUsage of a seal is dataEncipherment.', {
    options: { keyUsage: ['dataEncipherment'] },
  }),
  breaks(
    'en319412-2.key-usage-unmixed',
    'general',
    'keyUsage under QNCP-w-gen is digitalSignature and keyEncipherment.',
    {
      kind: 'QWAC',
      options: { policies: ['QNCP-w-gen'], keyUsage: ['digitalSignature', 'keyEncipherment'] },
    },
  ),
  breaks('en319412-2.policy-mappings', 'seal', 'A seal certificate has policyMappings.', {
    edit: withExtension(
      '2.5.29.33',
      sequence(sequence(encodeOid('1.3.6.1.4.1.32473.3'), encodeOid('0.4.0.194112.1.1'))),
      true,
    ),
  }),
  breaks('en319412-2.policy-constraints', 'seal', 'A seal certificate has policyConstraints.', {
    edit: withExtension('2.5.29.36', sequence(implicit(0, Uint8Array.of(0))), true),
  }),
  breaks('en319412-2.inhibit-any-policy', 'seal', 'A seal certificate has inhibitAnyPolicy.', {
    edit: withExtension('2.5.29.54', integer(0), true),
  }),
  breaks('en319412-2.directory-attributes', 'country', 'subjectDirectoryAttributes holds a countryName.', {
    edit: withExtension('2.5.29.9', sequence(sequence(encodeOid(id.countryName), setOf(printableString('FR'))))),
  }),
  keeps('en319412-2.directory-attributes', 'title', 'subjectDirectoryAttributes holds a countryOfResidence.', {
    edit: withExtension('2.5.29.9', sequence(sequence(encodeOid('1.3.6.1.5.5.7.9.5'), setOf(printableString('FR'))))),
  }),
  breaks('en319412-2.crl-location', 'ocsp-ldap', 'There is no CRL, and OCSP is under ldap alone.', {
    edit: both(
      withoutExtension(id.crlDistributionPoints),
      withExtension(
        id.authorityInfoAccess,
        infoAccess(['ocsp', 'ldap://pki.example.com/ocsp'], ['caIssuers', 'http://pki.example.com/seal-ca.cer']),
      ),
    ),
  }),
  concernsNot('en319412-2.crl-location', 'responder', 'An OCSP responder has ocsp-nocheck and no CRL.', {
    options: { extendedKeyUsage: ['OCSPSigning'] },
    edit: both(withoutRevocation, withExtension('1.3.6.1.5.5.7.48.1.5', nullValue())),
  }),
  keeps('en319412-2.ocsp-needed', 'ocsp', 'There is no CRL, and an OCSP location.', {
    edit: withoutExtension(id.crlDistributionPoints),
  }),
  keeps('en319412-2.no-revocation', 'said', 'A validity-assured certificate has noRevAvail.', {
    edit: both(withoutRevocation, assured, withExtension(id.noRevAvail, nullValue())),
  }),
  breaks('en319412-2.no-revocation', 'unsaid', 'A validity-assured certificate has neither CRL nor noRevAvail.', {
    edit: both(withoutRevocation, assured),
  }),
  holdsNotThen('en319412-2.no-revocation', 'before', 'The same, from before the clause.', {
    options: { notBefore: new Date('2025-05-01T00:00:00Z') },
    edit: both(withoutRevocation, assured),
  }),
  breaks('en319412-2.crl-scheme', 'ftp', 'The only distribution point is under ftp.', {
    edit: withExtension(
      id.crlDistributionPoints,
      encodeExtension.crlDistributionPoints('ftp://pki.example.com/ca.crl'),
    ),
  }),
  keeps('en319412-2.crl-scheme', 'ldap', 'One distribution point is under ftp, one under LDAP in capitals.', {
    edit: withExtension(
      id.crlDistributionPoints,
      sequence(
        ...['ftp://pki.example.com/ca.crl', 'LDAP://pki.example.com/cn=CA'].map((uri) =>
          sequence(explicit(0, explicit(0, uriName(uri)))),
        ),
      ),
    ),
  }),
  breaks('en319412-2.ca-issuers', 'missing', 'authorityInfoAccess has OCSP alone.', {
    edit: withExtension(id.authorityInfoAccess, infoAccess(['ocsp', 'http://pki.example.com/ocsp'])),
  }),
  breaks('en319412-2.ca-issuers-http', 'ldap', 'The certificate of the issuer is under ldap and ftp.', {
    edit: withExtension(
      id.authorityInfoAccess,
      infoAccess(
        ['caIssuers', 'ldap://pki.example.com/cn=CA'],
        ['ocsp', 'http://pki.example.com/ocsp'],
        ['caIssuers', 'ftp://pki.example.com/ca.cer'],
      ),
    ),
  }),
  breaks('en319412-2.ocsp-http', 'ldap', 'The OCSP location is under ldap.', {
    edit: withExtension(
      id.authorityInfoAccess,
      infoAccess(['ocsp', 'ldap://pki.example.com/ocsp'], ['caIssuers', 'http://pki.example.com/seal-ca.cer']),
    ),
  }),
  breaks('en319412-2.policy-consistent', 'two', 'A seal has QCP-l and QCP-l-qscd, and QcSSCD.', {
    options: { policies: ['QCP-l', 'QCP-l-qscd'], qcSscd: true },
  }),
  keeps('en319412-2.natural-name', 'name', 'A person with surname and givenName.', person(surname, givenName)),
  breaks('en319412-2.natural-name', 'missing', 'A person without any name of her own.', person()),
  breaks('en319412-2.natural-single', 'twice', 'A person with two countries and two commonNames.', {
    ...person(surname, country, attribute(id.commonName, 'J. Dupont')),
  }),
  keeps('en319412-2.natural-pseudonym', 'alone', 'A person with a pseudonym alone.', person(pseudonym)),
  breaks(
    'en319412-2.natural-pseudonym',
    'beside',
    'A person with a pseudonym and a surname.',
    person(pseudonym, surname),
  ),
  breaks('en319412-2.key-usage', 'signature-only', 'A certificate for signatures with digitalSignature alone.', {
    options: { ...person().options, keyUsage: ['digitalSignature'] },
    change: person(surname).change ?? (() => {}),
  }),
]
