import { equal, utf8 } from '@scel/pki/bytes'
import {
  commitmentsOf,
  commitmentTo,
  type LoggedEvent,
  leafWith,
  numberOfLeaf,
  type PersonalPath,
  personalOf,
  type Salts,
} from './leaf.ts'
import { leafHash } from './tree.ts'

/** A line of the log as it is kept: what is shown, and what proves it. */
export interface LogLine {
  readonly event: LoggedEvent
  readonly salts: Salts
  readonly leaf: string
  /** As `leafHash` gives it. */
  readonly hash: Uint8Array
}

/** What of a line is not what the desk wrote: its hash, its leaf (which may be that of another line), or what is shown of it. */
export type LineFault = 'hash' | 'leaf' | 'shown'

/** Whether a line is what it was when it was written. */
export async function faultOf({ event, salts, leaf, hash }: LogLine): Promise<LineFault | undefined> {
  if (!equal(await leafHash(utf8(leaf)), hash)) return 'hash'
  const commitments = commitmentsOf(leaf)
  if (!commitments || numberOfLeaf(leaf) !== event.number) return 'leaf'
  const shown = personalOf(event)
  for (const [path, value] of shown) {
    const [salt, commitment] = [salts[path], commitments[path]]
    if (salt === undefined || commitment === undefined || !SALT.test(salt)) return 'shown'
    if ((await commitmentTo(value, salt)) !== commitment) return 'shown'
  }
  // A salt without its text would let anybody try out what was erased.
  if (Object.keys(salts).some((path) => !shown.has(path as PersonalPath))) return 'shown'
  return leafWith(event, commitments) === leaf ? undefined : 'shown'
}

/** 16 octets in base64url, in their only form. */
const SALT = /^[A-Za-z0-9_-]{21}[AQgw]$/

/** What of a line was erased. */
export const erasedOf = ({ leaf, salts }: Pick<LogLine, 'leaf' | 'salts'>): PersonalPath[] =>
  (Object.keys(commitmentsOf(leaf) ?? {}) as PersonalPath[]).filter((path) => salts[path] === undefined)
