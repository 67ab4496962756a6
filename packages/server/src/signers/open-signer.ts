import { refuse } from '@scel/contract/errors'
import type { PrivateKey } from '@scel/pki/crypto'
import type { Signer } from '../core/issuance/signer.port.ts'

/** A key that is open in this thread. */
export function signerOf(keyId: string, privateKey: PrivateKey): Signer {
  let open: PrivateKey | undefined = privateKey
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
