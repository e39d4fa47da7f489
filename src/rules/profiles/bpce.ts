import type { Citation } from '../../core/citation.ts'
import type { Profile } from '../profile.ts'

const tls: Citation = { document: 'practice', clause: 'what TLS libraries refuse' }
/** A certificate with extKeyUsage is for those purposes alone. */
const purposes: Citation = { document: 'RFC 5280', clause: '4.2.1.12' }
const eligibility: Citation = { document: 'BPCE PSD2 Registration API', clause: 'Eligibility' }

/**
 * What decides at this bank: its own demands, the structure that its TLS and signature libraries read, roles and identifier,
 * keys and what they are for, that the certificate calls itself qualified, dates, trust. Other ETSI rules are the issuer's
 * business: `auto` has them.
 */
export const bpce: Profile = {
  name: 'bpce',
  title: 'what Groupe BPCE takes for registration: one certificate, or a pair of QWAC and QSealC',
  psd2: true,
  rules: [
    'bpce.*',
    'pair.*',
    'rfc5280.*',
    'en319412-2.statements-present',
    'en319412-2.key-usage',
    'en319412-2.criticality',
    'en319412-3.key-usage-seal',
    'en319412-5.compliance',
    'en319412-5.type',
    'en319412-5.type-one',
    'en319412-5.web',
    'en319412-5.eseal',
    'en319412-5.sscd-web',
    'ts119495.*',
    'ts119312.*',
    'cabf.server-auth',
    'cabf.prohibited-purposes',
    'crypto.rsa-modulus',
    'crypto.rsa-exponent',
    'crypto.rsa-size',
    'crypto.roca',
    'crypto.named-curve',
    'crypto.public-key-form',
    'practice.*',
    'issuer.*',
  ],
  overrides: {
    'ts119312.hash': { severity: 'error', citation: tls },
    'ts119312.rsa-modulus': { severity: 'error', citation: tls },
    'practice.client-auth': { severity: 'error', citation: purposes },
    'practice.seal-purposes': { severity: 'error', citation: purposes },
    // bpce.identifier-form demands the same, and as an error.
    'practice.identifier-characters': { severity: 'off', citation: eligibility },
    'ts119495.identifier-form': { severity: 'off', citation: eligibility },
    'ts119495.identifier-form-until-2021': { severity: 'off', citation: eligibility },
    'pair.distinct-keys': { severity: 'error', citation: eligibility },
    'pair.same-roles': { severity: 'error', citation: eligibility },
  },
}
