import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { CallMessage, CallName, Calls, Fault, ReplyMessage } from '../module/protocol.ts'

/** A call that was not answered as it should: `silent` after its time, `ended` when the process is gone. */
export class CallFault extends Error {
  readonly fault: Fault | { readonly kind: 'silent' | 'ended'; readonly what: string }
  constructor(fault: CallFault['fault']) {
    super(fault.what)
    this.fault = fault
  }
}

/** A process that holds one module. */
export interface Connection {
  /** @param limit milliseconds; after that the process is ended @throws CallFault */
  call<N extends CallName>(name: N, input: Calls[N]['asks'], limit: number): Promise<Calls[N]['answers']>
  readonly alive: () => boolean
  readonly pid: number | undefined
  /** Ends it, gracefully first. */
  close(): void
  /** Ends it now: it may be stopped, or hang in its module. */
  kill(): void
}

/** Starts the process. */
export function connect(): Connection {
  const child = fork(fileURLToPath(new URL('../module/child.ts', import.meta.url)), {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    execArgv: ['--disable-sigusr1'], // Node opens its inspector at this signal, and would show the PIN
    env: environment(),
  })
  const waiting = new Map<number, { resolve: (output: unknown) => void; reject: (error: CallFault) => void }>()
  let [alive, last] = [true, 0]
  const endAll = (fault: CallFault['fault']): void => {
    alive = false
    living.delete(child)
    for (const { reject } of waiting.values()) reject(new CallFault(fault))
    waiting.clear()
  }
  const kill = (): void => {
    alive = false
    child.kill('SIGKILL')
  }
  child.on('message', (answered: ReplyMessage) => {
    const one = waiting.get(answered.id)
    waiting.delete(answered.id)
    if ('fault' in answered) one?.reject(new CallFault(answered.fault))
    else one?.resolve(answered.output)
  })
  child.on('error', (error) => endAll({ kind: 'ended', what: error.message }))
  child.on('exit', (code, signal) => endAll({ kind: 'ended', what: signal ?? `exit ${code}` }))
  // Nobody waits for a process that has nothing to do; each call's clock keeps the program alive for as long as it runs.
  child.unref()
  child.channel?.unref()
  if (!watched) process.once('exit', killAll)
  watched = true
  living.add(child)

  const call: Connection['call'] = <N extends CallName>(name: N, input: Calls[N]['asks'], limit: number) =>
    new Promise<Calls[N]['answers']>((resolve, reject) => {
      if (!alive) return reject(new CallFault({ kind: 'ended', what: 'it is gone' }))
      const id = ++last
      const clock = setTimeout(() => {
        waiting.delete(id)
        kill()
        reject(new CallFault({ kind: 'silent', what: name }))
      }, limit)
      waiting.set(id, {
        resolve: (output) => {
          clearTimeout(clock)
          resolve(output as Calls[N]['answers'])
        },
        reject: (error) => {
          clearTimeout(clock)
          reject(error)
        },
      })
      send(child, { id, call: name, input } as CallMessage)
    })

  return {
    call,
    alive: () => alive,
    pid: child.pid,
    close: () => {
      if (!alive) return
      call('close', {}, GRACE)
        .catch(() => {})
        .finally(kill)
    },
    kill,
  }
}

/** A channel that closes meanwhile tells `exit`, which answers everybody. */
function send(child: ChildProcess, asked: CallMessage): void {
  child.send(asked, () => {})
}

/** Modules find their own settings in the environment; what Node and Scel find there is none of theirs. */
const environment = (): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(NODE_|SCEL_)/.test(name))),
  UV_THREADPOOL_SIZE: '1', // all calls of a module come from one thread
})

/** Those that are still there when the program ends. */
const living = new Set<ChildProcess>()
let watched = false
const killAll = (): void => {
  for (const child of living) child.kill('SIGKILL')
}

const GRACE = 2_000
