// AES-CBC in pieces over WebCrypto, which pads each call: the padding that a piece gets is cut away when encrypting, and
// made up for when decrypting. CBC chains by the last block of ciphertext alone.

import { concat } from '../../bytes/index.ts'
import type { CipherStream } from './cipher-stream.ts'
import { Pieces } from './pieces.ts'

export async function cbcEncryptStream(
  subtle: SubtleCrypto,
  key: Uint8Array<ArrayBuffer>,
  initial: Uint8Array,
): Promise<CipherStream> {
  const { encrypt } = await keyed(subtle, key)
  let chain = initial as Uint8Array<ArrayBuffer>
  const run = async (piece: Uint8Array<ArrayBuffer>): Promise<Uint8Array> => {
    const whole = await encrypt(chain, piece)
    // A last piece keeps its padding; one of whole blocks drops the block that the call has added.
    const out = piece.length % PIECE === 0 ? whole.subarray(0, piece.length) : whole
    chain = out.slice(-BLOCK)
    return out
  }
  const pieces = new Pieces(PIECE, run)
  return {
    update: (bytes) => pieces.push(bytes),
    finish: async () => ({ bytes: pieces.held > 0 ? await pieces.end() : await encrypt(chain, new Uint8Array(0)) }),
  }
}

/** Wrong padding is thrown by `finish` as the platform throws it, for the engine to judge. */
export async function cbcDecryptStream(
  subtle: SubtleCrypto,
  key: Uint8Array<ArrayBuffer>,
  initial: Uint8Array,
): Promise<CipherStream> {
  const { encrypt, decrypt } = await keyed(subtle, key)
  let chain = initial as Uint8Array<ArrayBuffer>
  let last: Uint8Array<ArrayBuffer> | undefined
  const run = async (piece: Uint8Array<ArrayBuffer>): Promise<Uint8Array> => {
    // One piece is always kept back, because only the end of the content tells which piece holds the padding.
    const before = last
    last = new Uint8Array(piece)
    if (!before) return new Uint8Array(0)
    const end = before.slice(-BLOCK)
    // Encrypting nothing after this block gives the one block that decrypts to padding alone.
    const padding = await encrypt(end, new Uint8Array(0))
    const out = await decrypt(chain, concat(before, padding) as Uint8Array<ArrayBuffer>)
    chain = end
    return out
  }
  const pieces = new Pieces(PIECE, run)
  return {
    update: (bytes) => pieces.push(bytes),
    async finish() {
      const before = await pieces.end()
      const rest = await decrypt(chain, last ?? new Uint8Array(0))
      return { bytes: concat(before, rest) }
    },
  }
}

async function keyed(subtle: SubtleCrypto, raw: Uint8Array<ArrayBuffer>) {
  const key = await subtle.importKey('raw', raw, 'AES-CBC', false, ['encrypt', 'decrypt'])
  type Call = (iv: Uint8Array<ArrayBuffer>, bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer>>
  const encrypt: Call = async (iv, bytes) => new Uint8Array(await subtle.encrypt({ name: 'AES-CBC', iv }, key, bytes))
  const decrypt: Call = async (iv, bytes) => new Uint8Array(await subtle.decrypt({ name: 'AES-CBC', iv }, key, bytes))
  return { encrypt, decrypt }
}

const BLOCK = 16
const PIECE = 1024 * 1024
