import type { DeskActor } from '../actor.ts'
import { partyOf } from '../keys/holder.ts'
import type { Report } from '../report.ts'
import { isStorageFault } from '../storage-faults.ts'
import type { Work } from '../work.ts'
import { nowOf, type World } from '../world.ts'
import { reachOf } from './compromised-key.ts'
import type { Revoker } from './revoke.ts'

/**
 * Ends at a start what a compromised key still stands behind: before compromises were of keys, one ended a single certificate,
 * and a desk of an older version beside this one does so still. What one party has of a key is a unit of its own; the lists follow, which are then
 * behind. Where nothing is left, it is one question of the store.
 *
 * Certificates of the last administrator end as well: their key is somebody else's too, and the host's command makes a link.
 */
export async function endCompromised({ work, world, revoker, report }: Needs): Promise<void> {
  const now = nowOf(world)
  const left = await work.read((stores) => stores.revocations.compromisedWithOthers(now))
  for (const one of new Map(left.map((found) => [`${found.key} ${partyOf(found.owner)}`, found])).values()) {
    try {
      await work.transaction(async (stores) =>
        revoker.compromiseWithin(stores, RECOVERY, await reachOf(stores, one, now), nowOf(world)),
      )
    } catch (error) {
      if (isStorageFault(error)) throw error
      report('what a compromised key stands behind was not ended', error) // a row that nobody can read keeps no other
    }
  }
}

interface Needs {
  readonly work: Work
  readonly world: World
  readonly revoker: Pick<Revoker, 'compromiseWithin'>
  readonly report: Report
}

const RECOVERY: DeskActor = { kind: 'desk', name: 'recovery' }
