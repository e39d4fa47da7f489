/** Which texts have come already. A short list is searched; a long one, which only an attacker sends, is hashed. */
export class Seen {
  private readonly list: string[] = []
  private set: Set<string> | undefined

  /** True where this text has come before. */
  again(text: string): boolean {
    if (this.set !== undefined) {
      const { size } = this.set
      return this.set.add(text).size === size
    }
    if (this.list.includes(text)) return true
    this.list.push(text)
    if (this.list.length > 24) this.set = new Set(this.list)
    return false
  }
}
