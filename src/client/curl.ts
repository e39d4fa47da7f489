import type { WireRequest } from './transport.ts'

/** What curl is told of TLS: names of files, never what is in them. */
export interface CurlFiles {
  readonly certificate?: string
  readonly key?: string
  readonly ca?: string
}

/**
 * A request as a command line for a POSIX shell, the very octets that would be sent. The access token stands as
 * `$ACCESS_TOKEN`, keys and certificates as names of files.
 *
 * @example
 * ```ts
 * import { curlCommand } from 'psd2-toolkit/client'
 *
 * console.log(curlCommand({ method: 'GET', url: 'https://bank.example/register/1', headers: [['accept', 'text/plain']] }))
 * ```
 */
export function curlCommand({ method, url, headers, body }: WireRequest, files: CurlFiles = {}): string {
  const { certificate = 'qwac.pem', key = 'qwac.key', ca } = files
  const parts = [
    `curl --request ${method} ${quoted(url)}`,
    `--cert ${quoted(certificate)} --key ${quoted(key)}`,
    ...(ca === undefined ? [] : [`--cacert ${quoted(ca)}`]),
    ...headers.map(([name, value]) => `--header ${headerText(name, value)}`),
    ...(body === undefined ? [] : [`--data-binary ${quoted(new TextDecoder().decode(body))}`]),
  ]
  return `${parts.join(' \\\n  ')}\n`
}

function headerText(name: string, value: string): string {
  return name === 'authorization' ? `"authorization: Bearer $ACCESS_TOKEN"` : quoted(`${name}: ${value}`)
}

/** For a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
