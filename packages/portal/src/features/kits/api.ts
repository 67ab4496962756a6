import {
  type BodyOf,
  confirmKit,
  createKit,
  listKits,
  type OutputOf,
  type QueryOf,
  refuseKit,
  rejectRequestsOfKit,
  withdrawKit,
} from '@scel/contract/routes'
import { infiniteQueryOptions } from '@tanstack/react-query'
import { call } from '../../lib/desk/index.ts'

export type NewKit = BodyOf<typeof createKit>
export type BuiltKit = OutputOf<typeof createKit>

export const kitsQuery = (filters: Pick<QueryOf<typeof listKits>, 'search' | 'state'>) =>
  infiniteQueryOptions({
    queryKey: ['kit', 'list', filters],
    queryFn: ({ pageParam, signal }) => call(listKits, { query: { ...filters, ...pageParam } }, signal),
    initialPageParam: {} as { after?: string },
    getNextPageParam: ({ next }) => (next ? { after: next } : undefined),
  })

export const build = (kit: NewKit) => call(createKit, { body: kit })
export const confirmStanding = (id: string, mark: string) => call(confirmKit, { params: { id }, body: { mark } })
export const refuseStanding = (id: string, mark: string) => call(refuseKit, { params: { id }, body: { mark } })
export const withdraw = (id: string) => call(withdrawKit, { params: { id } })
export const rejectAll = (id: string, reason: string) => call(rejectRequestsOfKit, { params: { id }, body: { reason } })
