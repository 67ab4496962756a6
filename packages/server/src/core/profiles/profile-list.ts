import type * as contract from '@scel/contract/values'
import type { PersonActor } from '../actor.ts'
import { requireRight } from '../rights/rights.ts'
import { isForKits } from './for-kits.ts'
import type { Profile } from './profile.ts'
import type { Profiles } from './profiles.ts'
import { reachesProfile } from './seen.ts'

/** The profiles that somebody has to do with, as they are shown and offered. @throws DeskError not_allowed */
export function profileList(
  actor: Pick<PersonActor, 'grants' | 'strength'>,
  profiles: Profiles,
): { items: contract.Profile[] } {
  requireRight(actor, 'read_profiles')
  return {
    items: profiles.all.filter(({ name }) => reachesProfile(actor, 'read_profiles', profiles, name)).map(viewOf),
  }
}

const viewOf = (profile: Profile): contract.Profile => ({
  name: profile.name,
  title: { ...profile.title },
  description: { ...profile.description },
  family: profile.family,
  commonName: profile.commonName,
  keys: [...profile.keys],
  proposedKey: profile.proposedKey,
  validityDays: profile.validityDays,
  ...(profile.offers && { offers: profile.offers }),
  keyUsages: { rsa: [...profile.keyUsage.rsa], ec: [...profile.keyUsage.ec] },
  extendedUsages: [...profile.extendedKeyUsage],
  names: profile.names,
  ...(profile.organisationalUnit === undefined ? {} : { organisationalUnit: profile.organisationalUnit }),
  kits: isForKits(profile),
  standingApproval: profile.standingApproval,
  managers: profile.managers,
  revocable: profile.revocable,
})
