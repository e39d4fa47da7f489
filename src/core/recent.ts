/** A map of a bounded size. When it is full, what was set longest ago is forgotten first. */
export class Recent<Key, Value> {
  readonly #held = new Map<Key, Value>()
  readonly #capacity: number

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  get size(): number {
    return this.#held.size
  }

  get(key: Key): Value | undefined {
    return this.#held.get(key)
  }

  /** Behind all others, also where it was there already. */
  set(key: Key, value: Value): void {
    this.#held.delete(key)
    this.#held.set(key, value)
    if (this.#held.size > this.#capacity) this.#held.delete(this.#held.keys().next().value as Key)
  }
}
