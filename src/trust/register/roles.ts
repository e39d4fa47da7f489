import type { PspRole } from '../../eidas/roles.ts'
import type { RegisterServices } from './entity.ts'

/** Services that stand for a role. PS_070 is payment initiation and PS_080 account information, not the reverse. */
const serviceOfRole: Readonly<Partial<Record<PspRole, string>>> = {
  PSP_PI: 'PS_070',
  PSP_AI: 'PS_080',
  PSP_IC: 'PS_05A',
}

/** What the register says of one role. */
export interface RoleAnswer {
  readonly role: PspRole
  /** The service that stands for the role; undefined where none does. */
  readonly service: string | undefined
  /** For the country that was asked about. */
  readonly status: 'granted' | 'not-granted' | 'indeterminate'
  /** Every country in which the register has the service: the home country, and where it is passported to. */
  readonly countries: readonly string[]
}

/** Holds the services of an entry against one role, in one country. */
export function roleAnswer(role: PspRole, services: readonly RegisterServices[], country: string): RoleAnswer {
  const service = Object.hasOwn(serviceOfRole, role) ? serviceOfRole[role] : undefined
  if (service === undefined) return { role, service, status: 'indeterminate', countries: [] }
  const countries = countriesWith(service, services)
  if (countries.includes(country)) return { role, service, status: 'granted', countries }
  // Which service a card issuer needs is not published: that one is there is good, that it is not proves nothing.
  return { role, service, status: role === 'PSP_IC' ? 'indeterminate' : 'not-granted', countries }
}

/** Mostly it is one group, and nothing is copied. */
function countriesWith(service: string, services: readonly RegisterServices[]): readonly string[] {
  let found: readonly string[] = []
  for (const group of services) {
    if (!group.services.includes(service)) continue
    found = found.length === 0 ? group.countries : [...found, ...group.countries]
  }
  return found
}
