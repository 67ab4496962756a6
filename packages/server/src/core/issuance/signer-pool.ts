import { refuse } from '@scel/contract/errors'
import { equal } from '@scel/pki/bytes'
import type { Signer, Signers } from './signer.port.ts'

/** The desk's keys while they are in use. */
export interface SignerPool {
  /** A key of daily work: opened at its first use and kept until the desk stops. */
  kept(keyId: string, spki?: Uint8Array): Promise<Signer>
  /** A key of ceremonies (a root's): opened for this one act, then dropped from memory. `spki` is what it has to be. */
  once<T>(keyId: string, spki: Uint8Array, act: (signer: Signer) => Promise<T>): Promise<T>
  close(): void
}

export function createSignerPool(signers: Pick<Signers, 'open'>): SignerPool {
  const open = new Map<string, Promise<Signer>>()
  return {
    kept: async (keyId, spki) => {
      let signer = open.get(keyId)
      if (!signer) {
        signer = signers.open(keyId)
        open.set(keyId, signer)
        // A key that did not open may open later, when the operator has put it right.
        signer.catch(() => open.delete(keyId))
      }
      const opened = await signer
      // A key file put in another's place would make certificates that no chain accepts.
      if (spki && !equal(opened.key.publicKey, spki)) refuse('authority_unavailable', { purpose: keyId })
      return opened
    },
    once: async (keyId, spki, act) => {
      const signer = await signers.open(keyId)
      try {
        if (!equal(signer.key.publicKey, spki)) refuse('authority_unavailable', { purpose: keyId })
        return await act(signer)
      } finally {
        signer.close()
      }
    },
    close: () => {
      for (const signer of open.values()) signer.then((opened) => opened.close()).catch(() => {})
      open.clear()
    },
  }
}
