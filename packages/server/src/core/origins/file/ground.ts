import { KEY_CHOICES } from '@scel/contract/values'
import type { Organisation } from '../../organisations/organisation.ts'
import { organisationOwner } from '../../owner.ts'
import type { Ground } from '../../registration/origin.ts'
import { profileRefusal } from '../../registration/profile-refusal.ts'
import type { Request } from '../../registration/request.ts'
import { layDown } from '../../registration/wish.ts'

/** What somebody says of the file that they hand in, beside what it says itself. */
export type HandedIn = Pick<Request, 'environment' | 'service' | 'profile' | 'origin'>

/**
 * What a file is read by: the profile that was named for it, for the organisation whose certificate it is to be. It is the
 * organisation's, or its service's, not the person's who hands it in: a colleague renews it.
 */
export function groundOf({ environment, service, profile, origin }: HandedIn, organisation: Organisation): Ground {
  const laidDown = { profile, keys: KEY_CHOICES } // no more than its profile takes, which `unfit` asks
  return {
    organisation,
    ...(service === undefined ? {} : { service }),
    ...laidDown,
    unfit: (profiles, csr) => profileRefusal(profiles, laidDown, csr),
    wish: (profiles, csr) => {
      const by = { environment, owner: organisationOwner(organisation.id, service), origin }
      return layDown(csr, { ...by, ...laidDown, organisation, service }, profiles)
    },
  }
}
