import { createGivingUp, type GivingUp } from './issuance/given-up.ts'
import type { Followers } from './issuance/issuance.ts'
import { withdrawKitsOfService } from './kits/kits.ts'
import { endGrantsOfService } from './people/grants/grants.ts'
import { followPersonCertificate, tellPersonGivenUp } from './people/sign-in/follow-certificate.ts'
import { credentialsMadeWith, endSessions, withdrawLinks } from './people/sign-in/follow-revocation.ts'
import { endGivenUpRequest, endRevokedRequest, machineMarks } from './registration/end-request.ts'
import { followRequestCertificate } from './registration/follow-certificate.ts'
import { createRevoker, type OwnerFollowers, type Revoker } from './revocation/revoke.ts'
import type { ServiceClosed } from './services/services.ts'

/** What follows from what, across features: each writes to its own stores, in the unit of whoever began. */
export interface Following {
  /** From a certificate that was issued, by whose it is. */
  readonly issued: Followers
  readonly givingUp: GivingUp
  readonly revoker: Revoker
}

export function createFollowing(): Following {
  const givingUp = createGivingUp({
    applicant: endGivenUpRequest,
    organisation: endGivenUpRequest,
    person: both(endGivenUpRequest, tellPersonGivenUp),
    desk: endGivenUpRequest,
  })
  const revoker: Revoker = createRevoker({
    givingUp,
    followers: {
      owned: { applicant: OF_MACHINE, organisation: OF_MACHINE, person: ASKED, desk: ASKED },
      distrusted: withdrawLinks,
      made: credentialsMadeWith,
      ended: endSessions,
    },
  })
  const issued = {
    applicant: followRequestCertificate,
    organisation: followRequestCertificate,
    person: both(followRequestCertificate, followPersonCertificate(revoker)),
    desk: followRequestCertificate,
  }
  return { issued, givingUp, revoker }
}

/** When a service is closed: who was something in it, and what let machines of it ask. */
export const followClosedService: ServiceClosed = both(endGrantsOfService, withdrawKitsOfService)

/** Of what was asked for in a request: by an applicant, or for an organisation. */
const OF_MACHINE: OwnerFollowers = { marksOf: machineMarks, revoked: endRevokedRequest }
/** Of what has no marks beside those of its owner. */
const ASKED: OwnerFollowers = { marksOf: async () => [], revoked: endRevokedRequest }

/** One after the other, in the same unit. */
function both<P extends readonly unknown[]>(
  first: (...given: P) => Promise<void>,
  second: (...given: P) => Promise<void>,
): (...given: P) => Promise<void> {
  return async (...given) => {
    await first(...given)
    await second(...given)
  }
}
