import { refuse } from '@scel/contract/errors'
import type { Acts } from '../../acting/acts.ts'
import type { PersonActor } from '../../actor.ts'
import { record } from '../../audit/record.ts'
import type { Kit } from '../../kits/kit.ts'
import type { Profiles } from '../../profiles/profiles.ts'
import { reachesProfile } from '../../profiles/seen.ts'
import { refusalFor } from '../../registration/may-decide.ts'
import { recordStep } from '../../registration/record-step.ts'
import { scopeFor } from '../../rights/rights.ts'
import type { Stores, Work } from '../../work.ts'
import type { Instant } from '../../world.ts'

/** One decision about all that a kit asked for: what answers a flood. */
export interface RejectAll {
  /**
   * Rejects every pending request of a kit that this person may decide. Each gets its own step and line; one line more
   * says how many. Requests that come in meanwhile may stay.
   * @throws DeskError not_allowed, not_found, reason_required
   */
  ofKit(actor: PersonActor, kit: string, reason: string): Promise<{ rejected: number; left: number }>
}

interface Needs {
  readonly work: Pick<Work, 'read'>
  readonly acts: Acts
  readonly profiles: Profiles
}

export function createRejectAll({ work, acts, profiles }: Needs): RejectAll {
  return {
    ofKit: async (actor, id, given) => {
      const reason = given.trim()
      const action = 'kit.requests_rejected'
      const target = { kind: 'kit', id } as const
      const audited = { right: 'decide_requests', action, target } as const
      return acts.attempt(actor, audited, async (unit) => {
        if (reason === '') refuse('reason_required', {})
        const scope = scopeFor(actor, 'decide_requests')
        const kit = await work.read((stores) => stores.kits.find(scope, id))
        if (!kit || !reachesProfile(actor, 'decide_requests', profiles, kit.profile)) {
          return refuse('not_found', { what: 'kit' })
        }

        let [rejected, left, after] = [0, 0, 0]
        // In units of so many, so that nobody else waits long; each is whole by itself, and a crash between two loses nothing.
        for (;;) {
          const round = await unit(async (stores, actor, at) => {
            const pending = await stores.requests.pendingOfOrigin(
              scopeFor(actor, 'decide_requests'),
              { kind: 'kit', id },
              after,
              CHUNK,
            )
            const mine = pending.filter((request) => refusalFor(actor, profiles, request) === undefined)
            for (const request of mine) {
              const change = { state: 'rejected', decidedAt: at, decidedBy: actor.name, decidedById: actor.id } as const
              await recordStep(stores, actor, request, { kind: 'rejected', at, change, reason })
            }
            const last = pending.length < CHUNK
            if (last) await recordAll(stores, actor, kit, at, { number: rejected + mine.length, reason })
            return { rejected: mine.length, left: pending.length - mine.length, last, after: pending.at(-1)?.number }
          })
          rejected += round.rejected
          left += round.left
          if (round.last || round.after === undefined) return { rejected, left }
          after = round.after
        }
      })
    },
  }
}

async function recordAll(
  stores: Stores,
  actor: PersonActor,
  { environment, organisation, service, profile, id, name }: Kit,
  at: Instant,
  facts: { number: number; reason: string },
): Promise<void> {
  const target = { kind: 'kit', id, name } as const
  await record(stores, actor, { environment, organisation, at, action: 'kit.requests_rejected', target, facts })
  const of = { environment, organisation, ...(service === undefined ? {} : { service }), profile }
  await stores.outbox.append({ ...of, kind: 'kit', target: id, at })
}

const CHUNK = 100
