import { type DeskErrorFacts, refuse } from '@scel/contract/errors'
import type { Readers } from '../work.ts'
import { DAY, HOUR, type Instant, isAhead, later, MINUTE } from '../world.ts'

// Each request leaves a row, and lines in a log that nobody can shorten, so it comes only so often. Counted in the rows themselves, in
// the unit that adds one, so that all desks of one database count together and none forgets at its start.

/** How much in how long. */
export interface Limit {
  readonly hours: 1 | 24
  readonly most: number
}

type Submitted = Parameters<Readers['requests']['submittedOf']>[0]
type Whose = DeskErrorFacts['submissions_too_many']['of']

/**
 * Whether one more may come now.
 * @param limits each allows more than the one before: where there were fewer in all, there were fewer in any time
 * @throws DeskError submissions_too_many
 */
export async function requireFewer(
  stores: Pick<Readers, 'requests'>,
  whose: Whose,
  limits: readonly Limit[],
  of: Submitted,
  now: Instant,
): Promise<void> {
  for (const limit of limits) {
    const last = await stores.requests.submittedOf(of, limit.most)
    if (last === undefined) return // fewer than that in all, so fewer than the limits after it
    requireOver(whose, limit, last, now)
  }
}

/** @param last when the one came that is so many before the next */
function requireOver(of: Whose, { hours, most }: Limit, last: Instant, now: Instant): void {
  if (isAhead(last, now)) return // one that came under a clock that was ahead counts nowhere
  const window = hours === 1 ? HOUR : DAY
  const left = Date.parse(later(last, window)) - Date.parse(now)
  if (left <= 0) return
  const wait = Math.min(left, window) // the clocks of two desks differ by minutes, which nobody need be told
  const [minutes, seconds] = [Math.ceil(wait / MINUTE), Math.ceil(wait / 1_000)]
  refuse('submissions_too_many', { of, most, hours, minutes, seconds })
}
