/**
 * One cell of shared memory in which a thread says, again and again, that its event loop turns. Others read it without
 * asking, so that they know when nobody would answer.
 */
export type Pulse = BigInt64Array<SharedArrayBuffer>

export const makePulse = (): Pulse => new BigInt64Array(new SharedArrayBuffer(8))

/** Beats until it is stopped. The clock is the process's own, which nobody turns. */
export function beat(pulse: Pulse): { stop(): void } {
  const once = (): void => void Atomics.store(pulse, 0, process.hrtime.bigint())
  once()
  const timer = setInterval(once, EVERY)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}

/**
 * Looks whether a pulse goes on, and calls when it has not for so many looks. Looks are counted, not time: a process that
 * was stopped and goes on finds an old pulse, and nothing wrong.
 */
export function watchPulse(pulse: Pulse, { every, looks }: Watch, dead: () => void): { stop(): void } {
  let last = Atomics.load(pulse, 0)
  let still = 0
  const timer = setInterval(() => {
    const now = Atomics.load(pulse, 0)
    still = now === last ? still + 1 : 0
    last = now
    if (still === looks) dead()
  }, every)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}

export interface Watch {
  /** In milliseconds. */
  readonly every: number
  readonly looks: number
}

/**
 * Waits for something that another thread does, as long as that one has a pulse.
 *
 * @param still milliseconds without a beat after which nothing is waited for any more
 * @throws StandsStill; whatever `act` throws
 */
export async function whileBeating<T>(pulse: Pulse, still: number, act: () => Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const look = (): void => {
    if (silence(pulse) > still) reject(new StandsStill(still))
  }
  const timer = setInterval(look, EVERY)
  try {
    look()
    return await Promise.race([promise, act()])
  } finally {
    clearInterval(timer)
  }
}

/** A thread whose event loop does not turn. */
export class StandsStill extends Error {
  override readonly name = 'StandsStill'

  constructor(milliseconds: number) {
    super(`the thread has not turned for ${milliseconds} ms`)
  }
}

/** Milliseconds since the last beat. */
const silence = (pulse: Pulse): number => Number((process.hrtime.bigint() - Atomics.load(pulse, 0)) / 1_000_000n)

/** In milliseconds. */
const EVERY = 100
