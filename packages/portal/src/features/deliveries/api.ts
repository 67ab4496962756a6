import { listDeliveries, type QueryOf, resendDelivery } from '@scel/contract/routes'
import { infiniteQueryOptions } from '@tanstack/react-query'
import { call } from '../../lib/desk/index.ts'

/** Read again by itself: attempts change nothing that the live stream tells of. */
export const deliveriesQuery = (state: QueryOf<typeof listDeliveries>['state']) =>
  infiniteQueryOptions({
    queryKey: ['delivery', state],
    queryFn: ({ pageParam, signal }) =>
      call(listDeliveries, { query: { ...(state && { state }), ...pageParam } }, signal),
    initialPageParam: {} as { after?: string },
    getNextPageParam: ({ next }) => (next ? { after: next } : undefined),
    refetchInterval: 15_000,
  })

export const resend = (number: number) => call(resendDelivery, { params: { number } })
