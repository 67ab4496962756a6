import type * as contract from '@scel/contract/values'
import { tokenHash } from '../../hash.ts'
import type { Profiles } from '../../profiles/profiles.ts'
import type { Work } from '../../work.ts'
import { type Instant, nowOf, type World } from '../../world.ts'
import { isOpen } from '../grants/grant.ts'
import { isUnnamed } from '../unnamed.ts'
import { findLink, requireUsable } from './open-link.ts'

/** What a link is for. What is made of one that is spent, the origin `invitation` says. */
export interface Invitations {
  /** Spends nothing. @throws DeskError invitation_unknown, invitation_spent, invitation_unconfirmed, invitation_expired, person_disabled */
  inspect(token: string): Promise<InvitationView>
}

export interface InvitationView {
  readonly environment: contract.Environment
  readonly name: string
  readonly email?: string
  /** The first of what they may be; none when all of it has ended. */
  readonly role?: contract.Role
  readonly organisation?: { readonly code: string; readonly name: string }
  readonly language: 'en' | 'fr'
  readonly expiresAt: Instant
  readonly keys: contract.KeyChoice[]
  readonly proposedKey: contract.KeyChoice
  readonly validityDays: number
  /** Made by its holder for another computer, which they call so: what they sign in with stays. */
  readonly adds?: string
  /** The link was made before it was known for whom. */
  readonly unnamed?: boolean
}

interface Needs {
  readonly work: Work
  readonly world: World
  readonly profiles: Profiles
}

export const createInvitations = ({ work, world, profiles }: Needs): Invitations => ({
  inspect: async (token) => {
    const hash = await tokenHash(token)
    const now = nowOf(world)
    const { link, role } = await work.read(async (stores) => {
      const link = requireUsable(await findLink(stores, hash), now)
      const { environment, id } = link.person
      const [grant] = (await stores.grants.of({ environment }, id)).filter((one) => isOpen(one, now))
      return { link, role: grant?.role }
    })
    const { invitation, person, organisation } = link
    const { keys, proposedKey, validityDays } = profiles.own.person
    return {
      environment: person.environment,
      name: person.name,
      ...(person.email === undefined ? {} : { email: person.email }),
      ...(role === undefined ? {} : { role }),
      ...(organisation ? { organisation: { code: organisation.code, name: organisation.name } } : {}),
      language: person.language,
      expiresAt: invitation.expiresAt,
      keys: [...keys],
      proposedKey,
      validityDays,
      ...(invitation.adds === undefined ? {} : { adds: invitation.adds }),
      ...(isUnnamed(person) ? { unnamed: true } : {}),
    }
  },
})
