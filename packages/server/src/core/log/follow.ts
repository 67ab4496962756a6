import { equal, utf8 } from '@scel/pki/bytes'
import type { Reading } from '../work.ts'
import { faultOf } from './line.ts'
import type { KeptLine } from './log.port.ts'
import { type GrowingTree, leafHash } from './tree.ts'

/**
 * Adds to a tree the lines from its end on, up to a size, in slices that let others in between.
 *
 * @param coded whether only lines count that have the code of this desk; those from before there were leaves have none
 * @returns whether all are there as they were written; the tree ends before the first that is not
 */
export async function follow(work: Reading, tree: GrowingTree, upTo: number, coded: boolean): Promise<boolean> {
  while (tree.size < upTo) {
    const limit = Math.min(SLICE, upTo - tree.size)
    const lines = await work.read(({ log }) => log.lines(tree.size, limit))
    if (lines.length === 0) return false
    for (const line of lines) {
      if (line.place !== tree.size || (coded && !line.coded) || (await faultOf(line))) return false
      await tree.add(line.hash)
    }
  }
  return true
}

/**
 * The same of lines that somebody has taken as they are. For one that is not there stands an empty leaf: whoever checks the log finds
 * that it is missing, now and ever after.
 */
export async function rebuild(work: Reading, tree: GrowingTree, upTo: number): Promise<void> {
  while (tree.size < upTo) {
    const limit = Math.min(SLICE, upTo - tree.size)
    const lines = await work.read(({ log }) => log.lines(tree.size, limit))
    const next = (lines.at(-1)?.place ?? upTo - 1) + 1
    const byPlace = new Map(lines.map((line: KeptLine) => [line.place, line]))
    while (tree.size < Math.min(next, upTo)) await tree.add(await leafHash(utf8(byPlace.get(tree.size)?.leaf ?? '')))
  }
}

/** Whether a tree comes to a root. */
export const comesTo = async (tree: GrowingTree, root: Uint8Array): Promise<boolean> => equal(await tree.root(), root)

/** Lines that are looked at in one turn: some ten milliseconds. */
const SLICE = 200
