import type { CodeInfo } from '../../core/codes.ts'
import { Psd2Error } from '../../core/errors.ts'

/** Everything that can be wrong with what certificates come in. */
export const containerCodes = {
  PEM_NONE: pem('2', 'there is no PEM block', 'give text with -----BEGIN CERTIFICATE-----'),
  PEM_LABEL: pem('2', 'no block has the label that was asked for', 'give the right file'),
  PEM_END_MISSING: pem('2', 'a block has no END line', 'the file was cut off: copy it again with its END line'),
  PEM_END_LABEL: pem('2', 'the END line has another label than the BEGIN line', 'end the block as it began'),
  PEM_HEADERS: pem('2', 'a block has header lines', 'remove the lines between BEGIN and the base64 text'),
  PEM_BASE64: pem(
    '3',
    'the text of a block is not base64',
    'copy the block again; nothing but A-Z a-z 0-9 + / = belongs there',
  ),
  PEM_EMPTY: pem('3', 'a block is empty', 'copy the block again with its text'),
  INPUT_EMPTY: input('the input is empty', 'give a certificate in PEM or DER'),
  INPUT_NO_CERTIFICATE: input('there is no certificate in the input', 'give a file that holds one'),
  LIMIT_INPUT_CERTIFICATES: input('the input has more entries than the limit; the rest was not read', 'split the file'),
  INPUT_UNKNOWN: input(
    'this is neither PEM, DER, base64, PKCS#7 nor JWKS',
    'convert it: openssl x509 -in FILE -out certificate.pem',
  ),
  INPUT_UTF16: input('the text is UTF-16', 'save it as ASCII or UTF-8: iconv -f utf-16 -t utf-8'),
  INPUT_HEX: input('the text is hexadecimal', 'convert it: xxd -r -p FILE certificate.der'),
  INPUT_URL: input(
    'the text is an address',
    'fetch the certificate yourself and give the file: nothing is fetched here',
  ),
  INPUT_REQUEST: input(
    'this is a certificate request, not a certificate',
    'send it to a QTSP, and give what comes back',
  ),
  INPUT_CRL: input('this is a certificate revocation list, not a certificate', 'give the certificate'),
  INPUT_PKCS12: input(
    'this is PKCS#12, which holds a private key under a password',
    'export the certificates: openssl pkcs12 -in FILE -nokeys -out certificates.pem',
  ),
  INPUT_PRIVATE_KEY: input(
    'this is a private key; it was not read further and is not shown',
    'give the certificate only; keep the key where it belongs, and renew it where others could have seen it',
  ),
  INPUT_PKCS7_BER: input(
    'this PKCS#7 is in BER',
    'convert it: openssl pkcs7 -inform DER -in FILE -print_certs -out certificates.pem',
  ),
  INPUT_PKCS7_CONTENT: input('this PKCS#7 is not SignedData', 'give a certificate chain: openssl crl2pkcs7 -nocrl'),
  INPUT_JSON: input('the JSON has neither keys with x5c nor x5c', 'give a JWK or JWKS whose keys have x5c'),
} as const satisfies Record<string, CodeInfo>

export type ContainerCode = keyof typeof containerCodes

function pem(clause: string, says: string, mend: string): CodeInfo {
  return { leniency: 'refuse', document: 'RFC 7468', clause, says, mend }
}

function input(says: string, mend: string): CodeInfo {
  return { leniency: 'refuse', document: 'psd2-toolkit', clause: 'inputs', says, mend }
}

/** The error for a code; `path` says which line or member. */
export function containerError(code: ContainerCode, offset: number, path = '', detail?: string): Psd2Error {
  const { says, mend, document, clause } = containerCodes[code]
  const where = path === '' ? '' : `, at ${path}`
  return new Psd2Error(code, `${says}${detail === undefined ? '' : ` (${detail})`}${where}`, {
    path,
    offset,
    citation: { document, clause },
    mend,
  })
}
