import { decodeBase64 } from '../core/base64.ts'
import { Psd2Error } from '../core/errors.ts'
import { type Certificate, parseCertificate } from '../x509/certificate.ts'
import { signingError } from './codes.ts'

/** A certificate and its PEM lines and percent signs have no more characters. */
const longest = 32_768

/**
 * Reads a certificate that came in a header, such as TPP-Signature-Certificate: base64 of its DER, PEM in one line with
 * spaces or `\n` in the place of line breaks, PEM without its BEGIN and END lines, or one of these with percent signs.
 *
 * @throws Psd2Error `CERTIFICATE_HEADER` where it is none of these, `DER_...` or `X509_...` where the certificate is refused
 *
 * @example
 * ```ts
 * import { parseCertificateHeader } from 'psd2-toolkit/signature'
 *
 * declare const value: string
 * console.log(String(parseCertificateHeader(value).subject))
 * ```
 */
export function parseCertificateHeader(value: string, name = 'tpp-signature-certificate'): Certificate {
  const path = `headers.${name}`
  if (value.length > longest) throw signingError('CERTIFICATE_HEADER', path, `${value.length} characters`)
  return parseCertificate(decode(value, path))
}

function decode(value: string, path: string): Uint8Array {
  const text = decodePercent(value, path)
    .replace(/\\r|\\n/g, ' ')
    .trim()
  if (text === '') throw signingError('CERTIFICATE_HEADER', path, 'empty')
  const pem = /^-----BEGIN CERTIFICATE-----(.*?)(?:-----END CERTIFICATE-----)?$/s.exec(text)
  const body = (pem?.[1] ?? text.replace(/-----END CERTIFICATE-----$/, '')).replace(/[ \t\r\n]/g, '')
  if (body === '') throw signingError('CERTIFICATE_HEADER', path, 'empty')
  try {
    return decodeBase64(body)
  } catch (error) {
    if (error instanceof Psd2Error) throw signingError('CERTIFICATE_HEADER', path, error.code)
    throw error
  }
}

function decodePercent(value: string, path: string): string {
  if (!value.includes('%')) return value
  try {
    // Form encoding writes the spaces of the BEGIN and END lines as plus signs.
    return decodeURIComponent(value).replace(/-----(BEGIN|END)\+CERTIFICATE-----/g, '-----$1 CERTIFICATE-----')
  } catch {
    throw signingError('CERTIFICATE_HEADER', path, 'a percent sign without two digits')
  }
}
