import type * as contract from '@scel/contract/values'
import type { PersonActor } from '../actor.ts'
import { awaitingView } from '../confirming/awaiting-view.ts'
import { awaits } from '../confirming/confirmation.ts'
import type { PersonEntry } from './person.ts'

/** @param viewer for whom it is shown: what they may confirm depends on who they are */
export function personView(entry: PersonEntry, viewer: PersonActor): contract.Person {
  const { organisationRef, waitingDevice, certificateState } = entry
  const invitation =
    entry.invitation && awaits(entry.invitation) ? entry.invitation : (waitingDevice ?? entry.invitation)
  return {
    id: entry.id,
    name: entry.name,
    email: entry.email,
    role: entry.role,
    ...(organisationRef
      ? { organisation: { id: organisationRef.id, code: organisationRef.code, name: organisationRef.name } }
      : {}),
    state: entry.state,
    language: entry.language,
    createdAt: entry.createdAt,
    ...(invitation
      ? {
          invitation: {
            expiresAt: invitation.expiresAt,
            ...awaitingView(viewer, 'confirm_people', invitation, entry.id),
          },
        }
      : {}),
    ...(certificateState ? { certificate: { ...certificateState } } : {}),
    ...(entry.lastSignInAt === undefined ? {} : { lastSignInAt: entry.lastSignInAt }),
  }
}
