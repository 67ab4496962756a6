import type { Logger } from 'pino'
import type { World } from '../../../core/world.ts'
import type { KnownCallers } from '../limits/known-callers.ts'
import { limitCalls } from '../limits/rate-limit.ts'
import { type Door, makeDoor } from './door.ts'
import { addSecurityHeaders, type Surroundings } from './security-headers.ts'

/** What every door has, whatever stands behind it. */
export interface FrameNeeds {
  readonly log: Logger
  readonly requestsPerMinute: number
  readonly world: Pick<World, 'elapsed'>
  /** None at doors where nobody signs in. */
  readonly known?: KnownCallers
  /** Puts whatever counts its calls behind a door. */
  readonly watch: (door: Door, name: string) => void
}

/** A door with its limits and headers, to be furnished. */
export async function frame(
  name: string,
  { log, requestsPerMinute, world, known, watch }: FrameNeeds,
  headers: Surroundings = {},
): Promise<Door> {
  const door = makeDoor(name, log)
  watch(door, name)
  await addSecurityHeaders(door, headers)
  if (known) door.decorate('known', known)
  await limitCalls(door, requestsPerMinute, world, known)
  return door
}
