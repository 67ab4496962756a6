import { type FileHandle, open } from 'node:fs/promises'
import { readUpTo } from '../state/files.ts'
import { stop } from '../ui/cli-error.ts'

/**
 * The PIN in a file, without its line end. What is judged is the open file, so that it is what is read.
 * @throws pin_file_foreign, pin_file_exposed, file_too_large; the file system's error when it cannot be read
 */
export async function readPin(file: string): Promise<Buffer> {
  const found = await open(file, 'r')
  try {
    await judge(file, found)
    const text = (await readUpTo(found, LIMIT)) ?? stop('file_too_large', { file, limit: LIMIT })
    return Buffer.from(text.toString('utf8').replace(/\r?\n$/, ''), 'utf8')
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
const LIMIT = 64 * 1024
