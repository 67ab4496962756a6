/** How fast it goes and how long it will take. */
export interface Pace {
  /** Octets a second; undefined while that is a guess. */
  readonly rate?: number
  readonly secondsLeft?: number
}

/** Steps of a job: when, in milliseconds, and how many octets were done. */
export interface Step {
  readonly at: number
  readonly done: number
}

/** The speed of the last seconds: the average of all would remember a pause for ever, and the last step alone jumps. */
export function paceOf(steps: readonly Step[], total: number): Pace {
  const last = steps.at(-1)
  const from = last && steps.find(({ at }) => last.at - at <= WINDOW)
  if (!last || !from || last.at - from.at < SHORTEST) return {}
  const rate = ((last.done - from.done) / (last.at - from.at)) * 1000
  return rate > 0 ? { rate, secondsLeft: Math.max(0, Math.ceil((total - last.done) / rate)) } : {}
}

/** Keeps what {@link paceOf} looks at. */
export const withStep = (steps: readonly Step[], step: Step): readonly Step[] =>
  [...steps, step].filter(({ at }) => step.at - at <= WINDOW)

const WINDOW = 5_000
const SHORTEST = 700
