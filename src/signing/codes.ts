import type { CodeInfo } from '../core/codes.ts'
import { Psd2Error } from '../core/errors.ts'

/** Everything that can be wrong between a signature and the certificate behind it. */
export const signingCodes = {
  KEY_REFERENCE_FORM: {
    leniency: 'refuse',
    document: 'Berlin Group NextGenPSD2',
    clause: '12.2',
    says: 'the key reference has none of the forms that the profile takes',
    mend: 'write keyId as the bank documents it',
  },
  KEY_REFERENCE_URL: {
    leniency: 'refuse',
    document: 'STET PSD2 API',
    clause: '3.5.1.2',
    says: 'the key reference is no address of a certificate with its fingerprint',
    mend: 'use https, no query, and end the path in _ and the SHA-256 of the DER as 64 lower-case digits',
  },
  KEY_REFERENCE_MISMATCH: {
    leniency: 'refuse',
    document: 'Berlin Group NextGenPSD2',
    clause: '12.2',
    says: 'the key reference names another certificate than the one that came with it',
    mend: 'take serial number and issuer from the certificate that is sent',
  },
  CERTIFICATE_HEADER: {
    leniency: 'refuse',
    document: 'Berlin Group NextGenPSD2',
    clause: '12.2',
    says: 'the certificate header cannot be read',
    mend: 'send the DER of one certificate in base64, in one line',
  },
  SIGNING_KEY_UNKNOWN: {
    leniency: 'refuse',
    document: 'RFC 9421',
    clause: '3.2',
    says: 'nobody knows the key that the signature names',
    mend: 'register the certificate first, or correct the key reference',
  },
  SIGNING_KEY_MISMATCH: {
    leniency: 'refuse',
    document: 'RFC 9421',
    clause: '3.3',
    says: 'the private key is not that of the certificate',
    mend: 'sign with the key that the certificate was issued for',
  },
  SIGNING_CERTIFICATE_KIND: {
    leniency: 'refuse',
    document: 'ETSI TS 119 495',
    clause: '5.4',
    says: 'the certificate is not a QSealC',
    mend: 'sign with the QSealC; the QWAC is for TLS',
  },
  SIGNING_CERTIFICATE_PSS: {
    leniency: 'refuse',
    document: 'BPCE PSD2 Registration API',
    clause: 'Limits',
    says: 'the certificate uses RSASSA-PSS, which the bank refuses',
    mend: 'ask the QTSP for a certificate signed with sha256WithRSAEncryption over an rsaEncryption key',
  },
  SIGNING_CERTIFICATE_EXPIRED: {
    leniency: 'refuse',
    document: 'RFC 5280',
    clause: '4.1.2.5',
    says: 'the certificate is not valid at this time',
    mend: 'renew the certificate, or check the clock',
  },
  SIGNING_ALGORITHM: {
    leniency: 'refuse',
    document: 'RFC 9421',
    clause: '3.2',
    says: 'the key makes no algorithm that the profile takes',
    mend: 'use the key type that the bank asks for',
  },
  SIGNATURE_INVALID: {
    leniency: 'refuse',
    document: 'RFC 9421',
    clause: '3.2',
    says: 'the signature does not verify over the message as it was received',
    mend: 'compare the signed string line by line: psd2 verify --explain prints it',
  },
  REQUEST_ID_MISSING: {
    leniency: 'refuse',
    document: 'STET PSD2 API',
    clause: '3.5',
    says: 'x-request-id is missing, empty, too long or not graphic ASCII',
    mend: 'send a UUID, a new one with every request',
  },
} as const satisfies Record<string, CodeInfo>

export type SigningCode = keyof typeof signingCodes

export function signingError(code: SigningCode, path: string, detail?: string): Psd2Error {
  const { says, mend, document, clause } = signingCodes[code]
  const told = detail === undefined ? '' : ` (${detail})`
  return new Psd2Error(code, `${says}${told}, at ${path}`, { path, citation: { document, clause }, mend })
}
