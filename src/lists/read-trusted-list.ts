import { type LoadListOptions, loadTrustedList, type VerifiedList } from '../trust/lists/load.ts'
import { verifyListSignature } from './verify-signature.ts'

/** What is asked of a list: {@link LoadListOptions} without the verifier, which this room has. */
export type ReadListOptions = Omit<LoadListOptions, 'verify'> & {
  /** RSA keys with fewer bits are refused. Default 2048; lists up to 2017 were signed with 1024. */
  readonly minimumRsaBits?: number
}

/**
 * Verifies a trusted list and reads what it says. This is `loadTrustedList` with a verifier of XML signatures.
 *
 * @throws Psd2Error `XML_...`, `TSL_...` or `LIMIT_LIST_...`; `TSL_STALE` where only its time is over
 * @throws TypeError on an unknown option, no signers, or an instant that is none
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises'
 * import { readTrustedList } from 'psd2-toolkit/lists'
 *
 * declare const signers: Uint8Array[] // from the pointer of the list of lists
 * const list = await readTrustedList(await readFile('fr.xml'), { signers, territory: 'FR', at: new Date() })
 * for (const service of list.services) console.log(service.provider, service.statuses[0]?.status)
 * ```
 */
export async function readTrustedList(bytes: Uint8Array, options: ReadListOptions): Promise<VerifiedList> {
  const { minimumRsaBits = 2048, ...rest } = options
  if (!Number.isSafeInteger(minimumRsaBits) || minimumRsaBits < 1024) {
    throw new TypeError('minimumRsaBits must be a number from 1024 on')
  }
  return loadTrustedList(bytes, {
    ...rest,
    verify: (octets, { signers, limits }) => verifyListSignature(octets, { signers, limits, minimumRsaBits }),
  })
}
