import { lstat, readdir, realpath, stat } from 'node:fs/promises'
import { basename, join, resolve, sep } from 'node:path'
import { MOST_ENTRIES, nameFault } from '@scel/files/archives'
import { stop } from '../ui/cli-error.ts'
import { unreadable } from './unreadable.ts'

/** One file or folder that goes into the archive. */
export interface Entry {
  /** With `/`, relative, beginning with the name of what was given. */
  readonly name: string
  /** Where its content is read; undefined for a folder. */
  readonly file?: string
  readonly size: number
  readonly modified: Date
  readonly executable: boolean
}

/**
 * Everything below the files and folders that a person named, in the order of names. Links within a folder are followed
 * to files of the same folder only; for whatever else is neither file nor folder the whole is refused, because an
 * archive that silently lacks something is worse than none.
 * @throws file_missing, file_unreadable, not_a_file, link_leaves, name_unfit, name_twice, entries_too_many
 */
export async function gather(
  paths: readonly string[],
  platform: NodeJS.Platform,
  most: number = MOST_ENTRIES,
): Promise<Entry[]> {
  const entries: Entry[] = []
  const roots = new Set<string>()
  for (const path of paths) {
    const root = await realpath(path).catch((error: unknown) => {
      throw unreadable(error, path)
    })
    const name = basename(resolve(path)) || stop('name_unfit', { name: path })
    if (roots.has(name)) stop('name_twice', { name })
    roots.add(name)
    await add(root, name, { entries, root, platform, most })
  }
  return entries
}

interface Walk {
  readonly entries: Entry[]
  /** The real folder that links must not leave. */
  readonly root: string
  readonly platform: NodeJS.Platform
  readonly most: number
}

async function add(path: string, name: string, walk: Walk): Promise<void> {
  const { entries, platform, most } = walk
  if (nameFault(name, platform === 'win32' ? 'windows' : 'elsewhere')) stop('name_unfit', { name })
  if (entries.length >= most) stop('entries_too_many', { most })
  const found = await lstat(path).catch((error: unknown) => {
    throw unreadable(error, path)
  })
  if (found.isSymbolicLink()) return add(await within(path, walk.root), name, walk)
  const { mtime, mode, size } = found
  if (found.isFile()) {
    entries.push({ name, file: path, size, modified: mtime, executable: (mode & 0o100) !== 0 })
  } else if (found.isDirectory()) {
    entries.push({ name, size: 0, modified: mtime, executable: false })
    const names = await readdir(path).catch((error: unknown) => {
      throw unreadable(error, path)
    })
    for (const one of names.sort()) await add(join(path, one), `${name}/${one}`, walk)
  } else stop('not_a_file', { file: path })
}

/** The file that a link within a folder stands for. A link to a folder could lead round in circles. */
async function within(link: string, root: string): Promise<string> {
  const real = await realpath(link).catch(() => stop('link_leaves', { file: link }))
  const inside = real.startsWith(root.endsWith(sep) ? root : root + sep)
  return inside && (await stat(real)).isFile() ? real : stop('link_leaves', { file: link })
}
