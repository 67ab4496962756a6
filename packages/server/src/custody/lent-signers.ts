import { refuse } from '@scel/contract/errors'
import { importPrivateKey, type Key, keyElsewhere } from '@scel/pki/crypto'
import type { Signers } from '../core/issuance/signer.port.ts'
import { signerOf } from './open-signer.ts'

/** A key on its way from one thread of this process to another, never to a disk, never to another process; or leave to ask for its signatures. */
export type LentKey = { readonly keyId: string } & (
  | {
      /** PKCS #8, DER: erased by whoever takes the key. */
      readonly pkcs8: Uint8Array
    }
  | {
      /** SPKI, DER, of a key that stays in its token: whoever lent it is asked for each signature, which is the usual one of such a key. */
      readonly spki: Uint8Array
      /** Label of the token. */
      readonly token: string
    }
)

/** Keys of a thread that opens no files: it has those that were lent to it, and asks for one that it does not know. */
export interface LentSigners extends Pick<Signers, 'has' | 'open'> {
  take(keys: readonly LentKey[]): Promise<void>
}

/** Whom the thread asks. */
export interface Lender {
  /** Undefined when there is no such key, or not for this thread. */
  readonly key: (keyId: string) => Promise<LentKey | undefined>
  /** Signs with a key that stays in its token. @throws DeskError token_unavailable */
  readonly sign: (key: LentKey & { readonly token: string }, data: Uint8Array) => Promise<Uint8Array>
}

export function lentSigners({ key: ask, sign }: Lender): LentSigners {
  const keys = new Map<string, Key>()
  const take = async (lent: readonly LentKey[]): Promise<void> => {
    for (const one of lent) {
      if ('spki' in one) {
        keys.set(one.keyId, keyElsewhere(one.spki, { sign: (data) => sign(one, data) }))
        continue
      }
      try {
        keys.set(one.keyId, await importPrivateKey(one.pkcs8))
      } finally {
        one.pkcs8.fill(0)
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
