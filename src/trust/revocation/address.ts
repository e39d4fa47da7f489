import type { Certificate } from '../../x509/index.ts'

const OCSP = '1.3.6.1.5.5.7.48.1'

/** Names of machines that are not on the public network. */
const localName = /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|home\.arpa)\.?$/

/** How many addresses of one certificate are asked. */
const mostAddresses = 4

/** An address of a certificate, or one that may not be fetched. */
export interface Address {
  readonly kind: 'ocsp' | 'crl'
  /** As the certificate has it. Untrusted text. */
  readonly text: string
  /** Undefined where it may not be fetched. */
  readonly url: string | undefined
}

/** Where a certificate says that its responders and its lists are, responders first. */
export function addressesOf(certificate: Certificate): readonly Address[] {
  const access = certificate.extension('authorityInfoAccess')?.decoded ?? []
  const responders = access
    .filter(({ method, location }) => method === OCSP && location.kind === 'uniformResourceIdentifier')
    .map(({ location }) => addressOf('ocsp', location.text))
  const points = certificate.extension('cRLDistributionPoints')?.decoded ?? []
  const lists = points
    .flatMap(({ fullName }) => fullName)
    .filter(({ kind }) => kind === 'uniformResourceIdentifier')
    .map(({ text }) => addressOf('crl', text))
  return [...responders.slice(0, mostAddresses), ...lists.slice(0, mostAddresses)]
}

function addressOf(kind: Address['kind'], text: string): Address {
  return { kind, text, url: publicUrl(text) }
}

/**
 * A certificate is somebody else's text: its address may lead anywhere (SSRF). Only http and https, to a name of the public
 * network, without user and password. What the name resolves to, and redirects, are for the fetcher to look at.
 */
function publicUrl(text: string): string | undefined {
  let url: URL
  try {
    url = new URL(text)
  } catch {
    return undefined
  }
  const { protocol, username, password, hostname } = url
  if (protocol !== 'http:' && protocol !== 'https:') return undefined
  if (username !== '' || password !== '') return undefined
  const isAddress = hostname.startsWith('[') || /(?:^|\.)[0-9]+\.?$/.test(hostname)
  if (isAddress || !hostname.includes('.') || localName.test(hostname)) return undefined
  url.hash = ''
  return url.href
}
