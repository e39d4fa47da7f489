import type { CodeInfo } from '../core/codes.ts'
import { Psd2Error } from '../core/errors.ts'

/** Everything that the server itself refuses; what the rooms below refuse keeps the code of its room. */
export const serverCodes = {
  CLIENT_CERTIFICATE_MISSING: page(
    'Get the access token',
    'no client certificate was shown',
    'show the QWAC on the TLS connection',
  ),
  CLIENT_CERTIFICATE_KIND: page(
    'Get the access token',
    'the client certificate is not a QWAC',
    'use the QWAC for TLS; the QSealC signs',
  ),
  CLIENT_CERTIFICATE_PSS: page(
    'Limits',
    'the client certificate uses RSASSA-PSS, which the bank refuses',
    'ask the QTSP for a certificate signed with sha256WithRSAEncryption',
  ),
  CLIENT_CERTIFICATE_EXPIRED: rfc(
    'RFC 5280',
    '4.1.2.5',
    'the client certificate is not valid at this time',
    'renew it',
  ),
  CLIENT_CERTIFICATE_IDENTIFIER: page(
    'Eligibility',
    'the client certificate has no organizationIdentifier of the form PSDXX-YYYYYYYY-ZZZZZZZZ',
    'use a PSD2 certificate with the authorization number of the PSP',
  ),
  CERTIFICATE_ISSUER_UNKNOWN: page(
    'Eligibility',
    'the issuer of the certificate is not known here',
    'tell the bank of a new authority or root: loading it takes about two weeks',
  ),
  CERTIFICATE_ISSUER_NOT_GRANTED: page(
    'Eligibility',
    'the trusted lists do not have the issuer of the certificate as qualified for this use',
    'use a certificate of a qualified trust service provider',
  ),
  PSP_NOT_AUTHORISED: page(
    'Eligibility',
    'the EBA register says that the PSP of the certificate is not authorised',
    'ask the competent authority to correct the register',
  ),
  SCOPE_NOT_AUTHORISED: page(
    'Eligibility',
    'the EBA register does not have the PSP with the services of this scope',
    'ask for the scopes of your authorisation, or the competent authority to correct the register',
  ),
  TOKEN_MISSING: page('Get the access token', 'there is no access token', 'send authorization: Bearer <access_token>'),
  TOKEN_SYNTAX: rfc(
    'RFC 6750',
    '2.1',
    'the authorization header is no bearer token',
    'send one header: Bearer <access_token>',
  ),
  TOKEN_UNKNOWN: page(
    'Get the access token',
    'the access token is not valid here',
    'ask for a new one with the same QWAC',
  ),
  TOKEN_EXPIRED: page('Limits', 'the access token is older than an hour', 'ask for a new one'),
  FORM_CONTENT_TYPE: page(
    'Get the access token',
    'the request for a token is no form',
    'send Content-type: application/x-www-form-urlencoded',
  ),
  FORM_SYNTAX: rfc('RFC 6749', '3.2', 'the form cannot be read, or has a parameter twice', 'send each parameter once'),
  GRANT_TYPE: page('Get the access token', 'grant_type is another', 'send grant_type=client_credentials'),
  SCOPE: page('Get the access token', 'scope is another', 'send scope=manageRegistration'),
  CLIENT_ID: page('Get the access token', 'client_id is another', 'send client_id=PSD2_TPPRegister'),
  BODY_CONTENT_TYPE: rfc('RFC 7591', '3.1', 'the body is not announced as JSON', 'send Content-Type: application/json'),
  BODY_UNEXPECTED: page('Extract app data', 'a request without a body has one', 'send none with GET and DELETE'),
  METHOD_NOT_ALLOWED: page('Errors', 'the method is none of those that are described', 'use a method of Allow'),
  RESOURCE_UNKNOWN: page(
    'Errors',
    'there is no such resource',
    'use the client_id that POST /register gave, and its certificates',
  ),
  SEAL_OWNER: page(
    'Get the access token',
    'QWAC, QSealC and provider_legal_id do not name one organisation',
    'use two certificates of one TPP, and its identifier',
  ),
  SEAL_TAKEN: page(
    'Limits',
    'this certificate set has a client already',
    'use another set of certificates for a new client_id',
  ),
  LEGAL_ID_TAKEN: page(
    'Self enroll',
    'client_legal_id is taken',
    'base it on your own identifier, then a serial number',
  ),
  AGENT_SCOPE: page(
    'Self enroll',
    'the scope of the agent goes beyond that of its TPP',
    'use the scope that the application of the TPP has',
  ),
  NAME_TAKEN: page('Self enroll', 'client_name belongs to another organisation', 'register the legal name of the TPP'),
  OWNER_CHANGED: page(
    'Change an app data',
    'kind or identifier of a client cannot be changed',
    'register a new client',
  ),
  CHANGED_MEANWHILE: rfc('RFC 9110', '13.1', 'the registration was changed meanwhile', 'read it and try again'),
  REQUEST_REPLAYED: rfc(
    'RFC 9421',
    '7.2.2',
    'this request was received before',
    'sign every request anew, with its own x-request-id',
  ),
  RATE_LIMIT: rfc('RFC 6585', '4', 'there are too many requests', 'wait as long as Retry-After says'),
  INTERNAL: page('Errors', 'the server failed', 'try again later'),
} as const satisfies Record<string, CodeInfo>

export type ServerCode = keyof typeof serverCodes

function page(clause: string, says: string, mend: string): CodeInfo {
  return rfc('BPCE PSD2 Registration API', clause, says, mend)
}

function rfc(document: string, clause: string, says: string, mend: string): CodeInfo {
  return { leniency: 'refuse', document, clause, says, mend }
}

/** What a refusal may add to its fixed words: nothing that came with the request. */
export interface RefusalDetails {
  readonly cause?: unknown
  /** Which of the two certificates is meant. */
  readonly certificate?: 'QWAC' | 'QSealC' | undefined
  /** A client of whoever is refused. */
  readonly ownClientId?: string | undefined
}

/** An error whose message says nothing of what was received. */
export function serverError(code: ServerCode, { cause, certificate, ownClientId }: RefusalDetails = {}): Psd2Error {
  const { says, mend, document, clause } = serverCodes[code]
  const message = ownClientId === undefined ? says : `${says}: ${ownClientId}`
  return new Psd2Error(code, message, { path: certificate, citation: { document, clause }, mend, cause })
}
