import type * as contract from '@scel/contract/values'
import type { PersonEntry } from './person.ts'

export function personView(entry: PersonEntry): contract.Person {
  const { organisationRef, invitation, certificateState } = entry
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
    ...(invitation ? { invitation: { expiresAt: invitation.expiresAt } } : {}),
    ...(certificateState ? { certificate: { ...certificateState } } : {}),
    ...(entry.lastSignInAt === undefined ? {} : { lastSignInAt: entry.lastSignInAt }),
  }
}
