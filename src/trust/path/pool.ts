import type { Name } from '../../x509/name.ts'
import type { Member } from './member.ts'
import { canonicalName } from './names/canonical.ts'

const none: readonly Member[] = Object.freeze([])

/** Possible issuers by the name that they have. */
export class Pool {
  readonly size: number
  private readonly members: readonly Member[]
  private readonly byOctets = new Map<string, Member[]>()
  private byName: Map<string, Member[]> | undefined

  constructor(members: readonly Member[]) {
    this.members = members
    this.size = members.length
    for (const member of members) add(this.byOctets, member.subjectKey, member)
  }

  /** Members whose subject has these octets. */
  named(key: string): readonly Member[] {
    return this.byOctets.get(key) ?? none
  }

  /** Members of the same name in other octets: another string type, letters of another case (RFC 5280 7.1). */
  alike(name: Name, key: string): readonly Member[] {
    if (this.size === 0) return none
    if (this.byName === undefined) {
      this.byName = new Map()
      for (const member of this.members) add(this.byName, canonicalName(member.subject), member)
    }
    const found = this.byName.get(canonicalName(name)) ?? none
    return found.filter(({ subjectKey }) => subjectKey !== key)
  }
}

function add(map: Map<string, Member[]>, key: string, member: Member): void {
  const found = map.get(key)
  if (found === undefined) map.set(key, [member])
  else found.push(member)
}
