import { type LiveEvent, type ProfileName, Reach, type Right } from '@scel/contract/values'
import type { PersonActor } from '../actor.ts'
import { isOfOwn, reachOf, scopeFor } from '../rights/rights.ts'
import { partsOf, type Scope } from '../scope.ts'
import type { Work } from '../work.ts'
import type { LiveKind, OutboxEntry } from './live-event.ts'
import type { Listeners } from './watched-work.ts'

export interface Live {
  /**
   * Events after an id that this person may see, oldest first, at most 500; `last` is where to go on from.
   * @returns `more` where others may be there already, of which nobody is told again: beyond those 500, or behind a unit under way
   */
  after(
    actor: PersonActor,
    id: number,
  ): Promise<{ events: { id: number; event: LiveEvent }[]; last: number; more: boolean }>
  /** Where a listener begins who has no id yet. */
  latest(): Promise<number>
  /** Told after each unit that left events, of this desk or another, so that a listener need not poll; answers how to stop. */
  onChange(listener: () => void): () => void
}

interface Needs {
  readonly work: Work
  readonly listeners: Listeners
  /** The profiles that managers have to do with; given from above, because every feature tells the stream. */
  readonly managed: readonly ProfileName[]
}

export function createLive({ work, listeners, managed }: Needs): Live {
  return {
    after: async (actor, id) => {
      const { found, waiting } = await work.read(async (stores) => {
        const parts: OutboxEntry[] = []
        for (const { reach, scope, kinds } of sightsOf(actor)) {
          const within = reach === 'organisation' || reach === 'service'
          const filter = { kinds, ...(within && { profiles: managed }), limit: MOST }
          parts.push(...(await stores.outbox.after(scope, id, filter)))
        }
        return { found: parts, waiting: await stores.outbox.waiting() }
      })
      const each = [...new Map(found.map((entry) => [entry.id, entry])).values()]
      const entries = each.sort((one, other) => one.id - other.id).slice(0, MOST)
      return {
        events: entries.map((entry) => ({ id: entry.id, event: eventOf(entry) })),
        last: entries.at(-1)?.id ?? id,
        more: waiting || entries.length === MOST,
      }
    },
    latest: () => work.read((stores) => stores.outbox.latest()),
    onChange: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

const eventOf = (entry: OutboxEntry): LiveEvent => ({
  kind: entry.kind,
  id: entry.target,
  ...(entry.state === undefined ? {} : { state: entry.state }),
})

/** The right to read what an event tells of. */
const READ_BY: Readonly<Record<LiveKind, Right>> = {
  request: 'read_requests',
  certificate: 'read_certificates',
  organisation: 'read_organisations',
  person: 'read_people',
  kit: 'read_kits',
  authority: 'read_authorities',
  session: 'read_sessions',
}
const KINDS = Object.keys(READ_BY) as LiveKind[]

interface Sight {
  readonly reach: Reach
  readonly scope: Scope
  readonly kinds: readonly LiveKind[]
}

/** What this person may be told of, by how far it reaches. */
const sightsOf = (actor: PersonActor): Sight[] =>
  Reach.enum.flatMap((reach) => {
    // What is one's own is so for whoever sees some more, too.
    const ofOwn = reach === 'own'
    const kinds = KINDS.filter((kind) => (ofOwn ? isOfOwn(READ_BY[kind]) : reachOf(actor, READ_BY[kind]) === reach))
    if (kinds[0] === undefined) return []
    const { granted, own } = partsOf(scopeFor(actor, READ_BY[kinds[0]]))
    const scope = ofOwn ? own : granted
    return scope === undefined ? [] : [{ reach, scope, kinds }]
  })

const MOST = 500
