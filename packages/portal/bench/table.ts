// The form in which this package’s benchmarks say what they measured: value, limit, whether it holds.

interface Limit {
  readonly value: number
  readonly bound: 'at least' | 'at most'
  readonly limit: number
  readonly unit: string
}

/** A time in which a gibibyte passed. */
export function say(what: string, milliseconds: number, limit?: Limit): void {
  line(what, `${(GIBIBYTE / 2 ** 20 / (milliseconds / 1000)).toFixed(0)} MiB/s`, limit)
}

export function sayMemory(what: string, mebibytes: number | undefined): void {
  if (mebibytes === undefined) line(what, 'not told here')
  else line(what, `${mebibytes.toFixed(0)} MiB`, { value: mebibytes, bound: 'at most', limit: 300, unit: 'MiB' })
}

function line(what: string, value: string, limit?: Limit): void {
  const start = `${what.padEnd(58)} ${value.padStart(14)}`
  if (!limit) {
    console.log(start)
    return
  }
  const holds = limit.bound === 'at least' ? limit.value >= limit.limit : limit.value <= limit.limit
  const measured = `${limit.value.toFixed(2)} ${limit.unit}`.padStart(12)
  console.log(`${start}  ${measured}  ${limit.bound} ${limit.limit} ${limit.unit}  ${holds ? 'holds' : 'MISSES'}`)
}

const GIBIBYTE = 2 ** 30
