import { readFileSync, statfsSync } from 'node:fs'

const GIB = 2 ** 30

/**
 * A folder whose files are in memory and may be run, on a machine that has plenty of it: tests make and remove tens of thousands that nobody
 * reads afterwards, and on a disk wait for it half of their time.
 *
 * @returns undefined where there is none, or less than 4 GiB in it, or than 8 GiB of memory that nobody uses
 */
export function roomyMemory(read: Reading = REAL): string | undefined {
  try {
    const mount = read.text('/proc/mounts').match(/^\S+ \/dev\/shm tmpfs (\S+)/m)?.[1]
    if (!mount || mount.split(',').some((flag) => flag === 'noexec' || flag === 'ro')) return undefined
    const available = Number(/^MemAvailable: +(\d+) kB$/m.exec(read.text('/proc/meminfo'))?.[1]) * 1024
    return available >= 8 * GIB && read.free(FOLDER) >= 4 * GIB ? FOLDER : undefined
  } catch {
    return undefined // not a Linux
  }
}

/** What is asked of the machine. */
interface Reading {
  text(file: string): string
  /** Octets. */
  free(folder: string): number
}

const FOLDER = '/dev/shm'
const REAL: Reading = {
  text: (file) => readFileSync(file, 'utf8'),
  free: (folder) => {
    const { bavail, bsize } = statfsSync(folder)
    return bavail * bsize
  },
}
