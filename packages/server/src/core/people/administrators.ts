import type { Environment } from '@scel/contract/values'
import type { Readers } from '../work.ts'
import type { Instant } from '../world.ts'
import { stands } from './grant.ts'
import type { Person } from './person.ts'

/** Ids of the active administrators of an environment. */
export const activeAdministrators = async (
  stores: Pick<Readers, 'people' | 'grants'>,
  environment: Environment,
  now: Instant,
): Promise<string[]> => (await administrators(stores, environment, now)).map(({ id }) => id)

/** Those of them whose grant has no end: a desk always has one. */
export const lastingAdministrators = (
  stores: Pick<Readers, 'people' | 'grants'>,
  environment: Environment,
  now: Instant,
): Promise<Person[]> => administrators(stores, environment, now, true)

async function administrators(
  stores: Pick<Readers, 'people' | 'grants'>,
  environment: Environment,
  now: Instant,
  lasting = false,
): Promise<Person[]> {
  // Both rows are read rather than counted: one that was planted would keep the last administrator from staying.
  const grants = await stores.grants.withRole({ environment }, 'administrator')
  const standing = grants.filter((grant) => stands(grant, now) && !(lasting && grant.until !== undefined))
  const active: Person[] = []
  for (const id of new Set(standing.map(({ person }) => person))) {
    const person = await stores.people.find({ environment }, id)
    if (person?.state === 'active') active.push(person)
  }
  return active
}
