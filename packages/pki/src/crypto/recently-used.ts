/** A bounded table that forgets what was not asked for the longest. */
export class RecentlyUsed<T> {
  readonly #limit: number
  readonly #entries = new Map<string, T>()

  constructor(limit: number) {
    this.#limit = limit
  }

  get(name: string): T | undefined {
    const value = this.#entries.get(name)
    if (value !== undefined) this.set(name, value)
    return value
  }

  set(name: string, value: T): void {
    // A Map keeps insertion order, so its first key is the oldest.
    this.#entries.delete(name)
    if (this.#entries.size >= this.#limit) this.#entries.delete(this.#entries.keys().next().value!)
    this.#entries.set(name, value)
  }
}
