import { refuse } from '@scel/contract/errors'
import { importPrivateKey, type PrivateKey } from '@scel/pki/crypto'
import type { Signers } from '../core/issuance/signer.port.ts'
import { signerOf } from './open-signer.ts'

/** A key on its way from one thread of this process to another: never to a disk, never to another process. */
export interface LentKey {
  readonly keyId: string
  /** PKCS #8, DER: erased by whoever takes the key. */
  readonly pkcs8: Uint8Array
}

/** Keys of a thread that opens no files: it has those that were lent to it, and asks for one that it does not know. */
export interface LentSigners extends Pick<Signers, 'has' | 'open'> {
  take(keys: readonly LentKey[]): Promise<void>
}

/** @param ask who lends; undefined when there is no such key, or not for this thread */
export function lentSigners(ask: (keyId: string) => Promise<LentKey | undefined>): LentSigners {
  const keys = new Map<string, PrivateKey>()
  const take = async (lent: readonly LentKey[]): Promise<void> => {
    for (const { keyId, pkcs8 } of lent) {
      try {
        keys.set(keyId, await importPrivateKey(pkcs8))
      } finally {
        pkcs8.fill(0)
      }
    }
  }
  const has = async (keyId: string): Promise<boolean> => {
    if (keys.has(keyId)) return true
    const lent = await ask(keyId)
    if (lent) await take([lent])
    return lent !== undefined
  }
  return {
    take,
    has,
    open: async (keyId) => {
      if (!(await has(keyId))) refuse('authority_unavailable', { purpose: keyId })
      return signerOf(keyId, keys.get(keyId)!)
    },
  }
}
