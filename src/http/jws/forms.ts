export type JwsName = 'obie-jws' | 'obie-jws-raw'

/** What a detached JWS over a body has to say in its header, as one scheme wants it. */
export interface JwsForm {
  readonly name: JwsName
  /** How the body stands in what is signed: base64url (RFC 7515), or as it is (RFC 7797), which `b64` then says. */
  readonly payload: 'base64url' | 'raw'
  /** Header members for the time of signing, for who signs, and for whose register knows the key. */
  readonly claims: { readonly issuedAt: string; readonly issuer: string; readonly trustAnchor: string }
  /** The only value of the trust anchor. */
  readonly trustAnchor: string
}

const openBankingUk = {
  claims: {
    issuedAt: 'http://openbanking.org.uk/iat',
    issuer: 'http://openbanking.org.uk/iss',
    trustAnchor: 'http://openbanking.org.uk/tan',
  },
  trustAnchor: 'openbanking.org.uk',
} as const

/** Open Banking UK Read/Write API: from 3.1.4 the body is base64url, before that it stood as it is. */
export const jwsForms: Readonly<Record<JwsName, JwsForm>> = {
  'obie-jws': { name: 'obie-jws', payload: 'base64url', ...openBankingUk },
  'obie-jws-raw': { name: 'obie-jws-raw', payload: 'raw', ...openBankingUk },
}

/** Every member that the header must name in `crit`, and no other. */
export function criticalOf({ claims, payload }: JwsForm): readonly string[] {
  return [...(payload === 'raw' ? ['b64'] : []), claims.issuedAt, claims.issuer, claims.trustAnchor]
}
