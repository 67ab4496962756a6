import { listAuthorities, listCertificates } from '@scel/contract/routes'
import { queryOptions } from '@tanstack/react-query'
import { call } from '../../lib/desk/index.ts'

export const authoritiesQuery = queryOptions({
  queryKey: ['authority'],
  queryFn: ({ signal }) => call(listAuthorities, {}, signal),
})

/** Valid certificates of the time-stamp service, the newest first; none for whom they are none of their affair. */
export const stampCertificatesQuery = queryOptions({
  queryKey: ['certificate', 'time-stamping'],
  queryFn: async ({ signal }) =>
    (await call(listCertificates, { query: { profile: 'time-stamping', status: 'valid' } }, signal)).items,
})
