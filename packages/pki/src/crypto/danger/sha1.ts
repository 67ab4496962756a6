// SHA-1 (FIPS 180-4 §6.1), repeated as the derivation of PKCS #12 repeats it: a million times and more in files of
// today. A promise for each would take a browser minutes, and a call into the platform a second per million.

/** Hashes `data`, then the result again, `times` times in all. */
export function sha1Repeated(data: Uint8Array, times: number): Uint8Array {
  if (times < 1) return data
  const state = new Int32Array(5)
  const schedule = new Int32Array(80)
  hash(state, schedule, data)
  // Twenty bytes, their end mark and their length always stand in the same places of one block.
  for (let round = 1; round < times; round++) {
    for (let i = 0; i < 5; i++) schedule[i] = state[i]!
    schedule[5] = 0x80 << 24
    for (let i = 6; i < 15; i++) schedule[i] = 0
    schedule[15] = 160
    state.set(START)
    compress(state, schedule)
  }
  const out = new DataView(new ArrayBuffer(20))
  for (let i = 0; i < 5; i++) out.setInt32(4 * i, state[i]!)
  return new Uint8Array(out.buffer)
}

function hash(state: Int32Array, schedule: Int32Array, data: Uint8Array): void {
  const padded = new Uint8Array(Math.ceil((data.length + 9) / 64) * 64)
  padded.set(data)
  padded[data.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setUint32(padded.length - 8, Math.floor(data.length / 0x20000000))
  view.setUint32(padded.length - 4, data.length * 8)
  state.set(START)
  for (let start = 0; start < padded.length; start += 64) {
    for (let i = 0; i < 16; i++) schedule[i] = view.getInt32(start + 4 * i)
    compress(state, schedule)
  }
}

function compress(state: Int32Array, w: Int32Array): void {
  for (let t = 16; t < 80; t++) {
    const mixed = w[t - 3]! ^ w[t - 8]! ^ w[t - 14]! ^ w[t - 16]!
    w[t] = (mixed << 1) | (mixed >>> 31)
  }
  let a = state[0]!
  let b = state[1]!
  let c = state[2]!
  let d = state[3]!
  let e = state[4]!
  // Four loops instead of one with a choice in it: half the time.
  for (let t = 0; t < 20; t++) {
    const sum = (((a << 5) | (a >>> 27)) + ((b & c) | (~b & d)) + e + w[t]! + 0x5a827999) | 0
    e = d
    d = c
    c = (b << 30) | (b >>> 2)
    b = a
    a = sum
  }
  for (let t = 20; t < 40; t++) {
    const sum = (((a << 5) | (a >>> 27)) + (b ^ c ^ d) + e + w[t]! + 0x6ed9eba1) | 0
    e = d
    d = c
    c = (b << 30) | (b >>> 2)
    b = a
    a = sum
  }
  for (let t = 40; t < 60; t++) {
    const sum = (((a << 5) | (a >>> 27)) + ((b & c) | (b & d) | (c & d)) + e + w[t]! + 0x8f1bbcdc) | 0
    e = d
    d = c
    c = (b << 30) | (b >>> 2)
    b = a
    a = sum
  }
  for (let t = 60; t < 80; t++) {
    const sum = (((a << 5) | (a >>> 27)) + (b ^ c ^ d) + e + w[t]! + 0xca62c1d6) | 0
    e = d
    d = c
    c = (b << 30) | (b >>> 2)
    b = a
    a = sum
  }
  state[0] = (state[0]! + a) | 0
  state[1] = (state[1]! + b) | 0
  state[2] = (state[2]! + c) | 0
  state[3] = (state[3]! + d) | 0
  state[4] = (state[4]! + e) | 0
}

const START = Int32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0)
