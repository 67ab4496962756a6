import type { ProvenCsr } from '../issuance/csr.ts'
import type { Profiles } from '../profiles/profiles.ts'
import type { Refusal } from './may-decide.ts'
import type { Ground } from './origin.ts'

/**
 * Why the profile of a ground lets nobody ask for it, or not in the way that brought it, or not for a key of this kind; undefined when it does. What it said when
 * the ground was laid does not count: its file may have been changed, or taken away, since.
 * @param csr where its key is looked at, too
 */
export function profileRefusal(
  profiles: Profiles,
  ground: Pick<Ground, 'profile' | 'families' | 'keys'>,
  csr?: Pick<ProvenCsr, 'spec'>,
): Refusal | undefined {
  const profile = profiles.find(ground.profile)
  if (!profile) return { code: 'profile_unknown', facts: { profile: ground.profile } }
  if (!ground.families.includes(profile.family))
    return { code: 'profile_not_for_origin', facts: { profile: profile.name } }
  if (!csr || profile.keys.includes(csr.spec)) return undefined
  const allowed = ground.keys.filter((key) => profile.keys.includes(key)).join(', ') || '—'
  return { code: 'csr_key_not_allowed', facts: { key: csr.spec, allowed } }
}
