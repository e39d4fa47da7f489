import { createFactFinder, type FactFinder } from '../audit/index.ts'
import { createRevocationChecker, openEbaRegister, openTrustStore } from '../trust/index.ts'

/** What facts of trust are found from. Plain data: it goes to each worker once. */
export interface TrustData {
  /** DER of certificates that are trusted. */
  readonly anchors?: readonly Uint8Array[]
  /** DER of certificates that may stand between. */
  readonly intermediates?: readonly Uint8Array[]
  /** File of trusted lists, as `psd2 trust list --store` writes it. */
  readonly store?: Uint8Array
  /** Index of the EBA register, as `psd2 trust eba index` writes it. */
  readonly register?: Uint8Array
  readonly crls?: readonly Uint8Array[]
  readonly ocspResponses?: readonly Uint8Array[]
}

/** The finder of facts over the data. Throws `Psd2Error` where a file is none of the kind. */
export async function factFinderOf(data: TrustData): Promise<FactFinder> {
  const { anchors, intermediates, store, register, crls, ocspResponses } = data
  const asksRevocation = crls !== undefined || ocspResponses !== undefined
  return createFactFinder({
    ...(anchors === undefined ? {} : { anchors }),
    ...(intermediates === undefined ? {} : { intermediates }),
    ...(store === undefined ? {} : { trustStore: await openTrustStore(store) }),
    ...(register === undefined ? {} : { register: await openEbaRegister(register) }),
    ...(asksRevocation
      ? { revocation: createRevocationChecker({ crls: crls ?? [], ocspResponses: ocspResponses ?? [] }) }
      : {}),
  })
}
