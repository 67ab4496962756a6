/** What the desk says to its other threads of what its looks at the mark find: cells of shared memory. */
export type MarkSignal = Int32Array<SharedArrayBuffer>

export const makeMarkSignal = (): MarkSignal => new Int32Array(new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT))

export const raise = (signal: MarkSignal): void => void Atomics.store(signal, OLDER, 1)

/** A look has found the newest database. */
export function lower(signal: MarkSignal): void {
  Atomics.add(signal, LOOKS, 1)
  if (isRaised(signal)) Atomics.add(signal, LIFTS, 1)
  Atomics.store(signal, OLDER, 0) // last: who sees it lowered sees the others
}

/** Whether the database is known to be an older copy. */
export const isRaised = (signal: MarkSignal): boolean => Atomics.load(signal, OLDER) === 1

/** How often a look found the newest database. */
export const looksOf = (signal: MarkSignal): number => Atomics.load(signal, LOOKS)

/** How often a look did that after it was raised. Read after `isRaised`. */
export const liftsOf = (signal: MarkSignal): number => Atomics.load(signal, LIFTS)

const OLDER = 0
const LOOKS = 1
const LIFTS = 2
