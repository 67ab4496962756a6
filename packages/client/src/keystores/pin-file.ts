import { type FileHandle, open } from 'node:fs/promises'
import { isCliError, stop } from '../ui/cli-error.ts'

/**
 * The PIN in a file, without its line end.
 * @throws pin_file_foreign, pin_file_exposed; the file system's error when it cannot be read
 */
export const readPin = (file: string): Promise<Buffer> =>
  opened(file, async (found) => Buffer.from((await found.readFile('utf8')).replace(/\r?\n$/, ''), 'utf8'))

/** The same look at a file that somebody else reads; what the file system refuses is said then. @throws pin_file_foreign, pin_file_exposed */
export async function requirePrivate(file: string): Promise<void> {
  await opened(file, async () => undefined).catch((error: unknown) => {
    if (isCliError(error)) throw error
  })
}

/** Asked of the open file, so that what is read is what was judged. */
async function opened<T>(file: string, act: (found: FileHandle) => Promise<T>): Promise<T> {
  const found = await open(file, 'r')
  try {
    await judge(file, found)
    return await act(found)
  } finally {
    await found.close()
  }
}

/** A PIN that others on this machine can read is theirs as well. Windows has no such modes. */
async function judge(file: string, found: FileHandle): Promise<void> {
  const self = process.getuid?.()
  if (self === undefined) return
  const { mode, uid } = await found.stat()
  // Whatever mode its owner has given it now.
  if (uid !== self && uid !== ROOT) stop('pin_file_foreign', { file, owner: String(uid) })
  // One of root that is read through its group, as systemd gives credentials, is in good hands.
  if ((mode & (uid === self ? 0o077 : 0o037)) !== 0)
    stop('pin_file_exposed', { file, mode: (mode & 0o777).toString(8).padStart(4, '0') })
}

const ROOT = 0
