import type { CodeInfo } from '../../core/codes.ts'

/**
 * Everything that an answer about revocation can say, one code for each: why a source counts, and why it does not. What does
 * not count leads to `unknown`, never to `good`.
 */
export const revocationCodes = {
  REVOCATION_CRL_GOOD: rfc5280(
    'note',
    '6.3.3',
    'a current list of the issuer does not have the certificate',
    'nothing is to be done',
  ),
  REVOCATION_CRL_REVOKED: rfc5280('refuse', '6.3.3', 'a list of the issuer has the certificate', 'do not accept it'),
  REVOCATION_CRL_SOME_REASONS: rfc5280(
    'note',
    '6.3.3',
    'the lists do not have the certificate, but do not cover every reason',
    'give the lists of the other reasons too',
  ),
  REVOCATION_CRL_UNREADABLE: rfc5280('refuse', '5.1', 'the list cannot be read', 'fetch it again, as DER'),
  REVOCATION_CRL_OTHER_ISSUER: rfc5280(
    'refuse',
    '6.3.3',
    'the list is of another issuer',
    'give the list that the distribution point of the certificate names',
  ),
  REVOCATION_CRL_OTHER_KEY: rfc5280(
    'refuse',
    '5.2.1',
    'the list was signed with another key of the issuer',
    'give the list that belongs to the key which signed the certificate',
  ),
  REVOCATION_CRL_KEY_USAGE: rfc5280(
    'refuse',
    '6.3.3',
    'the issuer may not sign lists: its keyUsage has no cRLSign',
    'no list of this key counts',
  ),
  REVOCATION_CRL_SIGNATURE: rfc5280('refuse', '6.3.3', 'the signature of the list is wrong', 'fetch it again'),
  REVOCATION_CRL_ALGORITHM: rfc5280(
    'refuse',
    '5.1.1.2',
    'the list is signed by an algorithm or a key that is not accepted',
    'ask the issuer for lists signed with SHA-256 or better',
  ),
  REVOCATION_CRL_NOT_YET: rfc5280(
    'refuse',
    '5.1.2.4',
    'the list was issued after the instant that is asked about',
    'give the list of that time, and check the clock',
  ),
  REVOCATION_CRL_EXPIRED: rfc5280(
    'refuse',
    '5.1.2.5',
    'a newer list is due since nextUpdate',
    'fetch the current list',
  ),
  REVOCATION_CRL_NO_NEXT_UPDATE: rfc5280(
    'refuse',
    '5.1.2.5',
    'the list does not say when the next one is due',
    'ask the issuer for lists with nextUpdate',
  ),
  REVOCATION_CRL_SCOPE: rfc5280(
    'refuse',
    '6.3.3',
    'the list is about another kind of certificate',
    'give the list that covers this kind',
  ),
  REVOCATION_CRL_DISTRIBUTION_POINT: rfc5280(
    'refuse',
    '6.3.3',
    'the list is of a distribution point that the certificate does not name',
    'give the list that the distribution point of the certificate names',
  ),
  REVOCATION_CRL_DELTA: rfc5280(
    'refuse',
    '5.2.4',
    'this is a delta list, which tells changes only',
    'give the complete list',
  ),
  REVOCATION_CRL_INDIRECT: rfc5280(
    'refuse',
    '5.2.5',
    'this is an indirect list of an issuer that was not named as trusted for it',
    'name its certificate in crlIssuers where it may speak for the issuer',
  ),
  REVOCATION_CRL_CRITICAL_EXTENSION: rfc5280(
    'refuse',
    '5.2',
    'the list has a critical extension that is not known here',
    'the list cannot be used',
  ),
  REVOCATION_CRL_REMOVED: rfc5280(
    'refuse',
    '5.3.1',
    'a complete list has an entry with removeFromCRL, which only a delta list can have',
    'ask the issuer which of the two holds',
  ),

  REVOCATION_OCSP_GOOD: rfc6960('note', '2.2', 'a current response of the issuer says good', 'nothing is to be done'),
  REVOCATION_OCSP_REVOKED: rfc6960('refuse', '2.2', 'a response of the issuer says revoked', 'do not accept it'),
  REVOCATION_OCSP_UNKNOWN: rfc6960(
    'refuse',
    '2.2',
    'the responder does not know the certificate',
    'ask another responder, or use the list',
  ),
  REVOCATION_OCSP_UNREADABLE: rfc6960('refuse', '4.2.1', 'the response cannot be read', 'ask again'),
  REVOCATION_OCSP_STATUS: rfc6960(
    'refuse',
    '2.3',
    'the responder gave an error, which nobody signed',
    'ask again later, or use the list',
  ),
  REVOCATION_OCSP_TYPE: rfc6960('refuse', '4.2.1', 'the response is of a type that is not known here', 'ask for basic'),
  REVOCATION_OCSP_OTHER_CERTIFICATE: rfc6960(
    'refuse',
    '3.2',
    'the response is about another certificate, or another issuer',
    'ask about this certificate',
  ),
  REVOCATION_OCSP_CONFLICT: rfc6960(
    'refuse',
    '4.2.1',
    'the response says different things about one certificate',
    'ask again, about one certificate',
  ),
  REVOCATION_OCSP_RESPONDER: rfc6960(
    'refuse',
    '4.2.2.2',
    'the responder is neither the issuer nor one that the issuer authorised',
    'ask the responder that the certificate names',
  ),
  REVOCATION_OCSP_RESPONDER_PURPOSE: rfc6960(
    'refuse',
    '4.2.2.2',
    'the certificate of the responder is not for OCSPSigning',
    'the response cannot be used',
  ),
  REVOCATION_OCSP_RESPONDER_VALIDITY: rfc6960(
    'refuse',
    '4.2.2.2',
    'the certificate of the responder is not valid at that instant',
    'ask again',
  ),
  REVOCATION_OCSP_RESPONDER_REVOCATION: rfc6960(
    'refuse',
    '4.2.2.2.1',
    'whether the responder itself is revoked cannot be told: its certificate has no id-pkix-ocsp-nocheck',
    'give the list of the issuer too',
  ),
  REVOCATION_OCSP_RESPONDER_REVOKED: rfc6960('refuse', '4.2.2.2.1', 'the responder is revoked', 'use the list'),
  REVOCATION_OCSP_SIGNATURE: rfc6960('refuse', '3.2', 'the signature of the response is wrong', 'ask again'),
  REVOCATION_OCSP_ALGORITHM: rfc6960(
    'refuse',
    '4.3',
    'the response is signed by an algorithm or a key that is not accepted',
    'ask the issuer for responses signed with SHA-256 or better',
  ),
  REVOCATION_OCSP_NONCE: {
    leniency: 'refuse',
    document: 'RFC 9654',
    clause: '2.1',
    says: 'the response does not have the nonce of the request',
    mend: 'ask again; a responder that gives prepared responses has no nonce: ask it without',
  },
  REVOCATION_OCSP_NOT_YET: rfc6960(
    'refuse',
    '3.2',
    'the response is from after the instant that is asked about',
    'give a response of that time, and check the clock',
  ),
  REVOCATION_OCSP_EXPIRED: rfc6960('refuse', '3.2', 'the response is out of date', 'ask again'),
  REVOCATION_OCSP_CRITICAL_EXTENSION: rfc6960(
    'refuse',
    '4.4',
    'the response has a critical extension that is not known here',
    'the response cannot be used',
  ),

  REVOCATION_NOT_AVAILABLE: {
    leniency: 'note',
    document: 'RFC 9608',
    clause: '4',
    says: 'the issuer says that it publishes nothing on the revocation of this certificate (noRevAvail)',
    mend: 'nothing is to be done',
  },
  REVOCATION_NOT_AVAILABLE_CONTRADICTED: {
    leniency: 'refuse',
    document: 'RFC 9608',
    clause: '3',
    says: 'noRevAvail stands in a certificate that is a CA or names a list or a responder',
    mend: 'have the certificate issued again',
  },
  REVOCATION_SHORT_TERM: {
    leniency: 'note',
    document: 'ETSI EN 319 412-1',
    clause: '5.2',
    says: 'the issuer assures the validity of this short-term certificate',
    mend: 'nothing is to be done',
  },
  REVOCATION_SHORT_TERM_TOO_LONG: {
    leniency: 'refuse',
    document: 'ETSI EN 319 412-1',
    clause: '5.2',
    says: 'the certificate says that it is short-term, and lives longer than that',
    mend: 'give a list or a response',
  },
  REVOCATION_CERTIFICATE_EXPIRED: rfc5280(
    'refuse',
    '5.3',
    'the certificate had expired when the source was made: issuers may drop it from then on',
    'give a list or a response from while it was valid',
  ),
  REVOCATION_ISSUER: rfc5280(
    'refuse',
    '6.1.3',
    'the issuer that was given is not the one that the certificate names',
    'give the certificate of its issuer',
  ),
  REVOCATION_NO_SOURCE: rfc5280(
    'refuse',
    '6.3',
    'there is neither a list nor a response for the certificate',
    'give crls or ocspResponses, or a fetcher',
  ),
  REVOCATION_FETCH_FAILED: rfc5280('refuse', '6.3', 'fetching failed', 'check the network, and try again'),
  REVOCATION_FETCH_ADDRESS: rfc5280(
    'refuse',
    '8',
    'the address in the certificate is none that may be fetched',
    'give the list or the response itself',
  ),
} as const satisfies Record<string, CodeInfo>

export type RevocationCode = keyof typeof revocationCodes

function rfc5280(leniency: 'note' | 'refuse', clause: string, says: string, mend: string): CodeInfo {
  return { leniency, document: 'RFC 5280', clause, says, mend }
}

function rfc6960(leniency: 'note' | 'refuse', clause: string, says: string, mend: string): CodeInfo {
  return { leniency, document: 'RFC 6960', clause, says, mend }
}
