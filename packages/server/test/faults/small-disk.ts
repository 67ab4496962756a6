import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { rm, statfs, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A disk of its own, small enough to be filled: a mounted `tmpfs`, which wants root. */
export interface SmallDisk {
  readonly folder: string
  /** Takes all that is free but so many octets. */
  fill(leave: number): Promise<void>
  free(): Promise<void>
  close(): void
}

/** As large as many rounds need, with as much again. */
const SIZE = '256m'

/** @throws Error with the words of `mount` */
export function openSmallDisk(): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'scel-disk-'))
  const { status, stderr, error } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE}`, 'tmpfs', folder], {
    encoding: 'utf8',
  })
  if (status !== 0) {
    rmSync(folder, { recursive: true })
    throw new Error(error?.message ?? stderr.trim())
  }
  const filler = join(folder, 'filler')
  const close = (): void => {
    process.off('exit', close)
    spawnSync('umount', ['--lazy', folder])
    rmSync(folder, { recursive: true, force: true })
  }
  process.once('exit', close) // a disk that nobody unmounts would stay after the program
  return {
    folder,
    async fill(leave) {
      const { bavail, bsize } = await statfs(folder)
      // The database may take some of it meanwhile, and then there is even less.
      await writeFile(filler, new Uint8Array(Math.max(0, bavail * bsize - leave))).catch((error) => {
        if (error.code !== 'ENOSPC') throw error
      })
    },
    free: () => rm(filler, { force: true }),
    close,
  }
}

let why: { readonly reason?: string } | undefined

/** Why this machine gives no such disk; undefined where it does. */
export function smallDiskMissing(): string | undefined {
  why ??= tried()
  return why.reason
}

function tried(): { readonly reason?: string } {
  try {
    openSmallDisk().close()
    return {}
  } catch (error) {
    return { reason: `no disk can be mounted here (${(error as Error).message})` }
  }
}
