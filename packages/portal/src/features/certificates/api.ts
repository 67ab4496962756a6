import { downloadCertificate, getCertificate, listCertificates, type QueryOf } from '@scel/contract/routes'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { addressOf, call } from '../../lib/desk/index.ts'

export type CertificateFilters = Omit<QueryOf<typeof listCertificates>, 'after' | 'size'>

export const certificatesQuery = (filters: CertificateFilters) =>
  infiniteQueryOptions({
    queryKey: ['certificate', 'list', filters],
    queryFn: ({ pageParam, signal }) => call(listCertificates, { query: { ...filters, ...pageParam } }, signal),
    initialPageParam: {} as { after?: string },
    getNextPageParam: ({ next }) => (next ? { after: next } : undefined),
  })

export const certificateQuery = (id: string) =>
  queryOptions({
    queryKey: ['certificate', 'one', id],
    queryFn: ({ signal }) => call(getCertificate, { params: { id } }, signal),
  })

export const FORMS = ['cer', 'pem', 'chain'] as const
export const fileAddress = (id: string, form: (typeof FORMS)[number]): string =>
  addressOf(downloadCertificate, { id }, { form })
