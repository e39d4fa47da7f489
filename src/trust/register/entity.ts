import { isJsonObject, type JsonValue } from '../../core/json.ts'
import { registerError } from './codes.ts'

/**
 * Types of the register: payment institutions (PI), those exempted (EPI), e-money institutions (EMI, EEMI), account
 * information (AISP), undertakings outside the directive (EXC), entitled by national law (ENL), branches (BR), agents (AG).
 */
export type RegisterEntityType =
  | 'PSD_PI'
  | 'PSD_EPI'
  | 'PSD_EMI'
  | 'PSD_EEMI'
  | 'PSD_AISP'
  | 'PSD_EXC'
  | 'PSD_ENL'
  | 'PSD_BR'
  | 'PSD_AG'

/** Services that an entry has in some countries alike: mostly the same ones wherever it is passported to. */
export interface RegisterServices {
  /** For example `PS_070`, payment initiation. */
  readonly services: readonly string[]
  /** ISO 3166-1 alpha-2. */
  readonly countries: readonly string[]
}

/** One entry of the register, as far as it is kept: no address, no agent. */
export interface RegisterEntity {
  /** CA_OwnerID: the authority, for example `FI_FIN-FSA`. */
  readonly owner: string
  /** EntityCode: owner and number, for example `IE_CBI!C58301`. */
  readonly code: string
  /** A newer register may have types that are not listed here. */
  readonly type: RegisterEntityType | (string & {})
  /** ENT_NAT_REF_COD. */
  readonly nationalReferences: readonly string[]
  /** ENT_NAM and ENT_NAM_COM. */
  readonly names: readonly string[]
  /** ENT_COU_RES. */
  readonly country: string | undefined
  /** ENT_AUT as published: dates in order, authorised at odd places, withdrawn at even ones. */
  readonly authorisations: readonly string[]
  readonly services: readonly RegisterServices[]
  /** __EBA_EntityVersion: YYYYMMDDhhmmssSSS. */
  readonly version: string | undefined
}

/**
 * Reads one entry. What lists as a string or as an array of strings is the same; properties that are not kept are passed over.
 *
 * @throws Psd2Error `EBA_ENTITY` with the path in the entry
 */
export function readRegisterEntity(value: JsonValue): RegisterEntity {
  if (!isJsonObject(value)) throw registerError('EBA_ENTITY', '')
  const properties = collect(value.Properties, '/Properties')
  const services = collect(value.Services, '/Services')
  return {
    owner: text(value.CA_OwnerID, '/CA_OwnerID'),
    code: text(value.EntityCode, '/EntityCode'),
    type: text(value.EntityType, '/EntityType'),
    nationalReferences: properties.get('ENT_NAT_REF_COD') ?? [],
    names: [...(properties.get('ENT_NAM') ?? []), ...(properties.get('ENT_NAM_COM') ?? [])],
    country: properties.get('ENT_COU_RES')?.[0],
    authorisations: properties.get('ENT_AUT') ?? [],
    services: groupedServices(services),
    version: typeof value.__EBA_EntityVersion === 'string' ? value.__EBA_EntityVersion : undefined,
  }
}

function text(value: JsonValue | undefined, path: string): string {
  if (typeof value !== 'string' || value === '') throw registerError('EBA_ENTITY', path)
  return value
}

/** `[{"KEY": "value"}, {"KEY": ["value", ...]}, ...]`; a key that comes twice has the values of both. */
function collect(value: JsonValue | undefined, path: string): Map<string, string[]> {
  const found = new Map<string, string[]>()
  if (value === undefined || value === null) return found
  if (!Array.isArray(value)) throw registerError('EBA_ENTITY', path)
  for (const [index, item] of (value as readonly JsonValue[]).entries()) {
    if (!isJsonObject(item)) throw registerError('EBA_ENTITY', `${path}/${index}`)
    for (const [key, content] of Object.entries(item)) {
      const values = Array.isArray(content) ? (content as readonly JsonValue[]) : [content]
      const list = found.get(key) ?? []
      for (const entry of values) {
        // Flags and numbers, if the register ever has them, are none of what is kept.
        if (typeof entry === 'string') list.push(entry)
        else if (typeof entry === 'object' && entry !== null) throw registerError('EBA_ENTITY', `${path}/${index}`)
      }
      found.set(key, list)
    }
  }
  return found
}

/** Countries with the same services as one. */
function groupedServices(byCountry: ReadonlyMap<string, readonly string[]>): RegisterServices[] {
  const groups = new Map<string, { services: readonly string[]; countries: string[] }>()
  for (const [country, services] of byCountry) {
    const key = services.join()
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { services, countries: [country] })
    else group.countries.push(country)
  }
  return [...groups.values()]
}
