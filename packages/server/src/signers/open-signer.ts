import { refuse } from '@scel/contract/errors'
import type { KeyChoice } from '@scel/contract/values'
import { type PrivateKey, sign } from '@scel/pki/crypto'
import type { Signer } from '../core/issuance/signer.port.ts'

/** A key that is open in this thread. */
export function signerOf(keyId: string, spec: KeyChoice, privateKey: PrivateKey): Signer {
  let key: PrivateKey | undefined = privateKey
  return {
    keyId,
    spec,
    spki: privateKey.publicKey,
    sign: async (data) => sign(key ?? refuse('authority_unavailable', { purpose: keyId }), data),
    close: () => {
      key = undefined
    },
  }
}
