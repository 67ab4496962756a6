// Digests, derivations and ciphers in browsers.

import type { DigestName } from '../../../algorithms/index.ts'
import { digestByName, SCRYPT, SHAKE256 } from '../../../algorithms/index.ts'
import { fail } from '../../../errors/index.ts'
import { sha256Repeated } from '../../sha256.ts'
import { sha512Repeated } from '../../streams/sha512-blocks.ts'
import type { EngineSymmetric } from '../engine.ts'
import { bytes, subtle, supported, view } from './platform.ts'

export const symmetric: EngineSymmetric = {
  digest: (name, data) => supported(digestByName(name).oid, async () => bytes(await subtle.digest(name, view(data)))),

  digestRepeated: (name, data, times) =>
    supported(digestByName(name).oid, async () => {
      // A promise for each of a hundred thousand rounds takes seconds.
      if (name === 'SHA-256') return sha256Repeated(data, times)
      if (name === 'SHA-384' || name === 'SHA-512') return sha512Repeated(name, data, times)
      let state = data
      for (let i = 0; i < times; i++) state = bytes(await subtle.digest(name, view(state)))
      return state
    }),

  repeatedPrice: (name) => (name === 'SHA-256' ? 2 : name === 'SHA-384' || name === 'SHA-512' ? 28 : 240),

  // A timer would wait for milliseconds each time.
  pause: () =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => {
        port1.close()
        resolve()
      }
      port2.postMessage(undefined)
    }),

  // cSHAKE without a name or a customisation is SHAKE (NIST SP 800-185 §3.3).
  shake256: (data, length) =>
    supported(SHAKE256, async () => {
      const parameters = { name: 'cSHAKE256', outputLength: length * 8, length: length * 8 }
      return bytes(await subtle.digest(parameters, view(data)))
    }),

  hmac: (name, key, data) =>
    supported(hmacOid(name), async () => {
      // WebCrypto refuses an empty key; HMAC fills keys up with zeros (RFC 2104 §2), so that this is the same key.
      const filled = key.length > 0 ? key : new Uint8Array(1)
      const signer = await subtle.importKey('raw', view(filled), { name: 'HMAC', hash: name }, false, ['sign'])
      return bytes(await subtle.sign('HMAC', signer, view(data)))
    }),

  random(length) {
    const drawn = new Uint8Array(length)
    for (let at = 0; at < length; at += DRAW) globalThis.crypto.getRandomValues(drawn.subarray(at, at + DRAW))
    return drawn
  },

  pbkdf2: (name, passphrase, salt, iterations, length) =>
    supported(hmacOid(name), async () => {
      const base = await subtle.importKey('raw', view(passphrase), 'PBKDF2', false, ['deriveBits'])
      const parameters = { name: 'PBKDF2', hash: name, salt: view(salt), iterations }
      return bytes(await subtle.deriveBits(parameters, base, length * 8))
    }),

  scrypt: async () => fail('algorithm_unsupported', { oid: SCRYPT }),

  async encryptCbc(cipher, key, iv, plain) {
    const encrypter = await aesKey(cipher.oid, 'AES-CBC', key, 'encrypt')
    return bytes(await subtle.encrypt({ name: 'AES-CBC', iv: view(iv) }, encrypter, view(plain)))
  },

  async decryptCbc(cipher, key, iv, encrypted) {
    const decrypter = await aesKey(cipher.oid, 'AES-CBC', key, 'decrypt')
    try {
      return bytes(await subtle.decrypt({ name: 'AES-CBC', iv: view(iv) }, decrypter, view(encrypted)))
    } catch {
      return undefined // WebCrypto has one error for all of it, and padding is the only cause left
    }
  },

  async encryptGcm(cipher, key, nonce, data, { aad, tagLength }) {
    const encrypter = await aesKey(cipher.oid, 'AES-GCM', key, 'encrypt')
    return bytes(await subtle.encrypt(gcm(nonce, aad, tagLength), encrypter, view(data)))
  },

  async decryptGcm(cipher, key, nonce, encrypted, { aad, tagLength }) {
    const decrypter = await aesKey(cipher.oid, 'AES-GCM', key, 'decrypt')
    try {
      return bytes(await subtle.decrypt(gcm(nonce, aad, tagLength), decrypter, view(encrypted)))
    } catch {
      return undefined
    }
  },

  async wrapKey(wrap, kek, key) {
    const wrapper = await aesKey(wrap.oid, 'AES-KW', kek, 'wrapKey')
    const carried = await subtle.importKey('raw', view(key), CARRIER, true, ['sign'])
    return bytes(await subtle.wrapKey('raw', carried, wrapper, 'AES-KW'))
  },

  async unwrapKey(wrap, kek, wrapped) {
    const wrapper = await aesKey(wrap.oid, 'AES-KW', kek, 'unwrapKey')
    try {
      const carried = await subtle.unwrapKey('raw', view(wrapped), wrapper, 'AES-KW', CARRIER, true, ['sign'])
      return bytes(await subtle.exportKey('raw', carried))
    } catch {
      return undefined
    }
  },
}

const hmacOid = (name: DigestName): string => digestByName(name).hmacOid

/** Chromium has no AES-192, and says so by another error than for what it does not know. */
async function aesKey(oid: string, name: string, key: Uint8Array, use: KeyUsage): Promise<CryptoKey> {
  try {
    return await subtle.importKey('raw', view(key), name, false, [use])
  } catch (error) {
    return fail('algorithm_unsupported', { oid }, error)
  }
}

const gcm = (nonce: Uint8Array, aad: Uint8Array, tagLength: number): AesGcmParams => ({
  name: 'AES-GCM',
  iv: view(nonce),
  additionalData: view(aad),
  tagLength: tagLength * 8,
})

// Most that WebCrypto draws in one call.
const DRAW = 65_536
// Key wrap takes keys, not bytes. A key of HMAC is any bytes.
const CARRIER: HmacImportParams = { name: 'HMAC', hash: 'SHA-256' }
