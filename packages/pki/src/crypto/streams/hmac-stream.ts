import type { DigestStream } from '../cipher-stream.ts'

/** HMAC (RFC 2104 §2) over any digest in pieces. */
export class HmacStream implements DigestStream {
  readonly #make: () => DigestStream
  readonly #block: number
  readonly #key: Promise<Uint8Array>
  readonly #parts: Uint8Array[] = []
  #inner: DigestStream | undefined

  constructor(make: () => DigestStream, block: number, key: Uint8Array) {
    this.#make = make
    this.#block = block
    this.#key = key.length > block ? hashed(make(), key) : Promise.resolve(key)
    if (key.length <= block) this.#inner = this.#padded(key, 0x36)
  }

  update(bytes: Uint8Array): void {
    if (this.#inner) this.#inner.update(bytes)
    else this.#parts.push(bytes.slice())
  }

  async digest(): Promise<Uint8Array> {
    const key = await this.#key
    const inner = this.#inner ?? this.#padded(key, 0x36)
    for (const part of this.#parts) inner.update(part)
    const outer = this.#padded(key, 0x5c)
    outer.update(await inner.digest())
    return outer.digest()
  }

  #padded(key: Uint8Array, pad: number): DigestStream {
    const block = new Uint8Array(this.#block).fill(pad)
    for (let i = 0; i < key.length; i++) block[i]! ^= key[i]!
    const stream = this.#make()
    stream.update(block)
    return stream
  }
}

async function hashed(stream: DigestStream, key: Uint8Array): Promise<Uint8Array> {
  stream.update(key)
  return stream.digest()
}
