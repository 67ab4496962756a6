import {
  approveRequest,
  downloadRequest,
  getRequest,
  handInRequest,
  listRequests,
  type QueryOf,
  rejectRequest,
  withdrawRequest,
} from '@scel/contract/routes'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call } from '../../lib/desk/index.ts'
import type { NewRequest } from './new-model.ts'

export type RequestFilters = Omit<QueryOf<typeof listRequests>, 'after' | 'size'>

export const requestsQuery = (filters: RequestFilters) =>
  infiniteQueryOptions({
    queryKey: ['request', 'list', filters],
    queryFn: ({ pageParam, signal }) => call(listRequests, { query: { ...filters, ...pageParam } }, signal),
    initialPageParam: {} as { after?: string },
    getNextPageParam: ({ next }) => (next ? { after: next } : undefined),
  })

export const requestQuery = (number: number) =>
  queryOptions({
    queryKey: ['request', 'one', number],
    queryFn: ({ signal }) => call(getRequest, { params: { number } }, signal),
  })

/** @param mark of the request as it was looked at */
export const approve = (number: number, mark: string) => call(approveRequest, { params: { number }, query: { mark } })
export const reject = (number: number, reason: string) => call(rejectRequest, { params: { number }, body: { reason } })
export const withdraw = (number: number) => call(withdrawRequest, { params: { number } })
export const handIn = (body: NewRequest) => call(handInRequest, { body })
export const download = (number: number) => call(downloadRequest, { params: { number } })
