import { defaultCrypto } from '#crypto'
import type { Digester } from '../../crypto/provider.ts'
import { pspRoles } from '../../eidas/roles.ts'
import type { RegisterEntity } from './entity.ts'
import { type RegisterInfo, readRegisterIndex } from './index-format.ts'
import { type LookupOptions, lookUp, type RegisterAnswer } from './lookup.ts'

/** The register, opened from its index. */
export interface EbaRegister {
  readonly info: RegisterInfo
  /**
   * What the register says of an organizationIdentifier. It throws on no input.
   *
   * @throws TypeError where an option is wrong
   */
  lookup(organizationIdentifier: string, options: LookupOptions): RegisterAnswer
  /** The entries of an EntityCode, one or none in a sound register. */
  entities(entityCode: string): readonly RegisterEntity[]
}

const knownRoles: ReadonlySet<string> = /* @__PURE__ */ new Set(pspRoles.map(({ role }) => role))

const optionNames: Readonly<Record<keyof LookupOptions, true>> = { at: true, roles: true, country: true, aliases: true }

/**
 * Opens the EBA register from the octets of an index file, which `indexEbaRegister` or `psd2 trust eba index` makes from the
 * published JSON. The index is checked whole; an entry is decoded when it is asked for.
 *
 * @throws Psd2Error `EBA_INDEX_...` where this is no index, or it was cut off or changed
 * @throws TypeError where `index` is no `Uint8Array` or an option is not known
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises'
 * import { openEbaRegister } from 'psd2-toolkit/trust'
 *
 * const register = await openEbaRegister(await readFile('eba.index'))
 * const answer = register.lookup('PSDIE-CBI-C58301', { at: new Date('2026-06-01T12:00:00Z'), roles: ['PSP_AI'] })
 * console.log(answer.status, answer.match?.authorisation, answer.findings.map(({ code }) => code))
 * ```
 */
export async function openEbaRegister(
  index: Uint8Array,
  options: { readonly crypto?: Digester } = {},
): Promise<EbaRegister> {
  if (!(index instanceof Uint8Array)) throw new TypeError('openEbaRegister takes the octets of an index file')
  for (const name in options) if (name !== 'crypto') throw new TypeError(`unknown option '${name}'`)
  const opened = await readRegisterIndex(index, options.crypto ?? defaultCrypto)
  return Object.freeze({
    info: opened.info,
    lookup(organizationIdentifier: string, lookupOptions: LookupOptions) {
      checkLookup(organizationIdentifier, lookupOptions)
      return lookUp(opened, organizationIdentifier, lookupOptions)
    },
    entities: (entityCode: string) => opened.byCode(entityCode),
  })
}

function checkLookup(identifier: string, options: LookupOptions): void {
  if (typeof identifier !== 'string') throw new TypeError('an organizationIdentifier is text')
  for (const name in options) {
    if (!Object.hasOwn(optionNames, name)) throw new TypeError(`unknown option '${name}'`)
  }
  const { at, roles = [], country } = options
  if (!(at instanceof Date) || Number.isNaN(at.getTime())) throw new TypeError('at must be a Date that is a moment')
  for (const role of roles) {
    if (!knownRoles.has(role)) throw new TypeError(`unknown role '${String(role)}'`)
  }
  if (country !== undefined && !/^[A-Z]{2}$/.test(country)) throw new TypeError('country must be two letters, as FR')
}
