import { addDays, lastSecond, maximumDays } from '../validity.ts'
import { both, type Defect, webOnly } from './defect.ts'

/** Mistakes in the basic fields: validity, serial number, signature. */
export const certificateDefects = {
  'pss-signature': {
    says: 'The authority signs with RSASSA-PSS, which is sound, but which BPCE refuses; needs an RSA authority.',
    kinds: both,
    requirement: 'BPCE:pss-cert',
    change: (plan) => {
      plan.signatureAlgorithm = 'PS256'
    },
  },
  'sha1-signature': {
    says: 'The authority signs with SHA-1; needs an RSA authority.',
    kinds: both,
    requirement: 'TS119312:hash',
    change: (plan) => {
      plan.signatureAlgorithm = 'RS1'
    },
  },
  expired: {
    says: 'The certificate was valid for ninety days, up to the day before now.',
    kinds: both,
    requirement: 'CA:dates',
    change: (plan) => {
      plan.notBefore = addDays(plan.at, -91)
      plan.notAfter = addDays(plan.at, -1)
    },
  },
  'validity-too-long': {
    says: 'A QWAC is valid for thirty days more than the Baseline Requirements allow at its notBefore.',
    kinds: webOnly,
    requirement: 'BR:6.3.2-validity',
    change: (plan) => {
      plan.notAfter = lastSecond(plan.notBefore, maximumDays(plan.notBefore) + 30)
    },
  },
  'reversed-validity': {
    says: 'notAfter is before notBefore.',
    kinds: both,
    requirement: 'RFC5280:4.1.2.5-order',
    change: (plan) => {
      const { notBefore, notAfter } = plan
      plan.notBefore = notAfter
      plan.notAfter = notBefore
    },
  },
  'negative-serial-number': {
    says: 'The serial number is negative.',
    kinds: both,
    requirement: 'RFC5280:4.1.2.2-serial',
    change: (plan) => {
      plan.serialNumber = -plan.serialNumber
    },
  },
  'long-serial-number': {
    says: 'The serial number has 21 octets.',
    kinds: both,
    requirement: 'RFC5280:4.1.2.2-serial',
    change: (plan) => {
      plan.serialNumber = (1n << 160n) + plan.serialNumber
    },
  },
} as const satisfies Record<string, Defect>
