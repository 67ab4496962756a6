// SHA-256 (FIPS 180-4), for one purpose: the hundred thousand rounds of PKCS #12 key derivation. In a browser each call
// of WebCrypto is a promise, and in Node a call into the platform takes longer than the hash. Everything else uses the
// platform's digest.

/** Hashes `data`, then the result again, `times` times in all. */
export function sha256Repeated(data: Uint8Array, times: number): Uint8Array {
  if (times < 1) return data
  const state = new Int32Array(8)
  const schedule = new Int32Array(64)
  hash(state, schedule, data)
  // Thirty-two bytes, their end mark and their length always stand in the same places of one block.
  for (let round = 1; round < times; round++) {
    for (let i = 0; i < 8; i++) schedule[i] = state[i]!
    schedule[8] = 0x80 << 24
    for (let i = 9; i < 15; i++) schedule[i] = 0
    schedule[15] = 256
    state.set(INITIAL)
    compress(state, schedule)
  }
  const out = new DataView(new ArrayBuffer(32))
  for (let i = 0; i < 8; i++) out.setInt32(4 * i, state[i]!)
  return new Uint8Array(out.buffer)
}

function hash(state: Int32Array, schedule: Int32Array, data: Uint8Array): void {
  const padded = new Uint8Array((((data.length + 8) >> 6) + 1) << 6)
  padded.set(data)
  padded[data.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(padded.length - 8, Math.floor(data.length / 0x20000000))
  view.setUint32(padded.length - 4, (data.length << 3) >>> 0)
  state.set(INITIAL)
  for (let offset = 0; offset < padded.length; offset += 64) {
    for (let i = 0; i < 16; i++) schedule[i] = view.getInt32(offset + 4 * i)
    compress(state, schedule)
  }
}

const rotate = (word: number, by: number): number => (word >>> by) | (word << (32 - by))

export function compress(state: Int32Array, w: Int32Array): void {
  for (let i = 16; i < 64; i++) {
    const w15 = w[i - 15]!
    const w2 = w[i - 2]!
    const s0 = rotate(w15, 7) ^ rotate(w15, 18) ^ (w15 >>> 3)
    const s1 = rotate(w2, 17) ^ rotate(w2, 19) ^ (w2 >>> 10)
    w[i] = w[i - 16]! + s0 + w[i - 7]! + s1
  }
  let a = state[0]!
  let b = state[1]!
  let c = state[2]!
  let d = state[3]!
  let e = state[4]!
  let f = state[5]!
  let g = state[6]!
  let h = state[7]!
  for (let i = 0; i < 64; i++) {
    const sum1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
    const t1 = (h + sum1 + ((e & f) ^ (~e & g)) + K[i]! + w[i]!) | 0
    const sum0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)
    const t2 = (sum0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + t1) | 0
    d = c
    c = b
    b = a
    a = (t1 + t2) | 0
  }
  // Assignment to an element of an Int32Array keeps the low 32 bits.
  state[0]! += a
  state[1]! += b
  state[2]! += c
  state[3]! += d
  state[4]! += e
  state[5]! += f
  state[6]! += g
  state[7]! += h
}

// The constants are the first 32 bits of the fractional parts of roots of primes (§4.2.2, §5.3.3): computed, so
// that there is no table to mistype. Doubles carry 52 bits of fraction, enough for 32.
const PRIMES: readonly number[] = firstPrimes(64)
const fraction = (root: number): number => ((root - Math.floor(root)) * 0x100000000) | 0
const K: Int32Array = Int32Array.from(PRIMES, (prime) => fraction(Math.cbrt(prime)))
export const INITIAL: Int32Array = Int32Array.from(PRIMES.slice(0, 8), (prime) => fraction(Math.sqrt(prime)))

function firstPrimes(count: number): number[] {
  const primes: number[] = []
  for (let n = 2; primes.length < count; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n)
  return primes
}
