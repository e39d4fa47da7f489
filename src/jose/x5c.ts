import { decodeBase64 } from '../core/base64.ts'
import { Psd2Error } from '../core/errors.ts'
import type { JsonValue } from '../core/json.ts'
import { type Certificate, parseCertificate } from '../x509/certificate.ts'
import type { JoseCode } from './codes.ts'
import { attemptCertificate, type Findings } from './findings.ts'

/** Usual mistakes in the text of an item, the gravest first. No base64 of a certificate, which begins with M, has one. */
const slips: readonly { readonly pattern: RegExp; readonly says: string; readonly code?: JoseCode }[] = [
  { pattern: /PRIVATE KEY-----/, says: 'x5c holds a private key in PEM', code: 'JWK_PRIVATE_KEY' },
  { pattern: /-----BEGIN /, says: 'it is PEM' },
  { pattern: /^data:/i, says: 'it is a data: address' },
  { pattern: /\\n/, says: 'it has the characters \\ and n where PEM had line breaks' },
  { pattern: /\s/, says: 'it has white space' },
  { pattern: /^(?:[0-9a-f]{2}:?)+$/i, says: 'it is hexadecimal' },
  { pattern: /[-_]/, says: 'it is base64url' },
]

/** Reads the one certificate of `x5c`; undefined where there is none to read, which the findings say. */
export function readX5c(value: JsonValue, path: string, findings: Findings): Certificate | undefined {
  if (!Array.isArray(value)) {
    findings.add('JWK_MEMBER_TYPE', path, 'not an array of strings')
    return undefined
  }
  if (value.length === 0) findings.add('JWK_X5C_EMPTY', path)
  if (value.length > 1) findings.add('JWK_X5C_SEVERAL', `${path}/1`, `${value.length} items`)
  if (value.length === 0) return undefined
  const item: unknown = value[0]
  const place = `${path}/0`
  if (typeof item !== 'string') {
    findings.add('JWK_MEMBER_TYPE', place, 'not a string')
    return undefined
  }
  const der = decodeItem(item, place, findings)
  return der === undefined ? undefined : attemptCertificate(findings, place, () => parseCertificate(der))
}

function decodeItem(text: string, path: string, findings: Findings): Uint8Array | undefined {
  const slip = slips.find(({ pattern }) => pattern.test(text))
  if (slip !== undefined) {
    findings.add(slip.code ?? 'JWK_X5C_BASE64', path, slip.says)
    return undefined
  }
  try {
    return decodeBase64(text)
  } catch (error) {
    if (!(error instanceof Psd2Error)) throw error
    findings.add('JWK_X5C_BASE64', path, error.message)
    return undefined
  }
}
