import { listError } from '../trust/lists/codes.ts'
import { defaultListLimits } from '../trust/lists/limits.ts'
import type { ListFetcher } from './fetch.ts'
import { requireLocation } from './location.ts'

export interface HttpFetcherOptions {
  /** Default: that of the platform. */
  readonly fetch?: typeof fetch
  /** Milliseconds for one list, redirects among them. Default 60,000. */
  readonly timeout?: number
  /** Octets of one list. */
  readonly size?: number
}

const redirectCap = 3

/**
 * A fetcher over HTTPS: GET without credentials, every redirect to an address that may be asked, a timeout, a cap on the size.
 *
 * @example
 * ```ts
 * import { fetchTrustedLists, httpFetcher } from 'psd2-toolkit/lists'
 *
 * declare const certificates: Uint8Array[] // from the notice in the Official Journal
 * const location = 'https://ec.europa.eu/tools/lotl/eu-lotl.xml'
 * const at = new Date()
 * const { lists } = await fetchTrustedLists({ fetch: httpFetcher(), location, anchors: { certificates }, at })
 * console.log(lists.length)
 * ```
 */
export function httpFetcher(options: HttpFetcherOptions = {}): ListFetcher {
  const { fetch: get = fetch, timeout = 60_000, size = defaultListLimits.size } = options
  return async (location) => {
    const signal = AbortSignal.timeout(timeout)
    let address = location
    for (let redirects = 0; ; redirects++) {
      const response = await get(address, { redirect: 'manual', credentials: 'omit', signal })
      const next = response.headers.get('location')
      if (response.status < 300 || response.status > 399 || next === null) return readBody(response, address, size)
      await response.body?.cancel()
      if (redirects === redirectCap) throw listError('TSL_FETCH', { detail: `${location.href}, too many redirects` })
      address = requireLocation(new URL(next, address).href)
    }
  }
}

async function readBody(response: Response, { href }: URL, size: number): Promise<Uint8Array> {
  if (!response.ok) {
    await response.body?.cancel()
    throw listError('TSL_FETCH', { detail: `${href}, status ${response.status}` })
  }
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of response.body ?? []) {
    length += chunk.length
    if (length > size) throw listError('LIMIT_LIST_SIZE', { detail: href })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
