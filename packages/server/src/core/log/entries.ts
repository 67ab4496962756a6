import type { Reading } from '../work.ts'
import type { LogLine } from './line.ts'
import type { Head, KeptLine } from './log.port.ts'
import { isYoung } from './young.ts'

/**
 * What a log consists of, in one order: lines by their places, each head after its last line, then lines that stand
 * where none has its place, and those that wait for one.
 */
export type LogEntry =
  | { readonly kind: 'line'; readonly line: LogLine & { readonly place?: number } }
  | { readonly kind: 'head'; readonly head: Head }

/** The log as it is in the database at the first question; what is written meanwhile is left out. */
export async function* entriesOf(work: Reading): AsyncGenerator<LogEntry> {
  const { placed, last, astray, waiting } = await work.read(async ({ log }) => ({
    placed: await log.placed(),
    last: (await log.newestHead())?.size ?? 0,
    astray: await log.astray(MOST_WAITING),
    waiting: await log.waiting(0, MOST_WAITING),
  }))
  const heads = sliced(
    (after: number) => work.read(({ log }) => log.heads(after, SLICE)),
    0,
    ({ size }: Head) => size,
  )
  let head = (await heads.next()).value
  const upTo = async function* (size: number): AsyncGenerator<LogEntry> {
    for (; head && head.size <= Math.min(size, last); head = (await heads.next()).value) yield { kind: 'head', head }
  }
  const lines = sliced(
    (after: number) => work.read(({ log }) => log.lines(after + 1, SLICE)),
    -1,
    ({ place = 0 }: KeptLine) => place,
  )
  for await (const line of lines) {
    if (line.place === undefined || line.place >= placed) break
    yield* upTo(line.place)
    yield { kind: 'line', line }
  }
  yield* upTo(Number.POSITIVE_INFINITY)
  for (const line of [...astray, ...waiting]) yield { kind: 'line', line }
}

/**
 * Without lines that have no place because they were written just now: who checks an export is no judge of when it was made. The next
 * has them.
 */
export async function* settledEntries(entries: AsyncIterable<LogEntry>, now: Date): AsyncGenerator<LogEntry> {
  for await (const entry of entries)
    if (entry.kind === 'head' || entry.line.place !== undefined || !isYoung(entry.line.event.at, now)) yield entry
}

async function* sliced<T>(
  read: (after: number) => Promise<readonly T[]>,
  first: number,
  keyOf: (item: T) => number,
): AsyncGenerator<T, undefined> {
  for (let after = first; ; ) {
    const items = await read(after)
    yield* items
    if (items.length < SLICE) return undefined
    after = keyOf(items.at(-1)!)
  }
}

const SLICE = 200
const MOST_WAITING = 10_000
