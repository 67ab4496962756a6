import { toBase64Url } from '@scel/pki/bytes'
import type { Work } from '../work.ts'
import type { World } from '../world.ts'

/**
 * What this desk's nonces are known by: base64url of 32 bytes, made at first start, the same ever after; several processes of one desk
 * agree on it. It is no secret of weight: who reads it can write nonces, which open nothing without an applicant's signature, and
 * which are spent once like all others.
 * @throws DeskError keys_of_another_desk where another desk has begun on this database
 */
export async function nonceKeyOf(work: Work, world: World): Promise<string> {
  const drawn = toBase64Url(world.random(32))
  const kept = await work.read(({ settings }) => settings.get(KEY))
  if (kept !== undefined) return kept
  return work.transaction(async ({ settings }) => {
    const kept = await settings.get(KEY)
    if (kept === undefined) await settings.set(KEY, drawn)
    return kept ?? drawn
  })
}

const KEY = 'nonce-key'
