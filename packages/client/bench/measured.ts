// Runs a command as people do, and says how long it took and how much memory it held at most.

import { spawn } from 'node:child_process'
import { readFileSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'

export interface Measured {
  readonly seconds: number
  /** Bytes of the greatest resident set; 0 where the system does not tell. */
  readonly memory: number
}

const LAUNCHER = fileURLToPath(new URL('../bin/scel.mjs', import.meta.url))

/** @throws Error when the command fails */
async function measured(program: string, args: readonly string[], cwd: string): Promise<Measured> {
  const begun = performance.now()
  const child = spawn(program, [...args], { cwd, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (data) => {
    said += String(data)
  })
  let memory = 0
  const look = setInterval(() => {
    memory = Math.max(memory, highestOf(child.pid))
  }, 20)
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve))
  clearInterval(look)
  if (code !== 0) throw new Error(`${program} ${args.join(' ')}\n${said}`)
  return { seconds: (performance.now() - begun) / 1000, memory }
}

export const scel = (args: readonly string[], cwd: string): Promise<Measured> =>
  measured(process.execPath, [LAUNCHER, ...args], cwd)

export const openssl = (args: readonly string[], cwd: string): Promise<Measured> => measured('openssl', args, cwd)

/** VmHWM of proc_pid_status(5): the kernel keeps the highest value itself. */
function highestOf(pid: number | undefined): number {
  try {
    const [, kibibytes] = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return Number(kibibytes ?? 0) * 1024
  } catch {
    return 0
  }
}

/** Where the disk does not count: a file system in memory, where there is one with so much room. */
export function memoryFolder(bytes: number): { readonly folder: string; readonly inMemory: boolean } {
  try {
    const { type, bavail, bsize } = statfsSync('/dev/shm')
    if (type === TMPFS && bavail * bsize > bytes) return { folder: '/dev/shm', inMemory: true }
  } catch {
    // said by the caller
  }
  return { folder: tmpdir(), inMemory: false }
}

const TMPFS = 0x01021994 // statfs(2)

export const GIB: number = 2 ** 30
export const MIB: number = 2 ** 20
