import type { Profile } from '../profile.ts'

/** What the certificate says of itself decides which rules apply; no bank's own demands. */
export const auto: Profile = {
  name: 'auto',
  title: 'ETSI, RFC 5280 and CA/Browser Forum rules for what the certificate says it is',
  rules: [
    'rfc5280.*',
    'rfc3279.*',
    'rfc3739.*',
    'en319412-1.*',
    'en319412-2.*',
    'en319412-3.*',
    'en319412-4.*',
    'en319412-5.*',
    'ts119495.*',
    'ts119312.*',
    'cabf.*',
    'crypto.rsa-modulus',
    'crypto.rsa-exponent',
    'crypto.rsa-size',
    'crypto.roca',
    'crypto.named-curve',
    'crypto.public-key-form',
    'practice.*',
    'issuer.*',
    'pair.*',
  ],
}
