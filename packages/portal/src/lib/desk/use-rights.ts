import { type Reach, type Right, Strength } from '@scel/contract/values'
import { isWeak } from './is-weak.ts'
import { onlyOrganisation } from './only-organisation.ts'
import { useMe } from './use-me.ts'

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

/** Whether some right of whoever is signed in needs a stronger session than theirs. */
export function useIsWeak(): boolean {
  const { session, rights } = useMe()
  return isWeak(session.strength, rights)
}

/** Whether an act needs a stronger session. What their right to it needs says so, or how strong a session this one act takes. */
export function useIsTooWeakFor(needs: Right | Strength): boolean {
  const { session, rights } = useMe()
  const is = Strength.enum.find((one) => one === needs)
  return isWeak(session.strength, is ? [{ needs: is }] : rights.filter(({ right }) => right === needs))
}
