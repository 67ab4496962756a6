import type { LiveEvent } from '@scel/contract/values'
import { enrolmentSeenBy, type PersonActor, scopeOf } from '../actor.ts'
import type { Work } from '../work.ts'
import type { LiveKind, OutboxEntry } from './live-event.ts'
import type { Listeners } from './watched-work.ts'

export interface Live {
  /** Events after an id that this person may see, oldest first, at most 500; `last` is where to go on from. */
  after(actor: PersonActor, id: number): Promise<{ events: { id: number; event: LiveEvent }[]; last: number }>
  /** Where a listener begins who has no id yet. */
  latest(): Promise<number>
  /** Told after each unit of this process that left events, so that a listener need not poll; answers how to stop. */
  onChange(listener: () => void): () => void
}

export function createLive({ work, listeners }: { work: Work; listeners: Listeners }): Live {
  return {
    after: async (actor, id) => {
      const kinds = VISIBLE[actor.role]
      const enrolment = enrolmentSeenBy(actor)
      const filter = { kinds, ...(enrolment ? { enrolment } : {}), limit: MOST }
      const entries = await work.read((stores) => stores.outbox.after(scopeOf(actor), id, filter))
      return {
        events: entries.map((entry) => ({ id: entry.id, event: eventOf(entry) })),
        last: entries.at(-1)?.id ?? id,
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

const EVERYTHING: readonly LiveKind[] = [
  'request',
  'certificate',
  'organisation',
  'person',
  'kit',
  'authority',
  'session',
]
const VISIBLE: Readonly<Record<PersonActor['role'], readonly LiveKind[]>> = {
  administrator: EVERYTHING,
  auditor: EVERYTHING,
  manager: ['request', 'certificate', 'organisation', 'kit'],
}
const MOST = 500
