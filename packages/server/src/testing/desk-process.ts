import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { COMPILED } from '@scel/testkit/peers'
import type { Services } from '../edge/api/index.ts'
import { call } from './call.ts'
import { freePorts } from './free-ports.ts'

/** A desk in a process of its own, as an operator starts it. */
export interface DeskProcess {
  readonly services: Services
  readonly pid: number
  /** What it printed until it was ready. */
  readonly printed: string
  /** The one-time link it printed; empty when there was none. */
  readonly inviteLink: string
  readonly root: string
  readonly ports: readonly [portal: number, mutual: number, open: number]
  /** Everything it wrote to standard error so far: its log. */
  readonly errors: () => string
  /** SIGKILL: nothing is finished. */
  kill(): Promise<void>
  /** Asks it to stop, and waits for its end. @returns its exit code */
  stop(signal?: 'SIGTERM' | 'SIGHUP'): Promise<number | null>
  /** Sends a signal, and waits for nothing. */
  signal(signal: NodeJS.Signals): void
}

/** What a test may choose. */
export interface SpawnDeskOptions {
  readonly data: string
  readonly ports?: DeskProcess['ports']
  readonly environment?: Readonly<Record<string, string>>
  readonly args?: readonly string[]
  /** Told of the process as soon as there is one, which is before it is ready. */
  readonly onSpawn?: (pid: number) => void
  /** What its standard error is instead of a pipe that the test reads. */
  readonly log?: number
}

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url))

/**
 * Runs `scel-desk start` and waits until it is ready.
 *
 * @throws Error with what it wrote, when it ends before
 */
export async function spawnDesk({
  data,
  ports,
  environment,
  args = [],
  onSpawn,
  log,
}: SpawnDeskOptions): Promise<DeskProcess> {
  const chosen = ports ?? ((await freePorts(3)) as [number, number, number])
  const [portal, mutual, open] = chosen.map(String)
  const doors = ['--portal-port', portal!, '--mutual-port', mutual!, '--public-port', open!]
  const given = [MAIN, 'start', '--data', data, ...doors, ...args]
  const child = spawn(process.execPath, given, {
    // Nothing of the caller's own environment decides about a test.
    env: { PATH: process.env.PATH, LANG: 'C', SCEL_PUBLIC_NAME: 'localhost', ...COMPILED, ...environment },
    stdio: ['ignore', 'pipe', log ?? 'pipe'] as ['ignore', 'pipe', 'pipe'],
  })
  onSpawn?.(child.pid!)
  let errors = ''
  if (log === undefined) child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
  const ended = once(child, 'exit') as Promise<[number | null]>
  let printed = ''
  for await (const line of createInterface({ input: child.stdout })) {
    printed += `${line}\n`
    if (/^(Ctrl-C)/.test(line)) break
  }
  child.stdout.resume()
  if (child.exitCode !== null || !printed.includes('Ctrl-C')) {
    await ended
    throw new Error(`the desk did not start: ${printed}${errors}`)
  }
  const address = (scheme: string, port: string): string => `${scheme}://localhost:${port}`
  const services = {
    portal: address('https', portal!),
    mutual: address('https', mutual!),
    public: address('http', open!),
  }
  return {
    services,
    pid: child.pid!,
    printed,
    inviteLink: /https:\S+#\S+/.exec(printed)?.[0] ?? '',
    root: await rootOf(services.portal),
    ports: chosen,
    errors: () => errors,
    kill: async () => {
      child.kill('SIGKILL')
      await ended
    },
    signal: (signal) => void child.kill(signal),
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal)
      return (await ended)[0]
    },
  }
}

// The first call cannot check the certificate, since it asks for what to check it with; the test compares fingerprints.
async function rootOf(portal: string): Promise<string> {
  const { Agent } = await import('node:https')
  const agent = new Agent({ rejectUnauthorized: false })
  const { json } = await call(`${portal}/api/desk`, { agent })
  return json.roots.find(({ environment }: { environment: string }) => environment === 'production').pem
}
