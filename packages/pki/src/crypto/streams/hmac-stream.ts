import type { DigestStream } from './cipher-stream.ts'
import type { Sha2Stream } from './sha2-stream.ts'

/** HMAC (RFC 2104 §2) over SHA-2 in pieces. */
export class HmacStream implements DigestStream {
  readonly #inner: Sha2Stream
  readonly #outer: Sha2Stream

  /** `block` is the digest's, in bytes. A longer key is hashed first. */
  constructor(make: () => Sha2Stream, block: number, key: Uint8Array) {
    const filled = new Uint8Array(block)
    filled.set(key.length > block ? hashed(make(), key) : key)
    const padded = (pad: number): Sha2Stream => {
      const stream = make()
      stream.update(filled.map((octet) => octet ^ pad))
      return stream
    }
    this.#inner = padded(0x36)
    this.#outer = padded(0x5c)
  }

  update(bytes: Uint8Array): void {
    this.#inner.update(bytes)
  }

  async digest(): Promise<Uint8Array> {
    return hashed(this.#outer, this.#inner.value())
  }
}

function hashed(stream: Sha2Stream, bytes: Uint8Array): Uint8Array {
  stream.update(bytes)
  return stream.value()
}
