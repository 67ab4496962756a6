// SHA-3 and SHAKE (FIPS 202) in portable TypeScript, for expanding the seeds of post-quantum keys: browsers have no
// SHAKE at all, and nowhere can one read from it bit by bit.

/** Reads as many bytes as are asked for, in as many calls as one likes. */
export interface Sponge {
  read(length: number): Uint8Array
}

export const shake128 = (...parts: readonly Uint8Array[]): Sponge => absorb(168, 0x1f, parts)
export const shake256 = (...parts: readonly Uint8Array[]): Sponge => absorb(136, 0x1f, parts)
export const sha3256 = (...parts: readonly Uint8Array[]): Uint8Array => absorb(136, 0x06, parts).read(32)
export const sha3512 = (...parts: readonly Uint8Array[]): Uint8Array => absorb(72, 0x06, parts).read(64)

function absorb(rate: number, suffix: number, parts: readonly Uint8Array[]): Sponge {
  const sponge = absorbing(rate, suffix)
  for (const part of parts) sponge.update(part)
  return sponge.squeeze()
}

/** A sponge that is still filling. */
export interface Absorbing {
  update(bytes: Uint8Array): void
  /** Ends what came; once. */
  squeeze(): Sponge
}

/** `rate` is the length of a block in bytes, `suffix` the domain bits with the first of the padding (§B.2). */
export function absorbing(rate: number, suffix: number): Absorbing {
  const words = new Uint32Array(50)
  const state = new DataView(words.buffer)
  const mix = (at: number, octet: number): void => state.setUint8(at, state.getUint8(at) ^ octet)
  let at = 0
  const next = (): void => {
    permute(state)
    at = 0
  }
  return {
    update(bytes) {
      for (const octet of bytes) {
        mix(at++, octet)
        if (at === rate) next()
      }
    },
    squeeze() {
      mix(at, suffix)
      mix(rate - 1, 0x80)
      next()
      return {
        read(length) {
          const out = new Uint8Array(length)
          for (let i = 0; i < length; i++) {
            if (at === rate) next()
            out[i] = state.getUint8(at++)
          }
          return out
        },
      }
    },
  }
}

/** Keccak-f[1600] (§3.3) over 25 lanes of 64 bits, little-endian; low halves and high halves apart. */
function permute(state: DataView): void {
  const low = new Int32Array(25)
  const high = new Int32Array(25)
  for (let i = 0; i < 25; i++) {
    low[i] = state.getInt32(8 * i, true)
    high[i] = state.getInt32(8 * i + 4, true)
  }
  for (let round = 0; round < 24; round++) {
    theta(low, high)
    rhoAndPi(low, high)
    chi(low)
    chi(high)
    low[0]! ^= ROUND_LOW[round]!
    high[0]! ^= ROUND_HIGH[round]!
  }
  for (let i = 0; i < 25; i++) {
    state.setInt32(8 * i, low[i]!, true)
    state.setInt32(8 * i + 4, high[i]!, true)
  }
}

function theta(low: Int32Array, high: Int32Array): void {
  const [parityLow, parityHigh] = [parity(low), parity(high)]
  for (let x = 0; x < 5; x++) {
    const [left, right] = [(x + 4) % 5, (x + 1) % 5]
    const changeLow = parityLow[left]! ^ ((parityLow[right]! << 1) | (parityHigh[right]! >>> 31))
    const changeHigh = parityHigh[left]! ^ ((parityHigh[right]! << 1) | (parityLow[right]! >>> 31))
    for (let y = 0; y < 25; y += 5) {
      low[x + y]! ^= changeLow
      high[x + y]! ^= changeHigh
    }
  }
}

const parity = (half: Int32Array): number[] =>
  [0, 1, 2, 3, 4].map((x) => half[x]! ^ half[x + 5]! ^ half[x + 10]! ^ half[x + 15]! ^ half[x + 20]!)

/** The lanes walk one path through the square, each turned further than the one before. */
function rhoAndPi(low: Int32Array, high: Int32Array): void {
  let [x, y] = [1, 0]
  let [carriedLow, carriedHigh] = [low[1]!, high[1]!]
  for (let step = 1; step <= 24; step++) {
    ;[x, y] = [y, (2 * x + 3 * y) % 5]
    const lane = x + 5 * y
    const turn = ((step * (step + 1)) / 2) % 64
    const [keptLow, keptHigh] = [low[lane]!, high[lane]!]
    const [a, b] = turn < 32 ? [carriedLow, carriedHigh] : [carriedHigh, carriedLow]
    const by = turn % 32
    low[lane] = by === 0 ? a : (a << by) | (b >>> (32 - by))
    high[lane] = by === 0 ? b : (b << by) | (a >>> (32 - by))
    carriedLow = keptLow
    carriedHigh = keptHigh
  }
}

function chi(half: Int32Array): void {
  for (let y = 0; y < 25; y += 5) {
    const [a, b, c, d, e] = [half[y]!, half[y + 1]!, half[y + 2]!, half[y + 3]!, half[y + 4]!]
    half[y] = a ^ (~b & c)
    half[y + 1] = b ^ (~c & d)
    half[y + 2] = c ^ (~d & e)
    half[y + 3] = d ^ (~e & a)
    half[y + 4] = e ^ (~a & b)
  }
}

/** Round constants (§3.2.5), from the shift register that defines them. */
function roundConstants(): { low: Int32Array; high: Int32Array } {
  const low = new Int32Array(24)
  const high = new Int32Array(24)
  let register = 1
  for (let round = 0; round < 24; round++) {
    for (let j = 0; j < 7; j++) {
      const bit = 2 ** j - 1
      if (register & 1) {
        if (bit < 32) low[round]! |= 1 << bit
        else high[round]! |= 1 << (bit - 32)
      }
      register = register & 0x80 ? (register << 1) ^ 0x171 : register << 1
    }
  }
  return { low, high }
}

const { low: ROUND_LOW, high: ROUND_HIGH } = roundConstants()
