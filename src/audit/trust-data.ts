import { given } from '../core/given.ts'
import { createRevocationChecker, openEbaRegister, openTrustStore } from '../trust/index.ts'
import { createFactFinder, type FactFinder, type FactSources } from './outside-facts.ts'

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

const names: Readonly<Record<keyof TrustData, true>> = {
  anchors: true,
  intermediates: true,
  store: true,
  register: true,
  crls: true,
  ocspResponses: true,
}

/**
 * Opens files of trust: what {@link createFactFinder} takes, and a server by its parts.
 *
 * @throws Psd2Error where a file is none of the kind
 * @throws TypeError on an unknown name
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises'
 * import { openTrustData } from 'psd2-toolkit/audit'
 *
 * const { trustStore, register } = await openTrustData({
 *   store: await readFile('trusted-lists.store'),
 *   register: await readFile('eba.index'),
 * })
 * console.log(trustStore?.counts, register?.info.newest)
 * ```
 */
export async function openTrustData(data: TrustData): Promise<FactSources> {
  for (const name in data) if (!Object.hasOwn(names, name)) throw new TypeError(`unknown trust data '${name}'`)
  const { anchors, intermediates, store, register, crls, ocspResponses } = data
  const asksRevocation = crls !== undefined || ocspResponses !== undefined
  return given({
    anchors,
    intermediates,
    trustStore: store === undefined ? undefined : await openTrustStore(store),
    register: register === undefined ? undefined : await openEbaRegister(register),
    revocation: asksRevocation
      ? createRevocationChecker({ crls: crls ?? [], ocspResponses: ocspResponses ?? [] })
      : undefined,
  })
}

/** The finder of facts over the data. Throws `Psd2Error` where a file is none of the kind. */
export async function factFinderOf(data: TrustData): Promise<FactFinder> {
  return createFactFinder(await openTrustData(data))
}
