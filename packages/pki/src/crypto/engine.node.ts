// The engine on Node: the synchronous primitives of node:crypto. One P-256 signature takes a few dozen
// microseconds, less than handing it to the thread pool and back.

import type { KeyObject, SignKeyObjectInput } from 'node:crypto'
import {
  constants,
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  hash,
  pbkdf2,
  randomBytes,
  sign,
  verify,
} from 'node:crypto'
import { promisify } from 'node:util'
import type { DigestName, SignatureAlgorithm } from '../algorithms/index.ts'
import type { Engine, EngineKey, KeyHandle } from './engine.ts'
import { RecentlyUsed } from './recently-used.ts'

export const engine: Engine = {
  async generate(row) {
    const { privateKey } =
      row.kind === 'rsa'
        ? await makeKeyPair('rsa', { modulusLength: row.bits, publicExponent: 65537 })
        : await makeKeyPair('ec', { namedCurve: row.curve!.name })
    return engineKey(privateKey)
  },

  async importKey(pkcs8) {
    return engineKey(createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' }))
  },

  async exportKey(handle) {
    return plain((handle as KeyObject).export({ type: 'pkcs8', format: 'der' }))
  },

  async sign(handle, row, _key, data) {
    return plain(sign(HASH[row.digest!], data, withPadding(row, handle as KeyObject)))
  },

  async verify(row, _key, spki, data, signature) {
    return verify(row.digest ? HASH[row.digest] : null, data, withPadding(row, publicKey(spki)), signature)
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

  random: (length) => plain(randomBytes(length)),

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

const HASH: Readonly<Record<DigestName, string>> = {
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
}

const makeKeyPair = promisify(generateKeyPair) as unknown as (
  type: 'rsa' | 'ec',
  options: object,
) => Promise<{ privateKey: KeyObject }>
const derive = promisify(pbkdf2)

// Importing a key costs about a fifth of a P-256 verification, and an authority's key is asked for again and again.
const recent = new RecentlyUsed<KeyObject>(64)

function publicKey(spki: Uint8Array): KeyObject {
  const name = Buffer.from(spki.buffer, spki.byteOffset, spki.byteLength).toString('latin1')
  return recent.get(name, () => createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' }))
}

function engineKey(handle: KeyObject): EngineKey {
  return { handle: handle as KeyHandle, spki: plain(createPublicKey(handle).export({ type: 'spki', format: 'der' })) }
}

function withPadding(row: SignatureAlgorithm, key: KeyObject): KeyObject | SignKeyObjectInput {
  if (row.scheme !== 'pss') return key
  return { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
}

/** Buffers become plain arrays: a Buffer prints, compares and slices differently, and would not exist in a browser. */
function plain(buffer: Uint8Array): Uint8Array {
  return new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)
}
