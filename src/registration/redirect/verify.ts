import { Psd2Error } from '../../core/errors.ts'

/**
 * Holds a redirect URI of a PSD2 request to those that were registered: "Any URI used afterwards but not provided in this
 * registration process will be refused". Compared character by character (RFC 9700 clause 2.1): no prefix, no other case,
 * no normal form, no other port.
 *
 * @param uri - as it came with the request, not decoded
 * @param registered - `redirect_uris` of the registration
 * @returns the URI
 * @throws Psd2Error `REDIRECT_URI_NOT_REGISTERED`; the mend says what it differs in, the message repeats no URI
 * @throws TypeError where nothing is registered, or an argument is not of its type
 *
 * @example
 * ```ts
 * import { verifyRedirectUri } from 'psd2-toolkit/registration'
 *
 * const uri = verifyRedirectUri('https://tpp.example/callback', ['https://tpp.example/callback'])
 * console.log(uri)
 * ```
 */
export function verifyRedirectUri(uri: string, registered: readonly string[]): string {
  if (typeof uri !== 'string') throw new TypeError('the redirect URI is text')
  if (!Array.isArray(registered) || registered.length === 0 || registered.some((item) => typeof item !== 'string')) {
    throw new TypeError('registered is a list of redirect URIs that is not empty')
  }
  if (registered.includes(uri)) return uri
  const slip = slips.find(({ normal }) => registered.some((item) => normal(item) === normal(uri)))
  throw new Psd2Error('REDIRECT_URI_NOT_REGISTERED', 'the redirect URI is not one of those that were registered', {
    path: '/redirect_uris',
    citation: { document: 'BPCE PSD2 Registration API', clause: 'POST /register, HTTP Body, redirect_uris' },
    mend: slip === undefined ? 'register the URI by an update first, then use it' : slip.mend,
  })
}

/** In what a URI may differ by mistake. Said to the caller; never accepted. */
const slips: readonly { readonly normal: (uri: string) => string; readonly mend: string }[] = [
  {
    normal: (uri) => uri.replace(/[?#].*$/s, ''),
    mend: 'it differs from a registered one in query or fragment: send the registered one, and put what changes into state',
  },
  {
    normal: (uri) => uri.replace(/\/$/, ''),
    mend: 'it differs from a registered one in the slash at its end: send it as it was registered',
  },
  {
    normal: (uri) => uri.toLowerCase(),
    mend: 'it differs from a registered one in case: send it as it was registered',
  },
  {
    normal: (uri) => uri.replace(/^([a-z]+:\/\/[^/:?#]+):[0-9]+/i, '$1'),
    mend: 'it differs from a registered one in its port: send it as it was registered',
  },
]
