import { isDeskError } from '@scel/contract/errors'
import { isPkiError } from '@scel/pki/errors'
import type { Actor, Caller } from '../actor.ts'
import { STORAGE_FAULTS } from '../storage-faults.ts'
import type { Work } from '../work.ts'
import { HOUR, type Instant, MINUTE, nowOf, type World } from '../world.ts'
import type { AuditEvent } from './audit-event.ts'
import { type AuditRecord, eventOf } from './record.ts'

// The log can neither be changed nor trimmed, so nobody may fill it by being refused. The first few refusals of a caller
// have a line each; those that follow are counted, and one line tells how many and since when. While it goes on, that
// line comes ever more seldom, up to once an hour; after an hour without a refusal the caller begins anew. What is only
// counted is in memory: a desk that is killed forgets how often it said no in that time, and nothing else.

export interface Refusals {
  /**
   * Runs an act; when it is refused, the refusal goes into the log in a unit of its own (the refused one was rolled back)
   * and is thrown on. Faults of the desk are not refusals.
   */
  recording<T>(actor: Actor | Caller, entry: AuditRecord, act: () => Promise<T>, bound?: Bound): Promise<T>
  /** Writes a line for those that were only counted and whose time is over. @param all whether it is over or not */
  summarise(all?: boolean): Promise<void>
}

export interface Bound {
  /** Whose refusals of this act are counted together. @default the actor */
  readonly by?: string
  /** Who stands in the line that tells how many: what the refusals have in common. @default the actor */
  readonly called?: Actor | Caller
  /** How many have a line of their own. @default 5 */
  readonly lines?: number
}

interface Row {
  readonly actor: Actor | Caller
  readonly entry: AuditRecord
  readonly codes: Set<string>
  /** Whether all were about one thing. */
  single: boolean
  /** When the first of those counted was refused, by the clock. */
  since: Instant
  /** The same by the time that goes by, and so the last that was refused at all. */
  began: number
  last: number
  life: number
  written: number
  counted: number
}

export function createRefusals({ work, world }: { work: Work; world: World }): Refusals {
  const rows = new Map<string, Row>()

  const rowFor = (actor: Actor | Caller, entry: AuditRecord, { by = nameOf(actor), called = actor }: Bound): Row => {
    const kind = `${entry.environment} ${entry.action}`
    const own = `${kind} ${by}`
    const full = rows.size >= MOST && !rows.has(own)
    const key = full ? kind : own
    const row = rows.get(key) ?? {
      actor: full ? UNKNOWN : called,
      entry,
      codes: new Set<string>(),
      single: true,
      since: entry.at,
      began: world.elapsed(),
      last: world.elapsed(),
      life: MINUTE,
      written: 0,
      counted: 0,
    }
    rows.set(key, row)
    return row
  }

  /** Whether this one has a line of its own; if not, it was counted. */
  const hasLine = (actor: Actor | Caller, entry: AuditRecord, code: string, bound: Bound): boolean => {
    const row = rowFor(actor, entry, bound)
    row.last = world.elapsed()
    if (row.written < (bound.lines ?? LINES)) {
      row.written++
      return true
    }
    if (row.counted++ === 0) {
      row.since = entry.at
      row.began = row.last
    }
    row.codes.add(code)
    row.single &&= row.entry.target.id === entry.target.id
    return false
  }

  return {
    recording: async (actor, entry, act, bound = {}) => {
      try {
        return await act()
      } catch (error) {
        const code = refusalCode(error)
        if (code !== undefined && hasLine(actor, entry, code, bound)) {
          const event = eventOf(actor, { ...entry, facts: { ...entry.facts, code } }, 'refused')
          await work.transaction((stores) => stores.audit.append(event))
        }
        throw error
      }
    },
    summarise: async (all = false) => {
      const elapsed = world.elapsed()
      for (const [key, row] of rows) {
        if (row.counted === 0) {
          if (elapsed - row.last >= LONGEST) rows.delete(key)
          continue
        }
        if (!all && elapsed - row.began < row.life) continue
        const event = summaryOf(row, nowOf(world))
        await work.transaction((stores) => stores.audit.append(event))
        row.counted -= event.facts.count as number // others may have been refused meanwhile
        row.codes.clear()
        row.single = true
        row.life = Math.min(LONGEST, row.life * 2)
      }
    },
  }
}

/** The code of an error that refuses what was asked; undefined for a fault of the desk. */
export function refusalCode(error: unknown): string | undefined {
  const code = isDeskError(error) || isPkiError(error) ? error.code : undefined
  return code === undefined || FAULTS.has(code) ? undefined : code
}

function summaryOf({ actor, entry, codes, single, since, counted }: Row, at: Instant): AuditEvent {
  const { facts: _, target, ...same } = entry
  const [code = ''] = codes
  const facts = { count: counted, since, ...(codes.size === 1 ? { code } : {}) }
  return eventOf(actor, { ...same, at, target: single ? target : { kind: target.kind, id: SEVERAL }, facts }, 'refused')
}

const nameOf = (actor: Actor | Caller): string =>
  actor.kind === 'applicant' ? actor.thumbprint : 'id' in actor && actor.id !== undefined ? actor.id : actor.name

/** Whoever is at the door and cannot be named: what strangers call themselves stands nowhere as a name. */
export const UNKNOWN_NAME = 'unknown'
/** Stands for the id of a thing where a line is about several, or about none that is there. */
export const SEVERAL = '…'

const UNKNOWN: Caller = { kind: 'caller', name: UNKNOWN_NAME, from: '' }
const LINES = 5
/** Callers told apart at once; all others are counted together. */
const MOST = 100
const LONGEST = HOUR

const FAULTS: ReadonlySet<string> = new Set([
  ...STORAGE_FAULTS,
  'stored_incomplete',
  'authority_unavailable',
  'internal',
])
