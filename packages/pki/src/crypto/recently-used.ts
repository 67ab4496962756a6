/** A bounded cache that forgets what was not asked for the longest. */
export class RecentlyUsed<T> {
  readonly #limit: number
  readonly #entries = new Map<string, T>()

  constructor(limit: number) {
    this.#limit = limit
  }

  /** The value kept under `name`, made and kept when it is missing. */
  get(name: string, make: () => T): T {
    let value = this.#entries.get(name)
    if (value === undefined) {
      value = make()
      // A Map keeps insertion order, so its first key is the oldest.
      if (this.#entries.size >= this.#limit) this.#entries.delete(this.#entries.keys().next().value!)
    } else {
      this.#entries.delete(name)
    }
    this.#entries.set(name, value)
    return value
  }
}
