import type { KeyChoice } from '@scel/contract/values'
import type { KeyUse, Signers } from '../issuance/signer.port.ts'

/** The SPKI of a key of the desk, which is made when there is none of this name. */
export async function ownKey(signers: Signers, keyId: string, spec: KeyChoice, use: KeyUse): Promise<Uint8Array> {
  if (!(await signers.has(keyId))) return signers.generate(keyId, spec, use)
  const signer = await signers.open(keyId)
  const { publicKey } = signer.key
  signer.close()
  return publicKey
}
