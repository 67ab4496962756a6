import { toBase64Url } from '@scel/pki/bytes'
import type { Work } from '../work.ts'
import { newId, type World } from '../world.ts'

/** What the desk is to applicants: the id they sign for, and the key that its nonces are known by. */
export interface DeskIdentity {
  readonly id: string
  /**
   * Base64url of 32 bytes. It is no secret of weight: who reads it can write nonces, which open nothing without an
   * applicant's signature, and which are spent once like all others.
   */
  readonly nonceKey: string
}

/** Made at first start, the same ever after; several processes of one desk agree on it. */
export async function deskIdentity(work: Work, world: World): Promise<DeskIdentity> {
  const drawn = { id: newId(world), nonceKey: toBase64Url(world.random(32)) }
  const kept = await work.read(async ({ settings }) => ({
    id: await settings.get('desk-id'),
    nonceKey: await settings.get('nonce-key'),
  }))
  if (kept.id !== undefined && kept.nonceKey !== undefined) return { id: kept.id, nonceKey: kept.nonceKey }
  return work.transaction(async (stores) => {
    const keep = async (key: string, value: string): Promise<string> => {
      const kept = await stores.settings.get(key)
      if (kept === undefined) await stores.settings.set(key, value)
      return kept ?? value
    }
    return { id: await keep('desk-id', drawn.id), nonceKey: await keep('nonce-key', drawn.nonceKey) }
  })
}
