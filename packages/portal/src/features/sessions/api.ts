import { addDevice, endSession, listSessions, makeSignInLink, nameCredential } from '@scel/contract/routes'
import { infiniteQueryOptions } from '@tanstack/react-query'
import { call } from '../../lib/desk/index.ts'

export const sessionsQuery = (everyone: boolean) =>
  infiniteQueryOptions({
    queryKey: ['session', everyone],
    queryFn: ({ pageParam, signal }) =>
      call(listSessions, { query: { ...(everyone && { everyone }), ...pageParam } }, signal),
    initialPageParam: {} as { after?: string },
    getNextPageParam: ({ next }) => (next ? { after: next } : undefined),
  })

export const end = (id: string) => call(endSession, { params: { id } })

export const rename = (id: string, name: string) => call(nameCredential, { params: { id }, body: { name } })

export const makeLink = () => call(makeSignInLink, {})

export const addComputer = (name: string) => call(addDevice, { body: { name } })
