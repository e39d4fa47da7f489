import { requireOptions } from './options.ts'

/** One bank of the group whose code stands in host names. */
export interface CodeTab {
  /** Five digits. */
  readonly code: string
  readonly brand: 'Banque Populaire' | "Caisse d'Epargne" | 'Natixis'
}

/** Codes met in host names. Data, not a rule: any code of the portal will do, and it has more than these. */
export const codeTabs: readonly CodeTab[] = Object.freeze([
  ...codes('Banque Populaire', '10207 10548 10807 10907 13507 13807 14607 14707 16607 16807 17807 18707'),
  ...codes(
    "Caisse d'Epargne",
    '11315 11425 12135 13135 13335 13485 13825 14265 14445 14505 15135 16275 17515 18315 18715',
  ),
  ...codes('Natixis', '30007'),
])

/** That of the examples of the page. A registration through one bank holds for all. */
export const defaultCodeTab = '17515'

export type BankEnvironment = 'sandbox' | 'live'

/** Where the API is. */
export interface Endpoints {
  readonly token: string
  /** Without a slash at its end; the client_id follows after one. */
  readonly register: string
}

/** Which end of the API: one of the bank's, or one of your own under the same paths. */
export interface EndpointOptions {
  readonly environment: BankEnvironment | { readonly base: string }
  /** Default {@link defaultCodeTab}. Not for a base of your own. */
  readonly codeTab?: string
}

/** The token and the registration have different base paths. */
export const tokenPath = '/stet/psd2/oauth/token'
export const registerPath = '/stet/setting/v1/register'

/**
 * The addresses of the API (BPCE PSD2 Registration API, Get the access token; POST /register). The page names no live
 * address for registration: it is the sandbox's with `live`, as the token's is.
 *
 * @throws TypeError on an unknown environment, a code that is not five digits, a base that is not https without a path
 *
 * @example
 * ```ts
 * import { registrationEndpoints } from 'psd2-toolkit/registration'
 *
 * console.log(registrationEndpoints({ environment: 'sandbox' }).register)
 * // https://www.17515.sandbox.api.89c3.com/stet/setting/v1/register
 * ```
 */
export function registrationEndpoints(options: EndpointOptions): Endpoints {
  requireOptions(options, ['environment', 'codeTab'], 'registrationEndpoints')
  const { environment, codeTab } = options
  const base = typeof environment === 'string' ? bankBase(environment, codeTab) : ownBase(environment, codeTab)
  return { token: `${base}${tokenPath}`, register: `${base}${registerPath}` }
}

function bankBase(environment: BankEnvironment, codeTab: string = defaultCodeTab): string {
  if (environment !== 'sandbox' && environment !== 'live') {
    throw new TypeError(`unknown environment '${String(environment)}'; there are: sandbox, live, { base }`)
  }
  if (typeof codeTab !== 'string' || !/^[0-9]{5}$/.test(codeTab)) throw new TypeError('codeTab has five digits')
  // Written with capitals on the page; host names have no case (RFC 3986 clause 3.2.2).
  return `https://www.${codeTab}.${environment}.api.89c3.com`
}

function ownBase(environment: { readonly base: string }, codeTab: string | undefined): string {
  if (codeTab !== undefined) throw new TypeError('codeTab belongs to an environment of the bank, not to a base')
  const { base } = environment
  if (typeof base !== 'string' || !/^https:\/\/[a-z0-9.:[\]-]+\/?$/i.test(base)) {
    throw new TypeError('base is https, a host and a port: the paths are those of the page')
  }
  return base.replace(/\/$/, '')
}

function codes(brand: CodeTab['brand'], list: string): CodeTab[] {
  return list.split(' ').map((code) => Object.freeze({ code, brand }))
}
