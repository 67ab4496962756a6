import { closedService } from '../../services/closed-service.ts'
import type { Readers } from '../../work.ts'
import type { Grant } from './grant.ts'

/**
 * Those that are for no service, or for one that is open. Closing one ended its grants: one that was away from the database then, and is back,
 * holds no more for that.
 */
export async function withoutClosed<G extends Pick<Grant, 'environment' | 'place'>>(
  stores: Pick<Readers, 'services'>,
  grants: readonly G[],
): Promise<G[]> {
  const open: G[] = []
  for (const grant of grants) {
    const { environment, place } = grant
    const closed = place.kind === 'service' && (await closedService(stores, { environment, service: place.id }))
    if (!closed) open.push(grant)
  }
  return open
}
