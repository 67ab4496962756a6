/**
 * The octets from `start` to `end` as the characters U+0000 to U+00FF of the same numbers. Written for the short
 * texts of certificates, where a call of the platform costs more than the characters do.
 * @example
 * assert.equal(latin1(Uint8Array.of(0x53, 0x63, 0xe9)), 'Scé')
 */
export function latin1(bytes: Uint8Array, start = 0, end: number = bytes.length): string {
  let text = ''
  let i = start
  for (; i + 8 <= end; i += 8) {
    text += String.fromCharCode(
      bytes[i]!,
      bytes[i + 1]!,
      bytes[i + 2]!,
      bytes[i + 3]!,
      bytes[i + 4]!,
      bytes[i + 5]!,
      bytes[i + 6]!,
      bytes[i + 7]!,
    )
  }
  for (; i < end; i++) text += String.fromCharCode(bytes[i]!)
  return text
}
