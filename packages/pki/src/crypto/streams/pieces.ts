import { concat } from '../../bytes/index.ts'

/** Cuts what comes in any lengths into pieces of one size, or of several times that, and runs each; the last is shorter. */
export class Pieces {
  readonly #run: (piece: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>
  readonly #waiting: Uint8Array<ArrayBuffer>
  #held = 0

  /** `size` is a multiple of the block. */
  constructor(size: number, run: (piece: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>) {
    this.#waiting = new Uint8Array(size)
    this.#run = run
  }

  /** How many octets wait for more. */
  get held(): number {
    return this.#held
  }

  /** What can be answered now: what the whole pieces give. */
  async push(bytes: Uint8Array): Promise<Uint8Array> {
    const size = this.#waiting.length
    const out: Uint8Array[] = []
    let read = 0
    if (this.#held > 0) {
      read = Math.min(size - this.#held, bytes.length)
      this.#hold(bytes.subarray(0, read))
      if (this.#held === size) out.push(await this.end())
    }
    // What nothing waits before is run where it stands, and several pieces together: joining what they give takes longer.
    const whole = bytes.length - ((bytes.length - read) % size)
    while (read < whole) {
      const piece = bytes.subarray(read, Math.min(whole, read + MOST * size)) as Uint8Array<ArrayBuffer>
      out.push(await this.#run(piece))
      read += piece.length
    }
    this.#hold(bytes.subarray(whole))
    return out.length === 1 ? out[0]! : concat(out)
  }

  /** The rest, run as the last piece; nothing when nothing is left. */
  async end(): Promise<Uint8Array> {
    if (this.#held === 0) return new Uint8Array(0)
    const piece = this.#waiting.subarray(0, this.#held)
    this.#held = 0
    return this.#run(piece)
  }

  #hold(bytes: Uint8Array): void {
    this.#waiting.set(bytes, this.#held)
    this.#held += bytes.length
  }
}

// Pieces in one run: the platform copies what it is given.
const MOST = 16
