import { setTimeout as pause } from 'node:timers/promises'

/**
 * Does what another process may hold a lock against, again and again by a timer. SQLite itself would wait in the thread of
 * the event loop: somebody's `sqlite3` shell would stop lists, OCSP and health for as long as it is open.
 *
 * @param until of `performance.now()`: when to give up; it is tried once in any case
 * @throws what `act` throws, its last SQLITE_BUSY included
 */
export async function patiently(act: () => void, until: number): Promise<void> {
  for (;;) {
    try {
      return act()
    } catch (error) {
      if (!isBusy(error) || performance.now() >= until) throw error
      await pause(PAUSE)
    }
  }
}

/** SQLITE_BUSY, in any of its extended forms. */
const isBusy = (error: unknown): boolean => (Number((error as { errcode?: unknown } | null)?.errcode) & 0xff) === 5

/** How long a call waits for somebody else's lock, in milliseconds. */
export const LOCK_PATIENCE = 5_000
const PAUSE = 20
