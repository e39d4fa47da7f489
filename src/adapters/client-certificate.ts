import type { HeaderLines } from '../http/index.ts'
import { parseItem } from '../http/structured/parse.ts'
import { signingError } from '../signing/codes.ts'
import { parseCertificateHeader } from '../signing/index.ts'
import { type Certificate, parseCertificate } from '../x509/certificate.ts'
import { requireNames } from './options.ts'
import { type ProxyTest, proxyTest } from './proxies.ts'

/**
 * Where the certificate of the TLS client is found. Nothing is looked at that is not named here: a header that anyone can
 * send says nothing unless a proxy that removes it from what clients send has set it.
 */
export type ClientCertificateSource =
  /** The TLS connection that ends in this process. */
  | { readonly from: 'socket' }
  /** Header Client-Cert (RFC 9440), from these proxies only: addresses, or ranges such as `10.0.0.0/8`. */
  | { readonly from: 'client-cert'; readonly proxies: readonly string[] }
  /** PEM with percent signs in a header of your choice, as nginx gives `$ssl_client_escaped_cert`. */
  | { readonly from: 'escaped-pem'; readonly header: string; readonly proxies: readonly string[] }

/** The certificate that the TLS client showed. That its issuer is a QTSP is for path validation to show. */
export interface ClientCertificate {
  readonly certificate: Certificate
  readonly from: ClientCertificateSource['from']
  /** Whether the TLS server of this process found a path to its `ca`; undefined where a proxy ended TLS. */
  readonly authorized: boolean | undefined
}

/** What is needed of a socket. */
export interface PeerSocket {
  readonly remoteAddress?: string | undefined
  readonly authorized?: boolean | undefined
  getPeerCertificate?(detailed: true): { readonly raw?: Uint8Array } | null
}

/** A source, checked and ready. */
export interface ClientCertificateReader {
  /** Lower-case names of headers that nobody may see in a request of this peer. */
  hidden(socket: PeerSocket | undefined): readonly string[]
  /** Undefined where there is none. Throws Psd2Error where it is there and cannot be read. */
  read(socket: PeerSocket | undefined, headers: HeaderLines): ClientCertificate | undefined
}

/** Headers of RFC 9440: hidden unless they are named and come from a named proxy. */
const standard: readonly string[] = ['client-cert', 'client-cert-chain']

/** Checks a source. Throws `TypeError` on what it has no member for. */
export function clientCertificateReader(source: ClientCertificateSource | undefined): ClientCertificateReader {
  if (source === undefined) return { hidden: () => standard, read: () => undefined }
  if (source.from === 'socket') {
    requireNames(source, new Set(['from']), 'clientCertificate')
    return { hidden: () => standard, read: (socket) => ofSocket(socket) }
  }
  if (source.from === 'client-cert') {
    requireNames(source, new Set(['from', 'proxies']), 'clientCertificate')
    return ofHeader('client-cert', standard, proxyTest(source.proxies), source.from, parseClientCert)
  }
  if (source.from !== 'escaped-pem')
    throw new TypeError(`unknown source '${String((source as { from: unknown }).from)}'`)
  requireNames(source, new Set(['from', 'header', 'proxies']), 'clientCertificate')
  if (typeof source.header !== 'string' || source.header === '') throw new TypeError('header is the name of a header')
  const name = source.header.toLowerCase()
  return ofHeader(name, [name], proxyTest(source.proxies), source.from, (value) => parseCertificateHeader(value, name))
}

function ofSocket(socket: PeerSocket | undefined): ClientCertificate | undefined {
  const raw = socket?.getPeerCertificate?.(true)?.raw
  if (raw === undefined) return undefined
  return { certificate: parseCertificate(raw), from: 'socket', authorized: socket?.authorized }
}

function ofHeader(
  name: string,
  own: readonly string[],
  isProxy: ProxyTest,
  from: ClientCertificateSource['from'],
  parse: (value: string) => Certificate,
): ClientCertificateReader {
  const all = [...new Set([...standard, ...own])]
  const others = all.filter((header) => !own.includes(header))
  return {
    hidden: (socket) => (isProxy(socket?.remoteAddress) ? others : all),
    read(socket, headers) {
      if (!isProxy(socket?.remoteAddress)) return undefined
      const values = headers.filter((line) => line[0].toLowerCase() === name).map(([, value]) => value.trim())
      const [value = ''] = values
      // A proxy that has no certificate sends the header empty, or not at all.
      if (values.length < 2 && value === '') return undefined
      if (values.length > 1) throw signingError('CERTIFICATE_HEADER', `headers.${name}`, 'more than one')
      return { certificate: parse(value), from, authorized: undefined }
    },
  }
}

/** RFC 9440 clause 2.2: a byte sequence of structured fields with the DER. */
function parseClientCert(value: string): Certificate {
  const { value: item } = parseItem(value, 'headers.client-cert')
  if (item.type === 'bytes') return parseCertificate(item.value)
  throw signingError('CERTIFICATE_HEADER', 'headers.client-cert', 'no byte sequence')
}
