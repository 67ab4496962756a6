import {
  type BodyOf,
  confirmInvitation,
  disablePerson,
  invitePerson,
  listPeople,
  type OutputOf,
  type QueryOf,
  refuseInvitation,
  renewInvitation,
} from '@scel/contract/routes'
import { infiniteQueryOptions } from '@tanstack/react-query'
import { call } from '../../lib/desk/index.ts'

export type NewPerson = BodyOf<typeof invitePerson>
export type Invited = OutputOf<typeof invitePerson>

export const peopleQuery = (filters: Pick<QueryOf<typeof listPeople>, 'search' | 'role' | 'state'>) =>
  infiniteQueryOptions({
    queryKey: ['person', 'list', filters],
    queryFn: ({ pageParam, signal }) => call(listPeople, { query: { ...filters, ...pageParam } }, signal),
    initialPageParam: {} as { after?: string },
    getNextPageParam: ({ next }) => (next ? { after: next } : undefined),
  })

export const invite = (person: NewPerson) => call(invitePerson, { body: person })
export const renew = (id: string) => call(renewInvitation, { params: { id } })
export const confirmLink = (id: string) => call(confirmInvitation, { params: { id } })
export const refuseLink = (id: string) => call(refuseInvitation, { params: { id } })
export const disable = (id: string) => call(disablePerson, { params: { id } })
