import { argon2, createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { fail } from '@scel/pki/errors'

// Keys rest under AES-256-GCM. The key for that comes from a secret (a passphrase, or a random key file) by argon2id,
// so that a stolen disk alone opens nothing and a weak passphrase still costs its guesser time and memory.

/** How the key-encryption key is derived; stored beside the keys. */
export interface Derivation {
  readonly salt: Uint8Array
  /** KiB. */
  readonly memory: number
  readonly passes: number
  readonly parallelism: number
}

export const newDerivation = (): Derivation => ({ salt: randomBytes(16), ...COST })

/** 32 bytes from a secret. */
export async function deriveKey(secret: Uint8Array, { salt, ...cost }: Derivation): Promise<Uint8Array> {
  // A file that asks for more than this was not written by us: opening it must not take the machine down.
  if (cost.memory > 1024 * 1024 || cost.passes > 64 || cost.parallelism > 16) {
    fail('input_too_large', { what: 'argon2id', limit: 1024 * 1024 })
  }
  return derive('argon2id', { message: secret, nonce: salt, tagLength: 32, ...cost })
}

export interface Sealed {
  readonly iv: Uint8Array
  /** Ciphertext, then the tag of 16 bytes. */
  readonly sealed: Uint8Array
}

/** @param about what the content belongs to; bound to it, so that a file put in another's place does not open */
export function seal(key: Uint8Array, content: Uint8Array, about: string): Sealed {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  cipher.setAAD(Buffer.from(about, 'utf8'))
  return { iv, sealed: Buffer.concat([cipher.update(content), cipher.final(), cipher.getAuthTag()]) }
}

/** @throws PkiError passphrase_wrong when the key does not fit, or the content or its place was changed */
export function unseal(key: Uint8Array, { iv, sealed }: Sealed, about: string): Uint8Array {
  if (iv.length !== 12 || sealed.length < TAG) fail('passphrase_wrong', {})
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG })
  decipher.setAAD(Buffer.from(about, 'utf8'))
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG))
  const content = decipher.update(sealed.subarray(0, sealed.length - TAG))
  try {
    decipher.final()
  } catch {
    content.fill(0)
    return fail('passphrase_wrong', {})
  }
  return content
}

const derive = promisify(argon2)
// RFC 9106 §4, second recommended option: 64 MiB, three passes.
const COST = { memory: 64 * 1024, passes: 3, parallelism: 4 }
const TAG = 16
