import type { Me } from '@scel/contract/values'
import { useSuspenseQuery } from '@tanstack/react-query'
import { meQuery } from './queries.ts'

/** Who is signed in. Only inside the shell, which waits for the answer. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery).data
}
