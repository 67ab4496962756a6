import { listAudit, type QueryOf } from '@scel/contract/routes'
import { infiniteQueryOptions } from '@tanstack/react-query'
import { call } from '../../lib/desk/index.ts'

export const auditQuery = (filters: Pick<QueryOf<typeof listAudit>, 'search' | 'action'>) =>
  infiniteQueryOptions({
    queryKey: ['audit', filters],
    queryFn: ({ pageParam, signal }) => call(listAudit, { query: { ...filters, ...pageParam } }, signal),
    initialPageParam: {} as { after?: string },
    getNextPageParam: ({ next }) => (next ? { after: next } : undefined),
  })
