// SHA-2 in pieces (FIPS 180-4), for browsers: WebCrypto hashes in one call only, and a file may be larger than memory.

import type { DigestName } from '../../algorithms/index.ts'
import type { DigestStream } from './cipher-stream.ts'
import { Sha256Blocks } from './sha256-blocks.ts'
import { Sha512Blocks } from './sha512-blocks.ts'

/** What turns whole blocks into a state. */
export interface Blocks {
  /** Length of a block in bytes, and of the count of bits at its end. */
  readonly block: 64 | 128
  readonly count: 8 | 16
  /** Takes whole blocks. */
  absorb(bytes: Uint8Array): void
  /** The state as bytes, cut to the digest. */
  value(): Uint8Array
}

/** A stream for SHA-256, SHA-384 or SHA-512; undefined for other digests. */
export function sha2Stream(name: DigestName): Sha2Stream | undefined {
  if (name === 'SHA-256') return new Sha2Stream(new Sha256Blocks())
  return name === 'SHA-384' || name === 'SHA-512' ? new Sha2Stream(new Sha512Blocks(name)) : undefined
}

export class Sha2Stream implements DigestStream {
  readonly #blocks: Blocks
  readonly #rest: Uint8Array
  #held = 0
  #length = 0

  constructor(blocks: Blocks) {
    this.#blocks = blocks
    this.#rest = new Uint8Array(blocks.block)
  }

  update(bytes: Uint8Array): void {
    const { block } = this.#blocks
    this.#length += bytes.length
    let read = 0
    if (this.#held > 0) {
      read = Math.min(block - this.#held, bytes.length)
      this.#rest.set(bytes.subarray(0, read), this.#held)
      this.#held += read
      if (this.#held < block) return
      this.#blocks.absorb(this.#rest)
      this.#held = 0
    }
    const whole = read + Math.floor((bytes.length - read) / block) * block
    if (whole > read) this.#blocks.absorb(bytes.subarray(read, whole))
    this.#rest.set(bytes.subarray(whole))
    this.#held = bytes.length - whole
  }

  async digest(): Promise<Uint8Array> {
    return this.value()
  }

  /** What `digest` answers, without a promise. */
  value(): Uint8Array {
    const { block, count } = this.#blocks
    const last = new Uint8Array(this.#held + 1 + count > block ? 2 * block : block)
    last.set(this.#rest.subarray(0, this.#held))
    last[this.#held] = 0x80
    const view = new DataView(last.buffer)
    view.setUint32(last.length - 8, Math.floor(this.#length / 0x20000000))
    view.setUint32(last.length - 4, (this.#length << 3) >>> 0)
    this.#blocks.absorb(last)
    return this.#blocks.value()
  }
}
