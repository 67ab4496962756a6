import { refuse } from '@scel/contract/errors'
import type * as contract from '@scel/contract/values'
import type { Acts } from '../acting/acts.ts'
import type { PersonActor } from '../actor.ts'
import { record } from '../audit/record.ts'
import { markOf } from '../confirming/as-seen.ts'
import { applicantOwner } from '../owner.ts'
import type { Profiles } from '../profiles/profiles.ts'
import { profilesReached } from '../profiles/seen.ts'
import { reachedBy, reachesPlace, scopeFor } from '../rights/rights.ts'
import { reaches as isWithin, type Place, placesOf, scopeAt } from '../scope.ts'
import type { Readers, Work } from '../work.ts'
import { type Block, blockView, liftOf, sightOfBlock } from './block.ts'

/** Applicant keys that ask for nothing any more: what a manager does before anybody knows what else a thief has. */
export interface Blocks {
  /**
   * Refuses what this key asks for from now on: a manager for those of their organisations where it asked for something, an
   * administrator for all of them. Done twice, it changes nothing.
   * @throws DeskError not_allowed, not_found for a key that never had a request they see, reason_required
   */
  block(actor: PersonActor, applicant: string, reason: string): Promise<void>
  /**
   * Takes the block that was looked at off a key: a manager one of their organisations, an administrator any. Others stay.
   * @param mark of the block as it was looked at
   * @throws DeskError not_allowed, not_as_seen, not_found for a key that is not blocked there, or never had a request they see
   */
  lift(actor: PersonActor, applicant: string, mark: string): Promise<void>
  /** Newest first, at most 200; a manager’s are of keys that they could block. */
  list(actor: PersonActor): Promise<{ items: contract.BlockedApplicant[] }>
}

interface Needs {
  readonly work: Pick<Work, 'read'>
  readonly acts: Acts
  readonly profiles: Profiles
}

/** What the line says that lays a block there, or lifts one. */
interface Line {
  readonly place: Place
  readonly reason: string
  /** Who typed it, where that was somebody else. */
  readonly whose?: string
  readonly blocks?: string
}

export function createBlocks({ work, acts, profiles }: Needs): Blocks {
  const act = async (
    actor: PersonActor,
    action: 'applicant.blocked' | 'applicant.lifted',
    applicant: string,
    run: (stores: Readers, actor: PersonActor) => Promise<readonly Line[]>,
  ): Promise<void> => {
    const target = { kind: 'applicant', id: applicant } as const
    const audited = { right: 'block_keys', action, target } as const
    await acts.actAs(actor, audited, async (stores, actor, at) => {
      // A line itself is the block, or its end: see block.port.ts. Each place has its own.
      for (const { place, ...facts } of await run(stores, actor)) {
        await record(stores, actor, { ...place, at, action, target, facts })
      }
    })
  }

  /** Whether a key had a request of what the right reaches; where that is everything, whoever has the right has every key. */
  const reaches = async (stores: Readers, actor: PersonActor, right: contract.Right, applicant: string) => {
    const reached = profilesReached(actor, right, profiles)
    return !reached || (await stores.requests.knowsOwner(reachedBy(actor, right), applicantOwner(applicant), reached))
  }

  return {
    block: (actor, applicant, given) =>
      act(actor, 'applicant.blocked', applicant, async (stores, actor) => {
        const reason = given.trim()
        if (reason === '') refuse('reason_required', {})
        const reached = profilesReached(actor, 'block_keys', profiles)
        const asked: Place[] = []
        for (const place of placesOf(scopeFor(actor, 'block_keys'))) {
          if (await stores.requests.knowsOwner(scopeAt(place), applicantOwner(applicant), reached)) asked.push(place)
        }
        if (asked.length === 0) refuse('not_found', { what: 'applicant' })
        const laid = await stores.blocks.of(scopeFor(actor, 'block_keys'), applicant)
        return asked
          .filter((place) => laid.every(({ organisation }) => organisation !== place.organisation))
          .map((place) => ({ place, reason }))
      }),
    lift: (actor, applicant, mark) =>
      act(actor, 'applicant.lifted', applicant, async (stores, actor) => {
        const standing = await stores.blocks.of(scopeFor(actor, 'block_keys'), applicant)
        const known = standing.length > 0 && (await reaches(stores, actor, 'block_keys', applicant))
        if (!known) refuse('not_found', { what: 'applicant' })
        const seen = standing.find((block) => markOf(sightOfBlock(block)) === mark) ?? refuse('not_as_seen', {})
        const places = placesOf(scopeFor(actor, 'block_keys'))
        const place = places.find((one) => isWithin(scopeAt(one), seen)) ?? refuse('not_found', { what: 'applicant' })
        return [{ place, reason: seen.reason, whose: seen.by.id, blocks: liftOf([seen]) }]
      }),
    list: async (actor) => {
      const right = 'read_blocked_keys'
      const blocks = await work.read(async (stores) => {
        const seen: { block: Block; mayLift: boolean }[] = []
        for (const block of await stores.blocks.list(scopeFor(actor, right))) {
          if (!(await reaches(stores, actor, right, block.applicant))) continue
          const mayLift =
            reachesPlace(actor, 'block_keys', block) && (await reaches(stores, actor, 'block_keys', block.applicant))
          seen.push({ block, mayLift })
        }
        return seen
      })
      return { items: blocks.map(({ block, mayLift }) => blockView(block, mayLift)) }
    },
  }
}
