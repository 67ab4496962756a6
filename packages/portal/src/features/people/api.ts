import {
  type BodyOf,
  confirmGrant,
  confirmInvitation,
  disablePerson,
  endGrant,
  getPerson,
  giveGrant,
  invitePerson,
  listPeople,
  type OutputOf,
  type QueryOf,
  refuseGrant,
  refuseInvitation,
  renewInvitation,
} from '@scel/contract/routes'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call } from '../../lib/desk/index.ts'

export type NewPerson = BodyOf<typeof invitePerson>
export type NewGrant = BodyOf<typeof giveGrant>
export type Invited = OutputOf<typeof invitePerson>

export const peopleQuery = (filters: Pick<QueryOf<typeof listPeople>, 'search' | 'role' | 'state'>) =>
  infiniteQueryOptions({
    queryKey: ['person', 'list', filters],
    queryFn: ({ pageParam, signal }) => call(listPeople, { query: { ...filters, ...pageParam } }, signal),
    initialPageParam: {} as { after?: string },
    getNextPageParam: ({ next }) => (next ? { after: next } : undefined),
  })

export const personQuery = (id: string) =>
  queryOptions({
    queryKey: ['person', 'one', id],
    queryFn: ({ signal }) => call(getPerson, { params: { id } }, signal),
  })

export const give = (id: string, grant: NewGrant) => call(giveGrant, { params: { id }, body: grant })
export const endRole = (id: string, grant: string) => call(endGrant, { params: { id, grant } })
export const confirmRole = (id: string, grant: string, mark: string) =>
  call(confirmGrant, { params: { id, grant }, body: { mark } })
export const refuseRole = (id: string, grant: string, mark: string) =>
  call(refuseGrant, { params: { id, grant }, body: { mark } })
export const invite = (person: NewPerson) => call(invitePerson, { body: person })
export const renew = (id: string) => call(renewInvitation, { params: { id } })
export const confirmLink = (id: string, mark: string) => call(confirmInvitation, { params: { id }, body: { mark } })
export const refuseLink = (id: string, mark: string) => call(refuseInvitation, { params: { id }, body: { mark } })
export const disable = (id: string) => call(disablePerson, { params: { id } })
