import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'

/** How a door answered while it was asked again and again. */
export interface Polled {
  /** How often it was asked, and answered 200. */
  readonly answered: number
  /** What came instead of 200. */
  readonly failed: readonly string[]
  /**
   * The longest that the process let one answer wait, in milliseconds. Where the system tells how much of that time the
   * process worked, no more counts than this: on a machine with other work to do, the rest was spent by others.
   */
  readonly longest: number
}

interface Asked {
  readonly address: string
  readonly ca: string
  /** Of the process that answers. */
  readonly pid: number
}

/**
 * Asks an address every few milliseconds over one connection, in a thread of its own, so that what the test does
 * meanwhile is not measured.
 *
 * @returns ends the asking, and says how it went
 */
export async function poll(asked: Asked): Promise<() => Promise<Polled>> {
  const worker = new Worker(new URL(import.meta.url), { workerData: asked })
  await once(worker, 'message') // the first answer: the connection stands
  return async () => {
    const told = once(worker, 'message') as Promise<[Polled]>
    worker.postMessage('enough')
    const [polled] = await told
    await worker.terminate()
    return polled
  }
}

async function ask({ address, ca }: Asked, agent: http.Agent): Promise<number> {
  const request = address.startsWith('https:') ? https.get(address, { agent, ca }) : http.get(address, { agent })
  const [response] = (await once(request, 'response')) as [http.IncomingMessage]
  await response.toArray()
  return response.statusCode ?? 0
}

/** How long all threads of a process have had a processor so far, in milliseconds;
 * where nobody tells, the time that went by. */
function workOf(pid: number): number {
  try {
    // proc_pid_stat(5): user and system time are the 14th and 15th field, in hundredths of a second; a name may hold blanks.
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]!.split(' ')
    return 10 * (Number(fields[11]) + Number(fields[12]))
  } catch {
    return performance.now()
  }
}

async function askOn(asked: Asked): Promise<void> {
  const agent = asked.address.startsWith('https:')
    ? new https.Agent({ keepAlive: true, maxSockets: 1 })
    : new http.Agent({ keepAlive: true, maxSockets: 1 })
  let enough = false
  parentPort!.once('message', () => (enough = true))
  await ask(asked, agent)
  parentPort!.postMessage('asked')
  let answered = 0
  let longest = 0
  const failed: string[] = []
  while (!enough) {
    const start = performance.now()
    const worked = workOf(asked.pid)
    const status = await ask(asked, agent).catch((error: Error) => error.message)
    longest = Math.max(longest, Math.min(performance.now() - start, workOf(asked.pid) - worked))
    if (status === 200) answered++
    else failed.push(String(status))
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  agent.destroy()
  parentPort!.postMessage({ answered, failed, longest } satisfies Polled)
}

if (!isMainThread && (workerData as Asked | undefined)?.address) await askOn(workerData as Asked)
