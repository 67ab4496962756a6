// Ciphers and digests in pieces on Node, which has them so.

import type { BinaryLike, CipherGCM, DecipherGCM } from 'node:crypto'
import { createCipheriv, createDecipheriv, createHash, createHmac } from 'node:crypto'
import { fail } from '../../../errors/index.ts'
import type { DigestStream } from '../../streams/cipher-stream.ts'
import type { EngineStreams } from '../engine.ts'
import { gcmName, HASH, plain } from './symmetric.ts'

export const streams: EngineStreams = {
  digestStream: (name) => digestStream(createHash(HASH[name])),
  hmacStream: (name, key) => digestStream(createHmac(HASH[name], key)),

  async encryptCbcStream(cipher, key, iv) {
    const running = createCipheriv(cipher.name.toLowerCase(), key, iv)
    return {
      update: async (bytes) => plain(running.update(bytes)),
      finish: async () => ({ bytes: plain(running.final()) }),
    }
  },

  async decryptCbcStream(cipher, key, iv) {
    const running = createDecipheriv(cipher.name.toLowerCase(), key, iv)
    return {
      update: async (bytes) => plain(running.update(bytes)),
      finish: async () => ({ bytes: finished(running) }),
    }
  },

  async encryptGcmStream(cipher, key, nonce, { aad, tagLength }) {
    const running: CipherGCM = createCipheriv(gcmName(cipher.keyLength), key, nonce, { authTagLength: tagLength })
    running.setAAD(aad)
    return {
      update: async (bytes) => plain(running.update(bytes)),
      async finish() {
        const bytes = plain(running.final())
        return { bytes, tag: plain(running.getAuthTag()) }
      },
    }
  },

  async decryptGcmStream(cipher, key, nonce, { aad, tagLength }) {
    const running: DecipherGCM = createDecipheriv(gcmName(cipher.keyLength), key, nonce, { authTagLength: tagLength })
    running.setAAD(aad)
    return {
      update: async (bytes) => plain(running.update(bytes)),
      async finish(tag) {
        if (tag?.length !== tagLength) fail('decryption_failed', {})
        running.setAuthTag(tag)
        return { bytes: finished(running) }
      },
    }
  },
}

function digestStream(running: { update(bytes: BinaryLike): unknown; digest(): Buffer }): DigestStream {
  return {
    update: (bytes) => void running.update(bytes),
    digest: async () => plain(running.digest()),
  }
}

/** Padding or tag: the cause is not told. */
function finished(running: { final(): Buffer }): Uint8Array {
  try {
    return plain(running.final())
  } catch {
    return fail('decryption_failed', {})
  }
}
