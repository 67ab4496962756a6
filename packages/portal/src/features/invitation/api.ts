import { acceptInvitation, inspectInvitation, type OutputOf } from '@scel/contract/routes'
import { queryOptions } from '@tanstack/react-query'
import { call } from '../../lib/desk/index.ts'

export type Invitation = OutputOf<typeof inspectInvitation>

export const invitationQuery = (token: string) =>
  queryOptions({
    queryKey: ['invitation'],
    queryFn: ({ signal }) => call(inspectInvitation, { body: { token } }, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })

export const accept = (token: string, csr: string, self?: { name: string; email: string }) =>
  call(acceptInvitation, { body: { token, csr, ...self } })
