// Digests, derivations and ciphers on Node.

import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  type Decipheriv,
  hash,
  pbkdf2,
  randomBytes,
  type ScryptOptions,
  scrypt,
} from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { DigestName, KeyWrapAlgorithm } from '../../../algorithms/index.ts'
import type { EngineSymmetric } from '../engine.ts'

export const symmetric: EngineSymmetric = {
  async digest(name, data) {
    return plain(hash(HASH[name], data, 'buffer'))
  },

  async digestRepeated(name, data, times) {
    let state = data
    for (let i = 0; i < times; i++) state = hash(HASH[name], state, 'buffer')
    return plain(state)
  },

  // Each is a call of the platform, which takes longer than the hash.
  repeatedPrice: () => 16,

  pause: () => setImmediate(),

  async shake256(data, length) {
    return plain(hash('shake256', data, { outputEncoding: 'buffer', outputLength: length }))
  },

  async hmac(name, key, data) {
    return plain(createHmac(HASH[name], key).update(data).digest())
  },

  random(length) {
    if (length > POOL) return plain(randomBytes(length))
    if (offset + length > pool.length) {
      pool = randomBytes(POOL)
      offset = 0
    }
    const bytes = new Uint8Array(pool.subarray(offset, offset + length))
    pool.fill(0, offset, offset + length) // what was handed out stays nowhere else
    offset += length
    return bytes
  },

  async pbkdf2(name, passphrase, salt, iterations, length) {
    return plain(await derive(passphrase, salt, iterations, length, HASH[name]))
  },

  async scrypt(passphrase, salt, cost, length) {
    // The caller has bounded the memory; Node's own limit counts some more.
    return plain(await deriveHard(passphrase, salt, length, { ...cost, maxmem: 2 ** 31 }))
  },

  async encryptCbc(cipher, key, iv, data) {
    const running = createCipheriv(cipher.name.toLowerCase(), key, iv)
    return plain(Buffer.concat([running.update(data), running.final()]))
  },

  async decryptCbc(cipher, key, iv, encrypted) {
    return finished(createDecipheriv(cipher.name.toLowerCase(), key, iv), encrypted)
  },

  async encryptGcm(cipher, key, nonce, data, { aad, tagLength }) {
    const running = createCipheriv(gcmName(cipher.keyLength), key, nonce, { authTagLength: tagLength })
    running.setAAD(aad)
    const [body, end] = [running.update(data), running.final()]
    return plain(Buffer.concat([body, end, running.getAuthTag()]))
  },

  async decryptGcm(cipher, key, nonce, encrypted, { aad, tagLength }) {
    const running = createDecipheriv(gcmName(cipher.keyLength), key, nonce, { authTagLength: tagLength })
    running.setAAD(aad)
    running.setAuthTag(encrypted.subarray(encrypted.length - tagLength))
    return finished(running, encrypted.subarray(0, encrypted.length - tagLength))
  },

  async wrapKey(wrap, kek, key) {
    const running = createCipheriv(wrapName(wrap), kek, WRAP_IV)
    return plain(Buffer.concat([running.update(key), running.final()]))
  },

  async unwrapKey(wrap, kek, wrapped) {
    const running = createDecipheriv(wrapName(wrap), kek, WRAP_IV)
    try {
      return plain(Buffer.concat([running.update(wrapped), running.final()]))
    } catch {
      return undefined // the integrity check of RFC 3394 §2.2.3 is all that can fail
    }
  },
}

export const HASH: Readonly<Record<DigestName, string>> = {
  'SHA-1': 'sha1',
  'SHA-224': 'sha224',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
  'SHA3-224': 'sha3-224',
  'SHA3-256': 'sha3-256',
  'SHA3-384': 'sha3-384',
  'SHA3-512': 'sha3-512',
}

/** Buffers become plain arrays: a Buffer prints, compares and slices differently, and would not exist in a browser. */
export function plain(buffer: Uint8Array | ArrayBuffer): Uint8Array {
  if (buffer instanceof ArrayBuffer) return new Uint8Array(buffer)
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
}

/** Nothing leaves before the end was judged. */
function finished(running: Decipheriv, encrypted: Uint8Array): Uint8Array | undefined {
  const start = running.update(encrypted)
  try {
    return plain(Buffer.concat([start, running.final()]))
  } catch {
    return undefined // update cannot fail; final fails on padding or tag only
  }
}

// Spelt out, because Node's types tell the modes apart by their names.
export const gcmName = (keyLength: 16 | 24 | 32): 'aes-128-gcm' | 'aes-192-gcm' | 'aes-256-gcm' =>
  keyLength === 16 ? 'aes-128-gcm' : keyLength === 24 ? 'aes-192-gcm' : 'aes-256-gcm'
const wrapName = ({ keyLength }: KeyWrapAlgorithm): string => `aes${keyLength * 8}-wrap`
const WRAP_IV = new Uint8Array(8).fill(0xa6) // RFC 3394 §2.2.3.1

const derive = promisify(pbkdf2)
const deriveHard = promisify(scrypt) as (
  passphrase: Uint8Array,
  salt: Uint8Array,
  length: number,
  options: ScryptOptions,
) => Promise<Buffer>

// Asking the generator costs microseconds whatever the length, so serial numbers are drawn from a pool.
const POOL = 1024
let pool: Buffer = Buffer.alloc(0)
let offset = 0
