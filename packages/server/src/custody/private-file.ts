import { open } from 'node:fs/promises'
import { refuse } from '@scel/contract/errors'

/**
 * The text of a file that holds a secret: a passphrase, a PIN, what signs messages.
 *
 * @throws DeskError passphrase_file_foreign when it is another user's, passphrase_file_exposed when others on the machine can read or change
 *   it; the file system's error when it cannot be read
 */
export async function readPrivateFile(path: string): Promise<string> {
  const file = await open(path, 'r')
  try {
    // Asked of the open file, so that what is read is what was judged.
    const { mode, uid } = await file.stat()
    const self = process.getuid?.()
    if (isForeign(uid, self)) refuse('passphrase_file_foreign', { path, owner: String(uid) })
    if (isExposed(mode, uid, self))
      refuse('passphrase_file_exposed', { path, mode: (mode & 0o777).toString(8).padStart(4, '0') })
    return await file.readFile('utf8')
  } finally {
    await file.close()
  }
}

/** Whether a file is neither this user's nor root's: its owner can read and change it, whatever mode it has now. */
export const isForeign = (owner: number, self: number | undefined): boolean =>
  self !== undefined && owner !== self && owner !== ROOT
const ROOT = 0

/**
 * Whether others have a right to a file. A file of root that the desk reads through its group (0440, as systemd gives
 * credentials) is in good hands: its group is how the desk comes to it at all. Windows has no such modes.
 */
export function isExposed(mode: number, owner: number, self: number | undefined): boolean {
  if (self === undefined) return false
  return (mode & (owner === self ? 0o077 : 0o037)) !== 0
}
