import type { Entitlement, Strength } from '@scel/contract/values'

/** Whether any of these rights takes a stronger session than this one. */
export const isWeak = (have: Strength, rights: readonly Pick<Entitlement, 'needs'>[]): boolean =>
  rights.some(({ needs }) => RANK[needs] > RANK[have])

const RANK: Readonly<Record<Strength, number>> = { low: 0, substantial: 1, high: 2 }
