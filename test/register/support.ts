import { indexEbaRegister } from '../../src/lists/index.ts'
import { type EbaRegister, openEbaRegister } from '../../src/trust/index.ts'

export const at = new Date('2026-06-01T12:00:00Z')

/** Properties and services as the register writes them. */
export interface EntryParts {
  readonly owner?: string
  readonly number?: string
  readonly code?: string
  readonly type?: string
  readonly reference?: string | string[]
  readonly names?: string | string[]
  readonly dates?: string | string[]
  readonly services?: object[]
}

/** One entry in the published shape. */
export function entry(parts: EntryParts = {}): object {
  const {
    owner = 'IE_CBI',
    number = 'C58301',
    type = 'PSD_PI',
    reference = 'C58301',
    names = 'Example Pay Ltd',
  } = parts
  const { dates = ['2018-07-02'], services = [{ IE: ['PS_070', 'PS_080'] }, { FR: 'PS_080' }] } = parts
  return {
    CA_OwnerID: owner,
    EntityCode: parts.code ?? `${owner}!${number}`,
    EntityType: type,
    Properties: [
      { ENT_NAT_REF_COD: reference },
      { ENT_NAM: names },
      { ENT_ADD: '1 Example Street' },
      { ENT_COU_RES: owner.slice(0, 2) },
      { ENT_AUT: dates },
    ],
    Services: services,
    __EBA_EntityVersion: '20260501000000000',
  }
}

export function fileOf(entries: readonly object[]): Uint8Array {
  return new TextEncoder().encode(JSON.stringify([[{ disclaimer: 'no real entity' }], entries]))
}

export async function registerOf(...entries: readonly object[]): Promise<EbaRegister> {
  return openEbaRegister((await indexEbaRegister([fileOf(entries)])).index)
}
