import type { Instant } from '../world.ts'
import type { PersonalPath } from './leaf.ts'
import type { LogLine } from './line.ts'

/** A line of the log with what only the desk can have given it. */
export interface KeptLine extends LogLine {
  /** In the tree, from 0. */
  readonly place?: number
  /** Whether it has the code of this desk. */
  readonly coded: boolean
}

/** A head of the tree: what it came to when it had so many leaves. */
export interface Head {
  readonly size: number
  readonly root: Uint8Array
  /** When the last of its leaves was given its place. */
  readonly at: Instant
  /** A checkpoint (C2SP tlog-checkpoint), once it is signed. */
  readonly note?: string
}

/** The log as a tree. Lines are written by everybody (`audit.append`); places, heads and erasure are this feature's. */
export interface LogReader {
  /** How many lines have a place: one more than the last. */
  placed(): Promise<number>
  /** Those that have one, from a place on, in their order. */
  lines(from: number, limit: number): Promise<KeptLine[]>
  /** Those that have none yet, after a number, in the order of their numbers. */
  waiting(after: number, limit: number): Promise<KeptLine[]>
  /** The one of the highest number that has the code of this desk, and is no copy of another one, unless somebody else wrote a few after it. */
  last(): Promise<KeptLine | undefined>
  /** How many have none yet, whoever wrote them. */
  countWaiting(): Promise<number>
  /** Those that stand where the desk gives neither numbers nor places: below the first. */
  astray(limit: number): Promise<KeptLine[]>
  /** Of any state, in the order of their numbers: where personal data is looked for. */
  numbered(after: number, limit: number): Promise<KeptLine[]>
  newestHead(): Promise<Head | undefined>
  /** The newest that has a note, whoever wrote that, of fewer lines than `below`. */
  newestSigned(below?: number): Promise<Head | undefined>
  /** Signed or not, after a size, in the order of their sizes. */
  heads(after: number, limit: number): Promise<Head[]>
}

export interface LogStore extends LogReader {
  /** Gives lines the places from `first` on. */
  place(numbers: readonly number[], first: number): Promise<void>
  /** Takes their places, from one on, from lines that no head stands over: they wait again. */
  takeBack(from: number): Promise<void>
  /** Keeps a head, of all lines that have places; one of the same size that is there stays as it is. */
  keepHead(head: Head): Promise<void>
  /** Adds the signed note to a head that has none. */
  keepNote(size: number, note: string): Promise<void>
  /** Takes away what a line says at some paths, and what opens the commitments there. */
  erase(line: KeptLine, paths: readonly PersonalPath[]): Promise<void>
}
