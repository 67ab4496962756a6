// Strangers at the public door, in a process of their own, because the one of the test stands still meanwhile: openssl
// asks OCSP and the time stamps, and a connection asks for a list and for health, one after the other, until they are
// told the time. What each was answered, and how long it took, is printed as JSON.

import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { call } from './call.ts'

/** What the strangers do; the argument of this program, as JSON. */
export interface Errand {
  readonly address: string
  readonly list: string
  /** Files of the certificate that is asked about, its issuer, the root, and a question to the time stamps. */
  readonly leaf: string
  readonly issuer: string
  readonly root: string
  readonly query: string
  /** Of the desk. */
  readonly pid: number
  readonly milliseconds: number
}

export interface Answered {
  readonly what: string
  readonly said: string
  /** Milliseconds that went by. */
  readonly took: number
  /** Of these, how long the desk had a processor: on a busy machine the rest is others' time. */
  readonly worked: number
}

const errand = JSON.parse(process.argv[2]!) as Errand
const { address, list, leaf, issuer, root, query, pid } = errand
const run = promisify(execFile)
const answers: Answered[] = []

const page = async (url: string): Promise<string> => {
  const { status, text } = await call(url)
  return `${status} ${text.slice(0, 200)}`
}
const ocsp = async (): Promise<string> => {
  const trust = ['-CAfile', root, '-verify_other', issuer]
  const { stdout, stderr } = await run('openssl', [
    ...['ocsp', '-issuer', issuer, '-cert', leaf, ...trust, '-url', `${address}/ocsp`],
  ])
  return stdout + stderr
}
const stamp = async (): Promise<string> => {
  const headers = { 'content-type': 'application/timestamp-query' }
  const { status, bytes } = await call(`${address}/tsp`, { method: 'POST', headers, body: readFileSync(query) })
  return `${status} ${bytes.length}`
}
const ERRANDS: Readonly<Record<string, () => Promise<string>>> = {
  ocsp,
  list: () => page(list),
  live: () => page(`${address}/health/live`),
  ready: () => page(`${address}/health/ready`),
  stamp,
}

for (const act of Object.values(ERRANDS)) await act() // what is loaded once is not measured
process.stdout.write('begun\n')
const end = performance.now() + errand.milliseconds
while (performance.now() < end) {
  for (const [what, act] of Object.entries(ERRANDS)) {
    const [at, worked] = [performance.now(), workOf(pid)]
    const said = await act().catch((error: Error) => error.message)
    answers.push({ what, said, took: performance.now() - at, worked: workOf(pid) - worked })
  }
}
process.stdout.write(`${JSON.stringify(answers)}\n`)

/** How long all threads of a process had a processor so far, in milliseconds; where nobody tells, the time that went by. */
function workOf(of: number): number {
  try {
    // proc_pid_stat(5): user and system time are fields 14 and 15, in hundredths of a second; the name may hold blanks.
    const fields = readFileSync(`/proc/${of}/stat`, 'latin1').split(') ')[1]!.split(' ')
    return 10 * (Number(fields[11]) + Number(fields[12]))
  } catch {
    return performance.now()
  }
}
