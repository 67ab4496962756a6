import type { Reach, Right, Strength } from '@scel/contract/values'
import { useMe } from './use-me.ts'

/** How far a right of whoever is signed in reaches; undefined for one that they do not have. The desk decides anyway. */
export function useReach(right: Right): Reach | undefined {
  const { rights } = useMe()
  return rights.find((one) => one.right === right)?.reach
}

/** Whether whoever is signed in has this right, wherever it reaches. */
export const useMay = (right: Right): boolean => useReach(right) !== undefined

/** How well the desk knows who is there, where that is too little to do anything; undefined where one may act. */
export function useWeakness(): Strength | undefined {
  const { strength } = useMe().session
  return strength === 'high' ? undefined : strength
}
