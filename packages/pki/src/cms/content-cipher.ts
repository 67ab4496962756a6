// The cipher of encrypted content (RFC 3565, RFC 5084), and the key that is bound to it (RFC 9709).

import type { AeadAlgorithm, CipherAlgorithm } from '../algorithms/index.ts'
import { AEADS, aeadByOid, CIPHERS, cipherByOid } from '../algorithms/index.ts'
import { DerReader, integer, octetString, oid, sequence, TAG } from '../asn1/index.ts'
import { utf8 } from '../bytes/index.ts'
import type { CipherStream } from '../crypto/index.ts'
import {
  decryptStream,
  hkdf,
  isDangerousCipher,
  randomBytes,
  readDangerousCipher,
  tagWithoutAdditional,
} from '../crypto/index.ts'
import { fail } from '../errors/index.ts'
import { oidOf } from './algorithm-identifier.ts'
import type { SealCipher } from './seal-options.ts'

/** What follows the encrypted content where it is authenticated. */
export interface Authentication {
  readonly tag: Uint8Array
  /** The attributes that the tag covers, as a SET in DER. */
  readonly additional?: Uint8Array
}

/** A cipher as a message names it. */
export interface ContentCipher {
  readonly name: string
  /** In octets. */
  readonly keyLength: number
  /** In octets; undefined for ciphers that do not authenticate. */
  readonly tagLength?: number
  readonly old?: true
  decrypt(contentKey: Uint8Array): Promise<ContentDecryption>
}

export interface ContentDecryption {
  update(bytes: Uint8Array): Promise<Uint8Array>
  /** @throws decryption_failed */
  finish(authentication?: Authentication): Promise<Uint8Array>
}

/**
 * Reads a ContentEncryptionAlgorithmIdentifier.
 * @throws algorithm_unsupported, der_malformed
 */
export function readContentCipher(identifier: Uint8Array): ContentCipher {
  const bound = boundIn(identifier)
  if (!bound) return readCipher(identifier)
  const cipher = readCipher(bound)
  const { keyLength } = cipher
  if (cipher.old) return fail('algorithm_unsupported', { oid: CEK_HKDF })
  return {
    ...cipher,
    name: `${cipher.name}${BOUND}`,
    decrypt: async (contentKey) => cipher.decrypt(await boundKey(contentKey, bound, keyLength)),
  }
}

/** The name of a cipher, or its OID when it is not known here. @throws der_malformed */
export function contentCipherName(identifier: Uint8Array): string {
  const bound = boundIn(identifier)
  return bound ? `${cipherName(bound)}${BOUND}` : cipherName(identifier)
}

function cipherName(identifier: Uint8Array): string {
  const dotted = oidOf(identifier)
  const known = [...AEADS, ...CIPHERS].some((row) => row.oid === dotted) || isDangerousCipher(dotted)
  return known ? readCipher(identifier).name : dotted
}

/** The AlgorithmIdentifier of the cipher that a key is bound to; undefined where it is not bound (RFC 9709 §4). */
const boundIn = (identifier: Uint8Array): Uint8Array | undefined =>
  DerReader.whole(identifier, 'ContentEncryptionAlgorithmIdentifier', (reader) =>
    reader.sequence((fields) => {
      if (fields.oid() === CEK_HKDF) return fields.element()
      if (!fields.done) fields.element()
      return undefined
    }),
  )

/** A new key and all that goes into a message about the cipher. */
export interface SealingCipher {
  readonly row: AeadAlgorithm | CipherAlgorithm
  /** AlgorithmIdentifier, DER. */
  readonly identifier: Uint8Array
  /** What recipients get. */
  readonly contentKey: Uint8Array
  /** What encrypts: the same, or derived of it. */
  readonly key: Uint8Array
  readonly iv: Uint8Array
}

/** @param bound whether the key is derived for this cipher alone */
export async function newSealingCipher(name: SealCipher, bound: boolean): Promise<SealingCipher> {
  const row = [...AEADS, ...CIPHERS].find((one) => one.name === name) ?? fail('algorithm_unsupported', { oid: name })
  const iv = randomBytes('ivLength' in row ? row.ivLength : row.nonceLength)
  const parameters = 'ivLength' in row ? octetString(iv) : sequence(octetString(iv), integer(TAG_LENGTH))
  const own = sequence(oid(row.oid), parameters)
  const contentKey = randomBytes(row.keyLength)
  if (!bound) return { row, identifier: own, contentKey, key: contentKey, iv }
  const key = await boundKey(contentKey, own, row.keyLength)
  return { row, identifier: sequence(oid(CEK_HKDF), own), contentKey, key, iv }
}

/** RFC 9709 §3: whoever changes the cipher changes the key, so GCM cannot be read as CBC. */
export const boundKey = (contentKey: Uint8Array, identifier: Uint8Array, length: number): Promise<Uint8Array> =>
  hkdf('SHA-256', contentKey, utf8('The Cryptographic Message Syntax'), identifier, length)

const readCipher = (identifier: Uint8Array): ContentCipher =>
  DerReader.whole(identifier, 'ContentEncryptionAlgorithmIdentifier', (reader) =>
    reader.sequence((fields) => {
      const dotted = fields.oid()
      if (isDangerousCipher(dotted)) return oldCipher(dotted, fields)
      if (AEADS.some((row) => row.oid === dotted)) return gcm(aeadByOid(dotted), fields)
      return cbc(cipherByOid(dotted), fields)
    }),
  )

function oldCipher(dotted: string, fields: DerReader): ContentCipher {
  const { name, keyLength, decrypt } = readDangerousCipher(dotted, fields)
  return { name, keyLength, old: true, decrypt: async (key) => plainly(decrypt(key)) }
}

function cbc(row: CipherAlgorithm, fields: DerReader): ContentCipher {
  const iv = fields.octetString()
  if (iv.length !== row.ivLength) fields.malformed()
  const { name, keyLength } = row
  return { name, keyLength, decrypt: async (key) => plainly(await decryptStream(row, key, iv)) }
}

const plainly = (stream: CipherStream): ContentDecryption => ({
  update: (bytes) => stream.update(bytes),
  finish: async () => (await stream.finish()).bytes,
})

/** GCMParameters (RFC 5084 §3.2). */
function gcm(row: AeadAlgorithm, fields: DerReader): ContentCipher {
  const { nonce, tagLength } = fields.sequence((parameters) => ({
    nonce: parameters.octetString(),
    // "aes-ICVlen AES-GCM-ICVlen DEFAULT 12"
    tagLength: parameters.optional(TAG.integer, (inner) => inner.smallInteger(TAG_LENGTH)) ?? SHORTEST_TAG,
  }))
  if (tagLength < SHORTEST_TAG) fields.malformed()
  // Another length is well-formed, and not done here. OpenSSL CVE-2025-15467 was one longer than the place for it.
  if (nonce.length !== row.nonceLength) fail('algorithm_unsupported', { oid: row.oid })
  return {
    name: row.name,
    keyLength: row.keyLength,
    tagLength,
    async decrypt(key) {
      const stream = await decryptStream(row, key, nonce, { tagLength })
      let length = 0
      return {
        update(bytes) {
          length += bytes.length
          return stream.update(bytes)
        },
        async finish(authentication) {
          const { tag, additional } = authentication ?? fail('cms_malformed', { what: 'mac' })
          const own = additional ? await tagWithoutAdditional(row, key, tag, additional, length) : tag
          return (await stream.finish(own)).bytes
        },
      }
    },
  }
}

const CEK_HKDF = '1.2.840.113549.1.9.16.3.31'
const BOUND = ' with CEK-HKDF'
const TAG_LENGTH = 16
const SHORTEST_TAG = 12
