// The one form in which benchmarks of this package say what they measured: value, limit, whether it holds.

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/**
 * Microseconds of this thread's processor time per round. All are measured in turn, part by part, and the least of each
 * counts: a busy machine slows all of them, and only ever slows.
 */
export async function measure<K extends string>(
  rounds: Readonly<Record<K, (i: number) => unknown>>,
): Promise<Record<K, number>> {
  const names = Object.keys(rounds) as K[]
  const least = Object.fromEntries(names.map((name) => [name, Number.POSITIVE_INFINITY])) as Record<K, number>
  for (let part = -WARM_UP; part < PARTS; part++) {
    for (const name of names) {
      collectGarbage({ type: 'minor' })
      const spent = await perRound(rounds[name])
      if (part >= 0) least[name] = Math.min(least[name], spent)
    }
  }
  return least
}

async function perRound(round: (i: number) => unknown): Promise<number> {
  const start = cpuTime()
  let i = 0
  let spent = 0
  while (spent < PART) {
    for (const end = i + BATCH; i < end; i++) {
      const value = round(i)
      if (value instanceof Promise) await value
    }
    spent = cpuTime() - start
  }
  return spent / i
}

function cpuTime(): number {
  const { user, system } = process.threadCpuUsage()
  return user + system
}

// Each round pays for its own garbage and for nobody else's.
setFlagsFromString('--expose-gc')
const collectGarbage: (options: { readonly type: 'minor' }) => void = runInNewContext('gc')

export interface Line {
  readonly what: string
  /** With its unit. */
  readonly value: string
  /** Set where the project promises one. */
  readonly limit?: { readonly value: number; readonly least?: number; readonly most?: number; readonly unit?: string }
}

/** Prints the table; a limit that is missed shows, and does not fail: this may be a busy machine. */
export function print(lines: readonly Line[]): void {
  for (const { what, value, limit } of lines) {
    const start = `${what.padEnd(58)} ${value.padStart(14)}`
    if (!limit) {
      console.log(start)
      continue
    }
    const holds = limit.value >= (limit.least ?? 0) && limit.value <= (limit.most ?? Number.POSITIVE_INFINITY)
    const bound = limit.least === undefined ? `at most ${limit.most}` : `at least ${limit.least}`
    const said = `${limit.value.toFixed(2)}${limit.unit ? ` ${limit.unit}` : ''}`
    console.log(
      `${start}  ${said.padStart(10)}  ${bound}${limit.unit ? ` ${limit.unit}` : ''}  ${holds ? 'holds' : 'MISSES'}`,
    )
  }
}

export const perSecond = (microseconds: number): string => `${(1e6 / microseconds).toFixed(0)}/s`
export const ratio = (limit: number, ours: number, least: number): NonNullable<Line['limit']> => ({
  value: limit / ours,
  least,
})

const WARM_UP = 3
const PARTS = 7
// The system counts processor time in ticks of some milliseconds, which a part must dwarf.
const PART = 250_000
const BATCH = 100
