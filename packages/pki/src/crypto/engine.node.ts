// The engine on Node: the synchronous primitives of node:crypto. One P-256 signature takes a few dozen
// microseconds, less than handing it to the thread pool and back.

import type { PublicKeyInput } from 'node:crypto'
import {
  constants,
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  hash,
  KeyObject,
  pbkdf2,
  randomBytes,
  sign,
  verify,
} from 'node:crypto'
import { promisify } from 'node:util'
import type { DigestName, KeySpecRow, PssParameters } from '../algorithms/index.ts'
import type { Engine, EngineKey, KeyHandle } from './engine.ts'
import { RecentlyUsed } from './recently-used.ts'

export const engine: Engine = {
  async generate(row) {
    const { privateKey } = await makeKeyPair(...generation(row))
    return engineKey(privateKey)
  },

  async importKey(pkcs8) {
    return engineKey(createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' }))
  },

  async exportKey(handle) {
    return plain((handle as KeyObject).export({ type: 'pkcs8', format: 'der' }))
  },

  async sign(handle, row, _key, data) {
    const key = handle as KeyObject
    return plain(sign(row.digest ? HASH[row.digest] : null, data, row.pss ? { key, ...padding(row.pss) } : key))
  },

  async verify(row, _key, spki, data, signature) {
    const key = publicKey(spki)
    if (!row.pss) return verify(row.digest ? HASH[row.digest] : null, data, key, signature)
    const padded = key instanceof KeyObject ? { key, ...padding(row.pss) } : { ...key, ...padding(row.pss) }
    return verify(HASH[row.digest!], data, padded, signature)
  },

  async digest(name, data) {
    return plain(hash(HASH[name], data, 'buffer'))
  },

  async digestRepeated(name, data, times) {
    let state = data
    for (let i = 0; i < times; i++) state = hash(HASH[name], state, 'buffer')
    return plain(state)
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

  async encryptCbc(cipher, key, iv, data) {
    const running = createCipheriv(cipher.name.toLowerCase(), key, iv)
    return plain(Buffer.concat([running.update(data), running.final()]))
  },

  async decryptCbc(cipher, key, iv, encrypted) {
    const running = createDecipheriv(cipher.name.toLowerCase(), key, iv)
    const start = running.update(encrypted)
    try {
      return plain(Buffer.concat([start, running.final()]))
    } catch {
      return undefined // update cannot fail; final fails on padding only
    }
  },
}

// Asking the generator costs microseconds whatever the length, so serial numbers are drawn from a pool.
const POOL = 1024
let pool: Buffer = Buffer.alloc(0)
let offset = 0

const HASH: Readonly<Record<DigestName, string>> = {
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

const makeKeyPair = promisify(generateKeyPair) as unknown as (
  type: string,
  options: object,
) => Promise<{ privateKey: KeyObject }>

/** Node names the keys of one form as this library does: ed25519, ml-dsa-65, slh-dsa-sha2-128s. */
function generation(row: KeySpecRow): [type: string, options: object] {
  if (row.kind === 'rsa') return ['rsa', { modulusLength: row.bits, publicExponent: 65537 }]
  return row.curve ? ['ec', { namedCurve: row.curve.name }] : [row.spec, {}]
}

const derive = promisify(pbkdf2)

// A key that comes once, as each requester's does, is cheapest handed over as bytes. One that comes again — an
// authority's — is worth keeping: importing it costs a fifth of a P-256 verification.
const recent = new RecentlyUsed<KeyObject | 'seen once'>(64)

function publicKey(spki: Uint8Array): KeyObject | PublicKeyInput {
  const bytes = Buffer.from(spki.buffer, spki.byteOffset, spki.byteLength)
  const input: PublicKeyInput = { key: bytes, format: 'der', type: 'spki' }
  const name = bytes.toString('latin1')
  const known = recent.get(name)
  if (known === undefined) {
    recent.set(name, 'seen once')
    return input
  }
  if (known !== 'seen once') return known
  const key = createPublicKey(input)
  recent.set(name, key)
  return key
}

function engineKey(handle: KeyObject): EngineKey {
  return { handle: handle as KeyHandle, spki: plain(createPublicKey(handle).export({ type: 'spki', format: 'der' })) }
}

const padding = ({ saltLength }: PssParameters) => ({ padding: constants.RSA_PKCS1_PSS_PADDING, saltLength })

/** Buffers become plain arrays: a Buffer prints, compares and slices differently, and would not exist in a browser. */
function plain(buffer: Uint8Array): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
}
