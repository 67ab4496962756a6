// SHA-512 and SHA-384 (FIPS 180-4 §6.4, §6.5). Words have 64 bits; JavaScript is quick with 32, so each word is a pair.

import type { Blocks } from './sha2-stream.ts'

export class Sha512Blocks implements Blocks {
  readonly block = 128
  readonly count = 16
  readonly #length: number
  readonly #state: Int32Array
  readonly #w: Int32Array = new Int32Array(160)
  readonly #k: Int32Array

  constructor(name: 'SHA-384' | 'SHA-512') {
    constants ??= makeConstants()
    this.#k = constants.rounds
    this.#state = constants[name].slice()
    this.#length = name === 'SHA-384' ? 48 : 64
  }

  absorb(bytes: Uint8Array): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    for (let offset = 0; offset < bytes.length; offset += 128) {
      for (let i = 0; i < 32; i++) this.#w[i] = view.getInt32(offset + 4 * i)
      compress(this.#state, this.#w, this.#k)
    }
  }

  value(): Uint8Array {
    const out = new DataView(new ArrayBuffer(64))
    for (let i = 0; i < 16; i++) out.setInt32(4 * i, this.#state[i]!)
    return new Uint8Array(out.buffer).slice(0, this.#length)
  }
}

/** Hashes `data`, then the result again, `times` times in all, for the key derivation of PKCS #12. */
export function sha512Repeated(name: 'SHA-384' | 'SHA-512', data: Uint8Array, times: number): Uint8Array {
  if (times < 1) return data
  constants ??= makeConstants()
  const [start, rounds] = [constants[name], constants.rounds]
  const state = start.slice()
  const w = new Int32Array(160)
  const padded = new Uint8Array(Math.ceil((data.length + 17) / 128) * 128)
  padded.set(data)
  padded[data.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(padded.length - 8, Math.floor(data.length / 0x20000000))
  view.setUint32(padded.length - 4, (data.length << 3) >>> 0)
  for (let offset = 0; offset < padded.length; offset += 128) {
    for (let i = 0; i < 32; i++) w[i] = view.getInt32(offset + 4 * i)
    compress(state, w, rounds)
  }
  // The digest, its end mark and its length always stand in the same places of one block.
  const words = name === 'SHA-384' ? 12 : 16
  for (let round = 1; round < times; round++) {
    for (let i = 0; i < words; i++) w[i] = state[i]!
    w[words] = 0x80 << 24
    for (let i = words + 1; i < 31; i++) w[i] = 0
    w[31] = words * 32
    state.set(start)
    compress(state, w, rounds)
  }
  const out = new DataView(new ArrayBuffer(64))
  for (let i = 0; i < 16; i++) out.setInt32(4 * i, state[i]!)
  return new Uint8Array(out.buffer).slice(0, words * 4)
}

/** State, schedule and constants hold a word as two elements, the high half first. */
function compress(state: Int32Array, w: Int32Array, k: Int32Array): void {
  for (let i = 32; i < 160; i += 2) {
    const [h15, l15] = [w[i - 30]!, w[i - 29]!]
    const [h2, l2] = [w[i - 4]!, w[i - 3]!]
    const s0h = ((h15 >>> 1) | (l15 << 31)) ^ ((h15 >>> 8) | (l15 << 24)) ^ (h15 >>> 7)
    const s0l = ((l15 >>> 1) | (h15 << 31)) ^ ((l15 >>> 8) | (h15 << 24)) ^ ((l15 >>> 7) | (h15 << 25))
    const s1h = ((h2 >>> 19) | (l2 << 13)) ^ ((l2 >>> 29) | (h2 << 3)) ^ (h2 >>> 6)
    const s1l = ((l2 >>> 19) | (h2 << 13)) ^ ((h2 >>> 29) | (l2 << 3)) ^ ((l2 >>> 6) | (h2 << 26))
    const low = (w[i - 31]! >>> 0) + (s0l >>> 0) + (w[i - 13]! >>> 0) + (s1l >>> 0)
    w[i] = w[i - 32]! + s0h + w[i - 14]! + s1h + Math.floor(low / TWO_32)
    w[i + 1] = low
  }
  let [ah, al, bh, bl, ch, cl, dh, dl] = [
    state[0]!,
    state[1]!,
    state[2]!,
    state[3]!,
    state[4]!,
    state[5]!,
    state[6]!,
    state[7]!,
  ]
  let [eh, el, fh, fl, gh, gl, hh, hl] = [
    state[8]!,
    state[9]!,
    state[10]!,
    state[11]!,
    state[12]!,
    state[13]!,
    state[14]!,
    state[15]!,
  ]
  for (let i = 0; i < 160; i += 2) {
    const s1h = ((eh >>> 14) | (el << 18)) ^ ((eh >>> 18) | (el << 14)) ^ ((el >>> 9) | (eh << 23))
    const s1l = ((el >>> 14) | (eh << 18)) ^ ((el >>> 18) | (eh << 14)) ^ ((eh >>> 9) | (el << 23))
    const t1 = (hl >>> 0) + (s1l >>> 0) + (((el & fl) ^ (~el & gl)) >>> 0) + (k[i + 1]! >>> 0) + (w[i + 1]! >>> 0)
    const t1h = (hh + s1h + ((eh & fh) ^ (~eh & gh)) + k[i]! + w[i]! + Math.floor(t1 / TWO_32)) | 0
    const t1l = t1 | 0
    const s0h = ((ah >>> 28) | (al << 4)) ^ ((al >>> 2) | (ah << 30)) ^ ((al >>> 7) | (ah << 25))
    const s0l = ((al >>> 28) | (ah << 4)) ^ ((ah >>> 2) | (al << 30)) ^ ((ah >>> 7) | (al << 25))
    const t2 = (s0l >>> 0) + (((al & bl) ^ (al & cl) ^ (bl & cl)) >>> 0)
    const t2h = (s0h + ((ah & bh) ^ (ah & ch) ^ (bh & ch)) + Math.floor(t2 / TWO_32)) | 0
    hh = gh
    hl = gl
    gh = fh
    gl = fl
    fh = eh
    fl = el
    const e = (dl >>> 0) + (t1l >>> 0)
    eh = (dh + t1h + Math.floor(e / TWO_32)) | 0
    el = e | 0
    dh = ch
    dl = cl
    ch = bh
    cl = bl
    bh = ah
    bl = al
    const a = (t1l >>> 0) + ((t2 | 0) >>> 0)
    ah = (t1h + t2h + Math.floor(a / TWO_32)) | 0
    al = a | 0
  }
  const out = [ah, al, bh, bl, ch, cl, dh, dl, eh, el, fh, fl, gh, gl, hh, hl]
  for (let i = 0; i < 16; i += 2) {
    const low = (state[i + 1]! >>> 0) + (out[i + 1]! >>> 0)
    state[i] = state[i]! + out[i]! + Math.floor(low / TWO_32)
    state[i + 1] = low
  }
}

const TWO_32 = 0x100000000

interface Constants {
  readonly rounds: Int32Array
  readonly 'SHA-384': Int32Array
  readonly 'SHA-512': Int32Array
}

let constants: Constants | undefined

/** The first 64 bits of the fractional parts of roots of primes (§4.2.3, §5.3.4, §5.3.5): computed, not typed. */
function makeConstants(): Constants {
  const primes: bigint[] = []
  for (let n = 2n; primes.length < 80; n++) if (primes.every((prime) => n % prime !== 0n)) primes.push(n)
  return {
    rounds: words(primes.map((prime) => root(prime << 192n, 3n))),
    'SHA-384': words(primes.slice(8, 16).map((prime) => root(prime << 128n, 2n))),
    'SHA-512': words(primes.slice(0, 8).map((prime) => root(prime << 128n, 2n))),
  }
}

/** The whole part of a root, by Newton’s method from above. */
function root(value: bigint, degree: bigint): bigint {
  let guess = 1n << BigInt(Math.ceil(value.toString(2).length / Number(degree)))
  for (;;) {
    const next = ((degree - 1n) * guess + value / guess ** (degree - 1n)) / degree
    if (next >= guess) return guess
    guess = next
  }
}

const words = (values: readonly bigint[]): Int32Array =>
  Int32Array.from(
    values.flatMap((value) => [Number((value >> 32n) & 0xffffffffn) | 0, Number(value & 0xffffffffn) | 0]),
  )
