import { refuse } from '@scel/contract/errors'
import type { SettledConfig } from '../../config.ts'
import { networkOf } from '../../network.ts'
import type { NewRequest } from '../../registration/request.ts'
import type { Readers } from '../../work.ts'
import { DAY, HOUR, type Instant, isAhead, later, MINUTE } from '../../world.ts'

// Each request leaves a row, and lines in a log that nobody can shorten. What waits for a decision is bounded; what takes the
// place of another, or is taken back, is not, and costs whoever holds a kit nothing. So an applicant key asks only so often, and
// of what was taken back a kit has, from one network, only so much: keys cost nothing either. Counted in the rows themselves, in
// the unit that adds one, so that all desks of one database count together and none forgets at its start.

/** How much in how long. */
interface Limit {
  readonly hours: 1 | 24
  readonly most: number
}

// Each list goes on with what allows more: where there were fewer in all, there were fewer in any time.

/** An applicant may mend each request that waits once in an hour, and three times in a day. */
const ofApplicant = ({ pendingPerApplicant }: SettledConfig): readonly Limit[] => [
  { hours: 1, most: 2 * pendingPerApplicant },
  { hours: 24, most: 4 * pendingPerApplicant },
]
/** Two thousand machines of a place are installed in a morning, and every second one begins anew. */
const TAKEN_BACK_FROM_NETWORK: readonly Limit[] = [
  { hours: 1, most: 1_000 },
  { hours: 24, most: 3_000 },
]

/**
 * Whether one more request may come.
 * @throws DeskError submissions_too_many
 */
export async function requireRate(
  { requests }: Pick<Readers, 'requests'>,
  { owner, origin, from, submittedAt }: NewRequest,
  config: SettledConfig,
): Promise<void> {
  const network = networkOf(from)
  const requireWithin = async (what: 'applicant' | 'kit', limits: readonly Limit[], of: Submitted): Promise<void> => {
    for (const limit of limits) {
      const last = await requests.submittedOf(of, limit.most)
      if (last === undefined) return // fewer than that in all, so fewer than the limits after it
      requireOver(what, limit, last, submittedAt)
    }
  }
  await requireWithin('applicant', ofApplicant(config), { owner })
  await requireWithin('kit', TAKEN_BACK_FROM_NETWORK, { origin, network })
}
type Submitted = Parameters<Readers['requests']['submittedOf']>[0]

/** @param last when the one came that is so many before the next */
function requireOver(of: 'applicant' | 'kit', { hours, most }: Limit, last: Instant, now: Instant): void {
  if (isAhead(last, now)) return // one that came under a clock that was ahead counts nowhere
  const window = hours === 1 ? HOUR : DAY
  const left = Date.parse(later(last, window)) - Date.parse(now)
  if (left <= 0) return
  const wait = Math.min(left, window) // the clocks of two desks differ by minutes, which nobody need be told
  const [minutes, seconds] = [Math.ceil(wait / MINUTE), Math.ceil(wait / 1_000)]
  refuse('submissions_too_many', { of, most, hours, minutes, seconds })
}
