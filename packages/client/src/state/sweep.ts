import { lstat, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import process from 'node:process'
import { isAlive, ownerIn } from './part-name.ts'

/**
 * Erases what killed runs left in a folder: parts whose process is gone. Of a part of another machine (a shared folder)
 * that cannot be told; it goes when nothing was written to it for a day; one that is dated
 * later than tomorrow was written under a clock that was ahead. What belongs to another user, and what cannot
 * be erased, stays.
 */
export async function sweep(folder: string, now: Date): Promise<void> {
  const names = await readdir(folder).catch(() => [])
  for (const name of names) {
    const owner = ownerIn(name)
    if (!owner) continue
    const path = join(folder, name)
    const found = await lstat(path).catch(() => undefined)
    if (!found || !(found.isFile() || found.isDirectory() || found.isSymbolicLink())) continue
    if (process.getuid && found.uid !== process.getuid()) continue
    const alive = isAlive(owner) ?? Math.abs(now.getTime() - found.mtimeMs) < DAY
    if (!alive) await rm(path, { recursive: true, force: true }).catch(() => undefined)
  }
}

const DAY = 86_400_000
