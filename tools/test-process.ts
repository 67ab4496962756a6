//
// Preloaded into the process of a test file, which writes down which process it is (`pid`), and on its way out how much
// processor time it took, with all that it started and waited for (`seconds`). `?to=FOLDER` says where.
//
// node:test wants to be told of every promise that is made, to know the test of an error that nobody waits for: a sixth of all processor
// time. Nobody is told of promises here; such an error fails its file as a whole.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promiseHooks } from 'node:v8'
import { isMainThread } from 'node:worker_threads'

/** Where /proc counts in: USER_HZ, which is a hundred on every Linux. */
const TICKS = 100

/** Of `/proc/self/stat` (proc(5)): user and system time of the process and of the children that it waited for, in seconds. */
export function secondsOfStat(stat: string): number {
  // The name, which may hold blanks and brackets, ends with the last bracket; the third field follows.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS
}

/** Elsewhere than on Linux, of this process alone. */
function processorSeconds(): number {
  try {
    return secondsOfStat(readFileSync('/proc/self/stat', 'utf8'))
  } catch {
    const { user, system } = process.cpuUsage()
    return (user + system) / 1e6
  }
}

const to = new URL(import.meta.url).searchParams.get('to')
if (to !== null && isMainThread) {
  promiseHooks.createHook = () => () => {}
  writeFileSync(join(to, 'pid'), String(process.pid))
  process.once('exit', () => writeFileSync(join(to, 'seconds'), String(processorSeconds())))
}
