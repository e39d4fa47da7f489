import { listError } from '../trust/lists/codes.ts'

/**
 * The address of a list that may be fetched: https, a name of a public host, no credentials. Whoever may write a pointer could
 * otherwise make the program ask a service inside of its own network.
 *
 * @throws Psd2Error `TSL_POINTER_LOCATION`
 */
export function requireLocation(location: string): URL {
  let url: URL
  try {
    url = new URL(location)
  } catch {
    throw listError('TSL_POINTER_LOCATION', { detail: location })
  }
  const { protocol, hostname, username, password, port } = url
  const isPublicName = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/.test(hostname)
  const isReserved = /\.(?:local|localhost|internal|intranet|lan|home|corp|test|invalid|example|onion|arpa)$/.test(
    hostname,
  )
  if (protocol !== 'https:' || !isPublicName || isReserved || username !== '' || password !== '' || port !== '') {
    throw listError('TSL_POINTER_LOCATION', { detail: location })
  }
  return url
}
