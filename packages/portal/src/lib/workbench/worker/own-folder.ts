// The folder that the browser has for this site, which the person's file manager does not show. Files in it belong to a
// worker, whose lock tells the living from the dead: what a closed tab or a crash left is erased by the next worker.

const FOLDER = 'scel-files'
const LOCK = 'scel-files-'
const OWN = crypto.randomUUID()

/** What a worker has of one file: an access without delay, which only workers get. */
interface SyncAccess {
  write(bytes: Uint8Array, where: { readonly at: number }): number
  flush(): void
  close(): void
}

export interface OwnFile {
  readonly handle: FileSystemFileHandle
  readonly access: SyncAccess
  remove(): Promise<void>
}

let ready: Promise<FileSystemDirectoryHandle | undefined> | undefined
let made = 0

/** A new file; undefined where the browser has no such folder, as in private windows of some. */
export async function newFile(): Promise<OwnFile | undefined> {
  ready ??= openFolder()
  const folder = await ready
  if (!folder) return undefined
  const name = `${OWN}.${made++}`
  const handle = await folder.getFileHandle(name, { create: true })
  const access = await (handle as unknown as { createSyncAccessHandle(): Promise<SyncAccess> }).createSyncAccessHandle()
  return { handle, access, remove: () => folder.removeEntry(name).catch(() => undefined) }
}

/** Erases everything that this worker made. */
export async function eraseOwn(): Promise<void> {
  const folder = await ready
  if (folder) await erase(folder, (worker) => worker === OWN)
}

async function openFolder(): Promise<FileSystemDirectoryHandle | undefined> {
  try {
    const root = await navigator.storage.getDirectory()
    const folder = await root.getDirectoryHandle(FOLDER, { create: true })
    // Held until the worker ends, whichever way.
    await new Promise<void>((held) => {
      void navigator.locks.request(LOCK + OWN, () => {
        held()
        return new Promise(() => undefined)
      })
    })
    const { held = [] } = await navigator.locks.query()
    const alive = new Set(held.map(({ name }) => name))
    await erase(folder, (worker) => !alive.has(LOCK + worker))
    return folder
  } catch {
    return undefined
  }
}

async function erase(folder: FileSystemDirectoryHandle, whose: (worker: string) => boolean): Promise<void> {
  const names: string[] = []
  for await (const name of folder.keys()) names.push(name)
  for (const name of names) {
    if (whose(name.split('.')[0] ?? '')) await folder.removeEntry(name).catch(() => undefined)
  }
}
