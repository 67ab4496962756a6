import type { SettledConfig } from '../../config.ts'
import { networkOf } from '../../network.ts'
import { type Limit, requireFewer } from '../../registration/rate.ts'
import type { NewRequest } from '../../registration/request.ts'
import type { Readers } from '../../work.ts'

// What waits for a decision is bounded; what takes the place of another, or is taken back, is not, and costs whoever holds a kit
// nothing. So an applicant key asks only so often, and of what was taken back a kit has, from one network, only so much: keys cost
// nothing either.

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
  stores: Pick<Readers, 'requests'>,
  { owner, origin, from, submittedAt }: NewRequest,
  config: SettledConfig,
): Promise<void> {
  await requireFewer(stores, 'applicant', ofApplicant(config), { owner }, submittedAt)
  await requireFewer(stores, 'kit', TAKEN_BACK_FROM_NETWORK, { origin, network: networkOf(from) }, submittedAt)
}
