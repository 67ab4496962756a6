import { KEY_CHOICES, type ProfileFamily } from '@scel/contract/values'
import type { Organisation } from '../../organisations/organisation.ts'
import { organisationOwner } from '../../owner.ts'
import type { Ground } from '../../registration/origin.ts'
import type { Request } from '../../registration/request.ts'
import { layDown } from '../../registration/wish.ts'

/** What somebody says of the file that they hand in, beside what it says itself. */
export type HandedIn = Pick<Request, 'environment' | 'service' | 'profile' | 'origin'>

/**
 * What a file is read by: the profile that was named for it, for the organisation whose certificate it is to be. It is the
 * organisation's, or its service's, not the person's who hands it in: a colleague renews it.
 */
export function groundOf({ environment, service, profile, origin }: HandedIn, organisation: Organisation): Ground {
  const laidDown = { profile, families: FAMILIES, keys: KEY_CHOICES } // of keys no more than its profile takes: see `profileRefusal`
  return {
    organisation,
    ...(service === undefined ? {} : { service }),
    ...laidDown,
    wish: (profiles, csr) => {
      const by = { environment, owner: organisationOwner(organisation.id, service), origin }
      return layDown(csr, { ...by, ...laidDown, organisation, service }, profiles)
    },
  }
}

/** What programs made elsewhere ask for is no person's, and not the desk's. */
const FAMILIES: readonly ProfileFamily[] = ['machine', 'service']
