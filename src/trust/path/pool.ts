import type { Name } from '../../x509/name.ts'
import type { Member } from './member.ts'
import { canonicalName } from './names/canonical.ts'

const none: readonly Member[] = Object.freeze([])

/** Possible issuers by the name that they have. */
export class Pool {
  readonly size: number
  private readonly members: readonly Member[]
  private readonly byHash = new Map<number, Member[]>()
  private byName: Map<string, Member[]> | undefined

  constructor(members: readonly Member[]) {
    this.members = members
    this.size = members.length
    for (const member of members) add(this.byHash, member.subject.hash, member)
  }

  /** Members whose subject has octets of this hash: of the name that was hashed, and seldom another. */
  hashed(hash: number): readonly Member[] {
    return this.byHash.get(hash) ?? none
  }

  /** Members of the same name in other octets: another string type, letters of another case (RFC 5280 7.1). */
  alike(name: Name): readonly Member[] {
    if (this.size === 0) return none
    if (this.byName === undefined) {
      this.byName = new Map()
      for (const member of this.members) add(this.byName, canonicalName(member.subject), member)
    }
    const found = this.byName.get(canonicalName(name)) ?? none
    return found.filter(({ subject }) => !subject.equals(name))
  }
}

function add<Key>(map: Map<Key, Member[]>, key: Key, member: Member): void {
  const found = map.get(key)
  if (found === undefined) map.set(key, [member])
  else found.push(member)
}
