import { refuse } from '@scel/contract/errors'
import type * as contract from '@scel/contract/values'
import type { PersonActor } from '../actor.ts'
import { scopeFor } from '../rights/rights.ts'
import type { Work } from '../work.ts'
import { nowOf, type World } from '../world.ts'
import { isOpen } from './grant.ts'

/** What a person's certificate was used for that outlives it: asked when somebody else may have had it. */
export interface MadeWith {
  /** @throws DeskError not_allowed, not_found */
  of(actor: PersonActor, certificate: string): Promise<contract.MadeWith>
}

interface Needs {
  readonly work: Work
  readonly world: World
}

export function createMadeWith({ work, world }: Needs): MadeWith {
  return {
    of: async (actor, id) => {
      const scope = scopeFor(actor, 'trace_certificates')
      const now = nowOf(world)
      return work.read(async (stores) => {
        if (!(await stores.certificates.find(scope, id))) refuse('not_found', { what: 'certificate' })
        const kits = await stores.kits.madeWith(scope, id)
        const people = await stores.people.invitedWith(scope, id)
        const grants = await stores.grants.ofAll(
          scope,
          people.map(({ id }) => id),
        )
        return {
          kits: kits.map((kit) => ({
            id: kit.id,
            name: kit.name,
            organisation: { ...kit.organisationRef },
            standingApproval: kit.standingApproval,
            open: kit.withdrawnAt === undefined && kit.expiresAt > now && kit.usesMade < kit.usesAllowed,
            createdAt: kit.createdAt,
          })),
          people: people.map(({ id, name, state, createdAt, invitation }) => ({
            id,
            name,
            roles: [...new Set(grants.flatMap((one) => (one.person === id && isOpen(one, now) ? one.role : [])))],
            state,
            invitedAt: createdAt,
            link: invitation !== undefined && invitation.expiresAt > now,
          })),
        }
      })
    },
  }
}
