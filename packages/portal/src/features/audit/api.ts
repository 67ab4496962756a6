import { listAudit, type QueryOf, readLogHead } from '@scel/contract/routes'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { call } from '../../lib/desk/index.ts'

export const auditQuery = (filters: Pick<QueryOf<typeof listAudit>, 'search' | 'action'>) =>
  infiniteQueryOptions({
    queryKey: ['audit', filters],
    queryFn: ({ pageParam, signal }) => call(listAudit, { query: { ...filters, ...pageParam } }, signal),
    initialPageParam: {} as { after?: string },
    getNextPageParam: ({ next }) => (next ? { after: next } : undefined),
  })

/** Read again each minute, which is how often the desk signs. */
export const headQuery = queryOptions({
  queryKey: ['audit', 'head'],
  queryFn: ({ signal }) => call(readLogHead, {}, signal),
  refetchInterval: 60_000,
})
