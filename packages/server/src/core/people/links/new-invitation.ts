import type { DeskActor, PersonActor } from '../../actor.ts'
import { tokenHash } from '../../hash.ts'
import type { Stores } from '../../work.ts'
import { type Instant, later, newToken, nowOf, type World } from '../../world.ts'
import type { Person } from '../person.ts'
import type { Invitation } from './invitation.ts'

/** A link that was drawn but is in no store yet: hashing awaits more than stores, so it comes before the unit. */
export interface DrawnLink {
  readonly token: string
  readonly hash: string
  readonly createdAt: Instant
  readonly expiresAt: Instant
}

/** @param secret of a link that is made now. @default a random one */
export async function drawLink(
  world: World,
  lifetime: number,
  secret: (at: Instant) => string = () => newToken(world),
): Promise<DrawnLink> {
  const createdAt = nowOf(world)
  const token = secret(createdAt)
  return { token, hash: await tokenHash(token), createdAt, expiresAt: later(createdAt, lifetime) }
}

/** Puts it into the store in place of every unspent link of the person; one that adds, in place of those that add. */
export async function placeLink(
  stores: Stores,
  person: Person,
  link: DrawnLink,
  by: PersonActor | DeskActor,
  more: Pick<Invitation, 'confirmation' | 'adds' | 'addsAtMost'> = {},
): Promise<void> {
  const { environment, organisation, id } = person
  const { hash, createdAt, expiresAt } = link
  if (more.adds === undefined) await stores.invitations.withdrawOf({ environment }, id)
  else await stores.invitations.withdrawOf({ environment }, id, true)
  const made = by.kind === 'person' ? { madeBy: { id: by.id, name: by.name }, madeWith: by.credential } : {}
  await stores.invitations.insert({ hash, environment, person: id, createdAt, expiresAt, ...made, ...more })
  if (more.adds !== undefined) return // they made it themselves
  const of = organisation === undefined ? {} : { organisation }
  await stores.facts.announce({ about: 'person', kind: 'invited', at: createdAt, environment, ...of, person: id })
}
