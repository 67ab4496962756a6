// SHA-256 (FIPS 180-4), for one purpose: the hundred thousand rounds of PKCS #12 key derivation in a browser,
// where each call of WebCrypto is a promise. Everything else uses the platform's digest.

/** Hashes `data`, then the result again, `times` times in all. */
export function sha256Repeated(data: Uint8Array, times: number): Uint8Array {
  let state = data
  for (let i = 0; i < times; i++) state = sha256(state)
  return state
}

function sha256(data: Uint8Array): Uint8Array {
  const padded = new Uint8Array((((data.length + 8) >> 6) + 1) << 6)
  padded.set(data)
  padded[data.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(padded.length - 8, Math.floor(data.length / 0x20000000))
  view.setUint32(padded.length - 4, (data.length << 3) >>> 0)
  const hash = INITIAL.slice()
  for (let offset = 0; offset < padded.length; offset += 64) compress(hash, view, offset)
  const out = new Uint8Array(32)
  const outView = new DataView(out.buffer)
  for (let i = 0; i < 8; i++) outView.setUint32(4 * i, hash[i]! >>> 0)
  return out
}

const rotate = (word: number, by: number): number => (word >>> by) | (word << (32 - by))

function compress(hash: Int32Array, view: DataView, offset: number): void {
  for (let i = 0; i < 16; i++) SCHEDULE[i] = view.getInt32(offset + 4 * i)
  for (let i = 16; i < 64; i++) {
    const w15 = SCHEDULE[i - 15]!
    const w2 = SCHEDULE[i - 2]!
    const s0 = rotate(w15, 7) ^ rotate(w15, 18) ^ (w15 >>> 3)
    const s1 = rotate(w2, 17) ^ rotate(w2, 19) ^ (w2 >>> 10)
    SCHEDULE[i] = (SCHEDULE[i - 16]! + s0 + SCHEDULE[i - 7]! + s1) | 0
  }
  let [a, b, c, d, e, f, g, h] = hash as unknown as [number, number, number, number, number, number, number, number]
  for (let i = 0; i < 64; i++) {
    const sum1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)
    const t1 = (h + sum1 + ((e & f) ^ (~e & g)) + K[i]! + SCHEDULE[i]!) | 0
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
  const words = [a, b, c, d, e, f, g, h]
  for (let i = 0; i < 8; i++) hash[i] = (hash[i]! + words[i]!) | 0
}

// The constants are the first 32 bits of the fractional parts of roots of primes (§4.2.2, §5.3.3): computed, so
// that there is no table to mistype. Doubles carry 52 bits of fraction, enough for 32.
const PRIMES: readonly number[] = firstPrimes(64)
const fraction = (root: number): number => ((root - Math.floor(root)) * 0x100000000) | 0
const K: Int32Array = Int32Array.from(PRIMES, (prime) => fraction(Math.cbrt(prime)))
const INITIAL: Int32Array = Int32Array.from(PRIMES.slice(0, 8), (prime) => fraction(Math.sqrt(prime)))
const SCHEDULE = new Int32Array(64)

function firstPrimes(count: number): number[] {
  const primes: number[] = []
  for (let n = 2; primes.length < count; n++) if (primes.every((prime) => n % prime !== 0)) primes.push(n)
  return primes
}
