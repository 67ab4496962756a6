import type { Entitlement, Strength } from '@scel/contract/values'

/** How well the desk knows who is there, where some right of theirs needs more; undefined where they may do all that they are entitled to. */
export function weakness(have: Strength, rights: readonly Pick<Entitlement, 'needs'>[]): Strength | undefined {
  return rights.some(({ needs }) => RANK[needs] > RANK[have]) ? have : undefined
}

const RANK: Readonly<Record<Strength, number>> = { low: 0, substantial: 1, high: 2 }
