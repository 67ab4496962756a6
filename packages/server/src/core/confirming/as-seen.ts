import { createHash } from 'node:crypto'
import { refuse } from '@scel/contract/errors'

// Whoever answers something that waits answers what they saw. They are shown it with a mark, which stands for all of it, and
// send the mark back with their answer: an id says whose it is, or where it stands, and not what stands there by then.

/** @param sight all that was shown of something, in one text that nothing else has. It is digested at once, because a unit awaits nothing but stores. */
export const markOf = (sight: string): string => createHash('sha256').update(sight).digest('hex')

/** @throws DeskError not_as_seen where this is not what was looked at */
export function requireSeen(mark: string, sight: string): void {
  if (markOf(sight) !== mark) refuse('not_as_seen', {})
}
