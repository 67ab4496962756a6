import type { Environment } from '@scel/contract/values'
import type { Owner } from '../owner.ts'
import type { Readers } from '../work.ts'

interface Owned {
  readonly environment: Environment
  readonly owner: Owner
}

/**
 * Whose things are now, for rules that compare owners: what is of a closed service is its organisation's as a whole.
 * @param all that are to be compared; of any other owner nothing is known
 */
export async function settling(
  stores: Pick<Readers, 'services'>,
  all: readonly Owned[],
): Promise<(owner: Owner) => Owner> {
  const closed = new Set<string>()
  const services = new Map<string, Owned>()
  for (const one of all) if (one.owner.service !== undefined) services.set(one.owner.service, one)
  for (const [id, { environment }] of services) {
    const service = await stores.services.find({ environment }, id)
    if (service?.closedAt !== undefined) closed.add(id)
  }
  return (owner) => {
    const { service, ...whole } = owner
    return service !== undefined && closed.has(service) ? whole : owner
  }
}
