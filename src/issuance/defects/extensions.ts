import { nullValue } from '../../der/writer.ts'
import { oid } from '../oids.ts'
import { both, type Defect, sealOnly, webOnly } from './defect.ts'

const clientAuth = '1.3.6.1.5.5.7.3.2'

/** Mistakes in key usage and in the other extensions of RFC 5280. */
export const extensionDefects = {
  'missing-key-usage': {
    says: 'There is no keyUsage.',
    kinds: both,
    requirement: 'EN319412-2:NAT-4.3.2-1-ku-present',
    change: (plan) => {
      plan.keyUsage = []
    },
  },
  'seal-key-cert-sign': {
    says: 'keyUsage of a seal certificate has keyCertSign besides its own bits.',
    kinds: sealOnly,
    requirement: 'EN319412-2:NAT-4.3.2-1-ku-present',
    change: (plan) => {
      plan.keyUsage = [...plan.keyUsage, 'keyCertSign']
    },
  },
  'seal-without-non-repudiation': {
    says: 'keyUsage of a seal certificate is digitalSignature alone.',
    kinds: sealOnly,
    requirement: 'EN319412-3:LEG-4.3.1-3-ku-seal',
    change: (plan) => {
      plan.keyUsage = ['digitalSignature']
    },
  },
  'leaf-is-ca': {
    says: 'basicConstraints says that the leaf is an authority.',
    kinds: both,
    requirement: 'RFC5280:4.2.1.9-leaf',
    change: (plan) => {
      plan.basicConstraints = 'ca'
    },
  },
  'missing-eku': {
    says: 'A QWAC has no extendedKeyUsage.',
    kinds: webOnly,
    requirement: 'BR:7.1.2.7-eku',
    change: (plan) => {
      plan.extendedKeyUsage = []
    },
  },
  'qwac-without-client-auth': {
    says: 'extendedKeyUsage lacks clientAuth, which a TPP needs for mutual TLS.',
    kinds: webOnly,
    requirement: 'PSD2:eku-client',
    change: (plan) => {
      plan.extendedKeyUsage = plan.extendedKeyUsage.filter((purpose) => purpose !== clientAuth)
    },
  },
  'any-extended-key-usage': {
    says: 'extendedKeyUsage also has anyExtendedKeyUsage.',
    kinds: both,
    requirement: 'BR:7.1.2.7-eku',
    change: (plan) => {
      plan.extendedKeyUsage = [...plan.extendedKeyUsage, '2.5.29.37.0']
    },
  },
  'missing-san': {
    says: 'A QWAC has no subjectAltName.',
    kinds: webOnly,
    requirement: 'BR:7.1.2.7-san',
    change: (plan) => {
      plan.dnsNames = []
    },
  },
  'common-name-not-in-san': {
    says: 'commonName is a host name that subjectAltName does not have.',
    kinds: webOnly,
    requirement: 'EN319412-4:WEB-4.1.3-4-cn',
    change: (plan) => {
      const named = plan.subject.filter(({ type }) => type !== oid.commonName)
      plan.subject = [...named, { type: oid.commonName, string: 'UTF8String', text: 'other.example.net' }]
    },
  },
  'unknown-critical-extension': {
    says: 'An extension that nobody knows, 1.3.6.1.4.1.32473.1, is marked critical.',
    kinds: both,
    requirement: 'EN319412-2:GEN-4.1-2-criticality',
    change: (plan) => {
      // 32473 is the enterprise number for documentation (RFC 5612).
      plan.added.push({ oid: '1.3.6.1.4.1.32473.1', critical: true, value: nullValue() })
    },
  },
  'missing-aki': {
    says: 'There is no authorityKeyIdentifier.',
    kinds: both,
    requirement: 'EN319412-2:GEN-4.3.1-1-aki',
    change: (plan) => {
      plan.omitted.add(oid.authorityKeyIdentifier)
    },
  },
  'missing-crldp-and-ocsp': {
    says: 'There is neither cRLDistributionPoints nor an OCSP location; authorityInfoAccess keeps caIssuers.',
    kinds: both,
    requirement: 'EN319412-2:GEN-4.3.11-2-crldp',
    change: (plan) => {
      plan.omitted.add(oid.crlDistributionPoints)
      plan.withOcsp = false
    },
  },
  'missing-aia': {
    says: 'There is no authorityInfoAccess.',
    kinds: both,
    requirement: 'EN319412-2:GEN-4.4.1-2-aia',
    change: (plan) => {
      plan.omitted.add(oid.authorityInfoAccess)
    },
  },
  'missing-certificate-policies': {
    says: 'There is no certificatePolicies.',
    kinds: both,
    requirement: 'EN319412-2:GEN-4.3.3-2-cp-present',
    change: (plan) => {
      plan.policies = []
    },
  },
} as const satisfies Record<string, Defect>
