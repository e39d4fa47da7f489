/** What was worked out for texts that are expected again. When it is full, what was kept first is forgotten first. */
export class Recent<Value> {
  readonly #held = new Map<string, Value>()
  readonly #capacity: number

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  get(key: string): Value | undefined {
    return this.#held.get(key)
  }

  set(key: string, value: Value): void {
    this.#held.set(key, value)
    const [oldest] = this.#held.size > this.#capacity ? this.#held.keys() : []
    if (oldest !== undefined) this.#held.delete(oldest)
  }
}
