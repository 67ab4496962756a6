import { statfs } from 'node:fs/promises'
import { DeskError, hasDeskCode } from '@scel/contract/errors'
import type { Logger } from 'pino'
import type { Work } from '../core/work.ts'
import { realWorld } from '../core/world.ts'

/** The same work, which remembers that the disk was full until there is room again. */
export interface RoomyWork extends Work {
  /** @throws DeskError storage_full, while a disk has not the room that a submission needs */
  requireRoom(): Promise<void>
}

/**
 * A disk that is nearly full takes the few bytes of a look and refuses whatever anybody sends. So the free space is asked for where the
 * desk writes itself; and what no number says (a quota, the disk of another host) is learned from the unit that did not fit: from then on
 * a look writes as much as a large one, until that fits.
 *
 * @param folders where the desk writes: of its database, of its keys
 * @param free bytes that are left where a folder is; tests have their own
 */
export function watchRoom(
  work: Work,
  folders: readonly string[],
  log: Pick<Logger, 'error' | 'warn'>,
  free: (folder: string) => Promise<number> = bytesLeft,
): RoomyWork {
  let full = false
  const met = (error: unknown): void => {
    if (full || !hasDeskCode(error, 'storage_full')) return
    full = true
    log.error({ err: error }, 'the disk is full: nothing is stored until there is room')
  }
  const watched = async <T>(act: () => Promise<T>): Promise<T> => {
    try {
      return await act()
    } catch (error) {
      met(error)
      throw error
    }
  }
  const set = (value: string): Promise<void> => work.transaction(({ settings }) => settings.set(KEY, value))
  const refuseFull = (reason: string): never => {
    const error = new DeskError('storage_full', {}, new Error(reason))
    met(error)
    throw error
  }
  return {
    transaction: (run, order) => watched(() => work.transaction(run, order)),
    read: (run) => watched(() => work.read(run)),
    requireRoom: async () => {
      for (const folder of folders) {
        const left = await free(folder)
        if (left < LEAST) refuseFull(`${left} bytes are left for ${folder}, and ${LEAST} are needed`)
      }
      if (!full) return
      await set(Buffer.from(realWorld.random(PROBE)).toString('base64')) // nothing that could be stored smaller
      await set('')
      full = false
      log.warn('there is room on the disk again')
    },
  }
}

const bytesLeft = async (folder: string): Promise<number> => {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

const KEY = 'room'
/** In bytes: some dozens of submissions, and what the database keeps beside itself until it folds that in. */
const LEAST = 8 * 1024 * 1024
/** More than any submission. */
const PROBE = 256 * 1024
