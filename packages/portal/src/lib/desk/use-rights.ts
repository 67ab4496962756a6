import type { Reach, Right, Strength } from '@scel/contract/values'
import { onlyOrganisation } from './only-organisation.ts'
import { useMe } from './use-me.ts'
import { weakness } from './weakness.ts'

/** How far a right of whoever is signed in reaches; undefined for one that they do not have. The desk decides anyway. */
export function useReach(right: Right): Reach | undefined {
  const { rights } = useMe()
  return rights.find((one) => one.right === right)?.reach
}

/** Whether whoever is signed in has this right, wherever it reaches. */
export const useMay = (right: Right): boolean => useReach(right) !== undefined

/** Whether this right of theirs reaches all of an organisation, and not only services of it. */
export function useReachesWhole(right: Right, organisation: string): boolean {
  const held = useMe().rights.find((one) => one.right === right)
  if (held === undefined) return false
  return held.reach === 'environment' || (held.organisations ?? []).some(({ id }) => id === organisation)
}

/** The one organisation where somebody has a right, where it is one and no more; its services are what they choose among. */
export const useOnlyOrganisation = (right: Right): string | undefined =>
  onlyOrganisation(useMe().rights.find((one) => one.right === right))

/** How well the desk knows who is there, where some right of theirs needs more; undefined where they may do all that they are entitled to. */
export function useWeakness(): Strength | undefined {
  const { session, rights } = useMe()
  return weakness(session.strength, rights)
}
