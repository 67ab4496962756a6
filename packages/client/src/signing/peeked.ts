// A source that is looked at before it is read: what it holds decides how.

import { HEAD } from '@scel/files/kinds'
import type { ByteSource } from '@scel/pki/asn1'

export interface Peeked {
  readonly head: Uint8Array
  /** All of it, the head too. */
  readonly source: ByteSource
  /** For whoever does not read on after all: the source has been begun, and may hold a file open. */
  close(): Promise<void>
}

/** The first bytes of a source, and the whole of it again. */
export async function peeked(source: ByteSource): Promise<Peeked> {
  const iterator = source[Symbol.asyncIterator]()
  let head = Buffer.alloc(0)
  let ended = false
  while (head.length < HEAD && !ended) {
    const { value, done } = await iterator.next()
    if (done) ended = true
    else head = Buffer.concat([head, value])
  }
  const close = async (): Promise<void> => void (await iterator.return?.())
  const whole = async function* (): AsyncGenerator<Uint8Array> {
    try {
      if (head.length > 0) yield head
      while (!ended) {
        const { value, done } = await iterator.next()
        if (done) return
        yield value
      }
    } finally {
      await close()
    }
  }
  return { head: head.subarray(0, HEAD), source: whole(), close }
}
