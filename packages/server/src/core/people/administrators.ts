import { refuse } from '@scel/contract/errors'
import type { Environment } from '@scel/contract/values'
import type { Readers } from '../work.ts'
import { type Instant, later } from '../world.ts'
import { endOf, type Grant, heldSince, stands } from './grants/grant.ts'
import { INVITATION_LIFE } from './links/invitation-life.ts'
import type { Person } from './person.ts'

// Who counts for whether something waits is said in decision 0018.

/** So long whoever was an administrator still counts as one: as long as a link lives. */
export const COUNTED_FOR: number = INVITATION_LIFE

/** Somebody who is an administrator, or was lately. */
export interface Counted {
  readonly id: string
  /** Whether they can answer as they are. */
  readonly isOne: boolean
  /** Whether they can still answer: as one, or once they are one again. */
  readonly remains: boolean
}

/**
 * Who counts as an administrator: those of now, and those of the last 72 hours. By nobody's leaving does what waits for two wait for nobody.
 * @param surely how late it is at least; undefined where nobody knows: then everybody counts who ever was one
 */
export async function countedAdministrators(
  stores: Pick<Readers, 'people' | 'grants' | 'credentials'>,
  environment: Environment,
  now: Instant,
  surely: Instant | undefined,
): Promise<Counted[]> {
  const active = await activeAdministrators(stores, environment, now)
  const counted: Counted[] = active.map((id) => ({ id, isOne: true, remains: true }))
  const since = surely === undefined ? '' : later(surely, -COUNTED_FOR)
  const grants = await stores.grants.withRoleSince({ environment }, 'administrator', since)
  const held = grants.filter((grant) => heldSince(grant, since))
  for (const id of new Set(held.map(({ person }) => person))) {
    if (active.includes(id)) continue
    const person = await stores.people.find({ environment }, id)
    // Whoever never came is none, which their own row does not decide. Of whom there is none any more, somebody took it away: they count all the same.
    const isActive = person?.state === 'active'
    const came = person === undefined || isActive || (await stores.credentials.hasCome({ environment }, person))
    if (came) counted.push({ id, isOne: false, remains: isActive })
  }
  return counted
}

/** Whether somebody has been an administrator since then without a break: by one grant, or by several that follow one another. */
export async function isAdministratorSince(
  stores: Pick<Readers, 'grants'>,
  environment: Environment,
  id: string,
  since: Instant,
  now: Instant,
): Promise<boolean> {
  const grants = await stores.grants.withRoleSince({ environment }, 'administrator', since)
  const theirs = grants.filter((grant) => grant.person === id && heldSince(grant, since))
  let reached = since
  for (;;) {
    const next = theirs
      .filter((grant) => begunAt(grant) <= reached && endOf(grant) > reached)
      .map(endOf)
      .sort()
      .at(-1)
    if (next === undefined) return false
    if (next > now) return true
    reached = next
  }
}

const begunAt = ({ from, confirmation }: Grant): Instant => confirmation?.given?.at ?? from

/**
 * Ids of the active administrators of an environment: all of them, because being the only one lets somebody do more alone.
 * @throws DeskError storage_altered where rows of some were taken away
 */
export async function activeAdministrators(
  stores: Pick<Readers, 'people' | 'grants' | 'credentials'>,
  environment: Environment,
  now: Instant,
): Promise<string[]> {
  const { people, lost } = await administrators(stores, environment, now)
  if (lost > 0) refuse('storage_altered', {})
  return people.map(({ id }) => id)
}

/** How many there are, and whose rows were taken away. */
export async function countAdministrators(
  stores: Pick<Readers, 'people' | 'grants' | 'credentials'>,
  environment: Environment,
  now: Instant,
): Promise<number> {
  const { people, lost } = await administrators(stores, environment, now)
  return people.length + lost
}

/** Those of them whose grant has no end: a desk always has one. */
export const lastingAdministrators = async (
  stores: Pick<Readers, 'people' | 'grants' | 'credentials'>,
  environment: Environment,
  now: Instant,
): Promise<Person[]> => (await administrators(stores, environment, now, true)).people

async function administrators(
  stores: Pick<Readers, 'people' | 'grants' | 'credentials'>,
  environment: Environment,
  now: Instant,
  lasting = false,
): Promise<{ readonly people: Person[]; readonly lost: number }> {
  // Both rows are read rather than counted: one that was planted would keep the last administrator from staying.
  const { grants, lost } = await stores.grants.administrators({ environment })
  const standing = grants.filter((grant) => stands(grant, now) && !(lasting && grant.until !== undefined))
  const people: Person[] = []
  // Who came is not invited any more: a row of before stands there.
  let back = 0
  for (const id of new Set(standing.map(({ person }) => person))) {
    const person = await stores.people.find({ environment }, id)
    if (person?.state === 'active') people.push(person)
    else if (person?.state === 'invited' && (await stores.credentials.hasCome({ environment }, person))) back++
  }
  return { people, lost: lost + back }
}
