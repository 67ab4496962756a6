import { record } from '../audit/record.ts'
import type { RevocationFollowers } from '../revocation/revoke.ts'

/** Sessions end with the certificate that they were begun with, in the unit that revokes it. */
export const endSessions: RevocationFollowers['ended'] = async (stores, { environment, id }, at) => {
  for (const session of await stores.sessions.endOfCertificate({ environment }, id, at, 'certificate')) {
    await stores.outbox.append({ environment, kind: 'session', target: session, state: 'ended', at })
  }
}

/** Links that were made with a certificate that somebody else may have, and that are still open, are taken back. */
export const withdrawLinks: RevocationFollowers['distrusted'] = async (stores, actor, { environment, id }, at) => {
  for (const invited of await stores.invitations.withdrawMadeWith({ environment }, id)) {
    const found = await stores.people.find({ environment }, invited)
    const target = { kind: 'person', id: invited, ...(found ? { name: found.name } : {}) }
    await record(stores, actor, { environment, at, action: 'invitation.withdrawn', target })
    await stores.outbox.append({ environment, kind: 'person', target: invited, at })
  }
}
