import { compress, INITIAL } from '../sha256.ts'
import type { Blocks } from './sha2-stream.ts'

export class Sha256Blocks implements Blocks {
  readonly block = 64
  readonly count = 8
  readonly #state: Int32Array = INITIAL.slice()
  readonly #schedule: Int32Array = new Int32Array(64)

  absorb(bytes: Uint8Array): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    for (let offset = 0; offset < bytes.length; offset += 64) {
      for (let i = 0; i < 16; i++) this.#schedule[i] = view.getInt32(offset + 4 * i)
      compress(this.#state, this.#schedule)
    }
  }

  value(): Uint8Array {
    const out = new DataView(new ArrayBuffer(32))
    for (let i = 0; i < 8; i++) out.setInt32(4 * i, this.#state[i]!)
    return new Uint8Array(out.buffer)
  }
}
