/** What is kept once for everybody who asks, by its memory: views of it are as good. */
const kept = new WeakSet<ArrayBufferLike>()

/**
 * The same bytes as something that a door sends, without a copy. However many connections wait with it, it is in memory
 * once, and none of them is charged for it. Nobody may write into it any more.
 */
export function shared(bytes: Uint8Array): Buffer {
  // Small buffers lie in one piece of memory with those of others, which are nobody's to share.
  if (bytes.byteLength === bytes.buffer.byteLength) kept.add(bytes.buffer)
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

export const isShared = ({ buffer }: Uint8Array): boolean => kept.has(buffer)
