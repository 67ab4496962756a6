// Octets in parts, and parts as octets again: for tests of what streams.

import { concat } from '@scel/pki/bytes'

/** The octets in parts of this size, or of sizes that a function chooses. */
export async function* inParts(bytes: Uint8Array, size: number | (() => number) = 65_536): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; ) {
    const step = Math.max(1, typeof size === 'number' ? size : size())
    yield bytes.subarray(at, at + step)
    at += step
  }
}

/** What came, whole: a part holds only until the next one is asked for. */
export async function collect(parts: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = []
  for await (const part of parts) all.push(part.slice())
  return concat(...all)
}
