import { ENVIRONMENTS } from '@scel/contract/values'
import type { DeskActor } from '../actor.ts'
import type { ForgedRow } from '../row-codes.ts'
import type { Work } from '../work.ts'
import { nowOf, type World } from '../world.ts'
import { eventOf } from './record.ts'

/** Tells of rows that are not used because their code is missing or wrong. */
export interface ForgedRows {
  /** Tells of each row once; called from within a unit of work, so it only takes note. */
  found(row: ForgedRow): void
  /** From now on they come into the desk's log as well. */
  recordIn(work: Work): void
}

/** @param tell for the operator's log */
export function createForgedRows(world: World, tell: (row: ForgedRow, failure?: unknown) => void): ForgedRows {
  const known = new Set<string>()
  let log: Work | undefined

  const recordOne = async (work: Work, row: ForgedRow): Promise<void> => {
    const environment = ENVIRONMENTS.find((one) => one === row.environment) ?? 'production'
    const target = { kind: row.table, id: row.id }
    const audited = { environment, at: nowOf(world), action: 'desk.row_refused', target } as const
    await work.transaction((stores) => stores.audit.append(eventOf(CODES, audited, 'refused')))
  }

  return {
    found: (row) => {
      const name = JSON.stringify([row.table, row.id])
      // Whoever plants rows could plant millions: they must not fill the memory and the log as well.
      if (known.has(name) || known.size >= MOST_TOLD) return
      known.add(name)
      tell(row)
      const work = log
      if (work) setImmediate(() => recordOne(work, row).catch((failure: unknown) => tell(row, failure)))
    },
    recordIn: (work) => {
      log = work
    },
  }
}

const CODES: DeskActor = { kind: 'desk', name: 'row codes' }
const MOST_TOLD = 1_000
