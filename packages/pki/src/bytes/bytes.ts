/**
 * Joins byte strings into a new one.
 * @example
 * assert.deepEqual(concat(Uint8Array.of(1), Uint8Array.of(2, 3)), Uint8Array.of(1, 2, 3))
 */
export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0
  for (const part of parts) length += part.length
  const joined = new Uint8Array(length)
  let offset = 0
  for (const part of parts) {
    joined.set(part, offset)
    offset += part.length
  }
  return joined
}

/**
 * Compares content. The time depends on the length only, so it may be used on authentication codes.
 * @example
 * assert.equal(equal(Uint8Array.of(1), Uint8Array.of(1)), true)
 * assert.equal(equal(Uint8Array.of(1), Uint8Array.of(1, 2)), false)
 */
export function equal(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false
  let difference = 0
  for (let i = 0; i < a.length; i++) difference |= a[i]! ^ b[i]!
  return difference === 0
}
