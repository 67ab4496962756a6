// Content under the old ciphers, in pieces: what mail programs encrypted before 2010. For archives only.

import type { DerReader } from '../../asn1/index.ts'
import { concat } from '../../bytes/index.ts'
import { fail } from '../../errors/index.ts'
import type { CipherStream } from '../streams/cipher-stream.ts'
import { decryptCbc } from './cbc.ts'
import { isOldCipher, readOldCipher } from './old-cipher.ts'

/** Triple DES, RC2 or DES as a message names it. */
export interface DangerousCipher {
  readonly name: string
  /** Of the key in bytes. */
  readonly keyLength: number
  /** @throws key_malformed for a key of another length; `finish` throws decryption_failed */
  decrypt(key: Uint8Array): CipherStream
}

/**
 * Whether an OID names one of the old ciphers.
 * @example
 * assert.equal(isDangerousCipher('1.2.840.113549.3.7'), true)
 */
export const isDangerousCipher: (dotted: string) => boolean = isOldCipher

/**
 * Reads the parameters of an old cipher; the next element of the reader.
 * @throws algorithm_unsupported, der_malformed
 * @example
 * const cipher = DerReader.whole(octetString(new Uint8Array(8)), 'IV', (iv) => readDangerousCipher('1.2.840.113549.3.7', iv))
 * assert.deepEqual([cipher.name, cipher.keyLength], ['3DES-CBC', 24])
 */
export function readDangerousCipher(dotted: string, parameters: DerReader): DangerousCipher {
  const { name, carried: keyLength, iv, keyed } = readOldCipher(dotted, parameters)
  return {
    name,
    keyLength,
    decrypt(key) {
      const cipher = keyed(key)
      let [chain, held] = [iv, new Uint8Array(0) as Uint8Array]
      return {
        async update(bytes) {
          const all = concat(held, bytes)
          // The last block stays back: only the end of the content tells which one holds the padding.
          const whole = Math.max(0, Math.ceil(all.length / BLOCK) - 1) * BLOCK
          const out = new Uint8Array(whole)
          for (let at = 0; at < whole; at += BLOCK) {
            const block = all.slice(at, at + BLOCK)
            const plain = cipher.decrypt(block)
            for (let i = 0; i < BLOCK; i++) out[at + i] = plain[i]! ^ chain[i]!
            chain = block
          }
          held = all.slice(whole)
          return out
        },
        finish: async () => ({ bytes: decryptCbc(cipher, chain, held) ?? fail('decryption_failed', {}) }),
      }
    },
  }
}

const BLOCK = 8
