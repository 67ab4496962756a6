import { addDevice, endSession, listSessions, makeSignInLink, nameCredential } from '@scel/contract/routes'
import { queryOptions } from '@tanstack/react-query'
import { call } from '../../lib/desk/index.ts'

export const sessionsQuery = (everyone: boolean) =>
  queryOptions({
    queryKey: ['session', everyone],
    queryFn: ({ signal }) => call(listSessions, { query: everyone ? { everyone } : {} }, signal),
  })

export const end = (id: string) => call(endSession, { params: { id } })

export const rename = (id: string, name: string) => call(nameCredential, { params: { id }, body: { name } })

export const makeLink = () => call(makeSignInLink, {})

export const addComputer = (name: string) => call(addDevice, { body: { name } })
