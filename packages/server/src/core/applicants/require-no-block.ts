import { refuse } from '@scel/contract/errors'
import type { Place } from '../scope.ts'
import type { Stores } from '../work.ts'
import type { Block } from './block.ts'

/**
 * A key that somebody blocked does nothing there any more but take back what it asked for.
 * @throws DeskError applicant_blocked
 */
export function requireNoBlock(block: Block | undefined): void {
  if (block) refuse('applicant_blocked', { at: block.at })
}

/**
 * Of things in several places, those where the key is not blocked.
 * @throws DeskError applicant_blocked when it is blocked wherever it has one
 */
export async function withoutBlocked<T extends Place>(
  { blocks }: Pick<Stores, 'blocks'>,
  applicant: string,
  things: readonly T[],
): Promise<T[]> {
  const found = new Map<string, Block | undefined>()
  for (const { environment, organisation } of things) {
    const place = `${environment} ${organisation}`
    const there = { environment, ...(organisation === undefined ? {} : { organisation }) }
    if (!found.has(place)) found.set(place, await blocks.against(there, applicant))
  }
  const open = things.filter(({ environment, organisation }) => !found.get(`${environment} ${organisation}`))
  if (open.length === 0) requireNoBlock([...found.values()][0])
  return open
}
