import { toHex } from '@scel/pki/bytes'
import type { Report } from '../report.ts'
import type { ForgedRow } from '../row-codes.ts'
import type { Work } from '../work.ts'
import { nowOf, type World } from '../world.ts'
import { comesTo } from './follow.ts'
import { faultOf } from './line.ts'
import type { KeptLine } from './log.port.ts'
import type { LogKey } from './log-key.ts'
import { signCheckpoint } from './note.ts'
import { GrowingTree, type TreeState } from './tree.ts'

/** Gives lines their places in the tree and signs its heads. Of several desks on one database one does it at a time. */
export interface LogDuty {
  /** @throws what the store or the keeper of the key throws */
  run(): Promise<void>
}

interface Needs {
  /** The guarded one: an older copy gets no places. */
  readonly work: Work
  readonly world: World
  readonly key: () => Promise<LogKey>
  /** Follows the tree as far as it is in the database; beside the keys it is remembered. */
  readonly advance: () => Promise<void>
  /** As it was followed; undefined while that is not what is remembered. */
  readonly tree: () => TreeState | undefined
  readonly report: Report
  /** Told of lines that this desk did not write as they are. */
  readonly forged: (row: ForgedRow) => void
}

export function createLogDuty({ work, world, key, advance, tree, report, forged }: Needs): LogDuty {
  let isTold = false

  const tellForged = ({ event: { number, environment } }: KeptLine): void =>
    forged({ table: 'audit_event', id: String(number), environment })

  /** Whether a line is as the desk wrote it; one that is not gets no place. */
  const isGenuine = async (line: KeptLine): Promise<boolean> => {
    if (line.coded && !(await faultOf(line))) return true
    tellForged(line)
    return false
  }

  /** Tells of lines where no check of places and no duty comes by. */
  const tellAstray = async (): Promise<void> => {
    for (const line of await work.read(({ log }) => log.astray(BATCH))) tellForged(line)
  }

  /** @returns how many got a place; 0 too where another desk is at it */
  const givePlaces = (state: TreeState): Promise<number> =>
    work.transaction(async ({ log }) => {
      if (!(await log.claim()) || (await log.placed()) !== state.size) return 0
      const growing = new GrowingTree(state)
      const numbers: number[] = []
      for (let after = 0; numbers.length === 0; ) {
        const lines = await log.waiting(after, BATCH)
        for (const line of lines) {
          if (!(await isGenuine(line))) continue
          await growing.add(line.hash)
          numbers.push(line.event.number)
        }
        if (lines.length < BATCH) break
        after = lines.at(-1)!.event.number
      }
      if (numbers.length === 0) return 0
      await log.place(numbers, state.size)
      await log.keepHead({ size: growing.size, root: await growing.root(), at: nowOf(world) })
      return numbers.length
    })

  const signNewest = async ({ told, key: own }: LogKey): Promise<void> => {
    const state = tree()
    const head = await work.read(({ log }) => log.newestHead())
    if (!state || !head || head.note !== undefined || head.size !== state.size) return
    if (!own) {
      if (!isTold)
        report('the key of the log is with another desk of this database: copy keys/log.key from there', told)
      isTold = true
      return
    }
    // Whatever the database says of the head: only what follows from what is remembered here is signed.
    if (!(await comesTo(new GrowingTree(state), head.root))) {
      report('a head of the log is not what its lines come to', { size: head.size, root: toHex(head.root) })
      return
    }
    const note = await signCheckpoint(head, own, told)
    await work.transaction(({ log }) => log.keepNote(head.size, note))
  }

  return {
    run: async () => {
      const current = await key()
      await advance()
      await tellAstray()
      for (;;) {
        const state = tree()
        if (!state) return
        const given = await givePlaces(state)
        if (given === 0) break
        await advance()
      }
      await signNewest(current)
    },
  }
}

/** Lines that get their places in one unit: some ten milliseconds. */
const BATCH = 200
