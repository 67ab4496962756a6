// CBC mode with the padding of PKCS #7 (RFC 8018 §6.1.1) over an old block cipher.

import { equal } from '../../bytes/index.ts'

/** One key of a block cipher, ready to use. */
export interface BlockCipher {
  /** In bytes. */
  readonly blockLength: number
  encrypt(block: Uint8Array): Uint8Array
  decrypt(block: Uint8Array): Uint8Array
}

/** Pads `plain` to whole blocks and encrypts it. `iv` is one block. */
export function encryptCbc(cipher: BlockCipher, iv: Uint8Array, plain: Uint8Array): Uint8Array {
  const size = cipher.blockLength
  const padding = size - (plain.length % size)
  const out = new Uint8Array(plain.length + padding).fill(padding)
  out.set(plain)
  let before = iv
  for (let start = 0; start < out.length; start += size) {
    const block = out.subarray(start, start + size)
    block.set(cipher.encrypt(xor(block, before)))
    before = block
  }
  return out
}

/** Undefined when the length or the padding is wrong. */
export function decryptCbc(cipher: BlockCipher, iv: Uint8Array, encrypted: Uint8Array): Uint8Array | undefined {
  const size = cipher.blockLength
  if (encrypted.length === 0 || encrypted.length % size !== 0) return undefined
  const out = new Uint8Array(encrypted.length)
  let before = iv
  for (let start = 0; start < out.length; start += size) {
    const block = encrypted.subarray(start, start + size)
    out.set(xor(cipher.decrypt(block), before), start)
    before = block
  }
  const padding = out[out.length - 1]!
  if (padding < 1 || padding > size) return undefined
  return equal(out.subarray(-padding), new Uint8Array(padding).fill(padding)) ? out.subarray(0, -padding) : undefined
}

const xor = (a: Uint8Array, b: Uint8Array): Uint8Array => a.map((octet, i) => octet ^ b[i]!)
