import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { COMPILED } from '@scel/testkit/peers'
import type { Outside } from '../src/outside.ts'
import { runScel } from '../src/program.ts'

export interface Ran {
  readonly out: string
  readonly err: string
  readonly exit: number
}

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))

/** The environment of a test: a home of its own, English, UTC. Nothing of the caller's decides about it. */
export const environment = (home: string, more: Readonly<Record<string, string>> = {}): Record<string, string> => ({
  PATH: process.env.PATH ?? '',
  HOME: home,
  LANG: 'en_GB.UTF-8',
  TZ: 'UTC',
  ...more,
})

/** Runs a command line in this process, without a terminal: what `main.ts` does, minus the start of a Node. */
export async function scel(args: readonly string[], home: string, more: Partial<Outside> = {}): Promise<Ran> {
  let [out, err] = ['', '']
  const exit = await runScel(
    args,
    {
      env: environment(home, { SCEL_MACHINE_DIR: `${home}/machine` }),
      platform: process.platform,
      home,
      locale: 'en-GB',
      now: () => new Date(),
      sleep: (milliseconds, signal) => pause(milliseconds, undefined, { signal }),
      out: (data) => {
        out += typeof data === 'string' ? data : Buffer.from(data).toString('latin1')
      },
      err: (line) => {
        err += line
      },
      write: async (data) => {
        out += typeof data === 'string' ? data : Buffer.from(data).toString('latin1')
      },
      async *input() {
        // nothing comes
      },
      readInput: async () => new Uint8Array(),
      signal: new AbortController().signal,
      atExit: () => () => undefined,
      ...more,
    },
    '0.0.0',
  )
  return { out, err, exit }
}

/** For a command that waits for somebody: `waits` is kept once it does. */
export function whoWaits(): { readonly waits: Promise<void>; readonly outside: Pick<Outside, 'sleep'> } {
  const { promise, resolve } = Promise.withResolvers<void>()
  const sleep: Outside['sleep'] = (milliseconds, signal) => {
    resolve()
    return pause(milliseconds, undefined, { signal })
  }
  return { waits: promise, outside: { sleep } }
}

/** Runs `scel` as a process of its own. */
export async function scelProcess(args: readonly string[], home: string, input?: string | Uint8Array): Promise<Ran> {
  const child = spawn(process.execPath, [MAIN, ...args], { env: environment(home, COMPILED), stdio: 'pipe' })
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const exited = new Promise<number>((resolve) => child.on('close', (code) => resolve(code ?? -1)))
  const [out, err, exit] = await Promise.all([text(child.stdout), text(child.stderr), exited])
  return { out, err, exit }
}
