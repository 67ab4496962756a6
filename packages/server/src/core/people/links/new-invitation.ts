import type { Tokens } from '../../acting/once.ts'
import type { DeskActor, PersonActor } from '../../actor.ts'
import { awaits } from '../../confirming/confirmation.ts'
import { tokenHash } from '../../hash.ts'
import type { Stores } from '../../work.ts'
import { type Instant, later, newId, nowOf, type World } from '../../world.ts'
import type { Person } from '../person.ts'
import type { Invitation } from './invitation.ts'

/** What opens a link: drawn when it is made, and again wherever it is told (`deliveries/channel.ts`). */
export const invitationToken = (tokens: Tokens, id: string): string => tokens('invitation', id)

/** A link that was drawn but is in no store yet: hashing awaits more than stores, so it comes before the unit. */
export interface DrawnLink {
  readonly id: string
  readonly token: string
  readonly hash: string
  readonly createdAt: Instant
  readonly expiresAt: Instant
}

/** @param idAt of a link that is made now. @default a random one */
export async function drawLink(
  { world, tokens }: { readonly world: World; readonly tokens: Tokens },
  lifetime: number,
  idAt: (at: Instant) => string = () => newId(world),
): Promise<DrawnLink> {
  const createdAt = nowOf(world)
  const id = idAt(createdAt)
  const token = invitationToken(tokens, id)
  return { id, token, hash: await tokenHash(token), createdAt, expiresAt: later(createdAt, lifetime) }
}

/** Puts it into the store in place of every unspent link of the person; one that adds, in place of those that add. */
export async function placeLink(
  stores: Stores,
  person: Person,
  { token: _, ...link }: DrawnLink,
  by: PersonActor | DeskActor,
  more: Pick<Invitation, 'confirmation' | 'adds' | 'addsAtMost'> = {},
): Promise<void> {
  const { environment, id } = person
  if (more.adds === undefined) await stores.invitations.withdrawOf({ environment }, id)
  else await stores.invitations.withdrawOf({ environment }, id, true)
  const made = by.kind === 'person' ? { madeBy: { id: by.id, name: by.name }, madeWith: by.credential } : {}
  const invitation: Invitation = { ...link, environment, person: id, ...made, ...more }
  await stores.invitations.insert(invitation)
  if (!awaits(invitation)) await announceOpen(stores, person, invitation, link.createdAt)
}

/** A link opens from now on: whoever it is for is told, unless they made it themselves. */
export async function announceOpen(
  stores: Stores,
  { environment, organisation, id: person }: Person,
  { id: invitation, adds, expiresAt: until }: Pick<Invitation, 'id' | 'adds' | 'expiresAt'>,
  at: Instant,
): Promise<void> {
  if (adds !== undefined) return
  const of = organisation === undefined ? {} : { organisation }
  await stores.facts.announce({ about: 'person', kind: 'invited', at, environment, ...of, person, invitation, until })
}
