import { endSession, listSessions } from '@scel/contract/routes'
import { queryOptions } from '@tanstack/react-query'
import { call } from '../../lib/desk/index.ts'

export const sessionsQuery = (everyone: boolean) =>
  queryOptions({
    queryKey: ['session', everyone],
    queryFn: ({ signal }) => call(listSessions, { query: everyone ? { everyone } : {} }, signal),
  })

export const end = (id: string) => call(endSession, { params: { id } })
