import { equal } from '@scel/pki/bytes'
import type { Report } from '../report.ts'
import type { ForgedRow } from '../row-codes.ts'
import { isStorageFault } from '../storage-faults.ts'
import type { Readers, Work } from '../work.ts'
import { nowOf, type World } from '../world.ts'
import { comesTo, follow } from './follow.ts'
import { faultOf } from './line.ts'
import type { Head, KeptLine } from './log.port.ts'
import type { LogKey } from './log-key.ts'
import { type NoteKey, readCheckpoint, signCheckpoint, signerOf } from './note.ts'
import { GrowingTree, type TreeState } from './tree.ts'

/** Gives lines their places in the tree and signs its heads. Of several desks on one database one does it at a time. */
export interface LogDuty {
  /**
   * As many lines get places as waited when it began, and the head over them is signed: those that come meanwhile wait for the next run,
   * so that it ends however fast they come. A key that does not open is told of: lines get their places without it.
   * @param ending once it is aborted, no more get places, and what has some is signed
   * @returns false where something remains that this desk cannot do: another may have the key of the log, or follow its tree
   * @throws what the store throws, and whoever signs
   */
  run(ending?: AbortSignal): Promise<boolean>
  /**
   * The newest head that the key of the log signed and that is within what is remembered beside the keys, whatever else the database
   * has; none while nobody can tell, because the key does not open.
   */
  newest(): Promise<SignedHead | undefined>
}

export type SignedHead = Head & { readonly note: string }

interface Needs {
  /** The guarded one: an older copy gets no places. */
  readonly work: Work
  readonly world: World
  readonly key: () => Promise<LogKey>
  /** Follows the tree as far as it is in the database; beside the keys it is remembered. */
  readonly advance: () => Promise<void>
  /** As it was followed; undefined while that is not what is remembered. */
  readonly tree: () => TreeState | undefined
  /** The same some lines before. */
  readonly treeBefore: () => TreeState | undefined
  readonly report: Report
  /** Told of lines that this desk did not write as they are. */
  readonly forged: (row: ForgedRow) => void
}

export function createLogDuty({ work, world, key, advance, tree, treeBefore, report, forged }: Needs): LogDuty {
  let isTold = false
  let isAwayTold = false
  let areHeadsKnown = false
  let known: NoteKey | undefined

  /** @returns undefined for a key that does not open */
  const opened = async (): Promise<LogKey | undefined> => {
    try {
      const found = await key()
      known = found.own ?? found.told
      isAwayTold = false
      return found
    } catch (error) {
      if (isStorageFault(error)) throw error
      if (!isAwayTold) report('the key of the log does not open: lines get their places, and no head is signed', error)
      isAwayTold = true
      return undefined
    }
  }

  const tellForged = ({ event: { number, environment } }: KeptLine): void =>
    forged({ table: 'audit_event', id: String(number), environment })

  /** Whether the desk wrote a line; another gets no place. Whatever is shown of it, its leaf is what stands in the tree. */
  const isGenuine = async (line: KeptLine): Promise<boolean> => {
    const fault = await faultOf(line)
    if (line.coded && !fault) return true
    tellForged(line)
    return line.coded && fault === 'shown'
  }

  /** Tells of lines where no check of places and no duty comes by. */
  const tellAstray = async (): Promise<void> => {
    for (const line of await work.read(({ log }) => log.astray(BATCH))) tellForged(line)
  }

  /** Places come with a head. Under one they are another desk's, or stay as they are: whoever follows the log tells of that. */
  const isAstray = async ({ log }: Readers, { size }: TreeState): Promise<boolean> =>
    (await log.placed()) > size && ((await log.newestHead())?.size ?? 0) <= size

  /** Takes back what no desk gave: who waits for a place gets it from one. */
  const takeBack = async (state: TreeState): Promise<void> => {
    if (!(await work.read((stores) => isAstray(stores, state)))) return
    await work.transaction(async (stores) => {
      if (!(await isAstray(stores, state))) return
      await stores.log.takeBack(state.size)
      report('places in the log that no desk gave were taken back', `from ${state.size} on`)
    })
  }

  /**
   * It reads the end of the log, where everybody writes all the time: one that had to come before or after all of them would be put off for
   * as long as they write. Nobody but another desk's duty writes what this writes: of two that give a place to one line, one place to two
   * lines, or a head to one size, the second begins again and finds it done; and a guard refuses a place that is not the next. What is read
   * besides, leaves and codes, stays as it was written.
   *
   * @returns how many got a place; 0 too where another desk is at it
   */
  const givePlaces = (state: TreeState): Promise<number> =>
    work.transaction(async ({ log }) => {
      if ((await log.placed()) !== state.size) return 0
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
    }, 'rows')

  const tellHead = ({ size }: Head): void => forged({ table: 'log_head', id: String(size) })

  /** Whether a head's note is of that head, under the key of the log. */
  const isSigned = async ({ size, root, note }: Head, by: NoteKey): Promise<boolean> => {
    const read = note === undefined ? undefined : readCheckpoint(note)
    return read?.size === size && equal(read.root, root) && (await signerOf(read, [by])) !== undefined
  }

  /** Tells of heads among the last lines that these do not come to; of those before, a check of the log does. */
  const tellOlderHeads = async (from: TreeState, upTo: number): Promise<void> => {
    const growing = new GrowingTree(from)
    for (let after = from.size; ; ) {
      const heads = await work.read(({ log }) => log.heads(after, BATCH))
      for (const head of heads) {
        if (head.size > upTo) return
        if (!(await follow(work, growing, head.size, false, tellForged))) return
        if (!(await comesTo(growing, head.root))) tellHead(head)
      }
      if (heads.length < BATCH) return
      after = heads.at(-1)!.size
    }
  }

  /** Whatever the database says of heads: only the one that follows from what is remembered here. Others are told of. */
  const headOf = async (state: TreeState): Promise<Head | undefined> => {
    const { heads, placed } = await work.read(async ({ log }) => ({
      heads: await log.heads(state.size - 1, BATCH),
      placed: await log.placed(),
    }))
    let found: Head | undefined
    for (const head of heads) {
      const isOwn = head.size === state.size && (await comesTo(new GrowingTree(state), head.root))
      if (isOwn) found = head
      // Another desk may have gone on meanwhile; beyond all places there is nothing that a head could stand over.
      else if (head.size === state.size || head.size > placed) tellHead(head)
    }
    return found
  }

  const signNewest = async ({ told, key: own }: LogKey): Promise<boolean> => {
    const state = tree()
    const head = state && (await headOf(state))
    if (!head) return state?.size === 0
    if (head.note !== undefined) {
      const isOwn = await isSigned(head, told)
      if (!isOwn) tellHead(head)
      return isOwn
    }
    if (!own) {
      if (!isTold)
        report('the key of the log is with another desk of this database: copy keys/log.key from there', told)
      isTold = true
      return false
    }
    const note = await signCheckpoint(head, own, told)
    await work.transaction(({ log }) => log.keepNote(head.size, note))
    return true
  }

  return {
    run: async (ending) => {
      const current = await opened()
      await advance()
      await tellAstray()
      const [from, first] = [treeBefore(), tree()]
      if (!areHeadsKnown && from && first) {
        await tellOlderHeads(from, first.size)
        areHeadsKnown = true
      }
      if (first) await takeBack(first)
      // Counted, and not up to a number: that is what somebody else may have written.
      for (let left = await work.read(({ log }) => log.countWaiting()); left > 0 && !ending?.aborted; ) {
        const state = tree()
        if (!state) return false
        const given = await givePlaces(state)
        if (given === 0) break
        left -= given
        await advance()
      }
      if (current) return signNewest(current)
      if (tree()) await headOf(tree()!)
      return false
    },
    newest: async () => {
      if (!known) await opened()
      if (!known) return undefined
      let below = 1 + (tree()?.size ?? (await work.read(({ log }) => log.placed())))
      for (let looked = 0; looked < MOST_FORGED; looked++) {
        const head = await work.read(({ log }) => log.newestSigned(below))
        if (head?.note === undefined) return undefined
        if (await isSigned(head, known)) return { ...head, note: head.note }
        tellHead(head)
        below = head.size
      }
      return undefined
    },
  }
}

/** Lines that get their places in one unit: some ten milliseconds. */
const BATCH = 200
/** Heads that are passed over in search of one that is signed. */
const MOST_FORGED = 1_000
