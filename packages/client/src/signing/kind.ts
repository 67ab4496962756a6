// What a file that is to be verified holds: a signature, or a time stamp. Both are SignedData; what they sign differs.

import type { ByteSource } from '@scel/pki/asn1'
import { encodeOid } from '@scel/pki/asn1'
import { TST_INFO } from '@scel/pki/tsp'

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

/**
 * Whether it is a time stamp, by its beginning: the type of the content stands before the content (RFC 5652 §5.1), also
 * within a response (RFC 3161 §2.4.2). Its own reader says whether it is well-formed.
 */
export const looksLikeTimeStamp = (head: Uint8Array): boolean => Buffer.from(head).includes(encodeOid(TST_INFO))

const HEAD = 256
