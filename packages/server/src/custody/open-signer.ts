import { refuse } from '@scel/contract/errors'
import type { Key } from '@scel/pki/crypto'
import type { Signer } from '../core/issuance/signer.port.ts'

/** A key that is open in this thread. */
export function signerOf(keyId: string, opened: Key): Signer {
  let open: Key | undefined = opened
  return {
    keyId,
    get key() {
      return open ?? refuse('authority_unavailable', { purpose: keyId })
    },
    close: () => {
      open = undefined
    },
  }
}
