/** Names of fields that requests to banks have, as they are usually written. */
const usual = [
  'Accept Accept-Encoding Accept-Language Authorization Cache-Control Connection Consent-ID Content-Digest Content-Encoding',
  'Content-Length Content-Type Cookie Date Digest Host Location Server Signature Signature-Input Transfer-Encoding',
  'PSU-Accept PSU-Accept-Charset PSU-Accept-Encoding PSU-Accept-Language PSU-Corporate-ID PSU-Date PSU-Device-ID',
  'PSU-GEO-Location PSU-HTTP-Method PSU-ID PSU-IP-Address PSU-IP-Port PSU-Referer PSU-User-Agent TPP-Redirect-URI',
  'TPP-Signature-Certificate User-Agent X-Forwarded-For X-JWS-Signature X-Request-ID',
].flatMap((names) => names.split(' '))

const lowerNames: ReadonlyMap<string, string> = new Map(
  usual.flatMap((name) => [
    [name, name.toLowerCase()],
    [name.toLowerCase(), name.toLowerCase()],
  ]),
)

const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/

/** True where the text can be the name of a header or a method (RFC 9110 clause 5.6.2). */
export function isToken(text: string): boolean {
  return token.test(text)
}

/** The name of a field in lower case; undefined where the text is none. Usual names are known and not looked at. */
export function fieldName(text: string): string | undefined {
  return lowerNames.get(text) ?? (isToken(text) ? text.toLowerCase() : undefined)
}
