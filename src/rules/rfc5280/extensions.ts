import { isCommon, isEtsi, mustBeAbsent } from '../applies.ts'
import { extensionPlace } from '../places.ts'
import type { CertificateRule } from '../subject.ts'
import { rfc5280Section, x690Clause } from './citation.ts'

/** RFC 5280 4.2. */
export const extensionTwice: CertificateRule = {
  id: 'rfc5280.extension-twice',
  requirement: 'RFC5280:4.2-dup',
  citation: rfc5280Section('4.2'),
  modal: 'shall',
  grounding: 'C',
  title: 'no extension occurs twice',
  why: 'readers differ in which of the two they take: two banks would see two certificates',
  mend: 'have the certificate issued with each extension once',
  codes: ['X509_EXTENSION_TWICE'],
}

/** RFC 5280 4.2 and the sections of the extensions. */
export const extensionValues: CertificateRule = {
  id: 'rfc5280.extension-values',
  requirement: 'RFC5280:4.1-der',
  citation: rfc5280Section('4.2.1'),
  modal: 'shall',
  grounding: 'C',
  title: 'the value of each extension is what its definition says',
  why: 'software that needs the extension refuses the certificate, or goes on as if the extension were absent',
  mend: 'have the certificate issued with the extension as its section of RFC 5280 defines it',
  codes: [
    'X509_EXTENSIONS_EMPTY',
    'X509_EXTENSION_VALUE',
    'X509_LIST_EMPTY',
    'X509_POLICY_TWICE',
    'X509_POLICY_QUALIFIER',
    'X509_DNS_NAME',
    'X509_IP_ADDRESS',
    'X509_DISTRIBUTION_POINT',
  ],
}

/** RFC 5280 4.2. Where EN 319 412-2 applies, `en319412-2.criticality` says it. */
export const criticalUnknown: CertificateRule = {
  id: 'rfc5280.critical-unknown',
  requirement: 'EN319412-2:GEN-4.1-2-criticality',
  citation: rfc5280Section('4.2'),
  modal: 'shall',
  grounding: 'C',
  title: 'no extension is critical that systems for TLS and signatures do not know',
  why: 'a system must refuse a certificate with a critical extension that it does not know: a bank would',
  mend: 'have the certificate issued with the extension not critical, or without it',
  applies: (subject) => !isCommon(subject),
  codes: ['X509_EXTENSION_CRITICAL_UNKNOWN'],
}

/** X.690 11.2.2 and RFC 5280 4.2.1.3. */
export const keyUsageBits: CertificateRule = {
  id: 'rfc5280.key-usage-bits',
  requirement: 'RFC5280:4.2.1.3-ku-bits',
  citation: x690Clause('11.2.2'),
  modal: 'shall',
  grounding: 'C',
  title: 'keyUsage has at least one bit set and no zero bits at its end',
  why: 'strict readers refuse it, and a keyUsage without bits allows nothing',
  mend: 'have the certificate issued with the bits that the key is for, and nothing after the last of them',
  codes: ['DER_BITS_TRAILING_ZERO', 'X509_KEY_USAGE_EMPTY'],
}

/** RFC 5280 4.2.1.9. */
export const leaf: CertificateRule = {
  id: 'rfc5280.leaf',
  requirement: 'RFC5280:4.2.1.9-leaf',
  citation: rfc5280Section('4.2.1.9'),
  modal: 'shall',
  grounding: 'C',
  title: 'a certificate of a PSP is no authority: basicConstraints absent, or with neither cA nor pathLenConstraint',
  breach: 'the certificate is an authority and could issue others',
  why: 'a PSP with such a certificate could issue certificates in the name of any other',
  mend: 'have the certificate issued without cA and without pathLenConstraint; the authority must be told at once',
  applies: ({ type, psd2 }) => type !== 'CA' || psd2,
  codes: ['X509_PATH_LENGTH'],
  check: ({ extensions: { basicConstraints } }, report) => {
    if (basicConstraints?.decoded?.cA !== true) return
    report(extensionPlace(basicConstraints), { actual: 'cA TRUE', expected: 'cA left out' })
  },
}

/** EN 319 412-2 GEN-4.3.8-1, RFC 5280 4.2.1.10: for authorities only. */
export const nameConstraints: CertificateRule = {
  id: 'rfc5280.name-constraints',
  requirement: 'RFC5280:4.2.1.10-nc',
  citation: { document: 'ETSI EN 319 412-2', clause: 'GEN-4.3.8-1' },
  modal: 'shall',
  grounding: 'A',
  title: 'nameConstraints is not in a leaf certificate',
  why: 'the extension is for authorities: here it says that something went wrong when the certificate was issued',
  mend: 'have the certificate issued without nameConstraints',
  applies: isEtsi,
  check: mustBeAbsent('nameConstraints'),
}
