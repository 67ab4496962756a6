import { endCredential, listCredentials, listCredentialsOf } from '@scel/contract/routes'
import { queryOptions } from '@tanstack/react-query'
import { call } from '../../desk/index.ts'

/** What somebody signs in with. @param person whose; one's own where it is left out */
export const credentialsQuery = (person?: string) =>
  queryOptions({
    queryKey: ['session', 'credentials', person],
    queryFn: ({ signal }) =>
      person === undefined
        ? call(listCredentials, {}, signal)
        : call(listCredentialsOf, { params: { id: person } }, signal),
  })

export const end = (id: string, compromised: boolean) => call(endCredential, { params: { id }, body: { compromised } })
