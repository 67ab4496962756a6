// Damaged input: what a hostile or careless sender can do to bytes.

import fc from 'fast-check'

export interface Damaged {
  readonly bytes: Uint8Array
  readonly how: string
}

/** A flipped bit, a cut, an inserted octet or a replaced length, somewhere in `original`. */
export function damaged(original: Uint8Array): fc.Arbitrary<Damaged> {
  const at = fc.nat({ max: original.length - 1 })
  return fc.oneof(
    fc.tuple(at, fc.nat({ max: 7 })).map(([i, bit]) => {
      const bytes = original.slice()
      bytes[i]! ^= 1 << bit
      return { bytes, how: `bit ${bit} of octet ${i} flipped` }
    }),
    at.map((i) => ({ bytes: original.slice(0, i), how: `cut at ${i}` })),
    fc.tuple(at, fc.nat({ max: 255 })).map(([i, octet]) => {
      const bytes = new Uint8Array(original.length + 1)
      bytes.set(original.subarray(0, i))
      bytes[i] = octet
      bytes.set(original.subarray(i), i + 1)
      return { bytes, how: `octet ${octet} inserted at ${i}` }
    }),
    fc.tuple(at, fc.constantFrom(0x00, 0x80, 0x81, 0x84, 0xff)).map(([i, octet]) => {
      const bytes = original.slice()
      bytes[i] = octet === original[i] ? octet ^ 1 : octet
      return { bytes, how: `octet ${i} replaced by ${octet}` }
    }),
  )
}
