import { refuse } from '@scel/contract/errors'
import { awaits } from '../../confirming/confirmation.ts'
import type { Organisation } from '../../organisations/organisation.ts'
import type { Readers, Stores } from '../../work.ts'
import type { Instant } from '../../world.ts'
import { requireFreeAddress } from '../address.ts'
import type { Person } from '../person.ts'
import type { Invitation } from './invitation.ts'

/** A link, and for whom it is. */
export interface Link {
  readonly invitation: Invitation
  readonly person: Person
  readonly organisation?: Organisation
}

/** @throws DeskError invitation_unknown */
export async function findLink(stores: Readers, hash: string): Promise<Link> {
  const invitation = (await stores.invitations.findByHash(hash)) ?? refuse('invitation_unknown', {})
  const scope = { environment: invitation.environment }
  const person = (await stores.people.find(scope, invitation.person)) ?? refuse('invitation_unknown', {})
  const organisation =
    person.organisation === undefined ? undefined : await stores.organisations.find(scope, person.organisation)
  return { invitation, person, ...(organisation ? { organisation } : {}) }
}

/**
 * @param wanted for what somebody wants to spend it: one that was spent for the same may be answered again
 * @throws DeskError person_disabled, invitation_spent, invitation_unconfirmed, invitation_expired
 */
export function requireUsable(link: Link, now: Instant, wanted?: string): Link {
  const { invitation, person } = link
  if (person.state === 'disabled') refuse('person_disabled', {})
  if (invitation.spent) {
    return invitation.spent.for === wanted ? link : refuse('invitation_spent', { at: invitation.spent.at })
  }
  if (awaits(invitation)) refuse('invitation_unconfirmed', {})
  if (invitation.expiresAt <= now) refuse('invitation_expired', { at: invitation.expiresAt })
  return link
}

/**
 * Spends a link, and lets the account bear the name that whoever spends it gives themselves; in the unit that decides what
 * they sign in with.
 * @param person as they are called from now on
 * @throws DeskError those of `requireUsable`; person_email_taken; invitation_unknown where what it was made with is compromised
 */
export async function spendLink(
  stores: Stores,
  hash: string,
  person: Person,
  spent: NonNullable<Invitation['spent']>,
): Promise<void> {
  const now = requireUsable(await findLink(stores, hash), spent.at)
  // What it was made with was somebody else's, perhaps when it was made: it was taken back, if its row was there then.
  const { madeWith } = now.invitation
  if (madeWith !== undefined && (await stores.compromises.among([{ kind: 'credential', value: madeWith }])).length > 0)
    refuse('invitation_unknown', {})
  if (person.email !== now.person.email || person.name !== now.person.name) {
    await requireFreeAddress(stores, person)
    await stores.people.update(person)
  }
  await stores.invitations.spend({ environment: person.environment }, hash, spent)
}
