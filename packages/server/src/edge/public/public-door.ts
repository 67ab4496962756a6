import type { PublicCore } from '../../core/public-core.ts'
import type { World } from '../../core/world.ts'
import { type Door, refuseUnknownRoutes } from '../http/door/door.ts'
import { type FrameNeeds, frame } from '../http/door/frame.ts'
import { addHealth, type Readiness } from './health.ts'
import { addOcsp } from './ocsp.ts'
import { addRevocationFiles } from './revocation-files.ts'
import { addTimeStamps } from './time-stamps.ts'

/** What the public door stands on. */
export interface PublicDoorNeeds extends FrameNeeds {
  readonly core: Pick<PublicCore, 'revocation' | 'authorities' | 'ocsp' | 'timeStamps'>
  readonly world: Pick<World, 'now' | 'elapsed'>
  readonly ready: Readiness
}

/** Builds what stands behind the public door. Nothing listens yet. */
export async function makePublicDoor(needs: PublicDoorNeeds): Promise<Door> {
  const { core, world, ready } = needs
  const door = await frame('public', needs)
  addRevocationFiles(door, core)
  addOcsp(door, core, world)
  addTimeStamps(door, core)
  addHealth(door, ready)
  refuseUnknownRoutes(door)
  await door.ready()
  return door
}
