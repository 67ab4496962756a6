/** Octets that arrive in pieces. */
export interface GrowingBuffer {
  /** Copies a piece behind the others. @returns false, and takes nothing of it, where there would be more than is taken */
  take(piece: Uint8Array): boolean
  /** What was taken. */
  bytes(): Buffer
}

/**
 * One buffer that grows with what arrives, in however many pieces: whoever sends says how many there are, and each that is kept by itself
 * costs hundreds of octets.
 *
 * @param largest octets that are taken at most, and one piece for each sixteen of them: to be handed a piece costs time, however small it is
 */
export function growingBuffer(largest: number): GrowingBuffer {
  let buffer = Buffer.allocUnsafeSlow(Math.min(largest, FIRST))
  let length = 0
  let pieces = FEW + Math.ceil(largest / 16)
  return {
    take: (piece) => {
      const needed = length + piece.length
      if (needed > largest || pieces-- === 0) return false
      if (needed > buffer.length) {
        const larger = Buffer.allocUnsafeSlow(Math.min(largest, Math.max(needed, 2 * buffer.length)))
        buffer.copy(larger, 0, 0, length)
        buffer = larger
      }
      buffer.set(piece, length)
      length = needed
      return true
    },
    bytes: () => buffer.subarray(0, length),
  }
}

const FIRST = 16 * 1024
/** A short answer may come octet by octet. */
const FEW = 4 * 1024
