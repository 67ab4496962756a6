import { endGivenUpRequest, endRevokedRequest, machineMarks } from './enrolment/end-request.ts'
import { followRequestCertificate } from './enrolment/follow-certificate.ts'
import { createGivingUp, type GivingUp } from './issuance/given-up.ts'
import type { Followers } from './issuance/issuance.ts'
import { followPersonCertificate } from './people/follow-certificate.ts'
import { endSessions, withdrawLinks } from './people/follow-revocation.ts'
import { createRevoker, type Revoker } from './revocation/revoke.ts'

/** What follows from what, across features: each writes to its own stores, in the unit of whoever began. */
export interface Following {
  /** From a certificate that was issued, by what it is for. */
  readonly issued: Followers
  readonly givingUp: GivingUp
  readonly revoker: Revoker
}

export function createFollowing(): Following {
  const givingUp = createGivingUp(endGivenUpRequest)
  const revoker = createRevoker({
    givingUp,
    followers: {
      marksOf: machineMarks,
      distrusted: withdrawLinks,
      revoked: endRevokedRequest,
      ended: endSessions,
    },
  })
  const issued = { request: followRequestCertificate, person: followPersonCertificate(revoker), desk: async () => {} }
  return { issued, givingUp, revoker }
}
