import { refuse } from '@scel/contract/errors'
import type * as contract from '@scel/contract/values'
import type { Tokens } from '../../acting/once.ts'
import type { DeskActor } from '../../actor.ts'
import type { Work } from '../../work.ts'
import { HOUR, type Instant, nowOf, type World } from '../../world.ts'
import { countAdministrators } from '../administrators.ts'
import { stands } from '../grants/grant.ts'
import { newGrant } from '../grants/grants.ts'
import { newPerson, recordPerson } from '../new-person.ts'
import { drawLink, placeLink } from './new-invitation.ts'

/** What whoever has the host may do, without being anybody at the desk. */
export interface HostInvitations {
  /**
   * First start and the host's command: makes or re-invites an administrator; the link is good for an hour.
   * @throws DeskError person_email_taken when somebody who is not an administrator has the address, person_disabled
   */
  inviteAdministrator(
    actor: DeskActor,
    input: { environment: contract.Environment; name?: string; email?: string; language?: 'en' | 'fr' },
  ): Promise<{ token: string; expiresAt: Instant }>
  /** Active administrators of an environment: none means that first start must print a link. */
  countAdministrators(environment: contract.Environment): Promise<number>
}

interface Needs {
  readonly work: Work
  readonly world: World
  readonly tokens: Tokens
}

export function createHostInvitations({ work, world, tokens }: Needs): HostInvitations {
  return {
    inviteAdministrator: async (actor, { environment, name, email, language }) => {
      const link = await drawLink({ world, tokens }, FIRST_LINK_LIFE)
      const made = newPerson(world, environment, {
        name: name ?? 'Administrator',
        ...(email === undefined ? {} : { email }),
        ...(language === undefined ? {} : { language }),
      })
      await work.transaction(async (stores) => {
        const found = await stores.people.findInvited({ environment }, email)
        const at = link.createdAt
        const grants = found ? await stores.grants.of({ environment }, found.id) : []
        const isOne = grants.some((grant) => grant.role === 'administrator' && stands(grant, at))
        if (found && !isOne && email !== undefined) refuse('person_email_taken', { email })
        const known = isOne ? found : undefined
        if (known?.state === 'disabled') refuse('person_disabled', {})
        const person = known ?? made
        if (!known) {
          await stores.people.insert(made)
          const grant = newGrant(made.id, made, { role: 'administrator' }, at)
          await stores.grants.insert({ ...grant, givenBy: { kind: 'desk', name: actor.name } })
        }
        await placeLink(stores, person, link, actor)
        const action = known ? 'person.link_renewed' : 'person.invited'
        await recordPerson(stores, actor, person, action, at)
      })
      return { token: link.token, expiresAt: link.expiresAt }
    },
    countAdministrators: (environment) => work.read((stores) => countAdministrators(stores, environment, nowOf(world))),
  }
}

// The first link is printed on a terminal and waited for; the others travel by mail and wait for Monday.
const FIRST_LINK_LIFE: number = HOUR
