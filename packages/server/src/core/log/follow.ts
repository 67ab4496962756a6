import { refuse } from '@scel/contract/errors'
import { equal, utf8 } from '@scel/pki/bytes'
import type { Reading } from '../work.ts'
import { faultOf } from './line.ts'
import type { KeptLine } from './log.port.ts'
import { GrowingTree, leafHash, type TreeState } from './tree.ts'

/**
 * Adds to a tree the lines from its end on, up to a size, in slices that let others in between.
 *
 * @param coded whether only lines count that have the code of this desk
 * @param altered told of lines of which something else is shown than their leaves say: the tree is of leaves, and goes on
 * @returns whether all are there as they were written; the tree ends before the first that is not
 */
export async function follow(
  work: Reading,
  tree: GrowingTree,
  upTo: number,
  coded: boolean,
  altered: (line: KeptLine) => void,
): Promise<boolean> {
  while (tree.size < upTo) {
    const limit = Math.min(SLICE, upTo - tree.size)
    const lines = await work.read(({ log }) => log.lines(tree.size, limit))
    if (lines.length === 0) return false
    for (const line of lines) {
      if (line.place !== tree.size || (coded && !line.coded)) return false
      const fault = await faultOf(line)
      if (fault === 'shown') altered(line)
      else if (fault) return false
      await tree.add(line.hash)
    }
  }
  return true
}

/** The lines from a place on, of one slice, that are not the desk's as they are. */
export async function foreignFrom(work: Reading, place: number): Promise<KeptLine[]> {
  const foreign: KeptLine[] = []
  for (const line of await work.read(({ log }) => log.lines(place, SLICE)))
    if (!line.coded || (await faultOf(line))) foreign.push(line)
  return foreign
}

/** A log that somebody takes as it is. */
export interface AcceptedLog {
  /** Its end, and the tree a few hundred lines before it, or as soon as nothing is missing any more. */
  readonly at: TreeState
  readonly from: TreeState
}

/**
 * The tree over the lines of this desk, as they lie in the database. Where another line stands, or none, there is an empty leaf: whoever
 * checks the log finds that, now and ever after. Lines at the end that are not the desk's and have no head over them are left out.
 *
 * @param foreign told of each line that is not the desk's
 * @throws DeskError log_gap where more is missing than a tree is made without
 */
export async function takenAsItIs(work: Reading, foreign: (line: KeptLine) => void): Promise<AcceptedLog> {
  const tree = new GrowingTree()
  let [from, later] = [tree.state, tree.state]
  let missing = 0
  const fill = async (upTo: number, number: number): Promise<void> => {
    missing += upTo - tree.size
    if (missing > MOST_MISSING) refuse('log_gap', { place: tree.size, next: upTo, number })
    if (upTo === tree.size) return
    while (tree.size < upTo) await tree.add(await leafHash(EMPTY))
    from = later = tree.state
  }
  let last: KeptLine | undefined
  for (let place = 0; ; ) {
    const lines = await work.read(({ log }) => log.lines(place, SLICE))
    for (const line of lines) {
      last = line
      if (!line.coded) {
        foreign(line)
        continue
      }
      await fill(line.place!, line.event.number)
      await tree.add(await leafHash(utf8(line.leaf)))
      if (tree.size - later.size === OVERLAP) [from, later] = [later, tree.state]
    }
    if (lines.length < SLICE) break
    place = last!.place! + 1
  }
  // Under a head they keep their places, whoever wrote it.
  const head = await work.read(({ log }) => log.newestHead())
  if (last && head && head.size > tree.size) await fill(last.place! + 1, last.event.number)
  return { from, at: tree.state }
}

/** Whether a tree comes to a root. */
export const comesTo = async (tree: GrowingTree, root: Uint8Array): Promise<boolean> => equal(await tree.root(), root)

/** Lines that are looked at in one turn: some ten milliseconds. */
const SLICE = 200
const OVERLAP = 500
/** Lines that may be missing: some seconds of empty leaves. */
const MOST_MISSING = 100_000
const EMPTY = new Uint8Array(0)
