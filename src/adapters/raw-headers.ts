import type { HeaderLines } from '../http/index.ts'

/**
 * Header lines of what node:http calls `rawHeaders`: names and values in turn, in the order of the wire, duplicates kept.
 * `headers` of node:http is of no use here: it drops duplicates of some names and joins those of others.
 *
 * @throws TypeError where a name has no value
 *
 * @example
 * ```ts
 * import { linesOfRawHeaders } from 'psd2-toolkit/adapters'
 *
 * console.log(linesOfRawHeaders(['Host', 'api.example', 'X-Request-ID', '42']))
 * ```
 */
export function linesOfRawHeaders(rawHeaders: readonly string[]): [name: string, value: string][] {
  if (rawHeaders.length % 2 !== 0) throw new TypeError('rawHeaders are names and values in turn')
  const lines: [string, string][] = []
  for (let i = 0; i < rawHeaders.length; i += 2) lines.push([rawHeaders[i] as string, rawHeaders[i + 1] as string])
  return lines
}

/** The reverse: what `http.request({ headers })` and `response.writeHead(status, headers)` send in this order. */
export function rawHeadersOf(lines: HeaderLines): string[] {
  return lines.flat()
}
