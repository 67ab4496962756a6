import { concat } from '../../bytes/index.ts'

/** Cuts what comes in any lengths into pieces of one size, a multiple of the block, and runs each; the last is shorter. */
export class Pieces {
  readonly #run: (piece: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>
  readonly #waiting: Uint8Array<ArrayBuffer>
  #held = 0

  constructor(size: number, run: (piece: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>) {
    this.#waiting = new Uint8Array(size)
    this.#run = run
  }

  /** What can be answered now: what the whole pieces give. */
  async push(bytes: Uint8Array): Promise<Uint8Array> {
    const size = this.#waiting.length
    const out: Uint8Array[] = []
    let read = 0
    while (this.#held + bytes.length - read >= size) {
      // A whole piece that nothing waits before is run where it stands.
      let piece = bytes.subarray(read, read + size) as Uint8Array<ArrayBuffer>
      if (this.#held > 0) {
        piece = this.#waiting
        piece.set(bytes.subarray(read, read + size - this.#held), this.#held)
      }
      read += size - this.#held
      this.#held = 0
      out.push(await this.#run(piece))
    }
    this.#waiting.set(bytes.subarray(read), this.#held)
    this.#held += bytes.length - read
    return out.length === 1 ? out[0]! : concat(...out)
  }

  /** The rest, run as the last piece; nothing when nothing is left. */
  async end(): Promise<Uint8Array> {
    return this.#held > 0 ? this.#run(this.#waiting.slice(0, this.#held)) : new Uint8Array(0)
  }
}
