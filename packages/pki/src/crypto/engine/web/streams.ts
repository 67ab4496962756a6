// Ciphers and digests in pieces in browsers, whose platform has them in one call only: see streams/.

import { digestByName } from '../../../algorithms/index.ts'
import { equal } from '../../../bytes/index.ts'
import { fail } from '../../../errors/index.ts'
import { cbcDecryptStream, cbcEncryptStream } from '../../streams/cbc-stream.ts'
import { gcmStream } from '../../streams/gcm-stream.ts'
import { HmacStream } from '../../streams/hmac-stream.ts'
import { sha2Stream } from '../../streams/sha2-stream.ts'
import type { EngineStreams } from '../engine.ts'
import { subtle, view } from './platform.ts'

export const streams: EngineStreams = {
  digestStream: (name) => sha2Stream(name) ?? fail('algorithm_unsupported', { oid: digestByName(name).oid }),
  hmacStream(name, key) {
    if (!sha2Stream(name)) fail('algorithm_unsupported', { oid: digestByName(name).hmacOid })
    return new HmacStream(() => sha2Stream(name)!, digestByName(name).block, key)
  },

  encryptCbcStream: (cipher, key, iv) => known(cipher.oid, () => cbcEncryptStream(subtle, view(key), iv)),

  async decryptCbcStream(cipher, key, iv) {
    const stream = await known(cipher.oid, () => cbcDecryptStream(subtle, view(key), iv))
    return {
      update: (bytes) => stream.update(bytes),
      // WebCrypto has one error for all of it, and padding is the only cause left.
      finish: () => stream.finish().catch(() => fail('decryption_failed', {})),
    }
  },

  async encryptGcmStream(cipher, key, nonce, { aad, tagLength }) {
    const stream = await known(cipher.oid, () => gcmStream(subtle, view(key), nonce, aad, 'output'))
    return {
      update: (bytes) => stream.update(bytes),
      async finish() {
        const { bytes, tag } = await stream.finish()
        return { bytes, tag: tag!.slice(0, tagLength) }
      },
    }
  },

  async decryptGcmStream(cipher, key, nonce, { aad, tagLength }) {
    const stream = await known(cipher.oid, () => gcmStream(subtle, view(key), nonce, aad, 'input'))
    return {
      update: (bytes) => stream.update(bytes),
      async finish(expected) {
        const { bytes, tag } = await stream.finish()
        if (!expected || !equal(tag!.subarray(0, tagLength), expected)) fail('decryption_failed', {})
        return { bytes }
      },
    }
  },
}

/** Chromium has no AES-192, and says so when the key is imported. */
async function known<T>(oid: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    return fail('algorithm_unsupported', { oid }, error)
  }
}
