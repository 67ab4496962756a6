import { hasDeskCode } from '@scel/contract/errors'
import { isPkiError } from '@scel/pki/errors'
import { sha256 } from '../hash.ts'
import { issuerOf } from '../issuance/issuer.ts'
import type { Signers } from '../issuance/signer.port.ts'
import type { Reading } from '../work.ts'
import { nowOf, type World } from '../world.ts'
import type { Authority } from './authority.ts'
import { responderKey } from './responders.ts'

/**
 * Which authorities this desk has the keys of. Several desks may share a database, and what one of them makes lies in its own
 * folder until somebody copies it.
 */
export interface KeysAtHand {
  /** Whether the key of an authority is here. */
  has(authority: Authority): Promise<boolean>
  /**
   * Names of the keys that issuing authorities in service and their OCSP responders have, where they are not here, do not open, or another key has that
   * name, in order. One in a token that is away is there: whoever uses it says so.
   */
  missing(): Promise<string[]>
}

interface Needs {
  readonly work: Reading
  readonly world: Pick<World, 'now'>
  readonly signers: Pick<Signers, 'has' | 'open'>
}

export function createKeysAtHand({ work, world, signers }: Needs): KeysAtHand {
  const has = ({ keyId }: Authority): Promise<boolean> => signers.has(keyId)

  /** Keys stay what they are: each is opened once. */
  const own = new Map<string, string>()
  const isHere = async (keyId: string, key: string): Promise<boolean> => {
    if (!(await signers.has(keyId))) return false
    if (own.get(keyId) === key) return true
    try {
      const signer = await signers.open(keyId)
      const { publicKey } = signer.key
      signer.close()
      own.set(keyId, await sha256(publicKey))
    } catch (error) {
      if (hasDeskCode(error, 'token_unavailable')) return true
      if (hasDeskCode(error, 'authority_unavailable') || isPkiError(error)) return false
      throw error
    }
    return own.get(keyId) === key
  }

  return {
    has,
    missing: async () => {
      const now = nowOf(world)
      const found: string[] = []
      // Not the remembered ones: another desk may have made some since.
      for (const authority of await work.read(({ authorities }) => authorities.all())) {
        if (authority.purpose === 'root' || authority.notAfter <= now) continue
        if (!(await isHere(authority.keyId, await sha256(issuerOf(authority).spki)))) found.push(authority.keyId)
        const responder = await work.read((stores) => stores.certificates.latestOf(authority.id, 'ocsp-responder', now))
        if (responder && !(await isHere(responderKey(authority.id), responder.key)))
          found.push(responderKey(authority.id))
      }
      return found.sort()
    },
  }
}
