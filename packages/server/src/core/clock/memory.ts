import type { Report } from '../report.ts'
import type { Stores } from '../work.ts'
import { DAY, type Instant, isInstant, later } from '../world.ts'
import { type Compared, comparedIn } from './comparison.ts'
import type { Look } from './witnesses.ts'

/** A contradiction that was met, and counts for a while. */
export interface Doubt {
  /** The time that was seen before. */
  readonly seen: Instant
  readonly until: Instant
}

/** What one desk remembers of its last look. */
export interface Remembered {
  readonly last?: Instant
  readonly behind?: Doubt
  readonly leapt?: Doubt
  readonly compared?: Compared
  /** The difference that was last written into the log, in milliseconds. */
  readonly noted?: number
}

/** What desks remember of their looks. */
export interface Memory {
  readonly own: Remembered
  /** The last looks of other desks. */
  readonly others: readonly Look[]
  keep(own: Remembered): Promise<void>
}

/**
 * Of an embedded database there is one desk. On a server each desk has its own look, in one row for all: they have to see one another's.
 * A desk that has moved to another host, or folder, is a new one there. What does not read is told and as good as forgotten: it
 * is the memory of a minute.
 */
export async function recall(
  { settings }: Pick<Stores, 'settings'>,
  place: string,
  compared: Compared | undefined,
  report: Report,
): Promise<Memory> {
  const read = async (name: string): Promise<Readonly<Record<string, unknown>>> => {
    const text = await settings.get(name)
    try {
      return text === undefined ? {} : recordIn(JSON.parse(text))
    } catch (error) {
      report('what was remembered of the clock does not read', error)
      return {}
    }
  }
  if (!compared) {
    const own = rememberedIn(await read(SETTING))
    return { own, others: [], keep: (next) => settings.overwrite(SETTING, JSON.stringify(next)) }
  }
  const { [place]: own, ...others } = await read(SETTING_OF_ALL)
  const looks = Object.entries(others)
    .flatMap(([name, value]) => {
      const look = rememberedIn(value)
      return look.compared && look.compared.server > later(compared.server, -KEPT)
        ? [{ name, look, found: look.compared }]
        : []
    })
    .sort((one, other) => (one.found.server < other.found.server ? 1 : -1))
    .slice(0, MOST)
  const kept = Object.fromEntries(looks.map(({ name, look }) => [name, look]))
  return {
    own: rememberedIn(own),
    others: looks,
    keep: (next) => settings.overwrite(SETTING_OF_ALL, JSON.stringify({ [place]: next, ...kept })),
  }
}

/** @throws Error of what is no object */
function recordIn(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('it is no object')
  return value as Readonly<Record<string, unknown>>
}

/** Those parts of it that are what they should be. */
function rememberedIn(value: unknown): Remembered {
  const { last, behind, leapt, compared, noted } = Object(value) as Partial<Record<keyof Remembered, unknown>>
  const parts = {
    last: isInstant(last) ? last : undefined,
    behind: doubtIn(behind),
    leapt: doubtIn(leapt),
    compared: comparedIn(compared),
    noted: typeof noted === 'number' ? noted : undefined,
  }
  return Object.fromEntries(Object.entries(parts).filter(([, part]) => part !== undefined))
}

function doubtIn(value: unknown): Doubt | undefined {
  const { seen, until } = Object(value) as Partial<Record<keyof Doubt, unknown>>
  return isInstant(seen) && isInstant(until) ? { seen, until } : undefined
}

const SETTING = 'clock'
const SETTING_OF_ALL = 'clocks'
/** Looks of desks that are no more. */
const KEPT: number = 60 * DAY
const MOST = 50
