import { inspectSignInLink, useSignInLink } from '@scel/contract/routes'
import { queryOptions } from '@tanstack/react-query'
import { call } from '../../lib/desk/index.ts'

export const linkQuery = (token: string) =>
  queryOptions({
    queryKey: ['sign-in-link'],
    queryFn: ({ signal }) => call(inspectSignInLink, { body: { token } }, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })

export const spend = (token: string) => call(useSignInLink, { body: { token } })
