import { goesAhead } from '../opening/ahead.ts'

// Who may be in a transaction at once, among the runs of this desk. PostgreSQL notices conflicts by the page, so runs
// that have nothing to do with each other end each other when they write to the same end of an index. A run that was
// ended for this goes in alone the next time: what it then meets comes from another desk, if there is one.

export class Gate {
  readonly #room: number
  #inside = 0
  #alone = false
  readonly #waiting: { readonly alone: boolean; readonly enter: () => void }[] = []

  /** @param room how many may be inside together */
  constructor(room: number) {
    this.#room = room
  }

  /**
   * Runs `act` inside: with others, or with nobody else. In the order of arrival, so that nobody waits for ever; but those who go ahead
   * (see `ahead.ts`) come first.
   */
  async pass<T>(alone: boolean, act: () => Promise<T>): Promise<T> {
    await new Promise<void>((enter) => {
      this.#waiting[goesAhead() ? 'unshift' : 'push']({ alone, enter })
      this.#admit()
    })
    try {
      return await act()
    } finally {
      this.#inside--
      this.#alone = false
      this.#admit()
    }
  }

  #admit(): void {
    for (;;) {
      const next = this.#waiting[0]
      if (!next || this.#alone || this.#inside >= (next.alone ? 1 : this.#room)) return
      this.#waiting.shift()
      this.#inside++
      this.#alone = next.alone
      next.enter()
    }
  }
}
