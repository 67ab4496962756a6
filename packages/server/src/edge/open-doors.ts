import type { Doors } from './doors.ts'
import { type Listener, type ListenOptions, listen } from './http/connections/listener.ts'
import type { Capacity } from './http/connections/room.ts'
import type { Door } from './http/door/door.ts'
import type { Identity } from './mutual/identity.ts'

export { capacityOf } from './http/connections/room.ts'

/** All doors, open. */
export interface OpenDoors {
  /** Shows the identity as it is now to whoever connects from now on. */
  renew(): void
  /** Takes nothing new, lets calls under way finish for `grace` milliseconds, then cuts. */
  close(grace: number): Promise<void>
}

interface Ports {
  readonly portal: number
  readonly mutual: number
}

/** A door that listens elsewhere. */
interface Elsewhere {
  close(grace: number): Promise<void>
}

/**
 * Opens every door, or none.
 *
 * @param hosts names and addresses to listen on; undefined means every one
 * @param capacity of each door
 * @param elsewhere each opens a door that is not ours
 * @throws Error of the system when a port cannot be had; of TLS when certificate and key do not fit
 */
export async function openDoors(
  doors: Pick<Doors, keyof Ports>,
  identity: Identity,
  ports: Ports,
  hosts: readonly string[] | undefined,
  capacity: Capacity,
  elsewhere: readonly (() => Promise<Elsewhere>)[],
): Promise<OpenDoors> {
  const opened: Elsewhere[] = []
  const open = async (door: Door, options: Pick<ListenOptions, 'port' | 'tls'>): Promise<Listener> => {
    const listener = await listen({ routing: door.routing, log: door.log, hosts, capacity, ...options })
    opened.push(listener)
    return listener
  }
  const close = async (grace: number): Promise<void> => {
    await Promise.all(opened.map((door) => door.close(grace)))
  }
  try {
    await identity.renew()
    const portal = await open(doors.portal, { port: ports.portal, tls: identity.portal })
    const mutual = await open(doors.mutual, { port: ports.mutual, tls: identity.mutual })
    for (const openOne of elsewhere) opened.push(await openOne())
    const renew = (): void => {
      portal.renew(identity.portal)
      mutual.renew(identity.mutual)
    }
    return { renew, close }
  } catch (error) {
    await close(0)
    throw error
  }
}
