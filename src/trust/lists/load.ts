import { type Certificate, parseCertificate } from '../../x509/index.ts'
import { listError } from './codes.ts'
import { type ListLimits, withListLimits } from './limits.ts'
import type { TrustedList } from './model.ts'
import { readList } from './read.ts'
import { decodeXml, parseXml } from './xml.ts'

/** What a verifier of XML signatures gives: the octets that were signed, and by whom. */
export interface VerifiedOctets {
  /** The root element in canonical form, exactly the octets whose digest was signed. */
  readonly octets: Uint8Array
  readonly signer: Certificate
  /** URI of the signature algorithm. */
  readonly algorithm: string
}

/**
 * Verifies the one enveloped signature of a list, by one of the signers, or throws. `verifyListSignature` of
 * `psd2-toolkit/lists` is one; XML signatures need a library that this room does not load.
 */
export type ListSignatureVerifier = (
  bytes: Uint8Array,
  options: { readonly signers: readonly Certificate[]; readonly limits: ListLimits },
) => VerifiedOctets | Promise<VerifiedOctets>

/** What is asked of a list. */
export interface LoadListOptions {
  readonly verify: ListSignatureVerifier
  /** Who may sign the list, as the list that points to it says; at least one. */
  readonly signers: readonly (Certificate | Uint8Array)[]
  /** The instant at which the list must be in force. */
  readonly at: Date
  /** `EUgeneric`, the default, is a national list; `EUlistofthelists` the list of lists. */
  readonly type?: 'EUgeneric' | 'EUlistofthelists'
  /** The territory that the list must be of. */
  readonly territory?: string
  /** Takes a list whose next update was due before `at`. It is marked as stale. */
  readonly acceptStale?: boolean
  /** The sequence number of the list that is already known: one with a lower number is refused. */
  readonly minimumSequenceNumber?: number
  readonly limits?: Partial<ListLimits>
}

/** A trusted list that was verified. */
export interface VerifiedList extends TrustedList {
  readonly signer: Certificate
  /** True where the next update was due before the instant that was asked about. */
  readonly stale: boolean
}

const optionNames: readonly string[] = [
  'verify',
  'signers',
  'at',
  'type',
  'territory',
  'acceptStale',
  'minimumSequenceNumber',
  'limits',
] satisfies (keyof LoadListOptions)[]

/**
 * Verifies a trusted list (ETSI TS 119 612, version 5 or 6) and reads what it says, from the octets that were signed and from
 * nothing else.
 *
 * @throws Psd2Error `XML_...`, `TSL_...` or `LIMIT_LIST_...`; `TSL_STALE` where only its time is over
 * @throws TypeError on an unknown option, no signers, or an instant that is none
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises'
 * import { verifyListSignature } from 'psd2-toolkit/lists'
 * import { loadTrustedList } from 'psd2-toolkit/trust'
 *
 * declare const signers: Uint8Array[] // from the pointer of the list of lists
 * const list = await loadTrustedList(await readFile('fr.xml'), { verify: verifyListSignature, signers, at: new Date() })
 * console.log(list.territory, list.sequenceNumber, list.services.length)
 * ```
 */
export async function loadTrustedList(bytes: Uint8Array, options: LoadListOptions): Promise<VerifiedList> {
  const { verify, type = 'EUgeneric', territory, at, acceptStale = false, minimumSequenceNumber = 0 } = options
  requireLoadOptions(bytes, options)
  const limits = withListLimits(options.limits)
  const signers = certificatesFrom(options.signers)
  // A copy: what is verified must not change on the way.
  const { octets, signer } = await verify(bytes.slice(), { signers, limits })
  const list = readList(parseXml(decodeXml(octets, limits), limits))
  if (list.type !== type || (list.territory === 'EU') !== (type === 'EUlistofthelists')) {
    throw listError('TSL_TYPE', { detail: `${list.type} of ${list.territory}, asked for ${type}` })
  }
  if (territory !== undefined && list.territory !== territory) {
    throw listError('TSL_TERRITORY_DIFFERS', { detail: `${list.territory}, asked for ${territory}` })
  }
  if (list.sequenceNumber < minimumSequenceNumber) {
    throw listError('TSL_SEQUENCE_LOWER', { detail: `${list.sequenceNumber}, known is ${minimumSequenceNumber}` })
  }
  const stale = isStale(list, at)
  if (stale && !acceptStale) {
    if (list.nextUpdate === undefined) throw listError('TSL_CLOSED', { detail: list.territory })
    throw listError('TSL_STALE', { detail: `${list.territory}, due ${list.nextUpdate.toISOString()}` })
  }
  return { ...list, signer, stale }
}

/** True where a list says nothing of an instant any more: its next update was due, or it is closed. */
export function isStale({ nextUpdate }: { readonly nextUpdate: Date | undefined }, at: Date): boolean {
  return nextUpdate === undefined || at.getTime() > nextUpdate.getTime()
}

/** Certificates, read where they are octets. Signers of lists are read tolerantly: they are compared octet by octet. */
function certificatesFrom(given: readonly (Certificate | Uint8Array)[]): Certificate[] {
  return given.map((one) => (one instanceof Uint8Array ? parseCertificate(one, { mode: 'tolerant' }) : one))
}

function requireLoadOptions(bytes: Uint8Array, options: LoadListOptions): void {
  if (!(bytes instanceof Uint8Array))
    throw new TypeError('loadTrustedList takes the octets of the list as a Uint8Array')
  for (const name in options) {
    if (!optionNames.includes(name)) throw new TypeError(`unknown option '${name}' of loadTrustedList`)
  }
  if (typeof options.verify !== 'function') {
    throw new TypeError('verify must be a function, such as verifyListSignature of psd2-toolkit/lists')
  }
  if (!Array.isArray(options.signers) || options.signers.length === 0) {
    throw new TypeError('signers must name at least one certificate: nothing means nobody')
  }
  requireMoment(options.at)
}

export function requireMoment(at: Date): void {
  if (!(at instanceof Date) || Number.isNaN(at.getTime())) throw new TypeError('at must be a Date that is a moment')
}
