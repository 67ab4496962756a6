/**
 * Octets, or a list of such and of lists. A list of any length is handed over as it is: spread into arguments it would
 * lie on the stack, which ends at some 65,000 of them.
 */
export type Parts = Uint8Array | readonly Parts[]

/**
 * Joins byte strings into a new one.
 * @example
 * assert.deepEqual(concat(Uint8Array.of(1), Uint8Array.of(2, 3)), Uint8Array.of(1, 2, 3))
 * assert.deepEqual(concat([Uint8Array.of(1), Uint8Array.of(2)], Uint8Array.of(3)), Uint8Array.of(1, 2, 3))
 */
export function concat(...parts: readonly Parts[]): Uint8Array {
  const joined = new Uint8Array(lengthOf(parts))
  copyInto(joined, 0, parts)
  return joined
}

/**
 * How many octets they are together.
 * @example
 * assert.equal(lengthOf([Uint8Array.of(1), [Uint8Array.of(2), Uint8Array.of(3)]]), 3)
 */
export function lengthOf(parts: readonly Parts[]): number {
  let length = 0
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!
    length += part instanceof Uint8Array ? part.length : lengthOf(part)
  }
  return length
}

/**
 * Copies them one behind the other, and returns where they end.
 * @example
 * const out = new Uint8Array(3)
 * assert.equal(copyInto(out, 1, [Uint8Array.of(1), [Uint8Array.of(2)]]), 3)
 */
export function copyInto(out: Uint8Array, start: number, parts: readonly Parts[]): number {
  let offset = start
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!
    if (!(part instanceof Uint8Array)) {
      offset = copyInto(out, offset, part)
      continue
    }
    // Most parts are a few octets, for which a loop beats the call.
    if (part.length > 32) out.set(part, offset)
    else for (let j = 0; j < part.length; j++) out[offset + j] = part[j]!
    offset += part.length
  }
  return offset
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
