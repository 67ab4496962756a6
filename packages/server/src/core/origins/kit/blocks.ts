import { refuse } from '@scel/contract/errors'
import type * as contract from '@scel/contract/values'
import type { Acts } from '../../acting/acts.ts'
import type { PersonActor } from '../../actor.ts'
import { record } from '../../audit/record.ts'
import { applicantOwner } from '../../owner.ts'
import type { Profiles } from '../../profiles/profiles.ts'
import { profilesReached } from '../../profiles/seen.ts'
import { scopeFor } from '../../rights/rights.ts'
import type { Readers, Work } from '../../work.ts'
import { type Block, blockView, liftOf } from './block.ts'

/** Applicant keys that ask for nothing any more: what a manager does before anybody knows what else a thief has. */
export interface Blocks {
  /**
   * Refuses what this key asks for from now on: a manager for his organisation, an administrator for all of them. Done
   * twice, it changes nothing.
   * @throws DeskError not_allowed, not_found for a key that never had a request he sees, reason_required
   */
  block(actor: PersonActor, applicant: string, reason: string): Promise<void>
  /**
   * Takes the blocks of their scope off a key: a manager those of the organisation, an administrator all.
   * @throws DeskError not_allowed, not_found for a key that is not blocked there, or never had a request they see
   */
  lift(actor: PersonActor, applicant: string): Promise<void>
  /** Newest first, at most 200; a manager’s are of keys that he could block. */
  list(actor: PersonActor): Promise<{ items: contract.BlockedApplicant[] }>
}

interface Needs {
  readonly work: Pick<Work, 'read'>
  readonly acts: Acts
  readonly profiles: Profiles
}

export function createBlocks({ work, acts, profiles }: Needs): Blocks {
  const act = async (
    actor: PersonActor,
    action: 'applicant.blocked' | 'applicant.lifted',
    applicant: string,
    run: (stores: Readers, actor: PersonActor) => Promise<{ reason: string; blocks?: string } | undefined>,
  ): Promise<void> => {
    const target = { kind: 'applicant', id: applicant }
    const deed = { right: 'block_keys', action, target } as const
    await acts.actAs(actor, deed, async (stores, actor, at) => {
      const facts = await run(stores, actor)
      // The line itself is the block, or its end: see block.port.ts.
      if (facts) await record(stores, actor, { ...scopeFor(actor, 'block_keys'), at, action, target, facts })
    })
  }

  /** Whether a key had a request of what the right reaches; where that is everything, whoever has the right has every key. */
  const reaches = async (stores: Readers, actor: PersonActor, right: contract.Right, applicant: string) => {
    const reached = profilesReached(actor, right, profiles)
    return !reached || (await stores.requests.knowsOwner(scopeFor(actor, right), applicantOwner(applicant), reached))
  }

  return {
    block: (actor, applicant, given) =>
      act(actor, 'applicant.blocked', applicant, async (stores, actor) => {
        const reason = given.trim()
        if (reason === '') refuse('reason_required', {})
        const scope = scopeFor(actor, 'block_keys')
        const reached = profilesReached(actor, 'block_keys', profiles)
        if (!(await stores.requests.knowsOwner(scope, applicantOwner(applicant), reached))) {
          refuse('not_found', { what: 'applicant' })
        }
        const laid = await stores.blocks.of(scope, applicant)
        return laid.some(({ organisation }) => organisation === scope.organisation) ? undefined : { reason }
      }),
    lift: (actor, applicant) =>
      act(actor, 'applicant.lifted', applicant, async (stores, actor) => {
        const standing = await stores.blocks.of(scopeFor(actor, 'block_keys'), applicant)
        const [first] = standing
        const known = first && (await reaches(stores, actor, 'block_keys', applicant))
        return known ? { reason: first.reason, blocks: liftOf(standing) } : refuse('not_found', { what: 'applicant' })
      }),
    list: async (actor) => {
      const right = 'read_blocked_keys'
      const blocks = await work.read(async (stores) => {
        const seen: Block[] = []
        for (const block of await stores.blocks.list(scopeFor(actor, right))) {
          if (await reaches(stores, actor, right, block.applicant)) seen.push(block)
        }
        return seen
      })
      return { items: blocks.map(blockView) }
    },
  }
}
