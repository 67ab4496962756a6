import type { Environment } from '@scel/contract/values'
import type { Readers } from '../work.ts'

/** Ids of the active administrators of an environment. */
export async function activeAdministrators(
  stores: Pick<Readers, 'people'>,
  environment: Environment,
): Promise<string[]> {
  const { items } = await stores.people.page({ environment }, { role: 'administrator', state: 'active', size: 200 })
  return items.map(({ id }) => id)
}
