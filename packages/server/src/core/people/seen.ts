import { awaits } from '../confirming/confirmation.ts'
import type { Grant } from './grants/grant.ts'
import type { Invitation } from './links/invitation.ts'
import type { Person } from './person.ts'

type Whom = Pick<Person, 'id' | 'name' | 'email'>

/** An unspent link as it is shown: never its token, which nobody but its maker has. */
export type OpenLink = Pick<Invitation, 'hash' | 'createdAt' | 'expiresAt' | 'adds' | 'confirmation'>

/** All that is shown of a person's link, and which one it is. */
export const sightOfLink = (
  { id, name, email }: Whom,
  { hash, createdAt, expiresAt, adds, confirmation }: OpenLink,
): string =>
  JSON.stringify(['link', id, name, email ?? null, hash, createdAt, expiresAt, adds ?? null, confirmation ?? null])

/** All that is shown of a grant. */
export const sightOfGrant = (
  { id: person, name, email }: Whom,
  { id, role, place, from, until, givenBy, confirmation }: Grant,
): string =>
  JSON.stringify([
    'grant',
    person,
    name,
    email ?? null,
    id,
    role,
    place,
    from,
    until ?? null,
    givenBy,
    confirmation ?? null,
  ])

/** Which link of a person is answered: of two that wait, the one that others made, which takes the place of the other. */
export const linkShown = <L extends Pick<Invitation, 'confirmation'>>(
  made: L | undefined,
  own: L | undefined,
): L | undefined => [made, own].find((one) => one && awaits(one)) ?? made ?? own
