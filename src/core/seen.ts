/** Which object identifiers a list has. A short list is searched; a long one, which only an attacker sends, is hashed. */
export class Seen {
  private set: Set<string> | undefined

  /** True where the list, which grows by one from call to call, has this identifier already. */
  again(oid: string, list: readonly { readonly oid: string }[]): boolean {
    if (this.set === undefined && list.length < 24) {
      for (const item of list) if (item.oid === oid) return true
      return false
    }
    this.set ??= new Set(list.map((item) => item.oid))
    const { size } = this.set
    return this.set.add(oid).size === size
  }
}
