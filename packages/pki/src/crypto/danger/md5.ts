// MD5 (RFC 1321), for PBES1 alone: keys that OpenSSL 1.0 wrote by default are under pbeWithMD5AndDES-CBC.

/** The digest, 16 bytes. */
export function md5(data: Uint8Array): Uint8Array {
  const length = Math.ceil((data.length + 9) / 64) * 64
  const padded = new Uint8Array(length)
  padded.set(data)
  padded[data.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(length - 8, data.length * 8, true)
  view.setUint32(length - 4, Math.floor(data.length / 0x20000000), true)
  const state = Uint32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476)
  for (let start = 0; start < length; start += 64) block(state, view, start)
  const out = new DataView(new ArrayBuffer(16))
  for (const [i, word] of state.entries()) out.setUint32(4 * i, word, true)
  return new Uint8Array(out.buffer)
}

function block(state: Uint32Array, view: DataView, start: number): void {
  let [a, b, c, d] = state as unknown as [number, number, number, number]
  for (let step = 0; step < 64; step++) {
    const round = step >> 4
    const word = view.getUint32(start + 4 * ((step * STRIDE[round]! + OFFSET[round]!) & 15), true)
    const sum = (a + mixed(round, b, c, d) + CONSTANTS[step]! + word) | 0
    const by = SHIFTS[round]![step & 3]!
    a = d
    d = c
    c = b
    b = (b + ((sum << by) | (sum >>> (32 - by)))) | 0
  }
  state[0]! += a
  state[1]! += b
  state[2]! += c
  state[3]! += d
}

function mixed(round: number, b: number, c: number, d: number): number {
  if (round === 0) return (b & c) | (~b & d)
  if (round === 1) return (b & d) | (c & ~d)
  return round === 2 ? b ^ c ^ d : c ^ (b | ~d)
}

const STRIDE: readonly number[] = [1, 5, 3, 7]
const OFFSET: readonly number[] = [0, 1, 5, 0]
const SHIFTS: readonly (readonly number[])[] = [
  [7, 12, 17, 22],
  [5, 9, 14, 20],
  [4, 11, 16, 23],
  [6, 10, 15, 21],
]
// "4294967296 times abs(sin(i)), where i is in radians" (§3.4)
const CONSTANTS: readonly number[] = Array.from({ length: 64 }, (_, i) =>
  Math.floor(2 ** 32 * Math.abs(Math.sin(i + 1))),
)
