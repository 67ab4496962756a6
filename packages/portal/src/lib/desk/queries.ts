import { describeDesk, listProfiles, me } from '@scel/contract/routes'
import type { LiveEvent } from '@scel/contract/values'
import { QueryClient, queryOptions } from '@tanstack/react-query'
import { call } from './call.ts'
import { isRefusal } from './refusal.ts'

/** First part of every query key: the kind of thing it shows, so that the live stream knows what to look at again. */
export type Kind = LiveEvent['kind'] | 'audit' | 'delivery' | 'desk' | 'me' | 'profile'

/** Which lists a change of this kind shows in. */
export const TOUCHES: Readonly<Record<LiveEvent['kind'], readonly Kind[]>> = {
  request: ['request', 'organisation', 'kit', 'audit'],
  certificate: ['certificate', 'request', 'person', 'authority', 'organisation', 'audit'],
  organisation: ['organisation', 'audit'],
  person: ['person', 'organisation', 'audit', 'me'],
  kit: ['kit', 'organisation', 'audit', 'me'],
  authority: ['authority', 'certificate', 'audit'],
  session: ['session', 'audit'],
}

export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        // What the desk refused once it refuses again; only a desk that could not be reached is asked again.
        retry: (failures, error) => failures < 2 && isRefusal(error) && error.code === 'desk_unreachable',
      },
      mutations: { retry: false },
    },
  })
}

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => call(me, {}, signal),
  staleTime: 60_000,
})

/** The profiles that the person has to do with. They change with a start of the desk. */
export const profilesQuery = queryOptions({
  queryKey: ['profile'],
  queryFn: async ({ signal }) => (await call(listProfiles, {}, signal)).items,
  staleTime: 600_000,
})

export const deskQuery = queryOptions({
  queryKey: ['desk'],
  queryFn: ({ signal }) => call(describeDesk, {}, signal),
  staleTime: 600_000,
})
