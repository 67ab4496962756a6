// Where outcomes go until they are known to hold. Nobody sees a file before `keep`, and `discard` leaves nothing.

import type { ByteSink } from '@scel/pki/cms'
import { FilesFailure } from '../failure.ts'
import type { ResultFile, Target } from '../protocol.ts'
import { newFile } from './own-folder.ts'

/** A place for one outcome. */
export interface Place extends ByteSink {
  keep(): Promise<ResultFile>
  /** What was kept, to be looked into. */
  content(): Promise<File>
  discard(): Promise<void>
}

/** The file that the person chose, or the browser's own folder for this site, or memory where there is no such folder. */
export async function openPlace(target: Target): Promise<Place> {
  return target.picked ? pickedPlace(target, target.picked) : ((await folderPlace(target)) ?? memoryPlace(target))
}

async function pickedPlace({ name }: Target, handle: FileSystemFileHandle): Promise<Place> {
  // The browser writes beside the file and puts it in place when it is closed.
  const writable = await handle.createWritable()
  let size = 0
  return {
    async write(bytes) {
      await writable.write(bytes as Uint8Array<ArrayBuffer>)
      size += bytes.length
    },
    async keep() {
      await writable.close()
      return { name: handle.name || name, size }
    },
    content: () => handle.getFile(),
    async discard() {
      await writable.abort().catch(() => undefined)
      // Choosing the file made an empty one.
      await (handle as Removable).remove?.().catch(() => undefined)
    },
  }
}

async function folderPlace({ name, type }: Target): Promise<Place | undefined> {
  const own = await newFile()
  if (!own) return undefined
  let size = 0
  return {
    async write(bytes) {
      for (let at = 0; at < bytes.length; ) {
        const written = own.access.write(bytes.subarray(at), { at: size })
        if (written <= 0) throw new FilesFailure('no-room')
        at += written
        size += written
      }
    },
    async keep() {
      own.access.flush()
      own.access.close()
      const file = await own.handle.getFile()
      return { name, size, file: new File([file], name, { type }) }
    },
    content: () => own.handle.getFile(),
    async discard() {
      own.access.close()
      await own.remove()
    },
  }
}

/** In memory, up to `limit` octets. */
export function memoryPlace({ name, type }: Target, limit = MEMORY_LIMIT): Place {
  const parts: Blob[] = []
  let held: Uint8Array<ArrayBuffer>[] = []
  let size = 0
  const content = async (): Promise<File> => new File([...parts, ...held], name, { type })
  return {
    async write(bytes) {
      size += bytes.length
      if (size > limit) throw new FilesFailure('too-large-for-memory', { limit })
      held.push(new Uint8Array(bytes))
      // The browser may put a blob on disk, which it cannot do with an array.
      if (held.length < GATHER) return
      parts.push(new Blob(held))
      held = []
    },
    keep: async () => ({ name, size, file: await content() }),
    content,
    async discard() {
      parts.length = 0
      held = []
    },
  }
}

/** Not in every browser yet. */
interface Removable {
  remove?(): Promise<void>
}

// Half a gibibyte: what a phone's browser holds without being ended by the system.
const MEMORY_LIMIT = 512 * 1024 * 1024
const GATHER = 32
