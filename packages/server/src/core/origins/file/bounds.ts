import { refuse } from '@scel/contract/errors'
import type { SettledConfig } from '../../config.ts'
import { networkOf } from '../../network.ts'
import { type Limit, requireFewer } from '../../registration/rate.ts'
import type { NewRequest, Request } from '../../registration/request.ts'
import type { Readers } from '../../work.ts'

type Asked = Pick<Readers, 'requests'>

/**
 * Somebody has to look at each pending request, so that one person may hand in as many as one kit brings, and not more.
 * @param replaced those whose place the new one takes
 * @throws DeskError pending_too_many
 */
export async function requireRoom(
  stores: Asked,
  { origin }: NewRequest,
  replaced: readonly Request[],
  { pendingPerKit: most }: SettledConfig,
): Promise<void> {
  const freed = replaced.filter((one) => one.origin.kind === origin.kind && one.origin.id === origin.id).length
  if ((await stores.requests.countPendingOf({ origin }, most + freed)) - freed >= most) {
    refuse('pending_too_many', { of: 'person', most })
  }
}

/**
 * What takes the place of another waits no longer than that one did, and leaves its lines in the log: so much of it and not more.
 * @throws DeskError submissions_too_many
 */
export const requireRate = (stores: Asked, { origin, from, submittedAt }: NewRequest): Promise<void> =>
  requireFewer(stores, 'person', REPLACED, { origin, network: networkOf(from) }, submittedAt)

const REPLACED: readonly Limit[] = [
  { hours: 1, most: 60 },
  { hours: 24, most: 200 },
]
