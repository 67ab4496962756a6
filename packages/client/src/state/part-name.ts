// Names of files that are still being written. They say which process writes them, so that a later run knows whether
// one was left behind: `.report.pdf.scel-<place>-<pid>-<start>-<random>.part`.

import { createHash, randomBytes } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import process from 'node:process'

/** The process that a name speaks of. */
export interface Owner {
  /** The machine, and on Linux the container, within which process ids mean something. */
  readonly place: string
  readonly pid: number
  /** When it was started, in the system's own count; 0 where that cannot be learnt. It tells reused ids apart. */
  readonly start: string
}

export const thisProcess = (): Owner => ({ place: placeHere(), pid: process.pid, start: startOf(process.pid) ?? '0' })

/** A new name in the folder of `name`, hidden, for what will be called `name`. */
export function partName(name: string, owner: Owner = thisProcess()): string {
  const tail = `.scel-${owner.place}-${owner.pid}-${owner.start}-${randomBytes(4).toString('hex')}.part`
  return `.${shortened(name, MOST - 1 - tail.length)}${tail}`
}

/** Whose name it is, or undefined for a name that `partName` did not make. */
export function ownerIn(name: string): Owner | undefined {
  const [, place, pid, start] = NAME.exec(name) ?? []
  return place && pid && start ? { place, pid: Number(pid), start } : undefined
}

/** Whether the process lives still; undefined when that cannot be told from here. */
export function isAlive({ place, pid, start }: Owner): boolean | undefined {
  if (place !== placeHere()) return undefined
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  const present = startOf(pid)
  return present === undefined || start === '0' || present === start
}

/** Field 22 of /proc/<pid>/stat (proc_pid_stat(5)); the name of the program, field 2, may hold spaces and brackets. */
function startOf(pid: number): string | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19]
  } catch {
    return undefined
  }
}

let place: string | undefined
function placeHere(): string {
  place ??= createHash('sha256').update(`${hostname()}\n${processNamespace()}`).digest('hex').slice(0, 8)
  return place
}

function processNamespace(): string {
  try {
    return readlinkSync('/proc/self/ns/pid')
  } catch {
    return ''
  }
}

/** At most so many bytes of UTF-8, cut between characters. */
function shortened(name: string, bytes: number): string {
  let kept = ''
  let length = 0
  for (const character of name) {
    length += Buffer.byteLength(character)
    if (length > bytes) break
    kept += character
  }
  return kept
}

const NAME = /^\..*\.scel-([0-9a-f]{8})-([0-9]{1,10})-([0-9]{1,20})-[0-9a-f]{8}\.part$/s
const MOST = 255 // NAME_MAX
