import { listAuthorities } from '@scel/contract/routes'
import { queryOptions } from '@tanstack/react-query'
import { call } from '../../lib/desk/index.ts'

export const authoritiesQuery = queryOptions({
  queryKey: ['authority'],
  queryFn: ({ signal }) => call(listAuthorities, {}, signal),
})
