import {
  bitString,
  element,
  encodeOid,
  explicit,
  integer,
  nullValue,
  octetString,
  sequence,
  utf8String,
} from '../../../src/der/writer.ts'
import { attribute, contentOf, id, mailName, octets, withExtension, withIssuer } from './edit.ts'
import { breaks, keeps, type RuleVector } from './vector.ts'

const documentation = '1.3.6.1.4.1.32473.1'
const time = (tag: number, digits: string): Uint8Array => element(tag, new TextEncoder().encode(digits))
const UTC_TIME = 0x17
const GENERALIZED_TIME = 0x18

/** RFC 5280 and X.690. */
export const rfc5280Vectors: readonly RuleVector[] = [
  breaks('rfc5280.encoding', 'trailing', 'An octet follows behind the certificate.', {
    patch: (der) => Uint8Array.of(...der, 0),
  }),
  breaks('rfc5280.encoding', 'indefinite', 'The outer length is in the indefinite form.', {
    patch: (der) => Uint8Array.of(0x30, 0x80, ...der.subarray(4), 0, 0),
  }),
  breaks('rfc5280.encoding', 'truncated', 'The last ten octets are cut off.', {
    patch: (der) => der.slice(0, -10),
  }),
  breaks('rfc5280.encoding', 'serial-padded', 'The serial number begins with a superfluous zero octet.', {
    edit: (parts) => {
      parts.serialNumber = element(0x02, Uint8Array.of(0, 1))
    },
  }),
  breaks('rfc5280.encoding', 'set-order', 'Two attributes of one relative distinguished name are not in order.', {
    edit: (parts) => {
      const name = (oid: string, text: string) => sequence(encodeOid(oid), utf8String(text))
      parts.subject = sequence(element(0x31, name(id.organizationName, 'Test PSP'), name(id.commonName, 'Test')))
    },
  }),
  breaks('rfc5280.limits', 'object-identifier', 'An extension has an object identifier of 200 octets.', {
    edit: withExtension(`1.3.6.1.4.1.32473${'.1'.repeat(190)}`, nullValue()),
  }),
  breaks('rfc5280.default-encoded', 'critical-false', 'An extension says critical FALSE.', {
    edit: (parts) => {
      parts.rawExtensions.push(
        sequence(encodeOid(documentation), element(0x01, Uint8Array.of(0)), octetString(nullValue())),
      )
    },
  }),
  breaks('rfc5280.boolean', 'one', 'critical is 01, not FF.', {
    edit: (parts) => {
      parts.rawExtensions.push(
        sequence(encodeOid(documentation), element(0x01, Uint8Array.of(1)), octetString(nullValue())),
      )
    },
  }),
  breaks('rfc5280.boolean', 'two-octets', 'critical has two octets.', {
    edit: (parts) => {
      parts.rawExtensions.push(
        sequence(encodeOid(documentation), element(0x01, Uint8Array.of(0xff, 0xff)), octetString(nullValue())),
      )
    },
  }),
  breaks('rfc5280.version', 'v1', 'The certificate is v1, and so without extensions.', {
    edit: (parts) => {
      parts.version = new Uint8Array()
      parts.extensions = []
    },
  }),
  breaks('rfc5280.version', 'v1-extensions', 'The certificate is v1 and has extensions.', {
    edit: (parts) => {
      parts.version = new Uint8Array()
    },
  }),
  breaks('rfc5280.version', 'v4', 'The version is 3, which would be v4.', {
    edit: (parts) => {
      parts.version = explicit(0, integer(3))
    },
  }),
  breaks('rfc5280.serial-number', 'zero', 'The serial number is zero, and the version v3.', {
    edit: (parts) => {
      parts.serialNumber = integer(0)
    },
  }),
  breaks('rfc5280.signature-algorithm', 'other', 'The algorithm beside the signature is SHA-384, inside SHA-256.', {
    edit: (parts) => {
      parts.outerSignature = sequence(encodeOid('1.2.840.113549.1.1.12'), nullValue())
    },
  }),
  breaks('rfc5280.issuer', 'empty', 'The issuer is an empty name.', { edit: withIssuer() }),
  breaks('rfc5280.time', 'generalized', 'notBefore is GeneralizedTime, though before 2050.', {
    edit: (parts) => {
      parts.validity = sequence(time(GENERALIZED_TIME, '20260101000000Z'), time(UTC_TIME, '271231235959Z'))
    },
  }),
  breaks('rfc5280.time', 'without-seconds', 'notBefore has no seconds.', {
    edit: (parts) => {
      parts.validity = sequence(time(UTC_TIME, '2601010000Z'), time(UTC_TIME, '271231235959Z'))
    },
  }),
  breaks('rfc5280.time', 'no-such-day', 'notAfter is on the 31st of June.', {
    edit: (parts) => {
      parts.validity = sequence(time(UTC_TIME, '260101000000Z'), time(UTC_TIME, '270631000000Z'))
    },
  }),
  breaks('rfc5280.subject', 'empty', 'The subject is an empty name.', {
    edit: (parts) => {
      parts.subject = sequence()
    },
  }),
  breaks(
    'rfc5280.subject',
    'empty-alternative',
    'The subject is an empty name; a critical subjectAltName has a name.',
    {
      edit: (parts) => {
        parts.subject = sequence()
        withExtension(id.subjectAltName, sequence(mailName('psp@example.com')), true)(parts)
      },
    },
  ),
  breaks('rfc5280.relative-names', 'empty', 'A relative distinguished name of the subject has no attribute.', {
    edit: (parts) => {
      parts.subject = sequence(element(0x31), contentOf(parts.subject))
    },
  }),
  breaks('rfc5280.name-strings', 'country-lower-case-word', 'countryName is a UTF8String of a whole word.', {
    change: (plan) => {
      plan.subject = plan.subject.map((kept) =>
        kept.type === id.countryName ? { ...kept, string: 'UTF8String', text: 'France' } : kept,
      )
    },
  }),
  breaks('rfc5280.name-strings', 'empty', 'organizationalUnitName is empty.', {
    change: (plan) => {
      plan.subject.push({ type: '2.5.4.11', string: 'UTF8String', text: '' })
    },
  }),
  keeps('rfc5280.name-strings', 'issuer-teletex', 'A name of the issuer is a TeletexString, as in its certificate.', {
    edit: withIssuer(
      attribute(id.countryName, 'FR'),
      { type: id.organizationName, string: 'TeletexString', text: 'Test QTSP' },
      attribute(id.organizationIdentifier, 'NTRFR-000000000'),
      attribute(id.commonName, 'TEST ONLY Seal CA'),
    ),
  }),
  breaks('rfc5280.string-characters', 'printable', 'countryName has a character that PrintableString lacks.', {
    edit: (parts) => {
      parts.subject = sequence(
        element(0x31, sequence(encodeOid(id.countryName), element(0x13, new TextEncoder().encode('F@')))),
      )
    },
  }),
  breaks('rfc5280.string-characters', 'utf8', 'organizationName is no UTF-8.', {
    edit: (parts) => {
      parts.subject = sequence(
        element(0x31, sequence(encodeOid(id.organizationName), element(0x0c, Uint8Array.of(0x41, 0xff)))),
      )
    },
  }),
  breaks('rfc5280.unique-identifiers', 'subject', 'There is a subjectUniqueID.', {
    edit: (parts) => {
      parts.uniqueIds.push(element(0x82, Uint8Array.of(0, 1)))
    },
  }),
  breaks('rfc5280.extension-values', 'key-identifier', 'The value of subjectKeyIdentifier is a BIT STRING.', {
    edit: withExtension('2.5.29.14', bitString(Uint8Array.of(1, 2, 3))),
  }),
  breaks('rfc5280.extension-values', 'no-policies', 'certificatePolicies is an empty list.', {
    edit: withExtension(id.certificatePolicies, sequence()),
  }),
  breaks('rfc5280.extension-values', 'two-faults', 'A policy occurs twice, and an address has three octets.', {
    kind: 'QWAC',
    change: (plan) => {
      plan.policies.push('0.4.0.194112.1.4')
    },
    edit: withExtension(
      id.subjectAltName,
      sequence(element(0x82, new TextEncoder().encode('tpp.example.com')), element(0x87, Uint8Array.of(1, 2, 3))),
    ),
  }),
  breaks('rfc5280.critical-unknown', 'web', 'A QWAC has an extension that nobody knows, marked critical.', {
    kind: 'QWAC',
    options: { defects: ['unknown-critical-extension'] },
  }),
  breaks('rfc5280.key-usage-bits', 'trailing-zeros', 'keyUsage counts no unused bits behind nonRepudiation.', {
    edit: withExtension(id.keyUsage, bitString(Uint8Array.of(0x40)), true),
  }),
  breaks('rfc5280.key-usage-bits', 'none', 'keyUsage has no bit set.', {
    edit: withExtension(id.keyUsage, bitString(new Uint8Array()), true),
  }),
  breaks('rfc5280.leaf', 'path-length', 'basicConstraints has a pathLenConstraint without cA.', {
    edit: withExtension('2.5.29.19', sequence(integer(0)), true),
  }),
  breaks('rfc5280.name-constraints', 'leaf', 'A seal certificate has nameConstraints.', {
    edit: withExtension(
      '2.5.29.30',
      sequence(explicit(0, sequence(element(0x82, new TextEncoder().encode('example.com'))))),
      true,
    ),
  }),
  breaks('rfc5280.control-characters', 'line-end', 'organizationalUnitName has a line end.', {
    change: (plan) => {
      plan.subject.push({ type: '2.5.4.11', string: 'UTF8String', text: 'one\ntwo' })
    },
  }),
  breaks('rfc3739.syntax', 'octets', 'The value of qcStatements is an OCTET STRING.', {
    edit: withExtension(id.qcStatements, octets(1, 2)),
  }),
]
