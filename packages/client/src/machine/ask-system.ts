import { execFile } from 'node:child_process'
import { readFile, readlink } from 'node:fs/promises'

/** How a platform file asks the system. Tests answer from fixtures. */
export interface AskSystem {
  /** Content of a file, trimmed; undefined when it cannot be read. */
  file(path: string): Promise<string | undefined>
  /** Where a symbolic link points, undefined when it is none. */
  link(path: string): Promise<string | undefined>
  names(path: string): Promise<readonly string[]>
  /** Standard output of a program, undefined when it is missing or fails. */
  output(program: string, ...args: readonly string[]): Promise<string | undefined>
  readonly os: {
    hostname(): string
    type(): string
    release(): string
    machine(): string
    processor(): string
  }
}

/** The real system. A program gets 5 s, no input, and no window. */
export async function realSystem(): Promise<AskSystem> {
  const [os, { readdir }] = await Promise.all([import('node:os'), import('node:fs/promises')])
  return {
    file: (path) =>
      readFile(path, 'utf8').then(
        (text) => text.trim(),
        () => undefined,
      ),
    link: (path) => readlink(path).catch(() => undefined),
    names: (path) => readdir(path).catch(() => []),
    output: (program, ...args) =>
      new Promise((resolve) => {
        const options = { timeout: 5_000, maxBuffer: 4 * 1024 * 1024, windowsHide: true }
        const child = execFile(program, args, options, (error, stdout) => resolve(error ? undefined : stdout))
        child.stdin?.end()
      }),
    os: {
      hostname: os.hostname,
      type: os.type,
      release: os.release,
      machine: os.machine,
      processor: () => os.cpus()[0]?.model.trim() ?? '',
    },
  }
}
