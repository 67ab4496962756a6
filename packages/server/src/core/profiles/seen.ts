import type { ProfileName, Right } from '@scel/contract/values'
import type { PersonActor } from '../actor.ts'
import { isOnesOwn, reachesPlace, reachOf } from '../rights/rights.ts'
import type { Place } from '../scope.ts'
import type { Profiles } from './profiles.ts'

type Entitled = Pick<PersonActor, 'grants'>

/**
 * The profiles that somebody's right reaches: where it ends at their organisation, those that managers have to do with.
 * @param wanted what they ask for among them
 * @returns undefined for every profile, also for one whose file was taken away
 */
export function profilesReached(
  actor: Entitled,
  right: Right,
  profiles: Profiles,
  wanted?: ProfileName,
): readonly ProfileName[] | undefined {
  const everywhere = reachOf(actor, right) === 'environment'
  if (wanted !== undefined) return everywhere || profiles.find(wanted)?.managers ? [wanted] : []
  return everywhere ? undefined : managed(profiles)
}

/** Whether somebody has a right, and it reaches what was made by a profile. */
export function reachesProfile(actor: Entitled, right: Right, profiles: Profiles, name: ProfileName): boolean {
  const reach = reachOf(actor, right)
  return reach === 'environment' || (reach !== undefined && reach !== 'own' && profiles.find(name)?.managers === true)
}

/** What was made by a profile, and where it is, or whose. */
export type Made = Place & { readonly profile: ProfileName }

/**
 * Whether somebody has a right, and it reaches this very thing: by its profile, and by where it is. Whoever sees more than they decide is
 * shown what their other rights do not reach. What is one's own is so by whatever profile it was made.
 */
export const reachesMade = (
  actor: Pick<PersonActor, 'id' | 'environment' | 'grants'>,
  right: Right,
  profiles: Profiles,
  made: Made,
): boolean => isOnesOwn(actor, right, made) || reachesByGrant(actor, right, profiles, made)

/** The same of what their grants give alone. */
export const reachesByGrant = (
  actor: Pick<PersonActor, 'id' | 'environment' | 'grants'>,
  right: Right,
  profiles: Profiles,
  { owner: _, ...made }: Made,
): boolean => reachesPlace(actor, right, made) && reachesProfile(actor, right, profiles, made.profile)

/** Whether somebody revokes what was issued. */
export const revokes = (
  actor: Pick<PersonActor, 'id' | 'environment' | 'grants'>,
  profiles: Profiles,
  made: Made,
): boolean =>
  reachesMade(actor, 'revoke_certificates', profiles, made) && profiles.find(made.profile)?.revocable !== false

/** What managers have to do with. */
export const managed = ({ all }: Profiles): readonly ProfileName[] =>
  all.flatMap(({ name, managers }) => (managers ? [name] : []))
