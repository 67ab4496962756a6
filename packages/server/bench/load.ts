// The load generator: a process of its own, so that it takes no time from the desk's thread. Everything that can be
// made beforehand is made beforehand: keys and requests are not what is measured.

import { Agent } from 'node:https'
import type { KitFile } from '@scel/contract/kit'
import type { Services } from '../src/edge/api/index.ts'
import { type Applicant, makeApplicant, workstationName } from '../src/testing/index.ts'

export interface LoadOrder {
  readonly services: Services
  readonly root: string
  readonly kit: KitFile
  readonly connections: number
  readonly requests: number
}

export interface LoadReport {
  readonly issued: number
  readonly refused: number
  readonly seconds: number
  /** Milliseconds from call to answer. */
  readonly p50: number
  readonly p99: number
}

process.once('message', async (order: LoadOrder) => {
  process.send!(await run(order))
  process.disconnect?.()
})

async function run({ kit, connections, requests, ...desk }: LoadOrder): Promise<LoadReport> {
  const each = Math.ceil(requests / connections)
  const machines = await Promise.all(Array.from({ length: connections }, () => prepare(desk, each)))
  const times: number[] = []
  let issued = 0
  let refused = 0
  const work = async ({ asking }: Machine): Promise<void> => {
    for (const { applicant, csr } of asking) {
      const began = performance.now()
      const { status, json } = await applicant.submit(kit, csr)
      times.push(performance.now() - began)
      if (status === 200 && json.request.certificate) issued++
      else if (refused++ === 0) process.stderr.write(`${status} ${JSON.stringify(json)}\n`)
    }
  }
  // The first call of each connection is its handshake's, and that of each key gets its nonce: not measured, nor counted.
  const keysOf = ({ asking }: Machine): ReadonlySet<Applicant> => new Set(asking.map(({ applicant }) => applicant))
  for (const machine of machines)
    for (const applicant of keysOf(machine))
      await applicant.send('GET', '/api/enrolment/requests?environment=production')
  const began = performance.now()
  await Promise.all(machines.map(work))
  const seconds = (performance.now() - began) / 1_000
  times.sort((a, b) => a - b)
  const at = (share: number): number => times[Math.floor(times.length * share)] ?? 0
  for (const { agent } of machines) agent.destroy()
  return { issued, refused, seconds, p50: at(0.5), p99: at(0.99) }
}

interface Machine {
  readonly asking: readonly { readonly applicant: Applicant; readonly csr: string }[]
  readonly agent: Agent
}

/** Requests of one applicant key: the desk takes no more than a hundred in an hour. */
const OF_ONE_KEY = 50

async function prepare(desk: Pick<LoadOrder, 'services' | 'root'>, count: number): Promise<Machine> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1, ca: desk.root })
  let applicant = await makeApplicant(desk, agent)
  const asking: { applicant: Applicant; csr: string }[] = []
  for (let at = 0; at < count; at++) {
    if (at % OF_ONE_KEY === OF_ONE_KEY - 1) applicant = await makeApplicant(desk, agent)
    const { csr } = await applicant.credential({ commonName: workstationName() })
    asking.push({ applicant, csr })
  }
  return { asking, agent }
}
