#!/usr/bin/env node
// The only file that knows the process: its streams, its signals, and how it ends.

import inspector from 'node:inspector'
import { homedir } from 'node:os'
import process from 'node:process'
import { addAbortSignal } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import manifest from '../package.json' with { type: 'json' }
import type { Outside } from './outside.ts'
import { runScel } from './program.ts'
import { EXIT } from './ui/exit-code.ts'

const { stdin, stdout, stderr, env, platform } = process
const stop = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  // The first one lets a write that is under way end; whoever insists is heard at once.
  process.on(signal, () => (stop.signal.aborted ? process.exit(EXIT.interrupted) : stop.abort()))
}
refuseInspector()
// `scel inspect … | head` closes the pipe early, which is no error.
stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? EXIT.done : EXIT.failed))

const outside: Outside = {
  env,
  platform,
  home: homeOf(),
  locale: Intl.DateTimeFormat().resolvedOptions().locale,
  now: () => new Date(),
  sleep: (milliseconds, signal) => pause(milliseconds, undefined, { signal }),
  out: (data) => void stdout.write(data),
  err: (text) => void stderr.write(text),
  write: (data) => new Promise((resolve, reject) => stdout.write(data, (error) => (error ? reject(error) : resolve()))),
  input,
  readInput,
  ...(stdin.isTTY && stderr.isTTY ? { terminal: { input: stdin, output: stderr } } : {}),
  ...(stdout.isTTY ? { columns: stdout.columns } : {}),
  signal: stop.signal,
  atExit(work) {
    process.on('exit', work)
    return () => void process.off('exit', work)
  },
}

process.exitCode = await runScel(process.argv.slice(2), outside, manifest.version)

/**
 * Node opens its inspector at this signal, to whoever is on the host, with the keys that are in the memory of this process. It is not heard from here on, and
 * what it opened while the program was read is closed; one that was asked for with an option stays.
 */
function refuseInspector(): void {
  process.on('SIGUSR1', () => {})
  const asked = /--inspect(?:-brk|-wait)?(?:[=\s]|$)/.test([...process.execArgv, env.NODE_OPTIONS].join(' '))
  const close = (): void => {
    if (!asked && inspector.url() !== undefined) inspector.close()
  }
  close()
  setImmediate(close) // a signal that came before may still be on its way
}

/** Of a user without an entry among the system's users, as in containers: what such a one is given there. */
function homeOf(): string {
  try {
    return homedir()
  } catch {
    return '/'
  }
}

/** What waits for it hears of a signal at once. */
function input(): AsyncIterable<Buffer> {
  return addAbortSignal(stop.signal, stdin)
}

async function readInput(limit: number): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of input()) {
    length += chunk.length
    if (length > limit) throw new RangeError('standard input is too long')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
